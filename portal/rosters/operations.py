"""Every change to a roster that a person makes; the long work is done by the jobs they enqueue."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from portal.access.models import Account
from portal.audit.operations import record
from portal.errors import Refused
from portal.extensions import db
from portal.files.models import StoredFile
from portal.jobs.models import Job, JobState
from portal.jobs.operations import enqueue_job
from portal.organisations.models import Organisation
from portal.rosters.models import Roster, RosterRow
from portal.rosters.permissions import insist_may_post, insist_may_withdraw
from portal.rosters.sealing import seal_json, summary_place
from portal.rosters.states import BUSY, RosterState

CHECK, COMMIT, WITHDRAW = "roster.check", "roster.commit", "roster.withdraw"
JOB_OF_STATE = {
    RosterState.CHECKING: CHECK,
    RosterState.COMMITTING: COMMIT,
    RosterState.WITHDRAWING: WITHDRAW,
}


def lock(roster_id: int) -> Roster:
    """The roster as it is now, held until the transaction ends."""
    return db.session.get_one(Roster, roster_id, with_for_update=True, populate_existing=True)


def upload(
    organisation: Organisation, title: str, stored: StoredFile, *, actor: Account, now: dt.datetime
) -> Roster:
    insist_may_post(actor, organisation)
    roster = Roster(
        organisation_id=organisation.id,
        title=title,
        file_id=stored.id,
        state=RosterState.CHECKING,
        created_by_id=actor.id,
        created_at=now,
    )
    db.session.add(roster)
    db.session.flush()
    _start(roster, actor, now)
    record("roster.uploaded", roster, actor=actor, now=now, file=stored.id)
    return roster


def replace_file(roster: Roster, stored: StoredFile, *, actor: Account, now: dt.datetime) -> StoredFile:
    """The mended sheet takes the place of the old one, which is returned: its content is to be removed."""
    insist_may_post(actor, roster.organisation)
    roster = lock(roster.id)
    stuck = roster.state is RosterState.CHECKING and has_failed(roster)
    if roster.state not in (RosterState.NEEDS_MENDING, RosterState.READY) and not stuck:
        raise Refused(_("Danh sách này đang được xử lý hoặc đã ghi, không thay tệp được nữa."))
    old = db.session.get_one(StoredFile, roster.file_id)
    db.session.execute(delete(RosterRow).where(RosterRow.roster_id == roster.id))
    roster.file_id = stored.id
    roster.state = RosterState.CHECKING
    roster.file_errors, roster.summary, roster.answers = [], {}, {}
    roster.row_count = roster.error_count = 0
    _start(roster, actor, now)
    record("roster.replaced", roster, actor=actor, now=now, file=stored.id)
    return old


def commit_roster(roster: Roster, answers: Mapping[str, str], *, actor: Account, now: dt.datetime) -> None:
    """A second press of the button finds the work begun, and begins nothing."""
    insist_may_post(actor, roster.organisation)
    roster = lock(roster.id)
    if roster.state in (RosterState.COMMITTING, RosterState.COMMITTED):
        return
    if roster.state is not RosterState.READY:
        raise Refused(_("Danh sách này chưa sẵn sàng để ghi. Bạn xem lại trang giúp."))
    roster.answers = seal_json(dict(answers), summary_place(roster.id))
    roster.state = RosterState.COMMITTING
    roster.committed_by_id = actor.id
    _start(roster, actor, now)
    record("roster.commit_asked", roster, actor=actor, now=now)


def withdraw(roster: Roster, *, actor: Account, now: dt.datetime) -> bool:
    """True when it is done at once: nothing had been written yet, and the file's content may go."""
    insist_may_withdraw(actor, roster.organisation)
    roster = lock(roster.id)
    if roster.state in (RosterState.WITHDRAWN, RosterState.WITHDRAWING):
        return False
    if roster.state in BUSY and not has_failed(roster):
        raise Refused(_("Danh sách đang được xử lý. Bạn chờ xong rồi rút."))
    roster.withdrawn_by_id = actor.id
    written = roster.state in (RosterState.COMMITTED, RosterState.COMMITTING)
    if written:
        roster.state = RosterState.WITHDRAWING
        _start(roster, actor, now)
    else:
        db.session.execute(delete(RosterRow).where(RosterRow.roster_id == roster.id))
        finish_withdrawal(roster, now=now)
    record("roster.withdrawal_asked", roster, actor=actor, now=now)
    return not written


def finish_withdrawal(roster: Roster, *, now: dt.datetime) -> None:
    roster.state, roster.withdrawn_at = RosterState.WITHDRAWN, now
    empty(roster)
    db.session.flush()


def empty(roster: Roster) -> None:
    roster.summary, roster.answers, roster.file_errors = {}, {}, []


def again(roster: Roster, *, actor: Account, now: dt.datetime) -> None:
    """After a job that failed: the same work goes on where it stopped."""
    insist_may_withdraw(actor, roster.organisation)
    roster = lock(roster.id)
    if roster.state not in BUSY or not has_failed(roster):
        raise Refused(_("Danh sách này không có việc nào cần làm lại."))
    _start(roster, actor, now)


def has_failed(roster: Roster) -> bool:
    state = db.session.scalar(select(Job.state).where(Job.id == roster.job_id))
    return state is JobState.FAILED


def _start(roster: Roster, actor: Account, now: dt.datetime) -> None:
    payload: dict[str, Any] = {"roster_id": roster.id}
    roster.job_id = enqueue_job(JOB_OF_STATE[roster.state], payload, actor=actor, now=now).id
    db.session.flush()
