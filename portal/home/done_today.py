"""What one member of staff did on a day, read from the audit trail; looks are no work done."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from portal.access.models import Account
from portal.audit.models import AuditEvent
from portal.common.clock import LOCAL_ZONE
from portal.counselling.models import CallBack, Contact
from portal.counselling.ticket_models import Ticket
from portal.courses.models import CourseClass
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.transitions import TRANSITIONS
from portal.overseas.support.models import SupportClaim
from portal.referrals.models import Referral
from portal.referrals.transitions import STEPS, Party
from portal.workers.history import ACTIONS as WORKER_ACTIONS
from portal.workers.models import Worker

MOST = 500

# The first that fits an action; in the order in which the page shows them.
GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("contacts", _l("Lượt tư vấn"), ("contact.recorded",)),
    ("call_backs", _l("Gọi lại"), ("call_back.",)),
    ("tickets", _l("Số thứ tự ở quầy"), ("ticket.", "seat.")),
    ("letters", _l("Giấy giới thiệu"), ("referral.issue_letter",)),
    ("referrals", _l("Bước giới thiệu"), ("referral.",)),
    ("openings", _l("Tin tuyển dụng"), ("opening.", "opening_batch.")),
    ("profiles", _l("Hồ sơ người lao động"), ("worker.", "consent.", "claim.", "duplicate.", "sensitive.",
                                              "benefit.", "conditions.")),
    ("tasks", _l("Việc cần làm"), ("task.",)),
    ("complaints", _l("Phản ánh"), ("complaint.",)),
    ("support", _l("Hỗ trợ, vay vốn"), ("support.", "loan.")),
    ("classes", _l("Lớp học trước khi đi"), ("class.", "course.")),
    ("moved", _l("Dời ngày, giao việc"), ()),
    ("lists", _l("Sửa, đóng, tải lượt tư vấn"), ("contact.",)),
)  # fmt: skip
# Of whatever sort of work: where the work itself is counted, as in the figures, these are not.
MOVED = (".put_off", ".handed_over")
# Follows from another act of the same moment and is told by that one.
FOLLOWS = ("opening.position_taken", "opening.position_given_back", "worker.merged_away")

_WORDS: dict[str, Any] = {
    **{step.name: step.label for step in reversed(STEPS) if Party.STAFF in step.who},
    **{f"opening.{name}": step.label for name, step in TRANSITIONS.items()},
    **WORKER_ACTIONS,
    "contact.recorded": _l("Ghi lượt tư vấn"),
    "contact.corrected": _l("Sửa lượt tư vấn"),
    "contact.exported": _l("Tải danh sách lượt tư vấn"),
    "contact.next_ended": _l("Đóng việc hẹn lại"),
    "call_back.asked": _l("Ghi yêu cầu gọi lại"),
    "call_back.taken": _l("Nhận gọi thay"),
    "call_back.tried": _l("Gọi"),
    "call_back.done": _l("Đã gọi xong"),
    "call_back.unreached": _l("Kết thúc: gọi nhiều lần không được"),
    "ticket.made": _l("Lấy số"),
    "ticket.called": _l("Gọi số"),
    "ticket.called_again": _l("Gọi số lần nữa"),
    "ticket.done": _l("Tiếp xong"),
    "ticket.missed": _l("Gọi không có mặt"),
    "opening.changed": _l("Sửa tin"),
    "opening.finding_justified": _l("Quyết định về một câu trong tin"),
    "opening_batch.imported": _l("Nhập tin từ tệp"),
    "opening_batch.withdrawn": _l("Rút tin nhập từ tệp"),
    "duplicate.distinct": _l("Ghi: hai người khác nhau"),
    "support.facts": _l("Ghi những điều dùng để tính hỗ trợ"),
    "support.claimed": _l("Ghi đề nghị"),
    "support.elsewhere": _l("Ghi: nơi khác đã chi"),
    "support.proved": _l("Thêm giấy tờ"),
    "support.approved": _l("Duyệt"),
    "support.refused": _l("Không duyệt"),
    "support.paid": _l("Ghi: đã chi"),
    "support.withdrawn": _l("Rút lại"),
    "class.enrolled": _l("Ghi tên vào lớp"),
    "class.left": _l("Ghi: thôi học"),
    "class.roll": _l("Điểm danh"),
    "class.results": _l("Ghi kết quả"),
    "class.settled": _l("Chốt lớp"),
    "put_off": _l("Dời ngày"),
    "handed_over": _l("Giao cho người khác"),
}


@dataclass(frozen=True)
class Deed:
    at: dt.datetime
    text: Any
    about: str = ""
    href: str = ""


@dataclass(frozen=True)
class Group:
    name: str
    label: Any
    deeds: list[Deed]


def done_on(account: Account, day: dt.date) -> list[Group]:
    """Newest first in each group; one query for the events and one a sort of subject."""
    begins = dt.datetime.combine(day, dt.time(), LOCAL_ZONE)
    events = db.session.scalars(
        select(AuditEvent)
        .where(
            AuditEvent.actor_id == account.id,
            AuditEvent.at >= begins,
            AuditEvent.at < begins + dt.timedelta(days=1),
            AuditEvent.action != "looked",
            AuditEvent.action.not_in(FOLLOWS),
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(MOST)
    ).all()
    subjects = _subjects(list(events))
    grouped: dict[str, list[Deed]] = {}
    for event in events:
        name = group_of(event.action)
        if name:
            about, href = subjects.get((event.subject_kind, event.subject_id or 0), ("", ""))
            grouped.setdefault(name, []).append(Deed(event.at, words_of(event.action), about, href))
    return [Group(name, label, grouped[name]) for name, label, _parts in GROUPS if name in grouped]


def group_of(action: str) -> str:
    if action.endswith(MOVED):
        return "moved"
    return next((name for name, _label, begins in GROUPS if action.startswith(begins)), "")


def words_of(action: str) -> Any:
    """The words of the page with the button; a new action is named by its group until it has some."""
    _kind, _dot, name = action.partition(".")
    label = next((label for _name, label, begins in GROUPS if action.startswith(begins)), "")
    return _WORDS.get(action) or _WORDS.get(name) or label


# --- what it was about -----------------------------------------------------------------------------------

Told = tuple[str, str]


def _person(worker_id: int | None, name: str | None) -> Told:
    if worker_id is None:
        return _("Người không nêu tên"), ""
    return name or _("(chưa ghi tên)"), url_for("workers.staff_view", worker_id=worker_id)


_Reading = tuple[Callable[[], Select[Any]], Any, Callable[[Any], Told]]

_READ: dict[str, _Reading] = {
    "referral": (
        lambda: (
            select(Referral.id, Worker.full_name, Opening.title)
            .join(Worker, Worker.id == Referral.worker_id)
            .join(Opening, Opening.id == Referral.opening_id)
        ),
        Referral.id,
        lambda row: (f"{row.full_name} – {row.title}", url_for("referrals.view", referral_id=row.id)),
    ),
    "contact": (
        lambda: select(Contact.id, Contact.worker_id, Worker.full_name).outerjoin(
            Worker, Worker.id == Contact.worker_id
        ),
        Contact.id,
        lambda row: _person(row.worker_id, row.full_name),
    ),
    "call_back": (
        lambda: select(CallBack.id, CallBack.name),
        CallBack.id,
        lambda row: (row.name, ""),
    ),
    "ticket": (
        lambda: select(Ticket.id, Ticket.number),
        Ticket.id,
        lambda row: (str(row.number), ""),
    ),
    "worker": (
        lambda: select(Worker.id, Worker.full_name),
        Worker.id,
        lambda row: _person(row.id, row.full_name),
    ),
    "support_claim": (
        lambda: select(SupportClaim.id, SupportClaim.content, Worker.full_name).join(
            Worker, Worker.id == SupportClaim.worker_id
        ),
        SupportClaim.id,
        lambda row: (f"{row.full_name} – {row.content.label}", url_for("support.claim", claim_id=row.id)),
    ),
    "course_class": (
        lambda: select(CourseClass.id, CourseClass.name),
        CourseClass.id,
        lambda row: (row.name, url_for("courses.view", class_id=row.id)),
    ),
    "opening": (
        lambda: select(Opening.id, Opening.title),
        Opening.id,
        lambda row: (row.title, url_for("openings.staff_view", opening_id=row.id)),
    ),
}


def _subjects(events: list[AuditEvent]) -> dict[tuple[str, int], Told]:
    found: dict[tuple[str, int], Told] = {}
    for kind, (rows, column, told) in _READ.items():
        ids = {event.subject_id for event in events if event.subject_kind == kind and event.subject_id}
        if ids:
            found |= {(kind, row.id): told(row) for row in db.session.execute(rows().where(column.in_(ids)))}
    return found
