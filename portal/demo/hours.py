"""The Centre's working hours: nothing of the demo is done at night, whenever it is loaded."""

import datetime as dt
import random

from portal.common.clock import LOCAL_ZONE
from portal.reference.calendar import WorkingCalendar

OPENS, ENDS = dt.time(8), dt.time(16, 30)
QUARTER = dt.timedelta(minutes=15)
# Interviews begin from 8:00 to 15:00.
QUARTERS = 28


def at(day: dt.date, hour: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, hour, tzinfo=LOCAL_ZONE).astimezone(dt.UTC)


def base(now: dt.datetime) -> dt.datetime:
    """The last opening of the doors: today's, before it yesterday's."""
    day = now.astimezone(LOCAL_ZONE).date()
    return at(day if now >= at(day, OPENS) else day - dt.timedelta(days=1), OPENS)


def latest(now: dt.datetime) -> dt.datetime:
    """The last moment at which somebody was at work: now, or the end of the last working day."""
    return min(now, at(base(now).astimezone(LOCAL_ZONE).date(), ENDS))


def fit(moment: dt.datetime) -> dt.datetime:
    """The same moment within working hours; what came up at night is done as long after the doors open."""
    local = moment.astimezone(LOCAL_ZONE)
    if OPENS <= local.time() <= ENDS:
        return moment
    day = local.date() if local.time() < OPENS else local.date() + dt.timedelta(days=1)
    return at(day, OPENS) + dt.timedelta(minutes=(local.hour * 60 + local.minute) % 150)


def worked(moment: dt.datetime, calendar: WorkingCalendar) -> dt.datetime:
    """The same time of the last day up to then on which the doors were open."""
    while not calendar.is_working(moment.astimezone(LOCAL_ZONE).date()):
        moment -= dt.timedelta(days=1)
    return moment


def meeting(day: dt.date, rng: random.Random) -> dt.datetime:
    return at(day, OPENS) + QUARTER * rng.randint(0, QUARTERS)
