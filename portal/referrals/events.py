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


@dataclass(frozen=True)
class CallMeFirst:
    """Before saying no to a job, the person wants to talk; the referral stays as it is until then.

    They were told that somebody calls by `call_by`: the call-back is due on that day.
    """

    worker: Worker
    referral: Referral
    actor: Account | None
    now: dt.datetime
    call_by: dt.date
