"""What later packages are told about an opening, in the same transaction."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from portal.access.models import Account
from portal.openings.models import Opening

Why = Literal["filled", "closed", "expired"]


@dataclass(frozen=True)
class OpeningPublished:
    opening: Opening
    actor: Account | None
    now: dt.datetime


@dataclass(frozen=True)
class OpeningEnded:
    """Nobody can be hired any more; `why` is also the sentence that people are told."""

    opening: Opening
    why: Why
    actor: Account | None
    now: dt.datetime
