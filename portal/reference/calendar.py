"""Working days. Weekends follow from the date; everything else is a row."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from portal.reference.models import CalendarDay, DayKind

SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


class WorkingCalendar:
    """Which days are worked. Plain values in, so that a clock can be tested without a database."""

    def __init__(self, days: Iterable[tuple[dt.date, DayKind]]) -> None:
        self._kinds = dict(days)
        years = {day.year for day in self._kinds}
        self.first_year = min(years, default=None)
        self.last_year = max(years, default=None)

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
        """True beyond the loaded years: holidays there are not known, so a deadline may be too early."""
        if self.first_year is None or self.last_year is None:
            return True
        return not self.first_year <= day.year <= self.last_year


def load_calendar(session: Session | scoped_session[Any]) -> WorkingCalendar:
    rows = session.execute(select(CalendarDay.day, CalendarDay.kind)).all()
    return WorkingCalendar((day, kind) for day, kind in rows)
