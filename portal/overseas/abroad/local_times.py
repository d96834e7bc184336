"""The clock where a person is, and when that is here."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global

from portal.common.clock import LOCAL_ZONE
from portal.overseas.abroad.states import HOURS, CallWindow

# Where most of the people of a large country work; another zone is chosen by hand.
USUAL = {
    "AU": "Australia/Sydney", "CA": "America/Toronto", "CN": "Asia/Shanghai", "DE": "Europe/Berlin",
    "MY": "Asia/Kuala_Lumpur", "NZ": "Pacific/Auckland", "RU": "Europe/Moscow", "US": "America/New_York",
}  # fmt: skip

AWAKE = range(8, 21)


@lru_cache(maxsize=256)
def zones_of(country: str) -> tuple[str, ...]:
    """The usual one first; of a country nobody knows, none."""
    known = sorted(zone for zone, place in get_global("zone_territories").items() if place == country)
    usual = USUAL.get(country)
    return tuple(sorted(known, key=lambda zone: (zone != usual, zone)))


def zone_of(country: str) -> str:
    """Of a country without a clock of its own in the tables: ours."""
    zones = zones_of(country)
    return zones[0] if zones else str(LOCAL_ZONE)


def is_zone_of(country: str, zone: str) -> bool:
    return zone in zones_of(country) or zone == zone_of(country)


def next_window(window: CallWindow, zone: str, now: dt.datetime) -> tuple[dt.datetime, dt.datetime] | None:
    """When those hours begin and end next, there; while they last, the ones that last. None: any time."""
    if window not in HOURS:
        return None
    there = ZoneInfo(zone)
    first, last = HOURS[window]
    today = now.astimezone(there).date()
    for day in (today, today + dt.timedelta(days=1)):
        start, end = (dt.datetime.combine(day, dt.time(hour), there) for hour in (first, last))
        if end.astimezone(dt.UTC) > now:
            return start, end
    raise AssertionError("the hours of tomorrow lie ahead")


def hours_here(window: CallWindow, zone: str, now: dt.datetime) -> str:
    """ "16:00–19:00 28/11": what an adviser reads from the clock on the wall."""
    found = next_window(window, zone, now)
    if found is None:
        return ""
    start, end = (moment.astimezone(LOCAL_ZONE) for moment in found)
    return f"{start:%H:%M}–{end:%H:%M} {start:%d/%m}"


def is_daytime(zone: str, now: dt.datetime) -> bool:
    """Whether a message there wakes nobody."""
    return now.astimezone(ZoneInfo(zone)).hour in AWAKE


def clock_there(zone: str, now: dt.datetime) -> str:
    return f"{now.astimezone(ZoneInfo(zone)):%H:%M}"
