"""Every change to a profile. A function a change; each checks who may, and notes it for the index."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.audit.operations import record
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.organisations.models import Organisation
from portal.workers import facts, steps
from portal.workers.changes import log_change
from portal.workers.claims import contest, make_claim_code, refuse, take_over
from portal.workers.consenting import give_consent, withdraw_consent
from portal.workers.duplicates import note_duplicates
from portal.workers.identity import give_national_id, tell_id_absence
from portal.workers.merging import merge, undo_merge
from portal.workers.models import Worker
from portal.workers.permissions import insist_case_staff, insist_may_act_for
from portal.workers.queries import worker_of
from portal.workers.reaching import settle_relative
from portal.workers.states import ConsentChannel, IdAbsence, Purpose, RegisteredBy, WorkerState

__all__ = [
    "ask_for_work",
    "contest",
    "create_from_roster",
    "finish_registration",
    "give_consent",
    "give_national_id",
    "log_change",
    "make_claim_code",
    "merge",
    "pause",
    "refuse",
    "register",
    "register_walk_in",
    "save_step",
    "take_over",
    "tell_id_absence",
    "undo_merge",
    "withdraw_consent",
]


def register(
    account: Account, values: Mapping[str, Any], *, actor: Account | None, now: dt.datetime
) -> Worker:
    """A person begins a profile of their own; it stays a draft until the last step."""
    if actor is None or actor.id != account.id or account.role is not Role.SEEKER:
        raise NotAllowed
    # A double click must not make two profiles.
    db.session.refresh(account, with_for_update=True)
    if worker_of(account) is not None:
        raise Refused(_("Bạn đã có hồ sơ rồi."))
    worker = _new_worker(RegisteredBy.SELF, WorkerState.DRAFT, now)
    worker.account = account
    facts.set_who(worker, values, now)
    worker.step_reached = "account"
    db.session.add(worker)
    db.session.flush()
    settle_relative(worker, values, actor=actor, now=now)
    record("worker.registered", worker, actor=actor, now=now)
    return worker


def save_step(
    worker: Worker, step: str, values: Mapping[str, Any], *, actor: Account | None, now: dt.datetime
) -> Worker:
    """The values of one step (`facts.SETTERS`); the furthest step is where the next visit goes on."""
    insist_may_act_for(worker, actor)
    facts.SETTERS[step](worker, values, now)
    _touch(worker, now)
    worker.step_reached = steps.further(worker.step_reached, step)
    db.session.flush()
    settle_relative(worker, values, actor=actor, now=now)
    log_change(worker, now=now)
    record("worker.saved", worker, actor=actor, now=now, step=step)
    if step == "who":
        note_duplicates(worker, now=now)
    return worker


def pass_step(worker: Worker, step: str, *, actor: Account | None, now: dt.datetime) -> None:
    """The person leaves a step open: nothing is set, the next visit goes on after it."""
    insist_may_act_for(worker, actor)
    worker.step_reached = steps.further(worker.step_reached, step)
    db.session.flush()


def finish_registration(worker: Worker, *, actor: Account | None, now: dt.datetime) -> None:
    """After the last step a draft becomes a profile; without consent it is still matched to nothing."""
    insist_may_act_for(worker, actor)
    worker.step_reached = steps.further(worker.step_reached, "consents")
    if worker.state is WorkerState.DRAFT:
        worker.state = WorkerState.ACTIVE
        _touch(worker, now)
        log_change(worker, now=now)
        record("worker.finished", worker, actor=actor, now=now)
        note_duplicates(worker, now=now)
    db.session.flush()


def pause(worker: Worker, *, actor: Account | None, now: dt.datetime) -> None:
    _change_state(worker, WorkerState.ACTIVE, WorkerState.PAUSED, actor, now)


def ask_for_work(worker: Worker, *, actor: Account | None, now: dt.datetime) -> None:
    _change_state(worker, WorkerState.PAUSED, WorkerState.ACTIVE, actor, now)


def _change_state(
    worker: Worker, source: WorkerState, target: WorkerState, actor: Account | None, now: dt.datetime
) -> None:
    insist_may_act_for(worker, actor)
    if worker.state is not source:
        raise Refused(_("Hồ sơ đang ở trạng thái khác, bạn tải lại trang giúp."))
    worker.state = target
    _touch(worker, now)
    db.session.flush()
    log_change(worker, now=now)
    record(f"worker.{target.value}", worker, actor=actor, now=now)


def register_walk_in(
    values: Mapping[str, Mapping[str, Any]],
    *,
    consents: Mapping[Purpose, dt.date | None],
    channel: ConsentChannel,
    national_id: str = "",
    id_absence: IdAbsence | None = None,
    actor: Account,
    now: dt.datetime,
) -> Worker:
    """A person at the desk or on the phone. `values` by step; `consents` with the date for keeping."""
    insist_case_staff(actor)
    worker = _new_worker(RegisteredBy.DESK, WorkerState.ACTIVE, now)
    for step, part in values.items():
        facts.SETTERS[step](worker, part, now)
    _insist_named(worker)
    worker.adviser_id = actor.id
    worker.step_reached = "consents"
    db.session.add(worker)
    db.session.flush()
    for purpose, keep_until in consents.items():
        give_consent(
            worker, purpose, channel=channel, taken_by=actor, keep_until=keep_until, actor=actor, now=now
        )
    settle_relative(worker, values.get("who", {}), channel=channel, actor=actor, now=now)
    if national_id:
        give_national_id(worker, national_id, actor=actor, now=now)
    elif id_absence is not None:
        tell_id_absence(worker, id_absence, actor=actor, now=now)
    log_change(worker, now=now)
    record("worker.walked_in", worker, actor=actor, now=now, channel=channel.value)
    note_duplicates(worker, now=now)
    return worker


def create_from_roster(
    cleaned: Mapping[str, Any], *, organisation: Organisation, actor: Account, now: dt.datetime
) -> Worker:
    """A graduate whom a college told us of: a draft that nobody matches before the person's own consent.

    `cleaned`: full_name, birth_date or birth_year, and any of sex, phone, email, national_id, commune_code,
    address_line, education_code, field_of_study, occupations ([{code, words, months}]), skills_text.
    """
    if actor.role is not Role.COLLEGE and actor.role not in CASE_STAFF:
        raise NotAllowed
    worker = _new_worker(RegisteredBy.ROSTER, WorkerState.DRAFT, now)
    for step in ("who", "where", "schooling", "can"):
        facts.SETTERS[step](worker, cleaned, now)
    _insist_named(worker)
    db.session.add(worker)
    db.session.flush()
    if cleaned.get("national_id"):
        give_national_id(worker, cleaned["national_id"], actor=actor, now=now)
    record("worker.from_roster", worker, actor=actor, now=now, organisation=organisation.id)
    note_duplicates(worker, now=now)
    return worker


def _new_worker(registered_by: RegisteredBy, state: WorkerState, now: dt.datetime) -> Worker:
    return Worker(
        uid=uuid.uuid4().hex, registered_by=registered_by, state=state, created_at=now, updated_at=now
    )


def _touch(worker: Worker, now: dt.datetime) -> None:
    worker.updated_at = now


def _insist_named(worker: Worker) -> None:
    if not worker.full_name or worker.birth_year is None:
        raise Invalid(_("Hãy ghi họ tên và ngày sinh hoặc năm sinh."), field="full_name")
