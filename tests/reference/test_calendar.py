"""Working days: weekends by rule, everything else by row."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.calendar import WorkingCalendar, load_calendar
from portal.reference.datafiles import read_rows
from portal.reference.models import CalendarDay, DayKind
from portal.reference.seed import load_reference

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
CALENDAR = WorkingCalendar(
    (dt.date.fromisoformat(row["day"]), DayKind(row["kind"])) for row in read_rows("calendar_days.csv")
)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2028, 6, 30))


def test_twenty_working_days_after_23_november_2026_end_on_22_december() -> None:
    assert CALENDAR.add_working_days(dt.date(2026, 11, 23), 20) == dt.date(2026, 12, 22)


def test_24_november_is_a_holiday_from_2026() -> None:
    assert CALENDAR.is_working(dt.date(2025, 11, 24))
    assert not CALENDAR.is_working(dt.date(2026, 11, 24))
    assert not CALENDAR.is_working(dt.date(2027, 11, 24))


@pytest.mark.parametrize(
    "day",
    [
        "2024-02-09", "2024-02-14", "2025-01-27", "2025-01-31", "2026-02-16", "2026-02-20", "2027-02-08",
        "2028-01-27", "2024-04-18", "2025-04-07", "2026-04-27", "2027-04-16", "2028-04-04", "2026-01-01",
        "2026-04-30", "2026-05-01", "2026-09-01", "2026-09-02", "2026-01-02", "2026-08-31",
    ],
)  # fmt: skip
def test_holidays_and_swapped_days_off_are_not_worked(day: str) -> None:
    assert not CALENDAR.is_working(dt.date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"])
def test_a_saturday_worked_in_exchange_is_a_working_day(day: str) -> None:
    assert dt.date.fromisoformat(day).weekday() == 5
    assert CALENDAR.is_working(dt.date.fromisoformat(day))


def test_every_swapped_day_off_has_its_working_day_in_the_same_year() -> None:
    kinds = [(row["day"][:4], row["kind"]) for row in read_rows("calendar_days.csv")]
    for year in {year for year, _kind in kinds}:
        assert kinds.count((year, "swapped_off")) == kinds.count((year, "swapped_working"))


def test_every_holiday_on_a_weekend_is_made_good_on_a_working_day() -> None:
    by_year: dict[int, list[dt.date]] = {}
    for row in read_rows("calendar_days.csv"):
        if row["kind"] == "holiday":
            day = dt.date.fromisoformat(row["day"])
            by_year.setdefault(day.year, []).append(day)
    for year, days in by_year.items():
        # 11 days in the law until 2025, 12 with 24/11 from 2026.
        assert sum(day.weekday() < 5 for day in days) == (11 if year < 2026 else 12), year


@given(DAYS, st.integers(0, 60))
def test_counting_forwards_and_counting_between_agree(day: dt.date, count: int) -> None:
    end = CALENDAR.add_working_days(day, count)
    assert CALENDAR.working_days_between(day, end) == count
    assert count == 0 or CALENDAR.is_working(end)


@given(DAYS, DAYS)
def test_days_between_change_sign_with_the_order(first: dt.date, last: dt.date) -> None:
    assert CALENDAR.working_days_between(first, last) == -CALENDAR.working_days_between(last, first)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError):
        CALENDAR.add_working_days(dt.date(2026, 1, 5), -1)


def test_a_day_beyond_the_loaded_years_warns() -> None:
    assert not CALENDAR.warns(dt.date(2026, 12, 31))
    assert CALENDAR.warns(dt.date(2029, 1, 1)) and CALENDAR.warns(dt.date(2023, 12, 31))
    assert WorkingCalendar([]).warns(dt.date(2026, 1, 1))


def test_one_swapped_day_does_not_make_a_year_known() -> None:
    assert WorkingCalendar([(dt.date(2029, 1, 2), DayKind.SWAPPED_OFF)]).warns(dt.date(2029, 5, 5))


def test_a_day_that_was_taken_out_does_not_come_back(session) -> None:  # type: ignore[no-untyped-def]
    load_reference(session, now=NOW)
    session.delete(session.get(CalendarDay, dt.date(2027, 2, 11)))
    session.flush()
    assert load_reference(session, now=NOW) == 0
    assert session.get(CalendarDay, dt.date(2027, 2, 11)) is None


def test_the_database_gives_the_same_calendar(session) -> None:  # type: ignore[no-untyped-def]
    load_reference(session, now=NOW)
    assert load_calendar(session).add_working_days(dt.date(2026, 11, 23), 20) == dt.date(2026, 12, 22)


def test_loading_again_adds_nothing_and_overwrites_nothing(session) -> None:  # type: ignore[no-untyped-def]
    load_reference(session, now=NOW)
    session.get(CalendarDay, dt.date(2026, 11, 24)).name_vi = "Đã sửa"
    session.flush()
    assert load_reference(session, now=NOW) == 0
    assert session.get(CalendarDay, dt.date(2026, 11, 24)).name_vi == "Đã sửa"
