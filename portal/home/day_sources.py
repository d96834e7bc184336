"""What may wait for somebody at the desk: each sort of work tells how it is found and shown."""

import datetime as dt
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from portal.access.models import Account
from portal.access.states import CASE_STAFF, STAFF, Role
from portal.common.clock import local_date, today
from portal.counselling.models import CallBack, Complaint, Contact, Task
from portal.counselling.states import CallBackState, ComplaintState
from portal.home.day_abroad import ABROAD
from portal.home.day_item import Conditions, Item, Source
from portal.openings.models import ImportBatch, Opening
from portal.openings.permissions import MODERATORS
from portal.openings.states import OpeningState
from portal.organisations.models import Organisation
from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.states import WAITING_TO_LEAVE, DocumentState
from portal.overseas.models import OverseasCase
from portal.overseas.support.models import SupportClaim, SupportLoan
from portal.overseas.support.states import ClaimState, LoanState
from portal.referrals.models import EmployerReport, Referral
from portal.referrals.queries import EXCHANGE_ONLY
from portal.referrals.sentences import STAFF_NEXT
from portal.referrals.states import WAITING_STATES, ReferralState
from portal.rosters.models import Roster
from portal.rosters.states import RosterState
from portal.workers.consent_models import DuplicatePair
from portal.workers.models import Worker
from portal.workers.states import LIVE_STATES, DuplicateState, WorkerState

# --- referrals -------------------------------------------------------------------------------------------

_exchange_open = and_(
    Referral.exchange_due_on.is_not(None),
    Referral.exchange_done_on.is_(None),
    Referral.state.in_((ReferralState.HIRED, *EXCHANGE_ONLY)),
)
_due = func.coalesce(Referral.due_on, Referral.exchange_due_on)


def _referrals() -> Select[Any]:
    reported = (
        select(EmployerReport.id)
        .where(EmployerReport.referral_id == Referral.id, EmployerReport.settled_at.is_(None))
        .exists()
    )
    return (
        select(
            Referral.id, Referral.state, Referral.due_on, Referral.exchange_due_on, Worker.full_name,
            Opening.title, reported.label("reported"), _exchange_open.label("exchange_open"),
        )
        .join(Worker, Worker.id == Referral.worker_id)
        .join(Opening, Opening.id == Referral.opening_id)
    )  # fmt: skip


def _referral_waits() -> Conditions:
    return (or_(Referral.state.in_(WAITING_STATES), _exchange_open),)


def _referral_item(row: Any) -> Item:
    due = row.due_on or row.exchange_due_on
    if row.reported:
        label = _l("Xác nhận kết quả nơi tuyển đã báo")
    elif row.exchange_open and due == row.exchange_due_on:
        label = _l("Cập nhật sàn giao dịch việc làm quốc gia")
    else:
        label = STAFF_NEXT.get(row.state, row.state.label)
    return Item(
        "referral", row.id, label, row.full_name, url_for("referrals.view", referral_id=row.id),
        detail=row.title, due=due,
    )  # fmt: skip


# --- counselling -----------------------------------------------------------------------------------------


def _contacts() -> Select[Any]:
    return select(
        Contact.id, Contact.worker_id, Contact.kind, Contact.next_on, Contact.day, Worker.full_name
    ).outerjoin(Worker, Worker.id == Contact.worker_id)


def _contact_item(row: Any) -> Item:
    known = row.worker_id is not None
    return Item(
        "contact", row.id, _l("Hẹn gặp hoặc gọi lại"), row.full_name or _("Người không nêu tên"),
        url_for("workers.staff_view", worker_id=row.worker_id) if known else url_for("counselling.contacts"),
        detail=str(row.kind.label), due=row.next_on, since=row.day,
    )  # fmt: skip


def _call_backs() -> Select[Any]:
    return select(
        CallBack.id, CallBack.name, CallBack.best_hour, CallBack.tries, CallBack.due_on, CallBack.created_at
    )


def _call_back_item(row: Any) -> Item:
    return Item(
        "call_back", row.id, _l("Xin gọi lại"), row.name,
        url_for("counselling.call_backs_due", whose="mine"), anchor=f"call-back-{row.id}",
        detail=str(row.best_hour.label), due=row.due_on, since=local_date(row.created_at),
    )  # fmt: skip


def _tasks() -> Select[Any]:
    return select(Task.id, Task.kind, Task.due_on, Task.created_at, Worker.full_name).join(
        Worker, Worker.id == Task.worker_id
    )


def _task_item(row: Any) -> Item:
    return Item(
        "task", row.id, row.kind.label, row.full_name, url_for("counselling.task", task_id=row.id),
        due=row.due_on, since=local_date(row.created_at),
    )  # fmt: skip


def _complaint_item(row: Any) -> Item:
    return Item(
        "complaint", row.id, _l("Phản ánh chờ trả lời"), str(row.about.label),
        url_for("counselling.complaint", complaint_id=row.id),
        due=row.due_on, since=local_date(row.created_at),
    )  # fmt: skip


