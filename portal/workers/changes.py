"""The change log of the profiles, which the ranking's index reads past its own mark."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import event, insert, text
from sqlalchemy.orm import Session

from portal.extensions import db
from portal.workers.models import Worker, WorkerChange
from portal.workers.states import ChangeKind

# Any fixed number: who holds this lock on PostgreSQL is the only one who is handing out ids of the log.
LOCK = 20_261_122
WAITING = "changed_workers"


def log_change(worker: Worker, kind: ChangeKind = ChangeKind.CHANGED, *, now: dt.datetime) -> None:
    """Note that what matching sees of this person has changed; the row is written at the commit.

    A reader who has seen id 8 must never meet id 7 afterwards. So ids are drawn as late as possible, one
    transaction at a time: SQLite has one writer anyway, on PostgreSQL the lock is held until the commit.
    """
    if worker.id is None:
        db.session.flush()
    db.session.info.setdefault(WAITING, {})[worker.id] = (kind, now)


def log_changes(worker_ids: Iterable[int], *, now: dt.datetime) -> None:
    """The same for people put in without being loaded."""
    waiting = db.session.info.setdefault(WAITING, {})
    waiting.update((worker_id, (ChangeKind.CHANGED, now)) for worker_id in worker_ids)


def _write(session: Session) -> None:
    if session.in_nested_transaction() or not session.info.get(WAITING):
        return
    waiting = session.info.pop(WAITING)
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    session.execute(
        insert(WorkerChange),
        [{"worker_id": worker_id, "kind": kind, "at": at} for worker_id, (kind, at) in waiting.items()],
    )


def _forget(session: Session, transaction: Any) -> None:
    """Rolled back: nothing changed. A savepoint that ends keeps the list of its outer transaction."""
    if transaction.parent is None:
        session.info.pop(WAITING, None)


event.listen(db.session, "before_commit", _write)
event.listen(db.session, "after_transaction_end", _forget)
