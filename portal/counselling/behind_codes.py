"""Looking behind a public code, counted: wrong ones use up the tries of the address they come from."""

from collections.abc import Callable
from typing import TypeVar

from flask import request

from portal.access.throttle import give_back_try, take_try
from portal.common.clock import now
from portal.common.secrets import tidy_code
from portal.web.transactions import write_transaction

Found = TypeVar("Found")
LONGEST_CODE = 40


def counted(what: str, typed: str, find: Callable[[str], Found | None]) -> Found | None:
    code = tidy_code(typed[: 2 * LONGEST_CODE])[:LONGEST_CODE]
    with write_transaction():
        take_try(what, request.remote_addr, now=now())
        found = find(code) if code else None
        if found is not None:
            give_back_try(what, request.remote_addr, now=now())
    return found
