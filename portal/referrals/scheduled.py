"""Questions are asked once more before their last day, and end after it."""

import datetime as dt

from portal.jobs.schedule import hourly
from portal.referrals.operations import lapse_due, remind_due


@hourly("referrals.remind")
def remind(now: dt.datetime) -> None:
    remind_due(now=now)


@hourly("referrals.lapse")
def lapse(now: dt.datetime) -> None:
    lapse_due(now=now)
