"""What became of it: hired or not, the entry on the national exchange, the follow-up."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.common.clock import local_date
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.openings.operations import give_back_position, take_position
from portal.referrals import notices
from portal.referrals.deadlines import desk_due, exchange_deadline, follow_up_deadline, open_follow_up
from portal.referrals.interviews import cancel_interviews
from portal.referrals.letters import withdraw_letters
from portal.referrals.models import EmployerReport, FollowUp, Referral
from portal.referrals.moves import Given, lock, lock_opening, move
from portal.referrals.permissions import party_of
from portal.referrals.states import ReferralState, ReportedResult
from portal.referrals.transitions import Party


@dataclass(frozen=True)
class Hire:
    hired_on: dt.date
    # The day the employer told us: the clock of the national exchange begins.
    notice_on: dt.date
    contract_ends_on: dt.date | None = None


def record_result(
    referral: Referral,
    hire: Hire | None = None,
    *,
    reason: str | None = None,
    note: str = "",
    actor: Account,
    now: dt.datetime,
) -> Referral:
    """Hired (`hire` given), or not, with the employer's reason."""
    lock_opening(referral.opening)
    if hire is not None:
        _hire(referral, hire, note, actor=actor, now=now)
    else:
        move(referral, "refuse", actor=actor, now=now, given=Given(reason=reason, note=note))
        withdraw_letters(referral, now=now)
        notices.tell_end(referral, now=now)
    cancel_interviews(referral)
    _settle_reports(referral, actor=actor, now=now)
    return referral


def _hire(referral: Referral, hire: Hire, note: str, *, actor: Account, now: dt.datetime) -> None:
    today = local_date(now)
    _check_hire(referral, hire, today)
    lock(referral)
    referral.hired_on, referral.contract_ends_on = hire.hired_on, hire.contract_ends_on
    referral.notice_on = hire.notice_on
    referral.exchange_due_on = exchange_deadline(hire.notice_on).on
    referral.exchange_done_on = referral.exchange_done_by_id = None
    referral.exchange_proof = ""
    due = follow_up_deadline(hire.hired_on, hire.contract_ends_on, on=today)
    if open_follow_up(referral) is None:
        referral.follow_ups.append(FollowUp(due_on=due.on, source=due.source))
    db.session.flush()
    move(referral, "hire", actor=actor, now=now, given=Given(date=hire.hired_on, note=note))
    take_position(referral.opening, actor=actor, now=now)
    notices.tell_hired(referral, now=now)


def _check_hire(referral: Referral, hire: Hire, today: dt.date) -> None:
    if hire.notice_on > today:
        raise Refused(_("Ngày nơi tuyển báo không thể ở phía trước."), field="notice_on")
    if hire.notice_on < local_date(referral.created_at):
        raise Refused(_("Ngày nơi tuyển báo không thể trước ngày giới thiệu."), field="notice_on")
    if hire.hired_on < local_date(referral.created_at) or hire.hired_on > today + dt.timedelta(days=366):
        raise Refused(_("Hãy xem lại ngày bắt đầu làm: ngày này không hợp với giới thiệu."), field="hired_on")
    if hire.contract_ends_on is not None and hire.contract_ends_on < hire.hired_on:
        raise Refused(_("Ngày hết hợp đồng không thể trước ngày bắt đầu làm."), field="contract_ends_on")


def undo_hire(referral: Referral, *, note: str, actor: Account, now: dt.datetime) -> Referral:
    """Recorded by mistake, or the hire did not come about: the place is free again."""
    lock_opening(referral.opening)
    move(referral, "undo_hire", actor=actor, now=now, given=Given(note=note))
    referral.hired_on = referral.contract_ends_on = None
    referral.notice_on = referral.exchange_due_on = None
    referral.exchange_done_on = referral.exchange_done_by_id = None
    referral.exchange_proof = ""
    pending = open_follow_up(referral)
    if pending is not None:
        db.session.delete(pending)
    db.session.flush()
    db.session.expire(referral, ["follow_ups"])
    give_back_position(referral.opening, actor=actor, now=now)
    return referral


# --- what the employer says ------------------------------------------------------------------------------


