"""The plain parts: days of asking, clocks of two places, deadlines after return, what is owed."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.overseas.abroad.contact_plan import contact_points
from portal.overseas.abroad.local_times import LOCAL_ZONE, hours_here, next_window, zone_of, zones_of
from portal.overseas.abroad.refunds import Facts, Missing, Rate, interest, refund_owed
from portal.overseas.abroad.return_clocks import liquidation, residence_notice
from portal.overseas.abroad.states import HOURS, CallWindow
from portal.reference.models import RuleUnit
from portal.reference.rules import RuleValue
from portal.referrals.deadlines import add_months

DAYS = st.dates(dt.date(2021, 1, 1), dt.date(2035, 12, 31))
LAW = dt.date(2022, 1, 1)


def rule(value: str) -> RuleValue:
    return RuleValue("k", value, Decimal(value), RuleUnit.DAYS, "Luật 69/2020/QH14", True, LAW, None)


# --- days on which somebody is asked after ---------------------------------------------------------------


def test_asked_after_1_3_6_12_months_then_every_year_until_the_contract_ends() -> None:
    found = contact_points(dt.date(2026, 1, 31), [1, 3, 6, 12], 12, until=dt.date(2029, 1, 30))
    assert found == [
        (1, dt.date(2026, 2, 28)), (3, dt.date(2026, 4, 30)), (6, dt.date(2026, 7, 31)),
        (12, dt.date(2027, 1, 31)), (24, dt.date(2028, 1, 31)),
    ]  # fmt: skip


def test_without_a_rule_for_later_contacts_there_are_none() -> None:
    assert [months for months, _day in contact_points(LAW, [6, 1], None, until=dt.date(2040, 1, 1))] == [1, 6]
    assert contact_points(LAW, [], None, until=dt.date(2040, 1, 1)) == []


@given(DAYS, st.integers(0, 200))
def test_a_month_later_is_that_month_and_no_later_day_of_it(day: dt.date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(days=1)).day == 1)


@given(DAYS, st.lists(st.integers(1, 36), max_size=5), st.integers(1, 24), st.integers(0, 2000))
def test_contacts_come_in_order_and_never_after_the_end(
    day: dt.date, first: list[int], every: int, length: int
) -> None:
    until = day + dt.timedelta(days=length)
    days = [found for _months, found in contact_points(day, first, every, until=until)]
    assert days == sorted(days) and all(day < found <= until for found in days)


# --- the clock there and here ----------------------------------------------------------------------------


def test_evening_in_japan_is_late_afternoon_here_and_in_germany_it_is_the_night() -> None:
    now = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
    assert hours_here(CallWindow.EVENING, zone_of("JP"), now) == "16:00–19:00 23/11"
    assert hours_here(CallWindow.EVENING, zone_of("DE"), now) == "00:00–03:00 24/11"
    # In July Germany has summer time.
    summer = dt.datetime(2026, 7, 1, 2, 0, tzinfo=dt.UTC)
    assert hours_here(CallWindow.EVENING, zone_of("DE"), summer) == "23:00–02:00 01/07"
    assert hours_here(CallWindow.ANY, zone_of("JP"), now) == ""


def test_hours_that_last_now_are_not_put_off_to_tomorrow() -> None:
    at_seven = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)  # 19:00 in Tokyo
    assert hours_here(CallWindow.EVENING, "Asia/Tokyo", at_seven) == "16:00–19:00 23/11"
    at_nine = at_seven + dt.timedelta(hours=2)
    assert hours_here(CallWindow.EVENING, "Asia/Tokyo", at_nine) == "16:00–19:00 24/11"


@given(
    st.sampled_from(sorted(HOURS)),
    st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "Australia/Sydney", "America/New_York", "Asia/Taipei"]),
    st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)),
)
def test_the_hours_begin_there_as_said_and_lie_ahead_or_last(
    window: CallWindow, zone: str, now: dt.datetime
) -> None:
    found = next_window(window, zone, now)
    assert found is not None
    start, end = found
    assert (start.astimezone(ZoneInfo(zone)).hour, end.astimezone(ZoneInfo(zone)).hour) == HOURS[window]
    assert end > now and start - now <= dt.timedelta(hours=26)
    assert start.astimezone(LOCAL_ZONE) == start


def test_zones_come_by_country_the_usual_one_first_and_an_unknown_country_has_ours() -> None:
    assert zones_of("KR") == ("Asia/Seoul",)
    assert zones_of("AU")[0] == "Australia/Sydney" and "Australia/Perth" in zones_of("AU")
    assert zone_of("XX") == "Asia/Ho_Chi_Minh"


# --- after return ----------------------------------------------------------------------------------------


def test_the_day_of_entry_is_not_counted_and_without_a_rule_nobody_knows() -> None:
    assert residence_notice(dt.date(2026, 11, 1), rule("15")).due == dt.date(2026, 11, 16)
    assert liquidation(dt.date(2026, 6, 1), rule("180")).due == dt.date(2026, 11, 28)
    assert liquidation(None, rule("180")).due is None
    assert residence_notice(dt.date(2021, 11, 1), None).due is None


@given(DAYS, st.integers(1, 400))
def test_a_deadline_lies_as_many_calendar_days_ahead_as_the_rule_says(day: dt.date, days: int) -> None:
    due = liquidation(day, rule(str(days))).due
    assert due is not None and (due - day).days == days


# --- the refund ------------------------------------------------------------------------------------------

BEGINS, ENDS = dt.date(2025, 1, 1), dt.date(2027, 12, 31)
RATE = Rate(Decimal("0.2"), dt.date(2024, 1, 1), None, "Agribank", True)


def facts(**given: object) -> Facts:
    return Facts(
        **{
            "is_early": True, "without_fault": True, "fee_vnd": 90_000_000,
            "fee_paid_on": dt.date(2024, 12, 1),
            "begins_on": BEGINS, "ends_on": ENDS, "last_day": dt.date(2026, 6, 30), **given,
        }
    )  # type: ignore[arg-type]  # fmt: skip


def test_half_of_the_contract_left_is_half_of_the_fee_with_its_interest() -> None:
    found = refund_owed(facts(), [RATE], until=dt.date(2026, 12, 1))
    assert (found.remaining_days, found.term_days) == (549, 1095)
    # 90,000,000 × 549 / 1095 = 45,123,287.67; 730 days at 0.2 % a year of it.
    assert (found.principal, found.interest, found.missing) == (45_123_288, 180_494, ())
    assert found.total == 45_303_782


def test_without_a_rate_the_principal_is_owed_and_the_interest_is_unknown() -> None:
    late = Rate(Decimal("0.2"), dt.date(2025, 1, 1), None, "Agribank", True)
    for rates in ([], [late]):
        found = refund_owed(facts(), rates, until=dt.date(2026, 12, 1))
        assert (found.principal, found.interest, found.missing) == (45_123_288, None, (Missing.RATE,))
        assert found.total is None


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"without_fault": None}, Missing.FAULT), ({"ends_on": None}, Missing.TERM),
        ({"fee_vnd": None}, Missing.FEE), ({"fee_paid_on": None}, Missing.PAID_ON),
    ],
)  # fmt: skip
def test_what_is_not_known_is_named_and_no_sum_is_invented(
    given: dict[str, object], missing: Missing
) -> None:
    found = refund_owed(facts(**given), [RATE], until=dt.date(2026, 12, 1))
    assert found.missing == (missing,) and found.total is None


@pytest.mark.parametrize(
    "given",
    [
        {"is_early": False},
        {"without_fault": False},
        {"fee_vnd": 0},
        {"last_day": ENDS},
        {"fee_vnd": 0, "ends_on": None},
    ],  # fmt: skip
)
def test_nothing_is_owed_on_time_by_own_fault_without_a_fee_or_on_the_last_day(
    given: dict[str, object],
) -> None:
    found = refund_owed(facts(**given), [RATE], until=dt.date(2028, 12, 1))
    assert found.total == 0 and found.missing == ()


@given(
    fee=st.integers(0, 500_000_000), term=st.integers(1, 2000), worked=st.integers(-5, 2005),
    more=st.integers(0, 400),
)  # fmt: skip
def test_the_refund_never_exceeds_the_fee_and_never_grows_with_work_done(
    fee: int, term: int, worked: int, more: int
) -> None:
    ends = BEGINS + dt.timedelta(days=term - 1)

    def principal(days: int) -> int:
        last = BEGINS + dt.timedelta(days=days - 1)
        found = refund_owed(
            facts(fee_vnd=fee, ends_on=ends, last_day=last), [RATE], until=dt.date(2030, 1, 1)
        )
        assert found.principal is not None
        return found.principal

    assert 0 <= principal(worked + more) <= principal(worked) <= fee
    assert principal(0) == fee
    assert principal(term) == 0
    # Exact to the đồng, rounded for the person.
    exact = Decimal(fee) * min(max(term - worked, 0), term) / term
    assert 0 <= principal(worked) - exact < 1 or abs(principal(worked) - exact) < Decimal("1e-6")


SPANS = st.lists(st.tuples(st.integers(1, 300), st.integers(0, 800)), min_size=1, max_size=5)


@given(SPANS, st.integers(1, 300_000_000), st.integers(0, 900))
def test_interest_adds_up_over_changing_rates(
    spans: list[tuple[int, int]], principal: int, days: int
) -> None:
    start, rates, by_day = dt.date(2024, 1, 1), [], {}
    day = start
    for length, hundredths in spans:
        end = day + dt.timedelta(days=length - 1)
        rates.append(Rate(Decimal(hundredths) / 100, day, end, "NH", True))
        by_day |= {day + dt.timedelta(days=n): Decimal(hundredths) / 100 for n in range(length)}
        day = end + dt.timedelta(days=1)
    until = start + dt.timedelta(days=days)
    found = interest(principal, start - dt.timedelta(days=1), until, rates)
    wanted = [start + dt.timedelta(days=n) for n in range(days + 1)]
    if any(one not in by_day for one in wanted):
        assert found is None
    else:
        exact = sum((by_day[one] for one in wanted), Decimal(0)) * principal / 36_500
        assert found is not None and -Decimal("1e-6") < found - exact < 1


def test_no_interest_runs_before_the_fee_was_paid() -> None:
    assert interest(1_000_000, dt.date(2026, 1, 2), dt.date(2026, 1, 1), []) == 0
    assert interest(1_000_000, dt.date(2026, 1, 1), dt.date(2026, 1, 1), []) == 0
