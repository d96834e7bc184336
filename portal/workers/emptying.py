"""Emptying a profile that its person never took over; the row without personal data stays as history."""

import datetime as dt

from sqlalchemy import delete, or_, update

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.events import emit
from portal.errors import Refused
from portal.extensions import db
from portal.messages.models import Message, MessageState
from portal.workers.changes import log_change
from portal.workers.consent_models import ClaimCode, DuplicatePair
from portal.workers.events import ProfileEmptied
from portal.workers.models import Worker
from portal.workers.sensitive import COLUMNS, forget
from portal.workers.states import ChangeKind, DuplicateState, RegisteredBy, WorkerState

TEXTS = ("full_name", "name_folded", "name_sort", "address_line", "field_of_study", "skills_text",
         "guardian_name", "guardian_phone", "permanent_address_line", "relative_name", "relative_relation",
         "relative_phone", "desk_code_step")  # fmt: skip
OPEN = ("birth_date", "birth_year", "sex", "phone", "email", "national_id_sealed", "national_id_index",
        "commune_code", "education_code", "wage_min", "available_from", "guardian_consented_at",
        "permanent_commune_code", "contact_way", "id_absence", "receives_benefit",
        "desk_code_hash", "desk_code_expires_at")  # fmt: skip


def is_untouched(worker: Worker) -> bool:
    """As the college sent it: nobody has taken it over, changed it, merged it or consented to anything."""
    return (
        worker.registered_by is RegisteredBy.ROSTER
        and worker.state is WorkerState.DRAFT
        and worker.account_id is None
        and worker.updated_at == worker.created_at
        and not worker.consents
    )


def empty_profile(worker: Worker, *, actor: Account | None, now: dt.datetime) -> None:
    """For a withdrawn roster, and for who refuses a profile. Who calls has checked who may."""
    if worker.account_id is not None:
        raise Refused("a profile that has its person is not emptied")
    for name in TEXTS:
        setattr(worker, name, "")
    for name in OPEN:
        setattr(worker, name, None)
    worker.skills, worker.shifts = [], []
    worker.occupations, worker.experiences, worker.certificates, worker.wanted_places = [], [], [], []
    worker.state, worker.updated_at = WorkerState.REMOVED, now
    for purpose in COLUMNS:
        forget(worker, purpose, now=now)
    for consent in worker.consents:
        consent.withdrawn_at = consent.withdrawn_at or now
    db.session.flush()
    db.session.execute(
        update(ClaimCode)
        .where(ClaimCode.worker_id == worker.id, ClaimCode.used_at.is_(None), ClaimCode.expires_at > now)
        .values(expires_at=now)
    )
    pair = or_(DuplicatePair.first_id == worker.id, DuplicatePair.second_id == worker.id)
    db.session.execute(delete(DuplicatePair).where(pair, DuplicatePair.state == DuplicateState.OPEN))
    # What has not left yet would tell of a profile that is gone.
    db.session.execute(
        delete(Message).where(Message.worker_id == worker.id, Message.state == MessageState.QUEUED)
    )
    log_change(worker, ChangeKind.REMOVED, now=now)
    emit(ProfileEmptied(worker, actor, now))
    record("worker.emptied", worker, actor=actor, now=now)
