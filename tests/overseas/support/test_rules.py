"""What a person is entitled to: the figures of the law on both sides of their dates, and the arithmetic."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.overseas.abroad.fund_rules import FundCause, fund_benefits
from portal.overseas.support.loan_rules import loan_terms
from portal.overseas.support.queries import rulebook_of
from portal.overseas.support.rules import ALLOWANCES, Entitlement, SupportFacts, amount, entitlements, options
from portal.overseas.support.states import Content, Fund, Unit
from portal.reference.datafiles import date_or_none, read_rows
from portal.reference.models import LegalRule, RuleUnit
from portal.reference.people import priority_groups

TODAY = dt.date(2026, 11, 23)
NEW, OLD, BEFORE = dt.date(2026, 1, 1), dt.date(2025, 12, 31), dt.date(2015, 8, 31)
POOR = ("poor_household",)


def of_file(*more: LegalRule) -> list[LegalRule]:
    rows = [
        LegalRule(
            key=row["key"],
            value=row["value"],
            unit=RuleUnit(row["unit"]),
            source=row["source"],
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            valid_to=date_or_none(row["valid_to"]),
            verified=row["verified"] == "1",
            note=row["note"],
        )
        for row in read_rows("legal_rules.csv")
        if row["key"].startswith("support.")
    ]
    return [*rows, *more]


RULES = rulebook_of(of_file())


def by_content(groups=POOR, on=TODAY, **facts) -> dict[Content, Entitlement]:  # type: ignore[no-untyped-def]
    facts = {"opened_on": NEW, **facts}
    return {one.content: one for one in entitlements(groups, SupportFacts(**facts), on, RULES)}


def test_the_worked_example() -> None:
    """A poor household, Japan: four months of language, orientation, 100 days, 40 km away."""
    shown = by_content(eligible_training_days=100, lodging_months=4, distance_km=40)
    costs = {
        Content.LANGUAGE: 5_500_000,
        Content.ORIENTATION: 530_000,
        Content.HEALTH: 900_000,
        Content.PASSPORT: 200_000,
    }
    paid = {content: amount(one, costs.get(content)) for content, one in shown.items()}
    assert {content: sum_ for content, sum_ in paid.items() if sum_ is not None} == {
        Content.LANGUAGE: 4_000_000,
        Content.ORIENTATION: 530_000,
        Content.MEALS: 5_000_000,
        Content.LODGING: 1_600_000,
        Content.TRAVEL: 200_000,
        Content.HEALTH: 750_000,
        Content.PASSPORT: 200_000,
    }


@pytest.mark.parametrize(
    ("opened", "content", "ceiling"),
    [
        (OLD, Content.LANGUAGE, 3_000_000),
        (NEW, Content.LANGUAGE, 4_000_000),
        (OLD, Content.MEALS, 40_000),
        (NEW, Content.MEALS, 50_000),
        (OLD, Content.ORIENTATION, 530_000),
        (NEW, Content.ORIENTATION, 530_000),
        (NEW, Content.SKILL, 4_000_000),
        (NEW, Content.LODGING, 400_000),
        (OLD, Content.HEALTH, 750_000),
        (NEW, Content.HEALTH, 750_000),
    ],
)
def test_a_case_keeps_the_rules_of_the_day_it_was_opened(
    opened: dt.date, content: Content, ceiling: int
) -> None:
    one = by_content(opened_on=opened)[content]
    assert one.ceiling_vnd == ceiling
    assert ("61/2015" if opened == OLD else "338/2025") in one.source
    assert one.since is not None and one.since <= opened


@pytest.mark.parametrize("content", [Content.SKILL, Content.LODGING])
def test_an_amount_nobody_found_is_unknown_not_guessed(content: Content) -> None:
    one = by_content(opened_on=OLD)[content]
    assert (one.unit, one.ceiling_vnd, amount(one, 1_000_000)) == (Unit.UNKNOWN, None, None)


def test_before_the_earliest_row_everything_is_unknown() -> None:
    assert {one.unit for one in by_content(opened_on=BEFORE).values()} == {Unit.UNKNOWN}
    assert {one.unit for one in by_content(opened_on=dt.date(2015, 9, 1)).values()} > {Unit.PER_COURSE}


@pytest.mark.parametrize("group", sorted(priority_groups()))
def test_which_groups_are_supported(group: str) -> None:
    """Seven groups now; the four of the old decree before."""
    old = {"ethnic_minority", "poor_household", "near_poor_household", "land_recovered", "merit_relative"}
    assert by_content((group,), opened_on=NEW)
    assert bool(by_content((group,), opened_on=OLD)) is (group in old)


def test_without_a_group_there_is_nothing() -> None:
    assert by_content(()) == {}


def test_what_was_not_read_in_the_law_itself_says_so() -> None:
    """The issue names S3, S4, S7, S9 and S12; the press texts of the new decree are no better."""
    named = (Content.LANGUAGE, Content.SKILL, Content.TRAVEL, Content.HEALTH)
    for opened in (OLD, NEW):
        shown = by_content(opened_on=opened, distance_km=40)
        assert not any(shown[content].verified for content in named)
        assert not loan_terms(POOR, opened, RULES, cost_vnd=1).verified
    assert by_content(opened_on=OLD)[Content.ORIENTATION].verified
    assert not any(one.verified for one in by_content(opened_on=NEW).values())


@pytest.mark.parametrize(
    ("km", "hard", "paid"),
    [(14, False, 0), (15, False, 200_000), (9, True, 0), (10, True, 300_000), (Decimal("9.9"), True, 0)],
)
@pytest.mark.parametrize("opened", [OLD, NEW])
def test_travel_is_paid_from_a_distance(opened: dt.date, km: int, hard: bool, paid: int) -> None:
    one = by_content(opened_on=opened, distance_km=km, in_hard_area=hard).get(Content.TRAVEL)
    assert (0 if one is None else amount(one)) == paid


def test_what_is_still_to_be_asked_is_named() -> None:
    shown = by_content()
    assert {content: one.missing for content, one in shown.items() if one.missing} == {
        Content.MEALS: ("eligible_training_days",),
        Content.LODGING: ("lodging_months",),
        Content.TRAVEL: ("distance_km",),
    }
    assert amount(shown[Content.MEALS]) is None


def test_upskilling_for_a_supply_contract_is_a_share_until_2025_and_unknown_after() -> None:
    old = by_content(opened_on=OLD, is_upskilling=True)[Content.LANGUAGE]
    assert (amount(old, 1_000_000), amount(old, 9_000_000)) == (700_000, 3_000_000)
    assert by_content(opened_on=NEW, is_upskilling=True)[Content.LANGUAGE].unit is Unit.UNKNOWN


def test_programme_money_is_another_source_and_never_adds_to_the_same_content() -> None:
    facts = SupportFacts(opened_on=OLD, in_programme_area=True, eligible_training_days=10)
    both = [one for one in options(POOR, facts, TODAY, RULES) if one.content is Content.LANGUAGE]
    assert {one.fund: one.ceiling_vnd for one in both} == {Fund.STATE: 3_000_000, Fund.POVERTY: 4_000_000}
    chosen = by_content(opened_on=OLD, in_programme_area=True, eligible_training_days=10)
    assert chosen[Content.LANGUAGE].fund is Fund.POVERTY
    assert chosen[Content.MEALS].most_vnd == 500_000
    assert amount(chosen[Content.PERSONAL_ITEMS]) == 600_000
    # Alike in amount: the regular source.
    assert by_content(in_programme_area=True)[Content.LANGUAGE].fund is Fund.STATE


def test_programme_money_ends_with_its_year() -> None:
    def funds(day: dt.date) -> set[Fund]:
        facts = SupportFacts(opened_on=OLD, in_programme_area=True)
        return {one.fund for one in options(POOR, facts, day, RULES) if one.is_known}

    assert funds(dt.date(2023, 9, 30)) == {Fund.STATE}
    assert funds(dt.date(2023, 10, 1)) == {Fund.STATE, Fund.POVERTY}
    assert funds(dt.date(2026, 12, 31)) == {Fund.STATE, Fund.POVERTY}
    assert funds(dt.date(2027, 1, 1)) == {Fund.STATE}


def test_where_the_programme_reaches_is_asked_before_its_money_is_promised() -> None:
    items = by_content(in_programme_area=None)[Content.PERSONAL_ITEMS]
    assert (items.missing, amount(items)) == (("in_programme_area",), None)
    assert Content.PERSONAL_ITEMS not in by_content(in_programme_area=False)


def test_the_group_that_gives_most_counts() -> None:
    more = LegalRule(
        key="support.state.language.ethnic_minority", value="5000000", unit=RuleUnit.VND, source="Thử",
        valid_from=NEW, valid_to=None, verified=True, note="",
    )  # fmt: skip
    rules = rulebook_of(of_file(more))
    groups = ("poor_household", "ethnic_minority")
    found = entitlements(groups, SupportFacts(opened_on=NEW), TODAY, rules)
    language = next(one for one in found if one.content is Content.LANGUAGE)
    assert (language.ceiling_vnd, language.group) == (5_000_000, "ethnic_minority")
    assert len({one.content for one in found}) == len(found)


# Loans


def test_loan_terms_of_both_regimes() -> None:
    old = loan_terms(POOR, OLD, RULES, cost_vnd=120_000_000, support_vnd=5_000_000, contract_months=36)
    new = loan_terms(POOR, NEW, RULES, cost_vnd=120_000_000, support_vnd=5_000_000, contract_months=36)
    assert (old.most_vnd, new.most_vnd) == (120_000_000, 115_000_000)
    assert (old.needs_collateral(99_999_999), old.needs_collateral(100_000_000)) == (False, True)
    assert (new.needs_collateral(200_000_000), new.needs_collateral(200_000_001)) == (False, True)
    assert (old.longest_months, new.longest_months) == (36, 36)
    assert old.answer_days is None and new.answer_days is not None and new.answer_days.whole == 7
    assert new.overdue_times == Decimal("1.3")


def test_everybody_may_borrow_now_at_a_rate_by_group() -> None:
    nobody = loan_terms((), NEW, RULES, cost_vnd=1)
    assert (nobody.may_borrow, nobody.rate_times) == (True, Decimal("1.27"))
    assert loan_terms(POOR, NEW, RULES, cost_vnd=1).rate_times == 1
    assert loan_terms((), OLD, RULES, cost_vnd=1).may_borrow is False
    assert loan_terms(POOR, OLD, RULES, cost_vnd=1).may_borrow is True


def test_loans_before_the_earliest_row_are_unknown() -> None:
    terms = loan_terms(POOR, BEFORE, RULES, cost_vnd=10_000_000)
    assert (terms.may_borrow, terms.most_vnd, terms.needs_collateral(1)) == (None, None, None)


money = st.integers(0, 2_000_000_000)
facts_of_anybody = st.builds(
    SupportFacts,
    opened_on=st.dates(dt.date(2015, 1, 1), dt.date(2028, 12, 31)),
    eligible_training_days=st.none() | st.integers(0, 400),
    lodging_months=st.none() | st.integers(0, 24),
    distance_km=st.none() | st.integers(0, 400),
    in_hard_area=st.booleans(),
    in_programme_area=st.none() | st.booleans(),
    is_upskilling=st.booleans(),
)
any_groups = st.sets(st.sampled_from(sorted(priority_groups())))
any_day = st.dates(dt.date(2022, 1, 1), dt.date(2028, 12, 31))


@given(any_groups, facts_of_anybody, any_day, money)
def test_never_above_the_ceiling_never_above_the_cost_never_twice(groups, facts, on, cost) -> None:  # type: ignore[no-untyped-def]
    found = entitlements(groups, facts, on, RULES)
    assert len({one.content for one in found}) == len(found)
    paid: set[Content] = set()
    for one in found:
        to_pay = amount(one, cost, paid=paid)
        if to_pay is None:
            assert not one.is_settled
            continue
        assert 0 <= to_pay <= cost
        if one.ceiling_vnd is not None:
            times = {
                Unit.PER_DAY: facts.eligible_training_days or 0,
                Unit.PER_MONTH: facts.lodging_months or 0,
            }.get(one.unit, 1)
            assert to_pay <= one.ceiling_vnd * times
        paid.add(one.content)
        assert amount(one, cost, paid=paid) == 0
        assert one.source and one.since is not None


@given(any_groups, facts_of_anybody, any_day)
def test_more_groups_never_give_less(groups, facts, on) -> None:  # type: ignore[no-untyped-def]
    def most(those: set[str]) -> dict[Content, int]:
        found = entitlements(those, facts, on, RULES)
        return {one.content: amount(one) or 0 for one in found if one.content in ALLOWANCES}

    everybody = most(set(priority_groups()))
    assert all(everybody.get(content, 0) >= least for content, least in most(groups).items())


@given(any_groups, st.dates(dt.date(2015, 1, 1), dt.date(2028, 12, 31)), money, money, st.integers(1, 60))
def test_a_loan_and_the_support_never_exceed_the_cost(groups, opened, cost, support, months) -> None:  # type: ignore[no-untyped-def]
    terms = loan_terms(groups, opened, RULES, cost_vnd=cost, support_vnd=support, contract_months=months)
    if terms.most_vnd is None:
        assert opened < dt.date(2015, 9, 1)
        return
    assert 0 <= terms.most_vnd <= cost
    if opened >= NEW:
        assert terms.most_vnd + min(support, cost) <= cost
    assert terms.longest_months is not None and terms.longest_months <= months


# The fund


def test_what_the_fund_pays_is_known_until_2025_and_mostly_unknown_after() -> None:
    def told(day: dt.date) -> dict[FundCause, tuple[int | None, bool]]:
        return {
            one.cause: (int(one.most.number or 0) if one.most else None, one.verified)
            for one in fund_benefits(day, RULES)
        }

    assert told(OLD)[FundCause.ACCIDENT] == (30_000_000, True)
    assert told(OLD)[FundCause.DEATH] == (40_000_000, True)
    assert told(NEW)[FundCause.ACCIDENT] == (30_000_000, False)
    assert told(NEW)[FundCause.DEATH] == (None, False)
    assert set(told(dt.date(2022, 2, 20)).values()) == {(None, False)}
