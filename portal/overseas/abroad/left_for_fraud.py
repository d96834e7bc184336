"""Who leaves because of a suspected fraud is told that it is being looked at: here somebody gets to look."""

import datetime as dt

from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.extensions import db
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.incidents import Told, open_incident
from portal.overseas.models import OverseasCase
from portal.overseas.states import IncidentKind, IncidentState, Severity


def look_into(case: OverseasCase, note: str, *, actor: Account | None, now: dt.datetime) -> None:
    """One incident a case: what is open already is enough."""
    open_one = select(Incident.id).where(
        Incident.case_id == case.id,
        Incident.kind == IncidentKind.FRAUD,
        Incident.state != IncidentState.CLOSED,
    )
    if db.session.scalar(open_one.limit(1)) is not None:
        return
    told = Told(
        kind=IncidentKind.FRAUD,
        severity=Severity.SERIOUS,
        text=" ".join([_("Hồ sơ dừng vì nghi bị lừa."), note.strip()]).strip(),
        organisation_id=case.opening.organisation_id if case.opening is not None else None,
        opening_id=case.opening_id,
    )
    open_incident(told, case=case, actor=actor, now=now)
