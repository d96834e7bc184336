"""What later packages are told about a referral, in the same transaction."""

import datetime as dt
from dataclasses import dataclass

from portal.access.models import Account
from portal.referrals.models import Referral
from portal.workers.models import Worker
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
    """Before saying no the person wants to be called; they were told that it happens by `call_by`."""

    worker: Worker
    referral: Referral
    now: dt.datetime
    call_by: dt.date


@dataclass(frozen=True)
class CallMeFirst:
    """Before saying no to a job, the person wants to talk; the referral stays as it is until then."""

    worker: Worker
    referral: Referral
    actor: Account | None
    now: dt.datetime
