"""Working days. Weekends follow from the date; everything else is a row."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from portal.reference.models import CalendarDay, DayKind

SATURDAY = 5
# The law gives 11 days a year, 12 from 2026. One swapped day does not make a year known.
FULL_YEAR = 10
ONE_DAY = dt.timedelta(days=1)


class WorkingCalendar:
    """Which days are worked. Plain values in, so that a clock can be tested without a database."""

    def __init__(self, days: Iterable[tuple[dt.date, DayKind]]) -> None:
        self._kinds = dict(days)
        holidays = Counter(day.year for day, kind in self._kinds.items() if kind is DayKind.HOLIDAY)
        self.loaded_years = frozenset(year for year, count in holidays.items() if count >= FULL_YEAR)

    def is_working(self, day: dt.date) -> bool:
        kind = self._kinds.get(day)
        if kind is not None:
            return kind is DayKind.SWAPPED_WORKING
        return day.weekday() < SATURDAY

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """The `count`-th working day after `day`, which itself is not counted."""
        if count < 0:
            raise ValueError("working days are counted forwards")
        while count > 0:
            day += ONE_DAY
            count -= self.is_working(day)
        return day

    def working_days_between(self, first: dt.date, last: dt.date) -> int:
        """Working days after `first`, up to and with `last`; negative when `last` lies before."""
        if last < first:
            return -self.working_days_between(last, first)
        return sum(
            self.is_working(first + dt.timedelta(days=step)) for step in range(1, (last - first).days + 1)
        )

    def warns(self, day: dt.date) -> bool:
        """True outside the loaded years: holidays there are not known, so a deadline may be too early."""
        return day.year not in self.loaded_years


def load_calendar(session: Session | scoped_session[Any]) -> WorkingCalendar:
    rows = session.execute(select(CalendarDay.day, CalendarDay.kind)).all()
    return WorkingCalendar((day, kind) for day, kind in rows)
