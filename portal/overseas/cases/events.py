"""What other capabilities are told about a case, in the same transaction."""

import datetime as dt
from dataclasses import dataclass

from portal.access.models import Account
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState


@dataclass(frozen=True)
class CaseMoved:
    """A step was taken; `case.state` is where it led, `before` where it began."""

    case: OverseasCase
    step: str
    before: CaseState | None
    actor: Account | None
    now: dt.datetime
