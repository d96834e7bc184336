"""What the workers package tells later packages."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from portal.access.models import Account
from portal.workers.models import Worker
from portal.workers.states import IdAbsence, Purpose


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


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """What was kept on the ground of this consent alone has to go, in the same transaction."""

    worker: Worker
    purpose: Purpose
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class ProfileEmptied:
    """No personal data is left in the profile; what later packages wrote about the person goes, too."""

    worker: Worker
    actor: Account | None
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class IdMissing:
    """There is no number of a citizen card, and why; somebody has to help."""

    worker: Worker
    reason: IdAbsence
    actor: Account | None
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class IdGiven:
    """A number now stands in the profile."""

    worker: Worker
    actor: Account | None
    now: dt.datetime
