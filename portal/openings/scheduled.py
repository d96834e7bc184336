"""Openings end on their day, and their organisation is told."""

from portal.jobs.schedule import hourly
from portal.openings.operations import expire_due

hourly("openings.expire")(expire_due)
