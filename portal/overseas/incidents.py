"""An incident has a kind, a severity, an owner and a day; nobody's call for help lies about unowned."""

import datetime as dt
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import and_, func, select

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.extensions import db
from portal.overseas.incident_models import Incident
from portal.overseas.models import OverseasCase
from portal.overseas.states import IncidentKind, IncidentState, Severity
from portal.reference.calendar import load_calendar

# Working days from the first word to an answer: our own promise, set in config.
DAYS_SETTING = {
    Severity.URGENT: "INCIDENT_URGENT_DAYS",
    Severity.SERIOUS: "INCIDENT_SERIOUS_DAYS",
    Severity.NORMAL: "INCIDENT_DAYS",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells of; who and whom it is about may stay open."""

    kind: IncidentKind
    severity: Severity
    text: str
    worker_id: int | None = None
    organisation_id: int | None = None
    opening_id: int | None = None
    told_by: str = ""
    phone: str = ""


def open_incident(
    told: Told, *, case: OverseasCase | None = None, actor: Account | None, now: dt.datetime
) -> Incident:
    """Given to the adviser of the case, else to the one of the staff who has the fewest open."""
    days = current_app.config[DAYS_SETTING[told.severity]]
    incident = Incident(
        kind=told.kind,
        severity=told.severity,
        text=told.text,
        worker_id=told.worker_id if case is None else case.worker_id,
        case_id=None if case is None else case.id,
        organisation_id=told.organisation_id,
        opening_id=told.opening_id,
        told_by=told.told_by,
        phone=told.phone,
        owner_id=(case.adviser_id if case is not None else None) or _least_busy(),
        due_on=load_calendar(db.session).add_working_days(local_date(now), days),
        opened_at=now,
        opened_by_id=None if actor is None else actor.id,
    )
    db.session.add(incident)
    db.session.flush()
    record(
        "incident.opened", incident, actor=actor, now=now, kind=told.kind.value, severity=told.severity.value
    )
    return incident


def _least_busy() -> int | None:
    waiting = and_(Incident.owner_id == Account.id, Incident.state != IncidentState.CLOSED)
    return db.session.scalars(
        select(Account.id)
        .outerjoin(Incident, waiting)
        .where(Account.role.in_(CASE_STAFF), Account.is_enabled)
        .group_by(Account.id)
        .order_by(func.count(Incident.id), Account.id)
        .limit(1)
    ).first()
