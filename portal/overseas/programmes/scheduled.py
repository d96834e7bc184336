"""Nobody stays in a pool longer than they agreed to."""

import datetime as dt

from portal.jobs.schedule import hourly
from portal.overseas.programmes.pool_operations import lapse_due


@hourly("pools.lapse")
def lapse(now: dt.datetime) -> None:
    lapse_due(now=now)
