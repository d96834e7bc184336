"""How an index follows the database: the change log past a mark, birthdays, and everybody once."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matching.index import Ranker
from matching.types import WorkerProfile
from portal.ranking.reading import profiles
from portal.workers.models import Worker, WorkerChange
from portal.workers.queries import Workers

# How many profiles are read at a time.
CHUNK = 1_000


@dataclass(frozen=True)
class Changes:
    """What the log says past a mark. `mark` is its last row read; `more` if there are others after it."""

    worker_ids: Sequence[int]
    mark: int
    of: str
    more: bool = False


def newest(reader: Session) -> int:
    return reader.scalar(select(func.max(WorkerChange.id))) or 0


def row_says(reader: Session, mark: int) -> str:
    """An index belongs to one database: the log's row at its mark says which."""
    row = reader.execute(_log().where(WorkerChange.id == mark)).one_or_none()
    return "" if row is None else _says(row)


def _log() -> Any:
    return select(WorkerChange.id, WorkerChange.worker_id, WorkerChange.at)


def _says(row: Any) -> str:
    return f"{row.id} {row.worker_id} {row.at.isoformat()}"


def changes_after(reader: Session, mark: int, of: str, *, limit: int) -> Changes | None:
    """None when the row at the mark says something else: this is the log of another database, a restored
    backup for example. One query, whatever happened."""
    query = _log().where(WorkerChange.id >= mark).order_by(WorkerChange.id).limit(limit + 1)
    rows = reader.execute(query).all()
    if mark:
        if not rows or _says(rows[0]) != of:
            return None
        rows = rows[1:]
    elif rows:
        return None  # it was made before anybody was logged, of whatever database
    if not rows:
        return Changes((), mark, of)
    ids = list(dict.fromkeys(row.worker_id for row in rows))
    return Changes(ids, rows[-1].id, _says(rows[-1]), more=len(rows) >= limit)


def gone_since(reader: Session, mark: int, on: dt.date) -> Sequence[int]:
    """Of those logged past the mark: who may not be matched now, whatever the reason; they withdrew, were
    emptied, merged or paused. Grows with the log past the mark alone."""
    may = Workers().matchable(on).where(Worker.id == WorkerChange.worker_id).query
    query = select(WorkerChange.worker_id).where(
        WorkerChange.id > mark, ~may.correlate(WorkerChange).exists()
    )
    return reader.scalars(query.distinct().order_by(WorkerChange.worker_id)).all()


def take_in(reader: Session, index: Ranker, worker_ids: Iterable[int], on: dt.date) -> None:
    """Update who may be matched, remove the others. Twice the same change does no harm."""
    for ids in _pieces(list(worker_ids)):
        found = profiles(reader, Workers().matchable(on), ids)
        index.update_many(found)
        for worker_id in set(ids).difference(profile.id for profile in found):
            index.remove(worker_id)


def take_in_birthdays(reader: Session, index: Ranker, since: dt.date, on: dt.date) -> None:
    """A birthday writes no change: who has become old enough since that day is asked for."""
    for ids in _pieces(list(reader.scalars(Workers().came_of_age(since, on).ids()))):
        index.update_many(profiles(reader, Workers().matchable(on), ids))


def everybody(reader: Session, on: dt.date) -> Iterator[tuple[int, list[WorkerProfile]]]:
    """All who may be matched, in chunks with the id they reach to, each read in a transaction of its own: one
    that lasts for minutes would keep the database from tidying up. Who changes meanwhile stands in the log
    past the mark."""
    last = 0
    # Ids alone first: asked for together, PostgreSQL joins the consents of everybody for each chunk.
    while ids := list(
        reader.scalars(Workers().where(Worker.id > last).ids().order_by(Worker.id).limit(CHUNK))
    ):
        last = ids[-1]
        yield last, profiles(reader, Workers().matchable(on), ids)


def _pieces(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
