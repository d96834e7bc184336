"""Taking over a profile that somebody else made, or saying "this was not me"."""

import datetime as dt

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select, update

from portal.access.models import Account
from portal.access.states import Role
from portal.audit.operations import record
from portal.common.events import emit
from portal.common.secrets import hash_code, public_code, tidy_code
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.workers.changes import log_change
from portal.workers.consent_models import ClaimCode
from portal.workers.emptying import empty_profile
from portal.workers.events import ClaimAnswer, ProfileAnswered
from portal.workers.models import Worker
from portal.workers.permissions import is_case_staff
from portal.workers.queries import worker_of
from portal.workers.states import LIVE_STATES, ChangeKind, RegisteredBy, WorkerState

# Long enough to come by an internet shop; who comes later asks for a new one.
CLAIM_TIME = dt.timedelta(days=60)


def _hash(code: str) -> str:
    return hash_code(current_app.config["CODE_KEY"], code)


def show_code(code: str) -> str:
    """In groups, as it is read out and printed."""
    tidy = tidy_code(code)
    return "-".join((tidy[:4], tidy[4:8], tidy[8:]))


def make_claim_code(worker: Worker, *, actor: Account, now: dt.datetime) -> str:
    """Shown once; an older code of this person ends."""
    by_college = actor.role is Role.COLLEGE and worker.registered_by is RegisteredBy.ROSTER
    if not (is_case_staff(actor) or by_college):
        raise NotAllowed
    if worker.account_id is not None:
        raise Refused(_("Người này đã tự quản lý hồ sơ của mình."))
    # A profile that a roster makes at this moment has no older code; thousands are made in a row.
    if not (worker.registered_by is RegisteredBy.ROSTER and worker.created_at == now):
        older = (ClaimCode.worker_id == worker.id, ClaimCode.used_at.is_(None), ClaimCode.expires_at > now)
        db.session.execute(update(ClaimCode).where(*older).values(expires_at=now))
    code = public_code()
    db.session.add(
        ClaimCode(
            worker_id=worker.id,
            code_hash=_hash(code),
            created_by_id=actor.id,
            created_at=now,
            expires_at=now + CLAIM_TIME,
        )
    )
    db.session.flush()
    record("claim.code_made", worker, actor=actor, now=now)
    return code


def find_claim(code: str, *, now: dt.datetime) -> tuple[ClaimCode, Worker] | None:
    """The code and its profile, while the one is good and the other has nobody."""
    query = (
        select(ClaimCode, Worker)
        .join(Worker, Worker.id == ClaimCode.worker_id)
        .where(
            ClaimCode.code_hash == _hash(code),
            ClaimCode.used_at.is_(None),
            ClaimCode.contested_at.is_(None),
            ClaimCode.expires_at > now,
            Worker.account_id.is_(None),
            Worker.state.in_(LIVE_STATES),
        )
        .with_for_update()
    )
    found = db.session.execute(query).one_or_none()
    return (found[0], found[1]) if found is not None else None


def may_claim(account: Account) -> bool:
    return account.role is Role.SEEKER and worker_of(account) is None


def take_over(
    claim: ClaimCode, worker: Worker, account: Account, *, actor: Account | None, now: dt.datetime
) -> None:
    """The caller has checked the second fact (the birth year) and counted the try."""
    if actor is None or actor.id != account.id or account.role is not Role.SEEKER:
        raise NotAllowed
    if not may_claim(account):
        raise Refused(_("Tài khoản này đã có hồ sơ rồi. Bạn gọi Trung tâm để gộp hai hồ sơ."))
    claim.used_at = now
    worker.account = account
    worker.updated_at = now
    db.session.flush()
    record("claim.taken_over", worker, actor=actor, now=now)
    emit(ProfileAnswered(worker, ClaimAnswer.ACCEPTED, actor, now))


def contest(claim: ClaimCode, worker: Worker, *, actor: Account | None, now: dt.datetime) -> None:
    """ "This was not me": out of every list at once, the consents end, an adviser is to look."""
    claim.contested_at = now
    worker.state = WorkerState.REFUSED
    for consent in worker.consents:
        if consent.withdrawn_at is None:
            consent.withdrawn_at = now
    worker.updated_at = now
    db.session.flush()
    log_change(worker, ChangeKind.REMOVED, now=now)
    record("claim.contested", worker, actor=actor, now=now)
    emit(ProfileAnswered(worker, ClaimAnswer.CONTESTED, actor, now))


def settle_contest(worker: Worker, *, actor: Account, now: dt.datetime) -> None:
    """An adviser has looked: whoever it is about has not turned up, so nothing of them stays."""
    if not is_case_staff(actor):
        raise NotAllowed
    if worker.state is not WorkerState.REFUSED:
        raise Refused(_("Hồ sơ này không có ai báo nhầm."))
    record("claim.settled", worker, actor=actor, now=now)
    empty_profile(worker, actor=actor, now=now)


def refuse(claim: ClaimCode, worker: Worker, *, actor: Account | None, now: dt.datetime) -> None:
    """ "I do not want this profile": what somebody else wrote of the person is taken out at once."""
    claim.used_at = now
    record("claim.refused", worker, actor=actor, now=now)
    empty_profile(worker, actor=actor, now=now)
    emit(ProfileAnswered(worker, ClaimAnswer.REFUSED, actor, now))