def report_result(
    referral: Referral,
    result: ReportedResult,
    *,
    hired_on: dt.date | None = None,
    contract_ends_on: dt.date | None = None,
    reason: str | None = None,
    note: str = "",
    actor: Account,
    now: dt.datetime,
) -> Referral:
    """On the employer's own page. It changes no state: staff take it over or set it aside."""
    if result is ReportedResult.HIRED:
        if hired_on is None:
            raise Refused(_("Hãy ghi ngày bắt đầu làm."), field="hired_on")
        _check_hire(referral, Hire(hired_on, local_date(now), contract_ends_on), local_date(now))
    elif not reason:
        raise Refused(_("Hãy chọn một lý do."), field="reason")
    hired = result is ReportedResult.HIRED
    given = Given(reason=None if hired else reason, note=note, date=hired_on)
    due = desk_due(ReferralState.AGREED, local_date(now))
    move(referral, "report_result", actor=actor, now=now, given=given, due_on=due)
    earlier = pending_report(referral)
    if earlier is not None:
        earlier.settled_at, earlier.settled_by_id = now, actor.id
    referral.reports.append(
        EmployerReport(
            result=result,
            hired_on=hired_on if hired else None,
            contract_ends_on=contract_ends_on if hired else None,
            reason_code=None if hired else reason,
            note=note,
            reported_by_id=actor.id,
            reported_at=now,
        )
    )
    db.session.flush()
    return referral


def set_report_aside(referral: Referral, *, actor: Account, now: dt.datetime) -> Referral:
    """Staff asked, and it was a slip: the report is settled without a result."""
    if party_of(actor, referral.worker, referral.opening) is not Party.STAFF:
        raise NotAllowed
    lock(referral)
    _settle_reports(referral, actor=actor, now=now)
    return referral


def pending_report(referral: Referral) -> EmployerReport | None:
    return next((report for report in reversed(referral.reports) if report.settled_at is None), None)


def _settle_reports(referral: Referral, *, actor: Account, now: dt.datetime) -> None:
    for report in referral.reports:
        if report.settled_at is None:
            report.settled_at, report.settled_by_id = now, actor.id
    db.session.flush()


# --- afterwards ------------------------------------------------------------------------------------------


def record_exchange(
    referral: Referral, *, done_on: dt.date, proof: str, actor: Account, now: dt.datetime
) -> Referral:
    """The result stands on the national exchange: the day, who entered it, and the proof."""
    if done_on > local_date(now):
        raise Refused(_("Ngày cập nhật không thể ở phía trước."), field="done_on")
    lock(referral)
    if referral.notice_on is not None and done_on < referral.notice_on:
        raise Refused(_("Ngày cập nhật không thể trước ngày nơi tuyển báo."), field="done_on")
    if not proof.strip():
        raise Refused(_("Hãy ghi bằng chứng, ví dụ mã tin trên sàn quốc gia."), field="proof")
    referral.exchange_done_on, referral.exchange_done_by_id = done_on, actor.id
    referral.exchange_proof = proof.strip()
    db.session.flush()
    given = Given(date=done_on, proof=proof)
    move(referral, "record_exchange", actor=actor, now=now, given=given)
    return referral


def record_departure(
    referral: Referral,
    departed_on: dt.date,
    *,
    party: Party | None = None,
    actor: Account,
    now: dt.datetime,
) -> Referral:
    """Hired for work abroad, and gone: the day the person left the country. By a case: `party` SYSTEM."""
    lock(referral)
    if departed_on > local_date(now):
        raise Refused(_("Ngày xuất cảnh không thể ở phía trước."), field="departed_on")
    if departed_on < local_date(referral.created_at):
        raise Refused(_("Ngày xuất cảnh không thể trước ngày giới thiệu."), field="departed_on")
    move(referral, "depart", actor=actor, now=now, given=Given(date=departed_on), party=party)
    referral.departed_on = departed_on
    db.session.flush()
    return referral


def undo_departure(
    referral: Referral, *, note: str, party: Party | None = None, actor: Account, now: dt.datetime
) -> Referral:
    move(referral, "undo_depart", actor=actor, now=now, given=Given(note=note), party=party)
    referral.departed_on = None
    db.session.flush()
    return referral


def follow_up(
    referral: Referral,
    still_working: bool,
    *,
    reason: str | None = None,
    note: str = "",
    actor: Account,
    now: dt.datetime,
) -> Referral:
    """Still at work on the day that counts, or left before it, with the reason of whose side."""
    pending = open_follow_up(lock(referral))
    if pending is None:
        raise Refused(_("Việc theo dõi này đã ghi rồi."))
    given = Given(reason=None if still_working else reason, note=note)
    move(referral, "place" if still_working else "leave", actor=actor, now=now, given=given)
    pending.done_at, pending.done_by_id = now, actor.id
    pending.still_working, pending.note = still_working, note
    db.session.flush()
    return referral


def reopen_follow_up(referral: Referral) -> None:
    """The last answer was wrong: the same follow-up waits again."""
    last = db.session.scalars(
        select(FollowUp).where(FollowUp.referral_id == referral.id).order_by(FollowUp.id.desc()).limit(1)
    ).one()
    last.done_at = last.done_by_id = last.still_working = None
    db.session.flush()
