"""The shape of one thing to do, and of one sort of work that my day is made of."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select

from portal.access.models import Account

Conditions = tuple[ColumnElement[bool], ...]


@dataclass(frozen=True)
class Item:
    """One thing to do. Every source gives this shape."""

    source: str
    id: int
    # What sort of work, in two or three words.
    label: Any
    # Whom or what it is about, as the staff lists show it.
    title: str
    href: str
    detail: str = ""
    # Where on that page, when it is a list.
    anchor: str = ""
    due: dt.date | None = None
    since: dt.date | None = None

    @property
    def key(self) -> str:
        return f"{self.source}-{self.id}"


def _nobody(_account: Account) -> Conditions:
    return ()


@dataclass(frozen=True)
class Source:
    name: str
    roles: tuple[str, ...]
    id: Any
    # All rows with what an item shows, and the condition under which one waits.
    rows: Callable[[], Select[Any]]
    waits: Callable[[], Conditions]
    item: Callable[[Any], Item]
    order: tuple[Any, ...]
    # Whose it is; nothing: it waits for whoever comes first.
    mine: Callable[[Account], Conditions] = field(default=_nobody)
    # What may be looked at beyond one's own.
    seen_by: Callable[[Account], Conditions] = field(default=_nobody)