def _own_complaints(account: Account) -> Conditions:
    """What nobody looks after yet waits for the leaders, who give it to somebody."""
    own = Complaint.owner_id == account.id
    return (or_(own, Complaint.owner_id.is_(None)),) if account.role is Role.LEADER else (own,)


def _shown_complaints(account: Account) -> Conditions:
    return (true(),) if account.role is Role.LEADER else (Complaint.owner_id == account.id,)


# --- cases abroad ----------------------------------------------------------------------------------------

_papers_waiting = (
    select(CaseDocument.id)
    .where(CaseDocument.case_id == OverseasCase.id, CaseDocument.state == DocumentState.WAITING)
    .exists()
)


def _cases() -> Select[Any]:
    return select(
        OverseasCase.id, OverseasCase.state, OverseasCase.depart_by, OverseasCase.updated_at,
        Worker.full_name, _papers_waiting.label("papers"),
    ).join(Worker, Worker.id == OverseasCase.worker_id)  # fmt: skip


def _ends_soon() -> ColumnElement[bool]:
    warned = today() + dt.timedelta(days=current_app.config["CASE_WARN_DAYS_LEFT"])
    return and_(OverseasCase.state.in_(WAITING_TO_LEAVE), OverseasCase.depart_by <= warned)


def _case_item(row: Any) -> Item:
    """The last day to leave is a deadline only once it is near."""
    warned = today() + dt.timedelta(days=current_app.config["CASE_WARN_DAYS_LEFT"])
    near = row.depart_by is not None and row.depart_by <= warned and row.state in WAITING_TO_LEAVE
    label = _l("Kiểm tra giấy tờ đi nước ngoài") if row.papers else _l("Sắp hết hạn chờ xuất cảnh")
    return Item(
        "case", row.id, label, row.full_name, url_for("cases.view", case_id=row.id),
        detail=str(row.state.label), due=row.depart_by if near else None, since=local_date(row.updated_at),
    )  # fmt: skip


# --- support on the way abroad ---------------------------------------------------------------------------


def _claims() -> Select[Any]:
    return select(
        SupportClaim.id, SupportClaim.content, SupportClaim.due_on, SupportClaim.claimed_on, Worker.full_name
    ).join(Worker, Worker.id == SupportClaim.worker_id)


def _claim_item(row: Any) -> Item:
    return Item(
        "claim", row.id, _l("Đề nghị hỗ trợ chờ duyệt"), row.full_name,
        url_for("support.claim", claim_id=row.id), detail=str(row.content.label), due=row.due_on,
        since=row.claimed_on,
    )  # fmt: skip


def _loans() -> Select[Any]:
    return (
        select(SupportLoan.id, SupportLoan.due_on, SupportLoan.asked_on, Worker.full_name)
        .join(Worker, Worker.id == SupportLoan.worker_id)
        .join(OverseasCase, OverseasCase.id == SupportLoan.case_id)
    )


def _loan_item(row: Any) -> Item:
    return Item(
        "loan", row.id, _l("Hồ sơ vay chờ ngân hàng trả lời"), row.full_name,
        url_for("support.loan", loan_id=row.id), due=row.due_on, since=row.asked_on,
    )  # fmt: skip


# --- what waits for whoever comes first ------------------------------------------------------------------


def _pairs() -> Select[Any]:
    first, second = aliased(Worker), aliased(Worker)
    return (
        select(DuplicatePair.id, DuplicatePair.found_at, first.full_name, second.full_name.label("other"))
        .join(first, and_(first.id == DuplicatePair.first_id, first.state.in_(LIVE_STATES)))
        .join(second, and_(second.id == DuplicatePair.second_id, second.state.in_(LIVE_STATES)))
    )


def _pair_item(row: Any) -> Item:
    return Item(
        "duplicate", row.id, _l("Hồ sơ có thể trùng"), _two(row.full_name, row.other),
        url_for("workers.duplicate", pair_id=row.id), since=local_date(row.found_at),
    )  # fmt: skip


def _two(one: str, other: str) -> str:
    return one if one == other else _("%(one)s và %(other)s", one=one, other=other)


def _contested_item(row: Any) -> Item:
    return Item(
        "profile", row.id, _l("Hồ sơ bị báo “không phải tôi”"), row.full_name or _("(chưa ghi tên)"),
        url_for("workers.staff_view", worker_id=row.id), since=local_date(row.updated_at),
    )  # fmt: skip


def _openings() -> Select[Any]:
    return select(Opening.id, Opening.title, Opening.submitted_at, Organisation.name).join(
        Organisation, Organisation.id == Opening.organisation_id
    )


def _opening_item(row: Any) -> Item:
    return Item(
        "opening", row.id, _l("Tin tuyển chờ duyệt"), row.title,
        url_for("openings.moderate", opening_id=row.id), detail=row.name,
        since=local_date(row.submitted_at) if row.submitted_at else None,
    )  # fmt: skip


def _batches() -> Select[Any]:
    return (
        select(ImportBatch.id, ImportBatch.filename, ImportBatch.created_at, func.count().label("drafts"))
        .join(Opening, Opening.batch_id == ImportBatch.id)
        .group_by(ImportBatch.id, ImportBatch.filename, ImportBatch.created_at)
    )


