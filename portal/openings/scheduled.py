"""Openings end on their day, and their organisation is told; what is no longer lawful is not shown."""

from portal.jobs.schedule import hourly
from portal.openings.holding import hold_breaches
from portal.openings.operations import expire_due

hourly("openings.expire")(expire_due)
hourly("openings.hold")(hold_breaches)
