"""Numbers of an earlier day do not wait any more."""

from portal.counselling.tickets import close_earlier_days
from portal.jobs.schedule import hourly

hourly("tickets.close_earlier_days")(close_earlier_days)
