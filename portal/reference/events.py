"""What happened to reference rows; the audit trail listens."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from portal.reference.models import BarredArea, CalendarDay, ExchangeRate, LegalRule, PlaceWageRegion


@dataclass(frozen=True)
class ReferenceChanged:
    action: str
    subject: LegalRule | CalendarDay | PlaceWageRegion | BarredArea | ExchangeRate
    actor: Any
    at: dt.datetime
    detail: dict[str, Any] = field(default_factory=dict)
