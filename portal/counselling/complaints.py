"""Complaints: a clock, an owner among the leaders, an answer that also the nameless find again."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Select, and_, false, func, select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.secrets import hash_code, public_code
from portal.counselling.answers import ANSWERS, Answered, tell_answered
from portal.counselling.models import Complaint
from portal.counselling.permissions import may_see_complaint
from portal.counselling.states import ComplaintAbout, ComplaintState
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.messages.models import Channel
from portal.messages.operations import enqueue
from portal.reference.calendar import load_calendar


class Complaints:
    """`Complaints().visible_to(account).open().by_due_date().query` is a `Select[Complaint]`."""

    def __init__(self, query: Select[Complaint] | None = None) -> None:
        self.query: Select[Complaint] = select(Complaint) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, complaint_id: int) -> Self:
        return self.where(Complaint.id == complaint_id)

    def visible_to(self, account: Account) -> Self:
        """The same as `permissions.may_see_complaint`, for the whole table."""
        if account.role is Role.LEADER:
            return self
        if account.role in CASE_STAFF:
            return self.owned_by(account)
        return self.where(false())

    def owned_by(self, account: Account) -> Self:
        return self.where(Complaint.owner_id == account.id)

    def open(self) -> Self:
        return self.where(Complaint.state == ComplaintState.OPEN)

    def answered(self) -> Self:
        return self.where(Complaint.state == ComplaintState.ANSWERED)

    def overdue(self, on: dt.date) -> Self:
        return self.open().where(Complaint.due_on < on)

    def by_due_date(self) -> Self:
        """What waits first, the earliest day on top; then what was answered."""
        waits_last = Complaint.state != ComplaintState.OPEN
        return type(self)(self.query.order_by(waits_last, Complaint.due_on, Complaint.id))

    def with_list_data(self) -> Self:
        return type(self)(self.query.options(joinedload(Complaint.owner)))

    def locked(self) -> Self:
        return type(self)(self.query.with_for_update(of=Complaint).execution_options(populate_existing=True))


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody complains of, and how they want to hear the answer; both may stay empty."""

    about: ComplaintAbout
    text: str
    name: str = ""
    phone: str | None = None


def complain(said: Said, *, account: Account | None, now: dt.datetime) -> tuple[Complaint, str]:
    """The complaint and its code. The code is shown once; only its keyed hash is kept."""
    code = public_code()
    owner = _leader()
    complaint = Complaint(
        about=said.about,
        text=said.text,
        name=said.name,
        phone=said.phone,
        account_id=account.id if account is not None else None,
        code_hash=hash_code(current_app.config["CODE_KEY"], code),
        code_expires_at=now + dt.timedelta(days=current_app.config["COMPLAINT_CODE_DAYS"]),
        owner_id=owner.id if owner is not None else None,
        due_on=_due(said.about, local_date(now)),
        created_at=now,
    )
    db.session.add(complaint)
    db.session.flush()
    record("complaint.made", complaint, actor=account, now=now, about=said.about.value)
    if owner is not None:
        _tell_owner(complaint, owner, now)
    return complaint, code


def _due(about: ComplaintAbout, on: dt.date) -> dt.date:
    urgent = about is ComplaintAbout.MONEY
    days = current_app.config["COMPLAINT_MONEY_DAYS" if urgent else "COMPLAINT_DAYS"]
    return load_calendar(db.session).add_working_days(on, days)


def _leader() -> Account | None:
    """The one with the fewest open ones. Without any leader it waits on the list of all leaders to come."""
    waiting = and_(Complaint.owner_id == Account.id, Complaint.state == ComplaintState.OPEN)
    return db.session.scalars(
        select(Account)
        .outerjoin(Complaint, waiting)
        .where(Account.role == Role.LEADER, Account.is_enabled)
        .group_by(Account.id)
        .order_by(func.count(Complaint.id), Account.id)
        .limit(1)
    ).first()


def _tell_owner(complaint: Complaint, owner: Account, now: dt.datetime) -> None:
    enqueue(
        "complaint.owner", recipient=owner.display_name, channel=Channel.PORTAL, account=owner, now=now,
        subject=_("Có phản ánh chờ bạn trả lời"),
        body=_("Hãy trả lời trễ nhất ngày %(due)s. Mở mục “Phản ánh”.", due=f"{complaint.due_on:%d/%m/%Y}"),
    )  # fmt: skip


def give_to(complaint: Complaint, owner: Account, *, actor: Account, now: dt.datetime) -> None:
    """A leader hands it on: to a leader, or to an adviser whom it does not concern."""
    if actor.role is not Role.LEADER:
        raise NotAllowed
    if complaint.state is not ComplaintState.OPEN:
        raise Refused(_("Phản ánh này đã được trả lời."))
    if owner.role not in CASE_STAFF or not owner.is_enabled:
        raise Refused(_("Hãy chọn một lãnh đạo hoặc một tư vấn viên đang làm việc."))
    if owner.id == complaint.account_id:
        raise Refused(_("Người gửi không tự trả lời phản ánh của mình."))
    complaint.owner_id = owner.id
    db.session.flush()
    record("complaint.given", complaint, actor=actor, now=now, owner=owner.id)
    if owner.id != actor.id:
        _tell_owner(complaint, owner, now)


def answer(complaint: Complaint, text: str, *, actor: Account, now: dt.datetime) -> None:
    if not may_see_complaint(complaint, actor) or actor.id == complaint.account_id:
        raise NotAllowed
    if complaint.state is not ComplaintState.OPEN:
        raise Refused(_("Phản ánh này đã được trả lời."))
    complaint.state, complaint.answer = ComplaintState.ANSWERED, text
    complaint.answered_at, complaint.answered_by_id = now, actor.id
    # From now on the answer has its full time to be read.
    complaint.code_expires_at = now + dt.timedelta(days=current_app.config["COMPLAINT_CODE_DAYS"])
    db.session.flush()
    record("complaint.answered", complaint, actor=actor, now=now)
    account = db.session.get(Account, complaint.account_id) if complaint.account_id is not None else None
    tell_answered("complaint.answered", text, account=account, phone=complaint.phone, now=now)


@ANSWERS.add("complaints")
def answer_behind(code: str, now: dt.datetime) -> Answered | None:
    found = behind_code(code, now)
    if found is None:
        return None
    return Answered(
        about=found.about.label,
        sent_at=found.created_at,
        state=found.state.label,
        is_open=found.state is ComplaintState.OPEN,
        due_on=found.due_on,
        answer=found.answer,
        answered_at=found.answered_at,
    )


def behind_code(code: str, now: dt.datetime) -> Complaint | None:
    found = db.session.scalars(
        select(Complaint).where(Complaint.code_hash == hash_code(current_app.config["CODE_KEY"], code))
    ).one_or_none()
    return found if found is not None and found.code_expires_at > now else None


def possible_owners() -> list[Account]:
    """Leaders first."""
    query = select(Account).where(Account.role.in_(CASE_STAFF), Account.is_enabled)
    return list(
        db.session.scalars(query.order_by(Account.role != Role.LEADER, Account.display_name, Account.id))
    )
