"""The index keeper: one ranker a process, brought up to date from the change log before each use."""

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matching.index import Ranker
from matching.types import WorkerProfile
from portal.extensions import db
from portal.ranking.profiles import worker_profile
from portal.ranking.versions import active_scorer
from portal.workers.models import Worker, WorkerChange
from portal.workers.queries import Workers

# How many profiles are read at a time when the index is built or catches up.
CHUNK = 2_000
# Catching up with more changes than this takes longer than building anew.
MOST_CHANGES = 20_000


@dataclass
class Keeper:
    """`mark` is the last row of the change log that `ranker` has seen, `day` the last day it has lived."""

    lock: threading.Lock
    ranker: Ranker | None = None
    mark: int = 0
    day: dt.date = dt.date.min


def init_app(app: Flask) -> None:
    app.extensions["ranking"] = Keeper(threading.Lock())


def keeper() -> Keeper:
    kept: Keeper = current_app.extensions["ranking"]
    return kept


def ranker(on: dt.date) -> tuple[Ranker, int]:
    """The ranker that has seen every change committed before this call, and its mark."""
    kept = keeper()
    # A session of its own: thousands of profiles pass through it, and the page's objects stay untouched.
    with kept.lock, Session(db.engine) as reader:
        newest = reader.scalar(select(func.max(WorkerChange.id))) or 0
        # A smaller number means another database: a restored backup.
        if kept.ranker is None or newest < kept.mark or newest - kept.mark > MOST_CHANGES:
            kept.ranker, kept.mark, kept.day = _build(reader, on, newest), newest, on
        elif newest > kept.mark:
            _catch_up(reader, kept.ranker, kept.mark, newest, on)
            kept.mark = newest
        if kept.day < on:
            _add_grown_up(reader, kept.ranker, kept.day, on)
            kept.day = on
        # What another process activated orders the next list of this one.
        kept.ranker.scorer = active_scorer(reader)
        return kept.ranker, kept.mark


def _build(reader: Session, on: dt.date, newest: int) -> Ranker:
    """Open what was saved and catch up, or build from all profiles and save."""
    folder = current_app.config["INDEX_FOLDER"] / "base"
    opened = _open(reader, folder, newest)
    if opened is not None:
        index, mark, day = opened
        if newest - mark <= MOST_CHANGES:
            _catch_up(reader, index, mark, newest, on)
            _add_grown_up(reader, index, day, on)
            return index
    profiles: list[WorkerProfile] = []
    for chunk in _chunks(reader, Workers().matchable(on)):
        profiles += chunk
    index = Ranker.fit(profiles)
    _save(reader, index, folder, newest, on)
    return index


def _chunks(reader: Session, workers: Workers) -> Iterator[list[WorkerProfile]]:
    last = 0
    while rows := _read(reader, workers.where(Worker.id > last)):
        yield [worker_profile(row) for row in rows]
        last = rows[-1].id
        reader.expunge_all()


def _fingerprint(reader: Session, mark: int) -> str:
    """A saved index belongs to one database: the log's row at its mark says which."""
    row = reader.get(WorkerChange, mark)
    return "" if row is None else f"{row.id} {row.worker_id} {row.at.isoformat()}"


def _save(reader: Session, index: Ranker, folder: Path, mark: int, day: dt.date) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    index.save(folder, note={"mark": mark, "day": day.isoformat(), "of": _fingerprint(reader, mark)})


def _open(reader: Session, folder: Path, newest: int) -> tuple[Ranker, int, dt.date] | None:
    try:
        index = Ranker.load(folder)
        mark, day = index.note["mark"], dt.date.fromisoformat(index.note["day"])
    except (OSError, ValueError, KeyError):
        return None  # never saved, or written by another version: it is built anew
    if not 0 < mark <= newest or index.note["of"] != _fingerprint(reader, mark):
        return None
    return index, mark, day


def _read(reader: Session, workers: Workers) -> list[Worker]:
    query = workers.with_profile_data().query.order_by(Worker.id).limit(CHUNK)
    rows: list[Any] = list(reader.scalars(query).unique())
    return rows


def _catch_up(reader: Session, index: Ranker, after: int, newest: int, on: dt.date) -> None:
    """Update who may still be matched, remove the others. Twice the same change does no harm."""
    changed = reader.scalars(
        select(WorkerChange.worker_id).where(WorkerChange.id > after, WorkerChange.id <= newest).distinct()
    ).all()
    for start in range(0, len(changed), CHUNK // 4):
        ids = changed[start : start + CHUNK // 4]
        rows = _read(reader, Workers().matchable(on).where(Worker.id.in_(ids)))
        found = {row.id for row in rows}
        index.update_many([worker_profile(row) for row in rows])
        for worker_id in set(ids) - found:
            index.remove(worker_id)


def _add_grown_up(reader: Session, index: Ranker, since: dt.date, on: dt.date) -> None:
    """A birthday writes no change: who has become old enough since that day is asked for."""
    before = Workers().matchable(since).query.with_only_columns(Worker.id)
    for chunk in _chunks(reader, Workers().matchable(on).where(Worker.id.not_in(before))):
        index.update_many(chunk)
