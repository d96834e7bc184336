"""Loans of the policy bank: never above cost less support, answered within the clock, what is still owed."""

import datetime as dt

import pytest
from sqlalchemy.exc import IntegrityError

from portal.errors import Invalid, NotAllowed, Refused
from portal.overseas.support import loans
from portal.overseas.support import operations as support
from portal.overseas.support.states import LoanState
from portal.workers.exporting import export_of
from tests.factories import NOW

TODAY = dt.date(2026, 11, 23)
LAST_YEAR = dt.datetime(2025, 12, 31, 16, 59, tzinfo=dt.UTC)
M = 1_000_000


def ask(world, case=None, asked=90 * M, cost=120 * M, on=TODAY, **given):
    return loans.ask(
        case or world.case, asked_vnd=asked, cost_vnd=cost, asked_on=on, contract_months=36,
        actor=world.adviser, now=NOW, **given,
    )  # fmt: skip


def by(world):
    return {"actor": world.adviser, "now": NOW}


def test_asked_answered_paid_out_and_paid_back(world):
    loan = ask(world, on=dt.date(2026, 11, 16))
    # Seven working days from Monday 16 November.
    assert (loan.due_on, loan.needs_collateral, loan.term_months) == (dt.date(2026, 11, 26), False, 36)
    loans.grant(loan, 80 * M, dt.date(2026, 11, 20), note="", **by(world))
    assert (loan.state, loan.approved_vnd) == (LoanState.APPROVED, 80 * M)
    loans.pay_out(loan, 80 * M, dt.date(2026, 11, 22), **by(world))
    loans.owe(loan, 70 * M, TODAY, **by(world))
    assert [one.owed_vnd for one in loan.balances] == [80 * M, 70 * M]
    # The same day again is put right.
    loans.owe(loan, 60 * M, TODAY, **by(world))
    assert [one.owed_vnd for one in loan.balances] == [80 * M, 60 * M]
    loans.owe(loan, 0, TODAY, **by(world))
    assert loan.state is LoanState.REPAID
    told = export_of(world.worker, world.seeker)["support"]["loans"]
    assert (told[0]["paid_out_vnd"], told[0]["owed"][-1]["owed_vnd"]) == (80 * M, 0)


def test_what_the_budget_pays_cannot_be_borrowed_too(world):
    world.know()
    made = world.claim()
    support.approve(made, None, actor=world.leader, now=NOW)
    with pytest.raises(Invalid) as above:
        ask(world, asked=116 * M + 1)
    assert above.value.field == "asked_vnd" and "116.000.000" in str(above.value)
    loan = ask(world, asked=116 * M)
    assert (loan.support_vnd, loan.most_vnd) == (4 * M, 116 * M)


def test_a_case_of_last_year_has_the_old_terms(world, make):
    old = world.a_case(world.worker, LAST_YEAR)
    loan = ask(world, old, asked=100 * M)
    # Collateral from 100 million on; no rule said by when the bank answers.
    assert (loan.needs_collateral, loan.due_on) == (True, None)
    stranger = world.a_case(make.worker(consents=()), LAST_YEAR)
    with pytest.raises(Refused):
        ask(world, stranger)
    assert ask(world, world.a_case(stranger.worker), asked=100 * M).needs_collateral is False


def test_one_loan_a_case(world, session):
    ask(world)
    with pytest.raises(Refused):
        ask(world)
    twin = loans._row(world.case, loans.terms_for(
        world.case, cost_vnd=1, contract_months=1, **by(world)
    ), 1, 1, TODAY, 1, world.adviser, NOW)  # fmt: skip
    session.add(twin)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_after_a_no_of_the_bank_or_of_the_person_another_may_be_asked(world):
    loan = ask(world)
    with pytest.raises(Invalid):
        loans.refuse(loan, TODAY, note=" ", **by(world))
    loans.refuse(loan, TODAY, note="Thiếu tài sản bảo đảm", **by(world))
    second = ask(world)
    loans.withdraw(second, **by(world))
    assert ask(world).state is LoanState.ASKED
    with pytest.raises(Refused):
        loans.grant(loan, 1, TODAY, note="", **by(world))


def test_amounts_and_days_stay_in_their_order(world):
    for wrong in ({"asked": 0}, {"on": TODAY + dt.timedelta(days=1)}, {"asked": 121 * M}):
        with pytest.raises(Invalid):
            ask(world, **wrong)
    loan = ask(world)
    for sum_, day in ((90 * M + 1, TODAY), (0, TODAY), (M, TODAY - dt.timedelta(days=1))):
        with pytest.raises(Invalid):
            loans.grant(loan, sum_, day, note="", **by(world))
    loans.grant(loan, 50 * M, TODAY, note="", **by(world))
    for sum_, day in ((50 * M + 1, TODAY), (M, TODAY - dt.timedelta(days=1))):
        with pytest.raises(Invalid):
            loans.pay_out(loan, sum_, day, **by(world))
    loans.pay_out(loan, 50 * M, TODAY, **by(world))
    with pytest.raises(Invalid):
        loans.owe(loan, M, TODAY + dt.timedelta(days=1), **by(world))


def test_only_case_staff_write_of_loans(world, make):
    for role in ("seeker", "moderator", "sender"):
        with pytest.raises(NotAllowed):
            loans.ask(
                world.case, asked_vnd=1, cost_vnd=1, asked_on=TODAY, contract_months=1,
                actor=make.account(role), now=NOW,
            )  # fmt: skip


def test_a_loan_is_not_asked_for_years_before_the_case(world):
    with pytest.raises(Invalid, match="Hãy xem lại năm"):
        ask(world, on=dt.date(2019, 11, 28))
