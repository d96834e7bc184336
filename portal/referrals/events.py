"""What later packages are told about a referral, in the same transaction."""

import datetime as dt
from dataclasses import dataclass

from portal.access.models import Account
from portal.referrals.models import Referral
from portal.workers.models import Worker


@dataclass(frozen=True)
class ReferralMoved:
    """A step was taken; `referral.shown_list_id` names the list the person was chosen from, if any."""

    referral: Referral
    step: str
    actor: Account | None
    now: dt.datetime
