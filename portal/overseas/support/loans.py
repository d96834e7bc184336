"""Loans of the policy bank: asked for, answered within the clock, paid out, and what is still owed."""

import datetime as dt

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.errors import Invalid, Refused
from portal.extensions import db
from portal.overseas.models import OverseasCase
from portal.overseas.support.entitled import groups_of
from portal.overseas.support.loan_rules import LoanTerms, loan_terms
from portal.overseas.support.models import LoanBalance, SupportLoan
from portal.overseas.support.operations import decided_sum
from portal.overseas.support.queries import rulebook
from portal.overseas.support.states import LIVE_LOANS, LoanState
from portal.overseas.support.transitions import LOAN_STEPS, find
from portal.reference.calendar import load_calendar
from portal.web.templating import show_money
from portal.workers.permissions import insist_case_staff

LONGEST_BEFORE = dt.timedelta(days=366)


def terms_for(
    case: OverseasCase,
    *,
    cost_vnd: int | None,
    contract_months: int | None,
    actor: Account,
    now: dt.datetime,
) -> LoanTerms:
    """By the rules of the day of the case; reads the group with an audited look."""
    return loan_terms(
        groups_of(case.worker, actor=actor, now=now),
        local_date(case.opened_at),
        rulebook(db.session),
        cost_vnd=cost_vnd,
        support_vnd=decided_sum(case),
        contract_months=contract_months,
    )


def ask(
    case: OverseasCase,
    *,
    asked_vnd: int,
    cost_vnd: int,
    asked_on: dt.date,
    contract_months: int | None,
    actor: Account,
    now: dt.datetime,
) -> SupportLoan:
    insist_case_staff(actor)
    if asked_on > local_date(now):
        raise Invalid(_("Ngày này chưa đến."), field="asked_on")
    # Some ask the bank before they come here; years before is a slip of the pen.
    if asked_on < local_date(case.opened_at) - LONGEST_BEFORE:
        raise Invalid(_("Ngày này xa quá. Hãy xem lại năm."), field="asked_on")
    if asked_vnd <= 0:
        raise Invalid(_("Hãy ghi số tiền muốn vay."), field="asked_vnd")
    if live_loan(case) is not None:
        raise Refused(_("Hồ sơ này đã có một khoản vay."))
    terms = terms_for(case, cost_vnd=cost_vnd, contract_months=contract_months, actor=actor, now=now)
    if terms.may_borrow is False:
        raise Refused(_("Theo quy định của ngày mở hồ sơ, chỉ các nhóm được hỗ trợ mới được vay."))
    if terms.most_vnd is not None and asked_vnd > terms.most_vnd:
        raise Invalid(
            _("Được vay nhiều nhất %(sum)s: chi phí trừ đi phần ngân sách đã hỗ trợ.",
              sum=show_money(terms.most_vnd)),
            field="asked_vnd",
        )  # fmt: skip
    made = _row(case, terms, asked_vnd, cost_vnd, asked_on, contract_months, actor, now)
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError as error:
        raise Refused(_("Hồ sơ này đã có một khoản vay.")) from error
    record("loan.asked", made, actor=actor, now=now)
    return made


def _row(
    case: OverseasCase,
    terms: LoanTerms,
    asked_vnd: int,
    cost_vnd: int,
    asked_on: dt.date,
    contract_months: int | None,
    actor: Account,
    now: dt.datetime,
) -> SupportLoan:
    due_on = None
    if terms.answer_days is not None:
        due_on = load_calendar(db.session).add_working_days(asked_on, terms.answer_days.whole)
    return SupportLoan(
        case_id=case.id,
        worker_id=case.worker_id,
        state=LoanState.ASKED,
        asked_vnd=asked_vnd,
        asked_on=asked_on,
        cost_vnd=cost_vnd,
        support_vnd=decided_sum(case),
        most_vnd=terms.most_vnd,
        needs_collateral=terms.needs_collateral(asked_vnd),
        term_months=contract_months if terms.longest_months is None else terms.longest_months,
        due_on=due_on,
        entered_by_id=actor.id,
        entered_at=now,
    )


def live_loan(case: OverseasCase) -> SupportLoan | None:
    return db.session.scalar(
        select(SupportLoan).where(SupportLoan.case_id == case.id, SupportLoan.state.in_(LIVE_LOANS))
    )


