"""My day: everything that waits for one member of staff, in one order, and what comes after what."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.access.models import Account
from portal.extensions import db
from portal.home.day_sources import RANKS, SOURCES, Item, Source, sources_of

# Rows asked of each source: enough for any day, and a bound on what a page costs.
MOST = 200
PER_PAGE = 40

Place = tuple[bool, dt.date, int, int]


@dataclass(frozen=True)
class Day:
    items: list[Item]
    # A source held more than was asked of it: the number is "at least".
    is_cut: bool

    def parts(self, on: dt.date) -> dict[str, list[Item]]:
        """Late, today, coming, and what has no deadline: each in order."""
        found: dict[str, list[Item]] = {"late": [], "today": [], "coming": [], "undated": []}
        for item in self.items:
            found[part_of(item, on)].append(item)
        return found


@dataclass(frozen=True)
class Next:
    """What comes after the thing that is open now; `left` counts it and all behind it."""

    item: Item | None
    left: int
    is_cut: bool

    @property
    def href(self) -> str:
        return link(self.item) if self.item is not None else url_for("home.desk")


def part_of(item: Item, on: dt.date) -> str:
    if item.due is None:
        return "undated"
    if item.due < on:
        return "late"
    return "today" if item.due == on else "coming"


def place(item: Item) -> Place:
    """Where an item stands: by deadline, what has none last, oldest first; ends on the id."""
    return (item.due is None, item.due or item.since or dt.date.max, RANKS[item.source], item.id)


def day_of(account: Account) -> Day:
    """One query a source, whatever the number of rows."""
    found = [_waiting(source, account) for source in sources_of(account)]
    items = sorted((item for part in found for item in part), key=place)
    return Day(items, any(len(part) == MOST for part in found))


def _waiting(source: Source, account: Account) -> list[Item]:
    query = source.rows().where(*source.waits(), *source.mine(account))
    rows = db.session.execute(query.order_by(*source.order).limit(MOST))
    return [source.item(row) for row in rows]


def items_by_key(keys: Iterable[str], account: Account) -> dict[str, Item]:
    """The items of these keys, whoever looks after them and whether they still wait; one query a source."""
    wanted: dict[str, list[int]] = {}
    for key in keys:
        read = read_key(key)
        if read is not None:
            wanted.setdefault(read[0], []).append(read[1])
    found: dict[str, Item] = {}
    for source in sources_of(account):
        if source.name in wanted:
            query = source.rows().where(source.id.in_(wanted[source.name]), *source.seen_by(account))
            found |= {item.key: item for item in map(source.item, db.session.execute(query))}
    return found


def read_key(key: str) -> tuple[str, int] | None:
    """ "referral-12" as its two parts, or None when it is no key of ours."""
    name, _dash, number = key.rpartition("-")
    if name not in SOURCES or not number.isdecimal() or len(number) > 9:
        return None
    return name, int(number)


# --- the way from one item to the next -------------------------------------------------------------------


def cursor(item: Item) -> str:
    undated, day, rank, number = place(item)
    return f"{int(undated)}.{day:%Y%m%d}.{rank}.{number}"


def read_cursor(text: str) -> Place | None:
    parts = text.split(".")
    if len(parts) != 4 or len(text) > 40 or not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    try:
        day = dt.datetime.strptime(parts[1], "%Y%m%d").date()
    except ValueError:
        return None
    return (parts[0] == "1", day, int(parts[2]), int(parts[3]))


def link(item: Item) -> str:
    """The page of an item, told that it is reached from my day."""
    separator = "&" if "?" in item.href else "?"
    place_on_page = f"#{item.anchor}" if item.anchor else ""
    return f"{item.href}{separator}day={cursor(item)}{place_on_page}"


def next_after(day: Day, at: Place) -> Next:
    """By the place in the order alone: what was done, or moved to a later day, is not in the way."""
    others = [item for item in day.items if place(item)[2:] != at[2:]]
    behind = [item for item in others if place(item) > at]
    following: Any = behind or others
    return Next(following[0] if following else None, len(others), day.is_cut)
