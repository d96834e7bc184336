"""A new base, made in the background: the old one with all changes merged in, or everybody read anew."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matching.index import Ranker
from matching.types import WorkerProfile
from portal.common.clock import local_date
from portal.extensions import db
from portal.jobs.handlers import JobContext
from portal.jobs.heartbeat import heartbeat
from portal.jobs.models import Job, JobState
from portal.jobs.schedule import recurring
from portal.ranking.bases import Base, Bases, Note
from portal.ranking.following import (
    changes_after,
    everybody,
    gone_since,
    newest,
    row_says,
    take_in,
    take_in_birthdays,
)
from portal.workers.models import Worker
from portal.workers.queries import Workers

JOB = "ranking.index"
LOOK_EVERY = dt.timedelta(minutes=1)
# A process that starts reads the log past the base: more than this would keep its first page waiting.
MERGE_AFTER = 2_000
# And the birthdays since the base's day.
MERGE_AFTER_DAYS = 7
# Words change slowly; a model changes every score. It is learned anew when a quarter of the people changed.
LEARN_SHARE = 4
# At most this many people are read inside a request: some seconds, once. Otherwise a job does it.
SMALL = 20_000

# Times that a fit goes through everybody.
PASSES = 3

Told = Callable[[int, int], None]


class Due(Enum):
    NOTHING = "nothing"
    MERGE = "merge"
    ANEW = "anew"


def silent(_done: int, _total: int) -> None:
    """Nobody wants to know how far it is."""


def bases() -> Bases:
    return Bases(current_app.config["INDEX_FOLDER"])


def is_small(reader: Session) -> bool:
    """Without counting everybody."""
    return reader.scalar(select(Worker.id).order_by(Worker.id).offset(SMALL).limit(1)) is None


def due(reader: Session, base: Base | None, on: dt.date) -> Due:
    if base is None or changes_after(reader, base.note.mark, base.note.of, limit=1) is None:
        return Due.ANEW
    note, behind = base.note, newest(reader) - base.note.mark
    if (note.changed + behind) * LEARN_SHARE > max(note.learned_from, MERGE_AFTER):
        return Due.ANEW
    old = on - note.day >= dt.timedelta(days=MERGE_AFTER_DAYS)
    if behind > MERGE_AFTER or old:
        return Due.MERGE
    if behind and on > note.day and _holds_who_left(reader, base, on):
        # Where that takes seconds, not even a word that only they wrote stays.
        return Due.ANEW if is_small(reader) else Due.MERGE
    return Due.NOTHING


def _holds_who_left(reader: Session, base: Base, on: dt.date) -> bool:
    """Lists have been without them since their next look at the log; the saved files hold them still."""
    return any(worker_id in base.index for worker_id in gone_since(reader, base.note.mark, on))


def bring_up_to_date(on: dt.date, told: Told = silent) -> Due:
    """Make a new base if one is due. Called outside any transaction; what is in use stays in use until the
    new one is whole."""
    places = bases()
    with places.writing(), Session(db.engine) as reader:
        base = places.open()
        what = due(reader, base, on)
        if what is Due.MERGE and base is not None:
            places.put(base.index, merge(reader, base, on, told))
        elif what is Due.ANEW:
            places.put(*learn(reader, on, told))
        return what


def merge(reader: Session, base: Base, on: dt.date, told: Told = silent) -> Note:
    """Take every change past the mark into `base.index`."""
    index, note = base.index, base.note
    total, changed = newest(reader) - note.mark, note.changed
    mark, of = note.mark, note.of
    while found := changes_after(reader, mark, of, limit=MERGE_AFTER):
        take_in(reader, index, found.worker_ids, on)
        mark, of, changed = found.mark, found.of, changed + len(found.worker_ids)
        told(min(mark - note.mark, total), total)
        if not found.more:
            break
    take_in_birthdays(reader, index, note.day, on)
    return Note(mark, of, max(on, note.day), note.learned_from, changed)


def learn(reader: Session, on: dt.date, told: Told = silent) -> tuple[Ranker, Note]:
    """Read everybody and learn a model from them."""
    # The mark comes first: whoever changes while we read stands after it, and is read again.
    mark = newest(reader)
    of = row_says(reader, mark)
    reader.rollback()
    index = Ranker.fit(People(reader, on, told))
    return index, Note(mark, of, on, len(index), 0)


@dataclass
class People:
    """All who may be matched, read anew each time they are gone through: for the words, for the company they
    keep, for the columns. A million never stand in memory as objects."""

    reader: Session
    on: dt.date
    told: Told
    times: int = 0

    def __len__(self) -> int:
        ids = Workers().matchable(self.on).query.with_only_columns(Worker.id).subquery()
        return self.reader.scalar(select(func.count()).select_from(ids)) or 0

    def __iter__(self) -> Iterator[WorkerProfile]:
        last = self.reader.scalar(select(Worker.id).order_by(Worker.id.desc()).limit(1)) or 0
        before, self.times = last * self.times, self.times + 1
        for reached, people in everybody(self.reader, self.on):
            yield from people
            self.told(min(before + reached, PASSES * last), PASSES * last)


@recurring(JOB, LOOK_EVERY)
def keep_index(context: JobContext) -> None:
    """Twice does no harm: the second finds nothing due."""
    with heartbeat(context) as beat:
        what = bring_up_to_date(local_date(context.now()), beat.told)
    if what is not Due.NOTHING:
        current_app.logger.info("the index was brought up to date (%s)", what.value)


def progress() -> tuple[int, int] | None:
    """How far the job is that is reading people just now."""
    query = select(Job.done_steps, Job.total_steps).where(Job.kind == JOB, Job.state == JobState.RUNNING)
    row = db.session.execute(query.limit(1)).one_or_none()
    return (row.done_steps, row.total_steps) if row is not None and row.total_steps else None
