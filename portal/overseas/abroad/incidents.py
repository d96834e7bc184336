"""An incident has a kind, a severity, an owner and a day; nobody's call for help lies about unowned."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Self

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Select, and_, case, false, func, or_, select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.extensions import db
from portal.messages.models import Channel
from portal.messages.operations import enqueue
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.incident_words import Words, put_words, words_of
from portal.overseas.models import OverseasCase
from portal.overseas.pressed_twice import SAME_PRESS
from portal.overseas.states import RESTRICTED_KINDS, IncidentKind, IncidentState, Severity
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
    again = _sent_twice(told, case, actor, now)
    if again is not None:
        return again
    incident = Incident(
        uid=uuid.uuid4().hex,
        kind=told.kind,
        severity=told.severity,
        is_restricted=told.kind in RESTRICTED_KINDS,
        worker_id=told.worker_id if case is None else case.worker_id,
        case_id=None if case is None else case.id,
        organisation_id=told.organisation_id,
        opening_id=told.opening_id,
        owner_id=_adviser_of(case) or _least_busy(),
        due_on=due_day(told.severity, local_date(now)),
        opened_at=now,
        opened_by_id=None if actor is None else actor.id,
    )
    put_words(incident, Words(told.text, told.told_by, told.phone))
    db.session.add(incident)
    db.session.flush()
    record(
        "incident.opened", incident, actor=actor, now=now, kind=told.kind.value, severity=told.severity.value
    )
    tell_owner(incident, by=actor, now=now)
    return incident


def _sent_twice(
    told: Told, case: OverseasCase | None, actor: Account | None, now: dt.datetime
) -> Incident | None:
    """Of one case, by one of the staff, in the same words."""
    if case is None or actor is None:
        return None
    just_opened = select(Incident).where(
        Incident.case_id == case.id,
        Incident.opened_by_id == actor.id,
        Incident.kind == told.kind,
        Incident.severity == told.severity,
        Incident.opened_at > now - SAME_PRESS,
    )
    said = Words(told.text, told.told_by, told.phone)
    return next((one for one in db.session.scalars(just_opened) if words_of(one) == said), None)


def due_day(severity: Severity, on: dt.date) -> dt.date:
    days: int = current_app.config[DAYS_SETTING[severity]]
    return load_calendar(db.session).add_working_days(on, days)


def _adviser_of(case: OverseasCase | None) -> int | None:
    """Who has left answers nobody."""
    if case is None or case.adviser_id is None:
        return None
    adviser = db.session.get(Account, case.adviser_id)
    return adviser.id if adviser is not None and adviser.is_enabled and adviser.role in CASE_STAFF else None


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


def tell_owner(incident: Incident, *, by: Account | None, now: dt.datetime) -> None:
    """The owner; of what is urgent the leaders too. Neither who nor what stands in the message."""
    told = [Account.id == incident.owner_id]
    if incident.severity is Severity.URGENT or incident.owner_id is None:
        told.append(and_(Account.role == Role.LEADER, Account.is_enabled))
    for account in db.session.scalars(select(Account).where(or_(*told)).order_by(Account.id)):
        if by is not None and account.id == by.id:
            continue
        enqueue(
            "incident.owner", recipient=account.display_name, channel=Channel.PORTAL, account=account,
            now=now, subject=_("Có sự việc khẩn cấp chờ xử lý") if incident.severity is Severity.URGENT
            else _("Có sự việc chờ xử lý"),
            body=_("Sự việc số %(number)s, trễ nhất ngày %(due)s. Mở mục “Sự việc”.",
                   number=incident.id, due=f"{incident.due_on:%d/%m/%Y}"),
        )  # fmt: skip


SEVERITY_ORDER = case(
    {Severity.URGENT.value: 0, Severity.SERIOUS.value: 1, Severity.NORMAL.value: 2}, value=Incident.severity
)


class Incidents:
    """`Incidents().visible_to(account).open().by_urgency().query` is a `Select[Incident]`."""

    def __init__(self, query: Select[Incident] | None = None) -> None:
        self.query: Select[Incident] = select(Incident) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def visible_to(self, account: Account) -> Self:
        """The same as `incident_permissions.may_see`, for the whole table."""
        if account.role is Role.LEADER:
            return self
        if account.role in CASE_STAFF:
            return self.where(or_(Incident.is_restricted.is_(False), Incident.owner_id == account.id))
        return self.where(false())

    def by_id(self, incident_id: int) -> Self:
        return self.where(Incident.id == incident_id)

    def of_case(self, case_id: int) -> Self:
        return self.where(Incident.case_id == case_id)

    def concerning(self, case: OverseasCase) -> Self:
        """Also what was told of this person and this opening before, or in an earlier case."""
        about = [Incident.case_id == case.id]
        if case.opening_id is not None:
            same = (Incident.worker_id == case.worker_id, Incident.opening_id == case.opening_id)
            about.append(and_(*same))
        return self.where(or_(*about))

    def owned_by(self, account: Account) -> Self:
        return self.where(Incident.owner_id == account.id)

    def open(self) -> Self:
        return self.where(Incident.state != IncidentState.CLOSED)

    def closed(self) -> Self:
        return self.where(Incident.state == IncidentState.CLOSED)

    def overdue(self, on: dt.date) -> Self:
        return self.open().where(Incident.due_on < on)

    def of_kind(self, kind: IncidentKind) -> Self:
        return self.where(Incident.kind == kind)

    def by_urgency(self) -> Self:
        """What waits first: the urgent ones, then by day; what is closed last, newest first."""
        is_closed = Incident.state == IncidentState.CLOSED
        return type(self)(
            self.query.order_by(
                is_closed, Incident.closed_at.desc(), SEVERITY_ORDER, Incident.due_on, Incident.id
            )
        )

    def with_list_data(self) -> Self:
        return type(self)(self.query.options(joinedload(Incident.owner), joinedload(Incident.worker)))

    def locked(self) -> Self:
        return type(self)(self.query.with_for_update(of=Incident).execution_options(populate_existing=True))
