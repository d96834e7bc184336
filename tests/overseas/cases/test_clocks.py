"""Days of waiting, as plain arithmetic."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from portal.overseas.cases.clocks import days_before, last_day, waiting_clock

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
START = dt.date(2026, 1, 1)


def clock(waited):
    return waiting_clock(START, last_day(START, 180), on=START + dt.timedelta(days=waited), warn_left=30)


def test_it_is_calm_until_day_149_warns_from_day_150_and_is_late_after_day_180():
    assert [clock(n).level for n in (0, 149, 150, 180, 181)] == ["calm", "calm", "warn", "warn", "late"]
    assert (clock(150).waited, clock(150).left) == (150, 30)
    assert clock(180).left == 0 and clock(181).left == -1


def test_without_a_selection_no_clock_runs():
    assert waiting_clock(None, None, on=START, warn_left=30) is None


@given(DAYS, st.integers(1, 400), st.integers(-30, 500))
def test_what_has_passed_and_what_is_left_is_the_whole_time(start, days, passed):
    found = waiting_clock(start, last_day(start, days), on=start + dt.timedelta(days=passed), warn_left=30)
    assert found.waited + found.left == days
    assert (found.level == "late") == (passed > days)


@given(DAYS, st.integers(0, 100))
def test_days_before_counts_the_days_between(day, days):
    assert days_before(day, last_day(day, days)) == days
