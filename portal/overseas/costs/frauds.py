"""Somebody suspects a fraud: an incident with an owner, and a code that leads back to the answer."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.secrets import hash_code, public_code
from portal.counselling.answers import ANSWERS, Answered, tell_answered
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.incident_words import words_of
from portal.overseas.abroad.incidents import Incidents, Told, open_incident
from portal.overseas.costs.fraud_models import FraudReport
from portal.overseas.costs.fraud_states import FraudSign
from portal.overseas.states import IncidentKind, Severity
from portal.workers.models import Worker
from portal.workers.queries import worker_of


@dataclass(frozen=True, slots=True)
class Suspected:
    """What somebody tells; who they are and whom it is about may stay open."""

    sign: FraudSign
    text: str
    where_seen: str = ""
    name: str = ""
    phone: str = ""
    opening_id: int | None = None
    organisation_id: int | None = None


def report_fraud(told: Suspected, *, account: Account | None, now: dt.datetime) -> tuple[FraudReport, str]:
    """The report and its code, which is shown once. `account`: only of who wants the Centre to know them."""
    worker = worker_of(account)
    incident = open_incident(
        Told(
            kind=IncidentKind.FRAUD,
            # While one tells of it, others may be paying.
            severity=Severity.SERIOUS,
            text=told.text,
            worker_id=None if worker is None else worker.id,
            organisation_id=told.organisation_id,
            opening_id=told.opening_id,
            told_by=told.name,
            phone=told.phone,
        ),
        actor=account,
        now=now,
    )
    code = public_code()
    report = FraudReport(
        incident=incident,
        sign=told.sign,
        where_seen=told.where_seen,
        code_hash=hash_code(current_app.config["CODE_KEY"], code),
        code_expires_at=_until(now),
    )
    db.session.add(report)
    db.session.flush()
    record("fraud.reported", report, actor=account, now=now, sign=told.sign.value)
    return report, code


def _until(now: dt.datetime) -> dt.datetime:
    return now + dt.timedelta(days=current_app.config["COMPLAINT_CODE_DAYS"])


def answer_report(report: FraudReport, text: str, *, actor: Account, now: dt.datetime) -> None:
    """Read by whoever has the code; the incident itself goes on until its owner closes it."""
    if actor.role not in CASE_STAFF:
        raise NotAllowed
    if report.answered_at is not None:
        raise Refused(_("Tin báo này đã được trả lời."))
    report.answer, report.answered_at, report.answered_by_id = text, now, actor.id
    # From now on the answer has its full time to be read.
    report.code_expires_at = _until(now)
    db.session.flush()
    record("fraud.answered", report, actor=actor, now=now)
    phone = words_of(report.incident).phone
    tell_answered("fraud.answered", text, account=_teller(report), phone=phone, now=now)


def _teller(report: FraudReport) -> Account | None:
    worker_id = report.incident.worker_id
    worker = db.session.get(Worker, worker_id) if worker_id is not None else None
    return worker.account if worker is not None else None


@ANSWERS.add("frauds")
def answer_behind(code: str, now: dt.datetime) -> Answered | None:
    found = db.session.scalars(
        select(FraudReport)
        .where(FraudReport.code_hash == hash_code(current_app.config["CODE_KEY"], code))
        .options(joinedload(FraudReport.incident))
    ).one_or_none()
    if found is None or found.code_expires_at <= now:
        return None
    is_open = found.answered_at is None
    return Answered(
        about=_("Báo nghi lừa đảo"),
        sent_at=found.incident.opened_at,
        state=_("Chờ trả lời") if is_open else _("Đã trả lời"),
        is_open=is_open,
        due_on=found.incident.due_on,
        answer=found.answer,
        answered_at=found.answered_at,
    )


class FraudReports:
    """`FraudReports().visible_to(account).waiting().by_due_date().query` is a `Select[FraudReport]`."""

    def __init__(self, query: Select[FraudReport] | None = None) -> None:
        self.query: Select[FraudReport] = (
            select(FraudReport).join(FraudReport.incident) if query is None else query
        )

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, report_id: int) -> Self:
        return self.where(FraudReport.id == report_id)

    def visible_to(self, account: Account) -> Self:
        """Those whose incident the account may see: case staff all, save what its owner has restricted."""
        return self.where(
            FraudReport.incident_id.in_(Incidents().visible_to(account).query.with_only_columns(Incident.id))
        )

    def of_incident(self, incident_id: int) -> Self:
        return self.where(FraudReport.incident_id == incident_id)

    def waiting(self) -> Self:
        return self.where(FraudReport.answered_at.is_(None))

    def answered(self) -> Self:
        return self.where(FraudReport.answered_at.is_not(None))

    def owned_by(self, account: Account) -> Self:
        return self.where(Incident.owner_id == account.id)

    def with_sign(self, sign: FraudSign) -> Self:
        return self.where(FraudReport.sign == sign)

    def by_due_date(self) -> Self:
        """What waits first, the earliest day on top; then what was answered."""
        waits_last = FraudReport.answered_at.is_not(None)
        return type(self)(self.query.order_by(waits_last, Incident.due_on, FraudReport.id))

    def with_list_data(self) -> Self:
        return type(self)(self.query.options(joinedload(FraudReport.incident).joinedload(Incident.owner)))

    def locked(self) -> Self:
        return type(self)(
            self.query.with_for_update(of=FraudReport).execution_options(populate_existing=True)
        )
