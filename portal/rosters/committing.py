"""The job that turns rows into profiles, a handful a transaction.

A row's outcome is written together with its profile and its message: a job that dies goes on with the
first row without an outcome, so nothing is lost and nothing is made twice.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from portal.access.models import Account
from portal.audit.operations import record
from portal.errors import DomainError
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import remove_content
from portal.jobs.handlers import HANDLERS, JobContext
from portal.rosters.models import Roster, RosterRow
from portal.rosters.notices import tell_known, tell_new
from portal.rosters.operations import COMMIT, empty, lock
from portal.rosters.proposals import apply_answers
from portal.rosters.queries import count_outcomes
from portal.rosters.recognising import Known
from portal.rosters.sealing import open_json, row_place, summary_place
from portal.rosters.states import NoticeState, RosterState, RowOutcome
from portal.workers.claims import make_claim_code
from portal.workers.operations import create_from_roster

# Rows a transaction: others may write in between, and a crash loses at most this much work.
CHUNK = 50


@HANDLERS.add(COMMIT)
def commit_rows(context: JobContext) -> None:
    roster_id = context.payload["roster_id"]
    counted = select(func.count()).where(RosterRow.roster_id == roster_id)
    total = db.session.scalar(counted) or 0
    done = db.session.scalar(counted.where(RosterRow.outcome.is_not(None))) or 0
    db.session.rollback()
    while True:
        with context.writing(min(done + CHUNK, total), total):
            roster = lock(roster_id)
            if roster.state is not RosterState.COMMITTING or roster.job_id != context.job_id:
                break
            taken = _commit_chunk(roster, context.now())
            if not taken:
                _finish(roster, context.now())
                break
        done += taken
        db.session.expunge_all()
    _remove_file(roster_id)


def _commit_chunk(roster: Roster, now: dt.datetime) -> int:
    query = (
        select(RosterRow)
        .where(RosterRow.roster_id == roster.id, RosterRow.outcome.is_(None))
        .order_by(RosterRow.row_number)
        .limit(CHUNK)
        .with_for_update()
    )
    rows = list(db.session.scalars(query))
    if not rows:
        return 0
    actor = db.session.get_one(Account, roster.committed_by_id)
    answers = open_json(roster.answers, summary_place(roster.id)) or {}
    values = [_values(row, answers) for row in rows]
    known = Known(values)
    # The operations flush what their own questions need; a flush before every question is half of the time.
    with db.session.no_autoflush:
        for row, cleaned in zip(rows, values, strict=True):
            _commit_row(row, cleaned, known, roster, actor, now)
            row.cells, row.errors, row.proposals = {}, [], []
    db.session.flush()
    return len(rows)


def _values(row: RosterRow, answers: Mapping[str, str]) -> dict[str, Any]:
    cells = open_json(row.cells, row_place(row.roster_id, row.row_number))
    values = apply_answers(cells["values"], cells["proposed"], row.proposals, answers)
    if values["birth_date"]:
        values["birth_date"] = dt.date.fromisoformat(values["birth_date"])
    return values


def _commit_row(
    row: RosterRow, values: dict[str, Any], known: Known, roster: Roster, actor: Account, now: dt.datetime
) -> None:
    found = known.find(values)
    if found is not None:
        row.outcome, row.worker_id = RowOutcome.RECOGNISED, found.id
        tell_known(found, roster.organisation, now=now)
        return
    if not (values["phone"] or values["email"]):
        # A refused proposal took the only way to tell the person.
        row.outcome = RowOutcome.SKIPPED
        return
    try:
        worker = create_from_roster(values, organisation=roster.organisation, actor=actor, now=now)
    except DomainError:
        # A rule that has come to bind since the check; it speaks before anything is written.
        row.outcome = RowOutcome.SKIPPED
        return
    code = make_claim_code(worker, actor=actor, now=now)
    tell_new(worker, code, roster.organisation, now=now)
    known.add(worker)
    row.outcome, row.worker_id, row.notice = RowOutcome.NEW, worker.id, NoticeState.WAITING


def _finish(roster: Roster, now: dt.datetime) -> None:
    roster.state, roster.committed_at = RosterState.COMMITTED, now
    empty(roster)
    counts = {str(outcome): count for outcome, count in count_outcomes(roster).items()}
    actor = db.session.get_one(Account, roster.committed_by_id)
    record("roster.committed", roster, actor=actor, now=now, **counts)


def _remove_file(roster_id: int) -> None:
    """After the commit stands: a crash before this line runs the job again, and it comes here again."""
    roster = db.session.get_one(Roster, roster_id)
    if roster.state is RosterState.COMMITTED:
        stored = db.session.get_one(StoredFile, roster.file_id)
        remove_content(stored, folder=current_app.config["UPLOAD_FOLDER"])
    db.session.rollback()
