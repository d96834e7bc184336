"""What may wait for somebody at the desk about people abroad."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, case, or_, select, true

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.common.clock import local_date, today
from portal.home.day_item import Conditions, Item, Source
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.models import CheckIn, DueContact, Stay
from portal.overseas.abroad.return_models import Homecoming
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState, IncidentState
from portal.workers.models import Worker


def _incidents() -> Select[Any]:
    return select(
        Incident.id, Incident.kind, Incident.severity, Incident.due_on, Incident.opened_at, Worker.full_name
    ).outerjoin(Worker, Worker.id == Incident.worker_id)


def _incident_item(row: Any) -> Item:
    return Item(
        "incident", row.id, row.kind.label, row.full_name or _("Người không nêu tên"),
        url_for("abroad.incident", incident_id=row.id),
        detail=str(row.severity.label), due=row.due_on, since=local_date(row.opened_at),
    )  # fmt: skip


def _own_incidents(account: Account) -> Conditions:
    own = Incident.owner_id == account.id
    return (or_(own, Incident.owner_id.is_(None)),) if account.role is Role.LEADER else (own,)


def _shown_incidents(account: Account) -> Conditions:
    """What tells of violence or trafficking is known to its owner and the leaders alone."""
    if account.role is Role.LEADER:
        return (true(),)
    return (or_(Incident.is_restricted.is_(False), Incident.owner_id == account.id),)


def _silent() -> Select[Any]:
    return (
        select(DueContact.id, DueContact.call_on, DueContact.due_on, Stay.case_id, Worker.full_name)
        .join(Stay, Stay.id == DueContact.stay_id)
        .join(OverseasCase, OverseasCase.id == Stay.case_id)
        .join(Worker, Worker.id == OverseasCase.worker_id)
    )


def _silent_item(row: Any) -> Item:
    return Item(
        "silent", row.id, _l("Chưa có tin từ nước ngoài"), row.full_name,
        url_for("abroad.abroad", case_id=row.case_id), due=row.call_on, since=row.due_on,
    )  # fmt: skip


def _words() -> Select[Any]:
    return (
        select(CheckIn.id, CheckIn.answer, CheckIn.look_by, CheckIn.at, Stay.case_id, Worker.full_name)
        .join(Stay, Stay.id == CheckIn.stay_id)
        .join(OverseasCase, OverseasCase.id == Stay.case_id)
        .join(Worker, Worker.id == OverseasCase.worker_id)
    )


def _word_item(row: Any) -> Item:
    return Item(
        "word", row.id, _l("Tin của người ở nước ngoài"), row.full_name,
        url_for("abroad.abroad", case_id=row.case_id),
        detail=str(row.answer.label), due=row.look_by, since=local_date(row.at),
    )  # fmt: skip


def _returns() -> Select[Any]:
    return (
        select(
            Homecoming.id, Homecoming.case_id, Homecoming.returned_on, Worker.full_name,
            _notice_open.label("notice_open"), _next_day.label("next_day"),
        )
        .join(OverseasCase, OverseasCase.id == Homecoming.case_id)
        .join(Worker, Worker.id == OverseasCase.worker_id)
    )  # fmt: skip


# The notice of residence comes first, then the contract with the sender.
_notice_open = and_(Homecoming.residence_noticed_on.is_(None), Homecoming.residence_due_on.is_not(None))
_contract_open = and_(Homecoming.liquidated_on.is_(None), Homecoming.liquidation_due_on.is_not(None))
_next_day = case(
    (_notice_open, Homecoming.residence_due_on), (_contract_open, Homecoming.liquidation_due_on), else_=None
)


def _return_item(row: Any) -> Item:
    label = _l("Báo nơi cư trú") if row.notice_open else _l("Thanh lý hợp đồng đưa đi")
    return Item(
        "return", row.id, label, row.full_name, url_for("abroad.coming_home", case_id=row.case_id),
        due=row.next_day, since=row.returned_on,
    )  # fmt: skip


def _own_cases(account: Account) -> Conditions:
    return (or_(OverseasCase.adviser_id == account.id, OverseasCase.adviser_id.is_(None)),)


# In the order in which things of the same day come: help before everything.
ABROAD = (
    Source(
        "incident", CASE_STAFF, Incident.id, _incidents, lambda: (Incident.state != IncidentState.CLOSED,),
        _incident_item, (Incident.due_on, Incident.id), mine=_own_incidents, seen_by=_shown_incidents,
    ),
    Source(
        "word", CASE_STAFF, CheckIn.id, _words,
        lambda: (CheckIn.look_by.is_not(None), CheckIn.looked_at.is_(None)), _word_item,
        (CheckIn.look_by, CheckIn.id), mine=_own_cases,
    ),
    Source(
        "return", CASE_STAFF, Homecoming.id, _returns,
        lambda: (or_(_notice_open, _contract_open), OverseasCase.state == CaseState.RETURNED),
        _return_item, (_next_day, Homecoming.id), mine=_own_cases,
    ),
    Source(
        "silent", CASE_STAFF, DueContact.id, _silent,
        lambda: (DueContact.done_at.is_(None), DueContact.call_on <= today(), Stay.ended_on.is_(None)),
        _silent_item, (DueContact.call_on, DueContact.id), mine=_own_cases,
    ),
)  # fmt: skip
