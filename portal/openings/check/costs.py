"""What the worker pays: sums the law forbids (O10), each line, their sum beside the wage, the fund (O38)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from portal.common.text import fold
from portal.openings.check.facts import Cost, CostKind
from portal.openings.check.fees import stated_fee
from portal.openings.check.figures import figure, to_one, to_tenth
from portal.openings.check.findings import Answer, Finding, Verdict, judged, noted
from portal.openings.check.inquiry import ZERO, Inquiry
from portal.openings.check.sentences import say, together

KINDS = frozenset(CostKind) - {CostKind.OTHER}
# Names under which forbidden money is written, folded; in a kind of its own or in nothing the law knows.
BROKERAGE = r"broker|brokerage|moi gioi|middleman|intermediary|co lo|gioi thieu"
PLACE_KEPT = (
    r"selection|select|reservation|reserve|place|giu cho|tuyen chon|dat coc|coc|chong tron|bao lanh|"
    r"guarantee|security"
)
FORBIDDEN = (
    (BROKERAGE, "overseas.brokerage", "brokerage"),
    (PLACE_KEPT, "overseas.selection_fee", "selection_money"),
)


def cost_findings(inquiry: Inquiry) -> Iterator[Finding]:
    facts = inquiry.facts
    yield _banned(inquiry, "brokerage_vnd", facts.brokerage_vnd, "overseas.brokerage", "brokerage")
    yield _banned(
        inquiry, "selection_fee_vnd", facts.selection_fee_vnd, "overseas.selection_fee", "selection"
    )
    for number, line in enumerate(facts.worker_costs or ()):
        yield from _line(inquiry, number, line)
    if facts.worker_costs is not None:
        yield _total(inquiry)
    yield from _fund(inquiry)


def _banned(inquiry: Inquiry, field: str, amount: Decimal | None, key: str, name: str) -> Finding:
    row = inquiry.rules(key)
    if amount is None:
        answer = Answer(field, None, say(f"{name}_missing"))
    elif amount > 0:
        answer = Answer(field, True, say("selection_money" if name == "selection" else name))
    else:
        answer = Answer(field, False, say(f"{name}_none"))
    allowed = None if row is None else row.number
    return judged("O10", row, inquiry.on, answer, stated=amount, allowed=allowed, unit="vnd")


def _line(inquiry: Inquiry, number: int, line: Cost) -> Iterator[Finding]:
    field = f"worker_costs[{number}]"
    if line.amount is None or not line.currency:
        words = say("line_incomplete", number=str(number + 1))
        yield noted("O33", f"{field}.amount", Verdict.UNKNOWN, words, stated=line.kind)
    elif line.amount > 0 and line.kind not in KINDS:
        yield _of_no_lawful_kind(inquiry, f"{field}.kind", line, line.amount, line.currency)


def _of_no_lawful_kind(inquiry: Inquiry, field: str, line: Cost, amount: Decimal, currency: str) -> Finding:
    if line.kind == CostKind.OTHER:
        words = say("line_other", said=figure(amount), currency=currency)
        row = inquiry.rules("overseas.other_costs")
        answer = Answer(field, True, words, Verdict.WARNING)
        return judged("O33", row, inquiry.on, answer, stated=amount, unit=currency.lower())
    plain = " ".join(re.findall(r"[a-z0-9]+", fold(line.kind)))
    for names, key, sentence in FORBIDDEN:
        if re.search(rf"\b(?:{names})\b", plain):
            answer = Answer(field, True, say(sentence))
            return judged("O10", inquiry.rules(key), inquiry.on, answer, stated=line.kind)
    return noted("O33", field, Verdict.UNKNOWN, say("line_kind_unknown", kind=line.kind), stated=line.kind)


def _total(inquiry: Inquiry) -> Finding:
    """The sum of every line beside the monthly wage; no rule bounds it, the worker should see it."""
    total, wage = inquiry.sum_of(inquiry.facts.worker_costs or ()), inquiry.wage_vnd
    if total is None:
        return noted("O33", "worker_costs", Verdict.UNKNOWN, say("total_unread"), unit="vnd")
    said = figure(to_one(total), "vnd")
    words = say("total_no_wage", said=said)
    if wage:
        words = say(
            "total", said=said, wage=figure(to_one(wage), "vnd"), times=figure(to_tenth(total / wage))
        )
    beside = _beside_the_lines(inquiry)
    if beside:
        words = together(words, say("total_with_fields", said=figure(to_one(total + beside), "vnd")))
    return noted("O33", "worker_costs", Verdict.OK, words, stated=to_one(total), unit="vnd")


def _beside_the_lines(inquiry: Inquiry) -> Decimal:
    """Sums that stand in fields of their own and in no line."""
    facts = inquiry.facts
    sums = [facts.brokerage_vnd, facts.selection_fee_vnd]
    if not inquiry.lines(CostKind.SERVICE_FEE):
        sums.append(stated_fee(inquiry).vnd)
    if not inquiry.lines(CostKind.DEPOSIT):
        sums.append(facts.deposit_vnd)
    return sum((one for one in sums if one), ZERO)


def _fund(inquiry: Inquiry) -> Iterator[Finding]:
    lines = inquiry.lines(CostKind.FUND)
    if not inquiry.is_paid(lines):
        return
    row, total = inquiry.rules("overseas.fund.worker"), inquiry.sum_of(lines)
    limit = ZERO if row is None or row.number is None else row.number
    words = say("fund_unread")
    if total is not None:
        words = say("fund", said=figure(to_one(total), "vnd"), limit=figure(limit, "vnd"))
    answer = Answer("worker_costs", None if total is None else total > limit, words)
    stated = None if total is None else to_one(total)
    yield judged("O38", row, inquiry.on, answer, stated=stated, allowed=limit, unit="vnd")
