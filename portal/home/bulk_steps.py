"""What one ticked row goes through: locked, its own permission, its own state, its own record."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.counselling import call_backs, complaints, tasks
from portal.counselling.models import CallBack, Complaint, Contact, Task
from portal.counselling.permissions import may_see_complaint
from portal.counselling.rules import next_day_problem, working_day_from
from portal.counselling.states import CallBackState, ComplaintState
from portal.errors import NotAllowed, Refused
from portal.extensions import Model, db
from portal.reference.calendar import load_calendar
from portal.referrals.deadlines import end_of_day
from portal.referrals.models import Referral
from portal.referrals.operations import decline_interest, record_exchange
from portal.referrals.permissions import party_of
from portal.referrals.queries import EXCHANGE_ONLY
from portal.referrals.states import WAITING_STATES, ReferralState
from portal.referrals.transitions import Party

PUT_OFF, HAND_OVER, EXCHANGE, CLOSE = "put_off", "hand_over", "exchange", "close"
CLOSE_DONE, CLOSE_UNREACHED, NOT_NOW = "done", "unreached", "not_now:"
# Beyond it a thing is not put off, it is forgotten.
FURTHEST = dt.timedelta(days=60)
LATER = (1, 2, 3, 5, 7, 14, 30)
OVER = _l("Việc này đã xong rồi.")
WRONG_CLOSE = _l("Lý do đóng này không dùng cho việc này.")

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Asked:
    action: str
    days: int = 0
    until: dt.date | None = None
    to: Account | None = None
    proof: str = ""
    done_on: dt.date | None = None
    close: str = ""

    def new_day(self, due: dt.date, on: dt.date) -> dt.date:
        """The day that was given, or so many days later, on a day that is worked."""
        calendar = load_calendar(db.session)
        if self.until is not None:
            problem = next_day_problem(self.until, on, calendar)
            if problem is not None:
                raise Refused(problem)
        elif self.days not in LATER:
            raise Refused(_("Hãy chọn số ngày hoặc ghi một ngày."))
        day = self.until or working_day_from(max(due, on) + dt.timedelta(days=self.days), calendar)
        if day - on > FURTHEST:
            raise Refused(_("Chỉ dời được nhiều nhất %(n)s ngày.", n=FURTHEST.days))
        return day


def _locked(model: type[Row], row_id: int) -> Row:
    found = db.session.scalars(
        select(model)
        .where(model.__table__.c.id == row_id)
        .with_for_update(of=model)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise Refused(_("Việc này không còn."))
    return found


def _insist(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed


def _insist_waiting(waits: bool) -> None:
    if not waits:
        raise Refused(OVER)


# --- one row of each sort, locked and looked at ----------------------------------------------------------


def _referral(row_id: int, actor: Account) -> Referral:
    referral = _locked(Referral, row_id)
    _insist(party_of(actor, referral.worker, referral.opening) is Party.STAFF)
    return referral


def _call_back(row_id: int, actor: Account) -> CallBack:
    call_back = _locked(CallBack, row_id)
    _insist(actor.role in CASE_STAFF)
    _insist_waiting(call_back.state is CallBackState.OPEN)
    return call_back


def _contact(row_id: int, actor: Account) -> Contact:
    contact = _locked(Contact, row_id)
    _insist(actor.role in CASE_STAFF)
    _insist_waiting(contact.next_on is not None and contact.next_done_at is None)
    return contact


def _task(row_id: int, actor: Account) -> Task:
    task = _locked(Task, row_id)
    _insist(actor.role in CASE_STAFF)
    _insist_waiting(task.done_at is None)
    return task


def _complaint(row_id: int, actor: Account) -> Complaint:
    complaint = _locked(Complaint, row_id)
    _insist(may_see_complaint(complaint, actor))
    _insist_waiting(complaint.state is ComplaintState.OPEN)
    return complaint


# --- another day -----------------------------------------------------------------------------------------


def put_off_referral(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    referral = _referral(row_id, actor)
    _insist_waiting(referral.state in WAITING_STATES and referral.due_on is not None)
    if referral.state is ReferralState.HIRED:
        raise Refused(_("Hạn sau khi nhận việc do quy định đặt ra, không dời được."))
    before = referral.due_on or local_date(now)
    referral.due_on = asked.new_day(before, local_date(now))
    if referral.ask_expires_at is not None:
        # The person has as much time to answer as the adviser waits.
        referral.ask_expires_at = end_of_day(referral.due_on)
    _note("referral.put_off", referral, before, referral.due_on, actor, now)


def put_off_call_back(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    call_back = _call_back(row_id, actor)
    if call_back.referral_id is not None:
        raise Refused(_("Đã hứa gọi người này trước ngày này, không dời được."))
    before = call_back.due_on
    call_back.due_on = asked.new_day(before, local_date(now))
    _note("call_back.put_off", call_back, before, call_back.due_on, actor, now)


def put_off_contact(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    contact = _contact(row_id, actor)
    before = contact.next_on or local_date(now)
    contact.next_on = asked.new_day(before, local_date(now))
    _note("contact.put_off", contact, before, contact.next_on, actor, now)


def put_off_task(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    task = _task(row_id, actor)
    before = task.due_on
    task.due_on = asked.new_day(before, local_date(now))
    _note("task.put_off", task, before, task.due_on, actor, now)


def _note(action: str, row: Any, before: dt.date, after: dt.date, actor: Account, now: dt.datetime) -> None:
    db.session.flush()
    record(action, row, actor=actor, now=now, before=before.isoformat(), after=after.isoformat())


# --- another person --------------------------------------------------------------------------------------


def hand_over_referral(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    referral = _referral(row_id, actor)
    exchange = referral.exchange_due_on is not None and referral.exchange_done_on is None
    _insist_waiting(referral.state in WAITING_STATES or (exchange and referral.state in EXCHANGE_ONLY))
    _hand_over("referral", referral, asked, actor, now)


def hand_over_call_back(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    _hand_over("call_back", _call_back(row_id, actor), asked, actor, now)


def hand_over_task(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    _hand_over("task", _task(row_id, actor), asked, actor, now)


def hand_over_complaint(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    complaint = _complaint(row_id, actor)
    complaints.give_to(complaint, _to_whom(complaint.owner_id, asked), actor=actor, now=now)


def _to_whom(owner_id: int | None, asked: Asked) -> Account:
    to = asked.to
    if to is None or not to.is_enabled or to.role not in CASE_STAFF:
        raise Refused(_("Hãy chọn một tư vấn viên đang làm việc."))
    if owner_id == to.id:
        raise Refused(_("%(name)s đang lo việc này rồi.", name=to.display_name))
    return to


def _hand_over(name: str, row: Any, asked: Asked, actor: Account, now: dt.datetime) -> None:
    to = _to_whom(row.owner_id, asked)
    before, row.owner_id = row.owner_id, to.id
    db.session.flush()
    record(f"{name}.handed_over", row, actor=actor, now=now, before=before, after=to.id)


# --- done ------------------------------------------------------------------------------------------------


def exchange_referral(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    referral = _referral(row_id, actor)
    if referral.exchange_due_on is None:
        raise Refused(_("Người này chưa được nhận việc: chưa có gì để cập nhật."))
    if referral.exchange_done_on is not None:
        raise Refused(_("Đã cập nhật từ trước."))
    done_on = asked.done_on or local_date(now)
    record_exchange(referral, done_on=done_on, proof=asked.proof, actor=actor, now=now)


def close_referral(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    referral = _referral(row_id, actor)
    if not asked.close.startswith(NOT_NOW):
        raise Refused(WRONG_CLOSE)
    decline_interest(referral, reason=asked.close.removeprefix(NOT_NOW), actor=actor, now=now)


def close_call_back(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    call_back = _call_back(row_id, actor)
    if asked.close == CLOSE_DONE:
        call_backs.finish(call_back, actor=actor, now=now)
    elif asked.close == CLOSE_UNREACHED:
        call_backs.give_up(call_back, actor=actor, now=now)
    else:
        raise Refused(WRONG_CLOSE)


def close_contact(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    contact = _contact(row_id, actor)
    if asked.close not in (CLOSE_DONE, CLOSE_UNREACHED):
        raise Refused(WRONG_CLOSE)
    contact.next_done_at = now
    db.session.flush()
    record("contact.next_ended", contact, actor=actor, now=now, how=asked.close)


def close_task(row_id: int, asked: Asked, *, actor: Account, now: dt.datetime) -> None:
    task = _task(row_id, actor)
    if asked.close != CLOSE_DONE:
        raise Refused(WRONG_CLOSE)
    tasks.finish_task(task, note="", actor=actor, now=now)


STEPS: dict[tuple[str, str], Callable[..., None]] = {
    (PUT_OFF, "referral"): put_off_referral,
    (PUT_OFF, "call_back"): put_off_call_back,
    (PUT_OFF, "contact"): put_off_contact,
    (PUT_OFF, "task"): put_off_task,
    (HAND_OVER, "referral"): hand_over_referral,
    (HAND_OVER, "call_back"): hand_over_call_back,
    (HAND_OVER, "task"): hand_over_task,
    (HAND_OVER, "complaint"): hand_over_complaint,
    (EXCHANGE, "referral"): exchange_referral,
    (CLOSE, "referral"): close_referral,
    (CLOSE, "call_back"): close_call_back,
    (CLOSE, "contact"): close_contact,
    (CLOSE, "task"): close_task,
}
