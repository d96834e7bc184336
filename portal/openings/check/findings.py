"""What the check says of an opening: a finding each time a rule was asked."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from portal.openings.check.figures import Words, day
from portal.openings.check.sentences import say, together
from portal.reference.rules import RuleValue

Said = Decimal | str | None


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule came to: broken, kept, or (None) not to be known from what is stated."""

    field: str
    broken: bool | None
    words: Words
    at_worst: Verdict = Verdict.BREACH


def judged(
    rule: str,
    row: RuleValue | None,
    on: dt.date,
    answer: Answer,
    *,
    stated: Said = None,
    allowed: Said = None,
    unit: str = "",
) -> Finding:
    """
    - no row on that day: unknown, whatever is stated; nothing is said that only a row could tell
    - broken under a row that nobody has verified: a warning, never a breach
    """
    words = answer.words
    if row is None:
        words = say("rule_unknown", about=say(_about(rule)), day=day(on))
        return Finding(rule, Verdict.UNKNOWN, stated, None, unit, "", None, *words, answer.field)
    verdict = Verdict.OK
    if answer.broken is None:
        verdict = Verdict.UNKNOWN
    elif answer.broken:
        verdict = answer.at_worst if row.verified else Verdict.WARNING
    if not row.verified and verdict is not Verdict.OK:
        words = together(words, say("rule_unverified"))
    return Finding(rule, verdict, stated, allowed, unit, row.source, row.since, *words, answer.field)


def _about(rule: str) -> str:
    """What a rule is about. Those of the circular by their thing, whatever the length of the contract."""
    thing = rule.removeprefix("TT02.").removesuffix("_short").removesuffix("_own_costs")
    return f"about_{thing}"


def noted(
    rule: str, field: str, verdict: Verdict, words: Words, *, stated: Said = None, unit: str = ""
) -> Finding:
    """A finding that rests on no dated row: on arithmetic, on what was written, on the Centre's own care."""
    return Finding(rule, verdict, stated, None, unit, "", None, *words, field)
