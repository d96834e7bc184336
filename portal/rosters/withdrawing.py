"""The job that takes a committed roster back: profiles that nobody has taken over are emptied."""

import datetime as dt

from flask import current_app
from sqlalchemy import func, select

from portal.access.models import Account
from portal.audit.operations import record
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import remove_content
from portal.jobs.handlers import HANDLERS, JobContext
from portal.rosters.models import Roster, RosterRow
from portal.rosters.operations import WITHDRAW, finish_withdrawal, lock
from portal.rosters.queries import count_outcomes
from portal.rosters.states import RosterState, RowOutcome
from portal.workers.emptying import empty_profile, is_untouched
from portal.workers.models import Worker
from portal.workers.queries import Workers
from portal.workers.states import WorkerState

CHUNK = 50
# Rows that never made a profile, and what a withdrawal has decided already.
SETTLED = (RowOutcome.RECOGNISED, RowOutcome.SKIPPED, RowOutcome.REMOVED, RowOutcome.KEPT)


@HANDLERS.add(WITHDRAW)
def withdraw_rows(context: JobContext) -> None:
    roster_id = context.payload["roster_id"]
    counted = select(func.count()).where(RosterRow.roster_id == roster_id)
    total = db.session.scalar(counted) or 0
    done = db.session.scalar(counted.where(RosterRow.outcome.in_(SETTLED))) or 0
    db.session.rollback()
    while True:
        with context.writing(min(done + CHUNK, total), total):
            roster = lock(roster_id)
            if roster.state is not RosterState.WITHDRAWING or roster.job_id != context.job_id:
                return
            taken = _withdraw_chunk(roster, context.now())
            if not taken:
                _finish(roster, context.now())
                break
        done += taken
        db.session.expunge_all()
    stored = db.session.get_one(StoredFile, db.session.get_one(Roster, roster_id).file_id)
    remove_content(stored, folder=current_app.config["UPLOAD_FOLDER"])
    db.session.rollback()


def _withdraw_chunk(roster: Roster, now: dt.datetime) -> int:
    query = (
        select(RosterRow)
        .where(
            RosterRow.roster_id == roster.id,
            RosterRow.outcome.is_(None) | (RosterRow.outcome == RowOutcome.NEW),
        )
        .order_by(RosterRow.row_number)
        .limit(CHUNK)
        .with_for_update(of=RosterRow)
    )
    rows = list(db.session.scalars(query))
    actor = db.session.get_one(Account, roster.withdrawn_by_id) if rows else None
    workers = _workers_of(rows)
    with db.session.no_autoflush:
        for row in rows:
            row.outcome = _withdraw_row(row, workers, actor, now)
            row.cells, row.errors, row.proposals = {}, [], []
    db.session.flush()
    return len(rows)


def _workers_of(rows: list[RosterRow]) -> dict[int, Worker]:
    """With all that emptying reads, locked: a person may be taking over a profile at this moment."""
    ids = [row.worker_id for row in rows if row.worker_id is not None]
    query = Workers().where(Worker.id.in_(ids)).with_profile_data().query.order_by(Worker.id)
    return {worker.id: worker for worker in db.session.scalars(query.with_for_update(of=Worker))}


def _withdraw_row(
    row: RosterRow, workers: dict[int, Worker], actor: Account | None, now: dt.datetime
) -> RowOutcome:
    if row.worker_id is None:
        return RowOutcome.SKIPPED
    worker = workers[row.worker_id]
    if worker.state is WorkerState.REMOVED:
        # Refused by its person, and emptied then.
        return RowOutcome.REMOVED
    if not is_untouched(worker):
        return RowOutcome.KEPT
    empty_profile(worker, actor=actor, now=now)
    row.notice = None
    return RowOutcome.REMOVED


def _finish(roster: Roster, now: dt.datetime) -> None:
    finish_withdrawal(roster, now=now)
    counts = {str(outcome): count for outcome, count in count_outcomes(roster).items()}
    actor = db.session.get_one(Account, roster.withdrawn_by_id)
    record("roster.withdrawn", roster, actor=actor, now=now, **counts)
