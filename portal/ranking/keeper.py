"""The index keeper: one ranker a process, brought up to date from the change log before each use."""

import datetime as dt
import threading
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy.orm import Session

from matching.index import Ranker
from portal.extensions import db
from portal.ranking.bases import Bases, Stamp
from portal.ranking.following import changes_after, newest, take_in, take_in_birthdays
from portal.ranking.rebuilding import bases, bring_up_to_date, is_small
from portal.ranking.versions import active_scorer

# About two seconds of reading. After a larger import a ranking is made with the changes read so far, the
# page says how many are still to come, and the next ranking reads on.
CHANGES_AT_ONCE = 5_000


class IndexMissing(Exception):
    """There is no index yet, and too many people to make one while somebody waits; a job is making it."""


@dataclass
class Keeper:
    """`mark` is the last row of the change log that `ranker` has seen, `of` what that row says, `day` the
    last day it has lived, `behind` how many rows are still to be read, `stamp` which base was opened."""

    lock: threading.Lock
    ranker: Ranker | None = None
    mark: int = 0
    of: str = ""
    day: dt.date = dt.date.min
    behind: int = 0
    stamp: Stamp | None = None


def init_app(app: Flask) -> None:
    app.extensions["ranking"] = Keeper(threading.Lock())


def keeper() -> Keeper:
    kept: Keeper = current_app.extensions["ranking"]
    return kept


def ranker(on: dt.date) -> tuple[Ranker, int]:
    """The ranker that has seen every change committed before this call, and its mark.

    Raises `IndexMissing`.
    """
    kept, places = keeper(), bases()
    # A session of its own: thousands of profiles may pass through it, and the page's objects stay untouched.
    with kept.lock, Session(db.engine) as reader:
        if kept.ranker is None or places.stamp() != kept.stamp:
            _open(kept, places)
        index = _follow(kept, reader, on) or _opened_anew(kept, places, reader, on)
        if index is None and is_small(reader):
            reader.rollback()
            bring_up_to_date(on)
            index = _opened_anew(kept, places, reader, on)
        if index is None:
            raise IndexMissing
        # What another process activated orders the next list of this one.
        index.scorer = active_scorer(reader)
        return index, kept.mark


def model_in_use() -> str | None:
    """What is known of it without making an index, opening one or reading changes."""
    index = keeper().ranker
    return bases().model() or (index.model.version if index is not None else None)


def _opened_anew(kept: Keeper, places: Bases, reader: Session, on: dt.date) -> Ranker | None:
    kept.ranker = None
    _open(kept, places)
    return _follow(kept, reader, on)


def _open(kept: Keeper, places: Bases) -> None:
    """The present one stays in use where the base cannot be opened (another version of the program wrote it),
    and where it has seen less than can be read again at once: people who changed would be lost meanwhile."""
    kept.stamp = places.stamp()
    base = places.open()
    if base is None or (kept.ranker is not None and base.note.mark + CHANGES_AT_ONCE < kept.mark):
        return
    kept.ranker, kept.mark = base.index, base.note.mark
    kept.of, kept.day = base.note.of, base.note.day


def _follow(kept: Keeper, reader: Session, on: dt.date) -> Ranker | None:
    """Only what changed since is read; None where what we have is not of this database."""
    if kept.ranker is None:
        return None
    found = changes_after(reader, kept.mark, kept.of, limit=CHANGES_AT_ONCE)
    if found is None:
        kept.ranker = None
        return None
    take_in(reader, kept.ranker, found.worker_ids, on)
    kept.mark, kept.of = found.mark, found.of
    kept.behind = newest(reader) - found.mark if found.more else 0
    if kept.day < on:
        take_in_birthdays(reader, kept.ranker, kept.day, on)
        kept.day = on
    return kept.ranker
