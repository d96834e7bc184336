"""The one place that asks what time it is. Operations get `now` as an argument."""

import datetime as dt
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    return local_date(now())


def local_date(moment: dt.datetime) -> dt.date:
    return moment.astimezone(LOCAL_ZONE).date()


def local_midnight(day: dt.date) -> dt.datetime:
    """The moment at which that day begins here."""
    return dt.datetime.combine(day, dt.time(), LOCAL_ZONE).astimezone(dt.UTC)
