"""Counted tries are forgotten once they no longer count: nobody keeps who tried to sign in."""

import datetime as dt

from portal.access.phone_codes import forget_old_codes
from portal.access.throttle import forget_old
from portal.jobs.schedule import hourly


@hourly("access.forget_tries")
def forget_tries(now: dt.datetime) -> None:
    forget_old(now=now)
    forget_old_codes(now=now)