def _batch_item(row: Any) -> Item:
    return Item(
        "batch", row.id, _l("Tin nhập từ tệp"), row.filename, url_for("openings.batch", batch_id=row.id),
        detail=_("còn %(n)s bản nháp", n=row.drafts), since=local_date(row.created_at),
    )  # fmt: skip


def _rosters() -> Select[Any]:
    return select(Roster.id, Roster.state, Roster.title, Roster.created_at, Organisation.name).join(
        Organisation, Organisation.id == Roster.organisation_id
    )


def _roster_item(row: Any) -> Item:
    return Item(
        "roster", row.id, _l("Danh sách chờ trường làm tiếp"), row.title,
        url_for("rosters.view", roster_id=row.id), detail=row.name, since=local_date(row.created_at),
    )  # fmt: skip


# In the order in which things of the same day come.
_ALL = (
    *ABROAD,
    Source(
        "call_back", CASE_STAFF, CallBack.id, _call_backs, lambda: (CallBack.state == CallBackState.OPEN,),
        _call_back_item, (CallBack.due_on, CallBack.id), mine=lambda who: (CallBack.owner_id == who.id,),
    ),
    Source(
        "contact", CASE_STAFF, Contact.id, _contacts,
        lambda: (Contact.next_on.is_not(None), Contact.next_done_at.is_(None)),
        _contact_item, (Contact.next_on, Contact.id), mine=lambda who: (Contact.adviser_id == who.id,),
    ),
    Source(
        "referral", CASE_STAFF, Referral.id, _referrals, _referral_waits, _referral_item,
        (_due, Referral.id), mine=lambda who: (Referral.owner_id == who.id,),
    ),
    Source(
        "task", CASE_STAFF, Task.id, _tasks, lambda: (Task.done_at.is_(None),), _task_item,
        (Task.due_on, Task.id), mine=lambda who: (or_(Task.owner_id == who.id, Task.owner_id.is_(None)),),
    ),
    Source(
        "complaint", CASE_STAFF, Complaint.id,
        lambda: select(Complaint.id, Complaint.about, Complaint.due_on, Complaint.created_at),
        lambda: (Complaint.state == ComplaintState.OPEN,), _complaint_item,
        (Complaint.due_on, Complaint.id), mine=_own_complaints, seen_by=_shown_complaints,
    ),
    Source(
        "case", CASE_STAFF, OverseasCase.id, _cases, lambda: (or_(_ends_soon(), _papers_waiting),),
        _case_item, (OverseasCase.depart_by.is_(None), OverseasCase.depart_by, OverseasCase.id),
        mine=lambda who: (OverseasCase.adviser_id == who.id,),
    ),
    Source(
        "claim", CASE_STAFF, SupportClaim.id, _claims,
        lambda: (SupportClaim.state == ClaimState.CLAIMED,), _claim_item,
        (SupportClaim.due_on, SupportClaim.id), mine=lambda who: (SupportClaim.entered_by_id != who.id,),
    ),
    Source(
        "loan", CASE_STAFF, SupportLoan.id, _loans, lambda: (SupportLoan.state == LoanState.ASKED,),
        _loan_item, (SupportLoan.due_on.is_(None), SupportLoan.due_on, SupportLoan.id),
        mine=lambda who: (OverseasCase.adviser_id == who.id,),
    ),
    Source(
        "opening", MODERATORS, Opening.id, _openings, lambda: (Opening.state == OpeningState.SUBMITTED,),
        _opening_item, (Opening.submitted_at, Opening.id),
    ),
    Source(
        "batch", STAFF, ImportBatch.id, _batches,
        lambda: (Opening.state == OpeningState.DRAFT, ImportBatch.withdrawn_at.is_(None)), _batch_item,
        (ImportBatch.created_at, ImportBatch.id), mine=lambda who: (ImportBatch.created_by_id == who.id,),
    ),
    Source(
        "duplicate", CASE_STAFF, DuplicatePair.id, _pairs,
        lambda: (DuplicatePair.state == DuplicateState.OPEN,), _pair_item,
        (DuplicatePair.found_at, DuplicatePair.id),
    ),
    Source(
        "profile", CASE_STAFF, Worker.id, lambda: select(Worker.id, Worker.full_name, Worker.updated_at),
        lambda: (Worker.state == WorkerState.REFUSED,), _contested_item, (Worker.updated_at, Worker.id),
    ),
    Source(
        "roster", CASE_STAFF, Roster.id, _rosters,
        lambda: (Roster.state.in_((RosterState.READY, RosterState.NEEDS_MENDING)),), _roster_item,
        (Roster.created_at, Roster.id),
    ),
)  # fmt: skip
SOURCES = {source.name: source for source in _ALL}
RANKS = {name: rank for rank, name in enumerate(SOURCES)}


def sources_of(account: Account) -> list[Source]:
    return [source for source in _ALL if account.role in source.roles]
