"""What the workers package tells later packages."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from portal.access.models import Account
from portal.workers.models import Worker


class ClaimAnswer(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class ProfileAnswered:
    """The person a profile was made for has taken it over, refused it, or says it is not theirs."""

    worker: Worker
    answer: ClaimAnswer
    actor: Account | None
    now: dt.datetime
