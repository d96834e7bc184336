"""What the check says of an opening: a finding each time a rule was asked."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from portal.openings.check.figures import Words, day
from portal.reference.rules import RuleValue

Said = Decimal | str | None

UNVERIFIED: Words = (
    "Quy định này chưa kiểm chứng, hỏi tư vấn viên.",
    "This rule is not verified: ask an adviser.",
)


class Verdict(StrEnum):
    BREACH = "breach"
    WARNING = "warning"
    OK = "ok"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` is an id of docs/opening_check.md, `field` the input field that the finding hangs on."""

    rule: str
    verdict: Verdict
    stated: Said
    allowed: Said
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


def judged(
    rule: str,
    field: str,
    row: RuleValue | None,
    on: dt.date,
    *,
    broken: bool | None,
    words: Words,
    stated: Said = None,
    allowed: Said = None,
    unit: str = "",
    at_worst: Verdict = Verdict.BREACH,
) -> Finding:
    """
    - no row on that day: unknown, whatever is stated
    - `broken` None: unknown, because something needed is not stated
    - broken under a row nobody has verified: a warning, never a breach
    """
    if row is None:
        words = (
            f"Chưa biết quy định này vào ngày {day(on)}; không đoán. {words[0]}",
            f"This rule is not known for {day(on)}; nothing is guessed. {words[1]}",
        )
        return Finding(rule, Verdict.UNKNOWN, stated, None, unit, "", None, *words, field)
    verdict = Verdict.OK
    if broken is None:
        verdict = Verdict.UNKNOWN
    elif broken:
        verdict = at_worst if row.verified else Verdict.WARNING
    if not row.verified and verdict is not Verdict.OK:
        words = (f"{words[0]} {UNVERIFIED[0]}", f"{words[1]} {UNVERIFIED[1]}")
    return Finding(rule, verdict, stated, allowed, unit, row.source, row.since, *words, field)


def noted(
    rule: str,
    field: str,
    verdict: Verdict,
    words: Words,
    *,
    stated: Said = None,
    unit: str = "",
    source: str = "",
) -> Finding:
    """A finding that rests on no dated row: on arithmetic, on what was written, on the Centre's own care."""
    return Finding(rule, verdict, stated, None, unit, source, None, *words, field)
