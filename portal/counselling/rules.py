"""Plain rules of the desk: age bands, and on which day somebody can be seen again."""

import datetime as dt

from flask_babel import gettext as _

from portal.counselling.states import AgeBand
from portal.reference.calendar import WorkingCalendar

# From which age each band counts; the last one that fits.
BAND_BEGINS = {
    AgeBand.UNDER_18: 0,
    AgeBand.FROM_18: 18,
    AgeBand.FROM_25: 25,
    AgeBand.FROM_35: 35,
    AgeBand.FROM_45: 45,
    AgeBand.FROM_60: 60,
}
# Further ahead nobody keeps a date; a slip in the year is more likely.
FURTHEST_NEXT = dt.timedelta(days=366)


def age_band(age: int | None) -> AgeBand | None:
    if age is None:
        return None
    return [band for band, begins in BAND_BEGINS.items() if age >= begins][-1]


def next_day_problem(next_on: dt.date, on: dt.date, calendar: WorkingCalendar) -> str | None:
    """Why nobody can be seen or called on that day, or None."""
    if next_on <= on:
        return str(_("Ngày hẹn phải sau hôm nay."))
    if next_on - on > FURTHEST_NEXT:
        return str(_("Ngày hẹn xa quá. Hãy chọn một ngày trong vòng một năm."))
    if not calendar.is_working(next_on):
        return str(_("Ngày này Trung tâm nghỉ. Hãy chọn một ngày làm việc."))
    return None


def working_day_from(day: dt.date, calendar: WorkingCalendar) -> dt.date:
    """The day itself, or the next one that is worked."""
    while not calendar.is_working(day):
        day += dt.timedelta(days=1)
    return day


# What the chips of the form offer, in days from today; each falls on the next working day.
NEXT_CHIPS = (("1", 1), ("3", 3), ("7", 7), ("30", 30))


def chip_days(on: dt.date, calendar: WorkingCalendar) -> dict[str, dt.date]:
    return {name: working_day_from(on + dt.timedelta(days=days), calendar) for name, days in NEXT_CHIPS}