def grant(
    loan: SupportLoan, approved_vnd: int, answered_on: dt.date, *, note: str, actor: Account, now: dt.datetime
) -> None:
    insist_case_staff(actor)
    find(LOAN_STEPS, "grant", loan.state)
    if not 0 < approved_vnd <= loan.asked_vnd:
        raise Invalid(
            _("Ghi số tiền từ 1 đến %(sum)s, là số đã xin vay.", sum=show_money(loan.asked_vnd)),
            field="approved_vnd",
        )
    loan.approved_vnd = approved_vnd
    _answered(loan, LoanState.APPROVED, answered_on, note, actor, now)


def refuse(loan: SupportLoan, answered_on: dt.date, *, note: str, actor: Account, now: dt.datetime) -> None:
    insist_case_staff(actor)
    find(LOAN_STEPS, "refuse", loan.state)
    if not note.strip():
        raise Invalid(_("Hãy ghi vì sao ngân hàng không cho vay: người này sẽ đọc."), field="note")
    _answered(loan, LoanState.REFUSED, answered_on, note, actor, now)


def _answered(
    loan: SupportLoan, state: LoanState, answered_on: dt.date, note: str, actor: Account, now: dt.datetime
) -> None:
    if not loan.asked_on <= answered_on <= local_date(now):
        raise Invalid(_("Ngày trả lời phải sau ngày xin vay và không sau hôm nay."), field="answered_on")
    loan.state, loan.answered_on, loan.answer_note = state, answered_on, note.strip()[:300]
    db.session.flush()
    in_time = None if loan.due_on is None else answered_on <= loan.due_on
    record(f"loan.{state.value}", loan, actor=actor, now=now, in_time=in_time)


def pay_out(
    loan: SupportLoan, paid_out_vnd: int, paid_out_on: dt.date, *, actor: Account, now: dt.datetime
) -> None:
    insist_case_staff(actor)
    find(LOAN_STEPS, "pay_out", loan.state)
    if not 0 < paid_out_vnd <= (loan.approved_vnd or 0):
        raise Invalid(
            _("Ghi số tiền từ 1 đến %(sum)s, là số ngân hàng đồng ý.", sum=show_money(loan.approved_vnd)),
            field="paid_out_vnd",
        )
    if not (loan.answered_on or loan.asked_on) <= paid_out_on <= local_date(now):
        raise Invalid(
            _("Ngày giải ngân phải sau ngày ngân hàng đồng ý và không sau hôm nay."), field="paid_out_on"
        )
    loan.state, loan.paid_out_on, loan.paid_out_vnd = LoanState.PAID_OUT, paid_out_on, paid_out_vnd
    _balance(loan, paid_out_on, paid_out_vnd, actor, now)
    record("loan.paid_out", loan, actor=actor, now=now)


def owe(loan: SupportLoan, owed_vnd: int, day: dt.date, *, actor: Account, now: dt.datetime) -> None:
    """What is still owed, as the person or the bank says; nothing left ends it."""
    insist_case_staff(actor)
    find(LOAN_STEPS, "owe", loan.state)
    latest = loan.balances[-1]
    if not latest.day <= day <= local_date(now):
        raise Invalid(
            _("Ngày không thể trước lần ghi trước (%(day)s) hay sau hôm nay.", day=f"{latest.day:%d/%m/%Y}"),
            field="day",
        )
    if day == latest.day:
        latest.owed_vnd, latest.entered_by_id, latest.entered_at = owed_vnd, actor.id, now
    else:
        _balance(loan, day, owed_vnd, actor, now)
    if owed_vnd == 0:
        loan.state = LoanState.REPAID
    db.session.flush()
    record("loan.balance", loan, actor=actor, now=now)


def _balance(loan: SupportLoan, day: dt.date, owed_vnd: int, actor: Account, now: dt.datetime) -> None:
    loan.balances.append(LoanBalance(day=day, owed_vnd=owed_vnd, entered_by_id=actor.id, entered_at=now))
    db.session.flush()


def withdraw(loan: SupportLoan, *, actor: Account, now: dt.datetime) -> None:
    insist_case_staff(actor)
    find(LOAN_STEPS, "withdraw", loan.state)
    loan.state = LoanState.WITHDRAWN
    db.session.flush()
    record("loan.withdrawn", loan, actor=actor, now=now)
