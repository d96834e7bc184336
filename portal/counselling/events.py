"""What counselling tells its own parts and later packages, in the same transaction."""

import datetime as dt
from dataclasses import dataclass

from portal.access.models import Account
from portal.counselling.models import Contact


@dataclass(frozen=True, slots=True)
class ContactRecorded:
    """A contact was written down: the ticket it served and the call-back it answered are over."""

    contact: Contact
    actor: Account
    now: dt.datetime
