"""What a handler is given, and who handles which kind."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from portal.common.registry import Registry


class LeaseLost(Exception):
    """Another worker has taken this job over; stop without writing."""


class NotYet(Exception):
    """What this job needs is still being made by another: it goes back into the row and is taken again."""


@dataclass
class JobContext:
    """A handler may run twice (at least once, after a crash): it must be idempotent.

    It is called without a transaction. What it writes, it writes inside `writing(done, total)`:
    the rows, the progress and the proof that the lease is still ours are committed together.
    """

    job_id: int
    payload: dict[str, Any]
    writing: Callable[[int, int], AbstractContextManager[None]]
    now: Callable[[], dt.datetime]


Handler = Callable[[JobContext], None]
HANDLERS: Registry[Handler] = Registry()
