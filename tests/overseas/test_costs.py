"""The arithmetic of the cost sheet: nothing is counted twice, nothing unknown is counted as nothing."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.overseas.costs.reckoning import (
    Help,
    Maximum,
    OpeningSide,
    PaidVerdict,
    Stated,
    Verdict,
    compare,
    is_too_early,
    judge,
    months_of_wage,
    payback,
    sheet,
)
from portal.overseas.costs.states import RETURNED, Moment, PaidFor

money = st.integers(0, 300_000_000)
maybe = st.none() | money
kinds = st.sampled_from(list(PaidFor))
stated = st.builds(Stated, kind=kinds, amount=maybe, when=st.none() | st.sampled_from(list(Moment)))
helps = st.builds(
    Help, kind=kinds, name=st.just("học"), most=maybe, is_actual=st.booleans(),
    share=st.sampled_from([Decimal("0.7"), Decimal(1)]),
)  # fmt: skip
sides = st.builds(
    OpeningSide,
    stated=st.lists(stated, max_size=12).map(tuple),
    maxima=st.dictionaries(kinds, st.builds(Maximum, amount=maybe)),
    receiver_pays=st.dictionaries(kinds, maybe, max_size=2),
)
many_helps = st.lists(helps, max_size=8)


@given(sides, many_helps)
def test_the_lines_add_up_to_the_totals(side: OpeningSide, those: list[Help]) -> None:
    made = sheet(side, those)
    cost = [line for line in made.lines if line.kind not in RETURNED]
    assert made.cost == sum(line.amount or 0 for line in cost)
    assert made.support == sum(line.support or 0 for line in cost)
    assert made.own == sum(line.own or 0 for line in cost) == made.cost - made.support
    assert made.at_hand == made.own + made.deposit
    assert {line.kind for line in made.lines} >= {one.kind for one in side.stated}


@given(sides, many_helps)
def test_support_never_exceeds_the_bill(side: OpeningSide, those: list[Help]) -> None:
    for line in sheet(side, those).lines:
        assert line.amount is None or 0 <= (line.support or 0) <= line.amount
        assert line.amount is not None or not line.support


@given(sides, many_helps)
def test_every_stated_sum_falls_due_once(side: OpeningSide, those: list[Help]) -> None:
    made = sheet(side, those)
    assert sum(due.amount for due in made.dues) == sum(one.amount or 0 for one in side.stated)
    order = [list(Moment).index(due.when) for due in made.dues]
    assert order == sorted(set(order))


@given(money, money, st.integers(1, 90_000_000), st.integers(0, 5_000_000))
def test_more_debt_takes_longer_and_more_wage_shorter(owed: int, more: int, wage: int, raise_: int) -> None:
    months = payback(owed, wage).months
    assert months is not None
    assert (payback(owed + more, wage).months or 0) >= months >= (payback(owed, wage + raise_).months or 0)
    # The last month is needed, and enough.
    assert months * wage >= owed and (months == 0 or (months - 1) * wage < owed)


@pytest.mark.parametrize("monthly", [None, 0, -1])
def test_without_a_known_wage_nobody_says_when_it_is_paid_back(monthly: int | None) -> None:
    assert payback(1, monthly).months is None and months_of_wage(1, monthly) is None


def test_an_unknown_sum_is_named_and_not_counted_as_nothing() -> None:
    side = OpeningSide(
        stated=(Stated(PaidFor.VISA, None), Stated(PaidFor.PASSPORT, 200_000), Stated(PaidFor.DEPOSIT, 0))
    )
    made = sheet(side)
    assert made.cost == 200_000 and made.unknown == (PaidFor.SERVICE_FEE, PaidFor.VISA)


def test_what_the_receiver_pays_is_not_missing() -> None:
    made = sheet(OpeningSide(receiver_pays={PaidFor.AIRFARE: None, PaidFor.SERVICE_FEE: 30_000_000}))
    assert made.unknown == (PaidFor.DEPOSIT,)
    airfare = made.line(PaidFor.AIRFARE)
    assert airfare is not None and airfare.receiver_pays and airfare.amount is None


@pytest.mark.parametrize(
    ("amount", "maximum", "verdict"),
    [
        (100, Maximum(100), Verdict.WITHIN),
        (101, Maximum(100), Verdict.ABOVE),
        (0, Maximum(0), Verdict.WITHIN),
        (None, Maximum(100), Verdict.UNKNOWN),
        (0, Maximum(None), Verdict.WITHIN),
        (5, Maximum(None), Verdict.UNKNOWN),
        (5, None, Verdict.NO_LIMIT),
    ],
)
def test_a_line_beside_its_maximum(amount: int | None, maximum: Maximum | None, verdict: Verdict) -> None:
    assert judge(amount, maximum) is verdict


def test_a_line_above_its_maximum_says_by_how_much() -> None:
    side = OpeningSide((Stated(PaidFor.SERVICE_FEE, 90),), {PaidFor.SERVICE_FEE: Maximum(75, "L69 23")})
    (line,) = sheet(side).above
    assert line.above_by == 15 and line.maximum is not None and line.maximum.source == "L69 23"


def test_two_helps_for_one_line_share_the_bill() -> None:
    """The language class and the trade class stand in one line of the sheet."""
    both = [Help(PaidFor.TRAINING, "tiếng", 4_000_000), Help(PaidFor.TRAINING, "nghề", 4_000_000)]
    side = OpeningSide((Stated(PaidFor.TRAINING, 5_500_000),))
    assert sheet(side, both[:1]).support == 4_000_000
    assert sheet(side, both).support == 5_500_000


def test_a_help_that_is_not_known_takes_nothing_off() -> None:
    side = OpeningSide((Stated(PaidFor.HEALTH, 900_000),))
    made = sheet(side, [Help(PaidFor.HEALTH, "khám", None)])
    line = made.line(PaidFor.HEALTH)
    assert line is not None and line.support is None and made.own == 900_000
    assert sheet(side, [Help(PaidFor.HEALTH, "khám", None, is_actual=True)]).own == 0


def test_the_fund_is_due_before_the_flight() -> None:
    side = OpeningSide(
        (Stated(PaidFor.FUND, 100_000), Stated(PaidFor.SERVICE_FEE, 9)),
        departs_on=dt.date(2027, 3, 10), fund_days=3,
    )  # fmt: skip
    contract, departure = sheet(side).dues
    assert (contract.when, contract.by) == (Moment.AFTER_CONTRACT, None)
    assert (departure.when, departure.by) == (Moment.BEFORE_DEPARTURE, dt.date(2027, 3, 7))


@pytest.mark.parametrize(
    ("kind", "when", "early"),
    [
        (PaidFor.SERVICE_FEE, Moment.BEFORE_CONTRACT, True),
        (PaidFor.SERVICE_FEE, Moment.AFTER_CONTRACT, False),
        (PaidFor.DEPOSIT, Moment.BEFORE_ACCEPTANCE, True),
        (PaidFor.DEPOSIT, Moment.AFTER_ACCEPTANCE, False),
        (PaidFor.SERVICE_FEE, None, False),
        (PaidFor.PASSPORT, Moment.REGISTRATION, False),
        (PaidFor.OTHER, Moment.REGISTRATION, True),
        (PaidFor.OTHER, Moment.BEFORE_DEPARTURE, False),
    ],
)
def test_a_sum_asked_for_before_its_time(kind: PaidFor, when: Moment | None, early: bool) -> None:
    assert is_too_early(kind, when) is early


FEE = PaidFor.SERVICE_FEE


@pytest.mark.parametrize(
    ("paid", "stated_", "limit", "early", "verdict", "excess"),
    [
        (50, 50, 60, 0, PaidVerdict.AS_STATED, 0),
        (55, 50, 60, 0, PaidVerdict.ABOVE_STATED, 0),
        (70, 50, 60, 0, PaidVerdict.ABOVE_MAXIMUM, 10),
        # The sheet itself is too high: what was paid by it is too much all the same.
        (70, 70, 60, 0, PaidVerdict.ABOVE_MAXIMUM, 10),
        (55, None, None, 0, PaidVerdict.NOT_STATED, 0),
        (10, 50, 60, 10, PaidVerdict.TOO_EARLY, 10),
        (50, 50, 60, 4, PaidVerdict.TOO_EARLY, 4),
        # Of two wrongs the larger one is told.
        (90, 50, 60, 4, PaidVerdict.ABOVE_MAXIMUM, 30),
        (90, 50, 60, 40, PaidVerdict.TOO_EARLY, 40),
    ],
)
def test_what_was_paid_beside_sheet_and_law(
    paid: int, stated_: int | None, limit: int | None, early: int, verdict: PaidVerdict, excess: int
) -> None:
    line = sheet(OpeningSide((Stated(FEE, stated_),))).line(FEE)
    found = compare(FEE, paid, line, Maximum(limit), early=early)
    assert (found.verdict, found.excess) == (verdict, excess)


@given(kinds, money, maybe, maybe, money)
def test_the_excess_is_a_part_of_what_was_paid(
    kind: PaidFor, paid: int, said: int | None, limit: int | None, early: int
) -> None:
    line, early = sheet(OpeningSide((Stated(kind, said),))).line(kind), min(early, paid)
    found = compare(kind, paid, line, Maximum(limit), early=early)
    assert 0 <= found.excess <= paid
    more = compare(kind, paid + 1, line, Maximum(limit), early=early)
    assert more.excess >= found.excess
