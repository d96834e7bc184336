"""What is done about an incident: each act is a kept step; nothing of a restricted one stands open."""

import datetime as dt

from flask_babel import gettext as _
from sqlalchemy import exists, select

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.overseas.abroad.incident_models import Incident, IncidentStep
from portal.overseas.abroad.incident_permissions import may_act
from portal.overseas.abroad.incident_words import Words, put_step_text, put_words, words_of
from portal.overseas.abroad.incidents import due_day, tell_owner
from portal.overseas.states import (
    HELP_STEPS,
    RESTRICTED_KINDS,
    STEPS_BY_HAND,
    IncidentKind,
    IncidentOutcome,
    IncidentState,
    IncidentStepName,
    Severity,
)


def add_step(
    incident: Incident, name: IncidentStepName, text: str, *, actor: Account, now: dt.datetime
) -> IncidentStep:
    """An act of who works on it; the first one says that somebody does."""
    _insist(incident, actor)
    if name not in STEPS_BY_HAND:
        raise Invalid(_("Hãy chọn một mục trong danh sách."), field="name")
    if incident.owner_id is None:
        incident.owner_id = actor.id
    incident.state = IncidentState.WORKING
    return write_step(incident, name, text, actor=actor, now=now)


def write_step(
    incident: Incident, name: IncidentStepName, text: str, *, actor: Account | None, now: dt.datetime
) -> IncidentStep:
    """The row alone, also for what the portal or the person themselves did."""
    step = IncidentStep(
        incident_id=incident.id, name=name, at=now, actor_id=None if actor is None else actor.id, text=""
    )
    db.session.add(step)
    db.session.flush()
    put_step_text(step, text.strip(), restricted=incident.is_restricted)
    db.session.flush()
    record("incident.step", incident, actor=actor, now=now, step=name.value)
    return step


def change_kind(
    incident: Incident, kind: IncidentKind, severity: Severity, *, actor: Account | None, now: dt.datetime
) -> None:
    """`actor` None: the person said more by their link. What becomes restricted stays so."""
    if actor is not None:
        _insist(incident, actor)
    if (kind, severity) == (incident.kind, incident.severity):
        return
    if kind in RESTRICTED_KINDS and not incident.is_restricted:
        words = words_of(incident)
        incident.is_restricted = True
        put_words(incident, words)
        _seal_steps(incident)
    was_due = incident.due_on
    if severity is not incident.severity:
        # Lowered, the days count from the first word; raised, somebody has to act from now on.
        from_now = due_day(severity, local_date(now))
        from_first = due_day(severity, local_date(incident.opened_at))
        incident.due_on = from_first if from_now > was_due else min(was_due, from_now)
    incident.kind, incident.severity = kind, severity
    db.session.flush()
    write_step(incident, IncidentStepName.KIND, f"{kind.label}. {severity.label}", actor=actor, now=now)
    if incident.due_on < was_due or severity is Severity.URGENT:
        tell_owner(incident, by=actor, now=now)


def _seal_steps(incident: Incident) -> None:
    query = select(IncidentStep).where(IncidentStep.incident_id == incident.id).order_by(IncidentStep.id)
    for step in db.session.scalars(query):
        put_step_text(step, step.text, restricted=True)


def say_more(incident: Incident, words: Words, *, now: dt.datetime) -> None:
    """Words of the person, by their link: the first ones are the incident's, later ones a step."""
    known = words_of(incident)
    if not known.text:
        put_words(incident, Words(words.text, known.told_by, words.phone or known.phone))
    else:
        if words.phone and words.phone != known.phone:
            put_words(incident, Words(known.text, known.told_by, words.phone))
            if known.phone:
                # The newest is called first; none is lost to whoever else holds the phone.
                before = _("Số để gọi trước đó: %(phone)s", phone=known.phone)
                write_step(incident, IncidentStepName.TOLD, before, actor=None, now=now)
        if words.text and words.text != known.text:
            write_step(incident, IncidentStepName.TOLD, words.text, actor=None, now=now)
    db.session.flush()


def give_to(incident: Incident, owner: Account, *, actor: Account, now: dt.datetime) -> None:
    _insist(incident, actor)
    if owner.role not in CASE_STAFF or not owner.is_enabled:
        raise Refused(_("Hãy chọn một lãnh đạo hoặc một tư vấn viên đang làm việc."))
    if owner.id == incident.owner_id:
        return
    incident.owner_id = owner.id
    db.session.flush()
    write_step(incident, IncidentStepName.GIVEN, owner.display_name, actor=actor, now=now)
    record("incident.given", incident, actor=actor, now=now, owner=owner.id)
    tell_owner(incident, by=actor, now=now)


def close(
    incident: Incident, outcome: IncidentOutcome, text: str, *, actor: Account, now: dt.datetime
) -> None:
    """Not before help was offered where somebody was hurt or sold; what was done is said in words."""
    _insist(incident, actor)
    if not text.strip():
        raise Invalid(_("Hãy ghi kết quả bằng một, hai câu."), field="text")
    if incident.is_restricted and not _help_was_offered(incident):
        raise Refused(_("Chưa ghi việc đã đề nghị giúp người này: hãy ghi trước khi kết thúc."))
    incident.state, incident.outcome_kind = IncidentState.CLOSED, outcome
    incident.closed_at, incident.closed_by_id = now, actor.id
    db.session.flush()
    write_step(incident, IncidentStepName.CLOSED, text, actor=actor, now=now)
    record("incident.closed", incident, actor=actor, now=now, outcome=outcome.value)


def _help_was_offered(incident: Incident) -> bool:
    step = exists().where(IncidentStep.incident_id == incident.id, IncidentStep.name.in_(HELP_STEPS))
    return bool(db.session.scalar(select(step)))


def _insist(incident: Incident, actor: Account) -> None:
    if not may_act(incident, actor):
        raise NotAllowed
    if incident.state is IncidentState.CLOSED:
        raise Refused(_("Sự việc này đã kết thúc."))
