"""Coming home: how and why, the clocks that begin, and what is owed."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.errors import Invalid, Refused
from portal.extensions import db
from portal.overseas.abroad.models import Stay
from portal.overseas.abroad.refunds import Facts, Rate, Refund, refund_owed
from portal.overseas.abroad.return_clocks import liquidation, residence_notice
from portal.overseas.abroad.return_models import Homecoming, RefundClaim
from portal.overseas.abroad.states import EarlyCause, Fault, HowHome
from portal.overseas.cases import operations as case_operations
from portal.overseas.cases.moves import Given, lock
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.reference.models import LegalRule
from portal.reference.rules import on as rule_on
from portal.workers.permissions import insist_case_staff

RESIDENCE, LIQUIDATION = "return.residence_notice_days", "return.liquidation_days"
REFUND, RATE = "return.refund", "return.refund_rate"


@dataclass(frozen=True, slots=True)
class Came:
    """What an adviser writes down when somebody is back."""

    how: HowHome
    returned_on: dt.date
    cause: EarlyCause | None = None
    contract_ended_on: dt.date | None = None
    fault: Fault = Fault.UNCLEAR
    fault_basis: str = ""
    fee_vnd: int | None = None
    fee_paid_on: dt.date | None = None


def come_home(case: OverseasCase, came: Came, *, actor: Account, now: dt.datetime) -> Homecoming:
    """Written down, then the step of the case is taken; the case itself refuses what it does not allow."""
    insist_case_staff(actor)
    locked = lock(case)
    if locked.state is not CaseState.ABROAD:
        raise Refused(_("Hồ sơ này không ở giai đoạn đang làm việc ở nước ngoài."))
    row = homecoming_of(locked) or Homecoming(case_id=locked.id, recorded_by_id=actor.id, recorded_at=now)
    # Of an earlier return that was a slip nothing counts.
    row.residence_noticed_on = row.liquidated_on = None
    _write(row, locked, came, now)
    record("homecoming.recorded", locked, actor=actor, now=now, how=came.how.value)
    case_operations.return_home(locked, Given(date=came.returned_on), actor=actor, now=now)
    return row


def correct(row: Homecoming, came: Came, *, actor: Account, now: dt.datetime) -> None:
    """While the contract is not liquidated. The day of return belongs to the case and stays."""
    insist_case_staff(actor)
    if row.case.state is not CaseState.RETURNED:
        raise Refused(_("Hồ sơ này không còn sửa được."))
    if row.claim is not None and (came.fault, came.how) != (row.fault, row.how):
        raise Refused(_("Đã yêu cầu hoàn tiền theo lý do đã ghi: không đổi được nữa."))
    if came.returned_on != row.returned_on:
        raise Refused(_("Muốn đổi ngày về nước, hãy quay lại bước trước trong hồ sơ."), field="returned_on")
    _write(row, row.case, came, now)
    record("homecoming.corrected", row.case, actor=actor, now=now)


def _write(row: Homecoming, case: OverseasCase, came: Came, now: dt.datetime) -> None:
    _check(case, came, local_date(now))
    early = came.how is HowHome.EARLY
    row.how, row.cause, row.returned_on = came.how, came.cause if early else None, came.returned_on
    row.contract_ended_on = came.contract_ended_on or came.returned_on
    row.fault = came.fault if early else Fault.UNCLEAR
    row.fault_basis = came.fault_basis.strip() if early else ""
    row.fee_vnd, row.fee_paid_on = came.fee_vnd, came.fee_paid_on
    entered, ended = row.returned_on, row.contract_ended_on
    row.residence_due_on = residence_notice(entered, rule_on(db.session, RESIDENCE, entered)).due
    row.liquidation_due_on = liquidation(ended, rule_on(db.session, LIQUIDATION, ended)).due
    db.session.add(row)
    db.session.flush()


def _check(case: OverseasCase, came: Came, today: dt.date) -> None:
    departed = case.departed_on
    if came.returned_on > today:
        raise Invalid(_("Ngày về nước không thể sau hôm nay."), field="returned_on")
    if departed is not None and came.returned_on < departed:
        raise Invalid(_("Ngày về nước không thể trước ngày xuất cảnh."), field="returned_on")
    ended = came.contract_ended_on or came.returned_on
    if ended > came.returned_on and came.how is not HowHome.ON_TIME:
        raise Invalid(_("Ngày làm cuối không thể sau ngày về nước."), field="contract_ended_on")
    if departed is not None and ended < departed:
        raise Invalid(_("Ngày làm cuối không thể trước ngày xuất cảnh."), field="contract_ended_on")
    if came.how is HowHome.EARLY:
        _check_early(case, came, ended)
    elif proposed_how(case, came.returned_on) is HowHome.EARLY:
        # Written down as on time, what is owed for the time that is left would be lost.
        raise Invalid(
            _(
                "Hợp đồng đến %(day)s mới hết: về ngày này là về trước hạn. Nếu hợp đồng đã đổi ngày hết, "
                "hãy sửa ngày đó ở trang “Thời gian ở nước ngoài” trước.",
                day=f"{ends_on(case):%d/%m/%Y}",
            ),
            field="how",
        )
    if came.fee_paid_on is not None and came.fee_paid_on > today:
        raise Invalid(_("Ngày nộp tiền không thể sau hôm nay."), field="fee_paid_on")


def _check_early(case: OverseasCase, came: Came, ended: dt.date) -> None:
    if came.cause is None:
        raise Invalid(_("Hãy chọn vì sao về trước hạn."), field="cause")
    ends = ends_on(case)
    if ends is not None and ended >= ends:
        raise Invalid(
            _("Hợp đồng hết ngày %(day)s: người này không về trước hạn.", day=f"{ends:%d/%m/%Y}"), field="how"
        )
    if came.fault is not Fault.UNCLEAR and not came.fault_basis.strip():
        raise Invalid(_("Hãy ghi căn cứ vào đâu."), field="fault_basis")


def homecoming_of(case: OverseasCase) -> Homecoming | None:
    return db.session.scalar(select(Homecoming).where(Homecoming.case_id == case.id))


def stay_of(case: OverseasCase) -> Stay | None:
    return db.session.scalar(select(Stay).where(Stay.case_id == case.id))


def ends_on(case: OverseasCase) -> dt.date | None:
    """The end of the contract as it was signed, or as it was corrected since the departure."""
    stay = stay_of(case)
    return (stay.contract_ends_on if stay is not None else None) or case.contract_ends_on


def proposed_how(case: OverseasCase, on: dt.date) -> HowHome | None:
    """From the dates alone; an adviser decides. A flight some days before or after the end is on time."""
    ends = ends_on(case)
    if ends is None:
        return None
    if on < ends - dt.timedelta(days=30):
        return HowHome.EARLY
    return HowHome.OVERSTAYED if on > ends + dt.timedelta(days=30) else HowHome.ON_TIME


# --- what is done after the return -----------------------------------------------------------------------


def residence_noticed(row: Homecoming, day: dt.date, *, actor: Account, now: dt.datetime) -> None:
    _insist_day(row.returned_on, day, now)
    insist_case_staff(actor)
    row.residence_noticed_on = day
    db.session.flush()
    record("homecoming.residence", row.case, actor=actor, now=now)


def liquidated(row: Homecoming, day: dt.date, *, actor: Account, now: dt.datetime) -> None:
    """The contract with the sender is wound up; the case may then be settled."""
    insist_case_staff(actor)
    _insist_day(row.contract_ended_on or row.returned_on, day, now)
    row.liquidated_on = day
    db.session.flush()
    record("homecoming.liquidated", row.case, actor=actor, now=now)


def _insist_day(first: dt.date, day: dt.date, now: dt.datetime) -> None:
    if not first <= day <= local_date(now):
        raise Invalid(_("Hãy ghi một ngày từ %(first)s đến hôm nay.", first=f"{first:%d/%m/%Y}"), field="day")


# --- the refund ------------------------------------------------------------------------------------------


def rates_of() -> list[Rate]:
    rows = db.session.scalars(select(LegalRule).where(LegalRule.key == RATE).order_by(LegalRule.valid_from))
    return [
        Rate(row.number, row.valid_from, row.valid_to, row.source, row.verified)
        for row in rows
        if isinstance(row.number, Decimal) and row.number >= 0
    ]


def refund_for(row: Homecoming, *, until: dt.date) -> Refund:
    case = row.case
    without_fault = {Fault.NONE: True, Fault.OWN: False}.get(row.fault)
    return refund_owed(
        Facts(
            is_early=row.how is HowHome.EARLY,
            without_fault=without_fault,
            fee_vnd=row.fee_vnd,
            fee_paid_on=row.fee_paid_on,
            begins_on=case.departed_on or row.returned_on,
            ends_on=ends_on(case),
            last_day=row.contract_ended_on or row.returned_on,
        ),
        rates_of(),
        until=until,
    )


def claim_refund(row: Homecoming, *, actor: Account, now: dt.datetime) -> RefundClaim:
    """An adviser asks the sender for it; what was reckoned is kept with its sources."""
    insist_case_staff(actor)
    today = local_date(now)
    rule = rule_on(db.session, REFUND, row.returned_on)
    owed = refund_for(row, until=today)
    if row.claim is not None:
        raise Refused(_("Đã yêu cầu hoàn tiền rồi."))
    if not owed.principal or rule is None or owed.remaining_days is None or owed.term_days is None:
        raise Refused(_("Chưa đủ điều để tính số tiền phải trả lại."))
    used = [rate for rate in rates_of() if rate.valid_from <= today] if owed.interest is not None else []
    row.claim = RefundClaim(
        principal_vnd=owed.principal,
        interest_vnd=owed.interest,
        remaining_days=owed.remaining_days,
        term_days=owed.term_days,
        reckoned_until=today,
        source=rule.source,
        rate_source="; ".join(dict.fromkeys(rate.source for rate in used))[:200],
        claimed_by_id=actor.id,
        claimed_at=now,
    )
    db.session.flush()
    record("refund.claimed", row.case, actor=actor, now=now, principal=owed.principal)
    return row.claim


def refund_paid(claim: RefundClaim, day: dt.date, amount: int, *, actor: Account, now: dt.datetime) -> None:
    insist_case_staff(actor)
    _insist_day(local_date(claim.claimed_at) - dt.timedelta(days=366), day, now)
    if amount <= 0:
        raise Invalid(_("Hãy ghi số tiền đã nhận."), field="amount")
    claim.paid_on, claim.paid_vnd = day, amount
    db.session.flush()
    record("refund.paid", claim.homecoming.case, actor=actor, now=now, amount=amount)
