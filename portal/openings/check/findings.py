"""What the check says of an opening, one finding a rule."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    BREACH = "breach"
    WARNING = "warning"
    OK = "ok"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` is the id of docs/opening_check.md, `field` the input field that the finding hangs on."""

    rule: str
    verdict: Verdict
    stated: Decimal | str | None
    allowed: Decimal | str | None
    unit: str
    source: str
    since: dt.date | None
    message_vi: str
    message_en: str
    field: str


@dataclass(frozen=True, slots=True)
class Report:
    publishable: bool
    findings: tuple[Finding, ...]
