"""How much a worker may be asked to deposit (rules O12 and O14)."""

from collections.abc import Iterator
from decimal import Decimal

from portal.openings.check.facts import CostKind, JobClass
from portal.openings.check.fees import disagree
from portal.openings.check.figures import figure, to_one
from portal.openings.check.findings import Answer, Finding, Verdict, judged, noted
from portal.openings.check.inquiry import Inquiry
from portal.openings.check.sentences import say
from portal.openings.check.tables import known_rules
from portal.reference.rules import RuleValue

CREWS = (JobClass.OFFSHORE_FISHING, JobClass.TRANSPORT_SHIP)


def deposit_findings(inquiry: Inquiry) -> Iterator[Finding]:
    sums, unread = _sums(inquiry)
    stated = max(sums, default=None)
    rule, row = deposit_rule(inquiry)
    limit = deposit_limit(inquiry, row)
    if inquiry.market is None and inquiry.job not in CREWS:
        answer, limit = Answer("market", None, say("deposit_no_country")), None
    else:
        answer = _compared(stated, unread, limit)
    yield judged(
        rule,
        row,
        inquiry.on,
        answer,
        stated=None if stated is None else to_one(stated),
        allowed=None if limit is None else to_one(limit),
        unit="vnd",
    )
    if disagree(sums):
        words, most = say("deposit_disagrees"), to_one(max(sums))
        yield noted("O33", "deposit_vnd", Verdict.WARNING, words, stated=most, unit="vnd")


def _sums(inquiry: Inquiry) -> tuple[list[Decimal], bool]:
    """The deposit as stated and as its cost lines add up; whether those could not be added."""
    lines = inquiry.lines(CostKind.DEPOSIT)
    in_lines = inquiry.sum_of(lines) if lines else None
    known = [amount for amount in (inquiry.facts.deposit_vnd, in_lines) if amount is not None]
    return known, bool(lines) and in_lines is None


def deposit_rule(inquiry: Inquiry) -> tuple[str, RuleValue | None]:
    if inquiry.job == JobClass.EPS:
        return "O14", inquiry.rules("overseas.deposit.eps")
    # No crew deposits anything, whatever the market.
    if inquiry.job in CREWS:
        return "O12", inquiry.rules("overseas.deposit.crews")
    market = inquiry.market
    if market is not None:
        places = (market.country, market.region, *(("middle_east",) if market.middle_east else ()))
        for place in places:
            if f"overseas.deposit.{place}" in known_rules():
                return "O12", inquiry.rules(f"overseas.deposit.{place}")
    return "O12", inquiry.rules("overseas.deposit.elsewhere")


def deposit_limit(inquiry: Inquiry, row: RuleValue | None) -> Decimal | None:
    """In đồng; elsewhere the price of a ticket home, as far as the opening itself states one."""
    if row is None or row.number is not None:
        return None if row is None else row.number
    fares = [inquiry.in_vnd(line.amount, line.currency) for line in inquiry.lines(CostKind.AIRFARE)]
    return max((fare for fare in fares if fare), default=None)


def _compared(stated: Decimal | None, unread: bool, limit: Decimal | None) -> Answer:
    field = "deposit_vnd"
    if stated is None:
        return Answer(field, None, say("deposit_unread" if unread else "deposit_missing"))
    if stated == 0 and not unread:
        return Answer(field, False, say("deposit_none"))
    said = figure(to_one(stated), "vnd")
    if limit is None:
        return Answer(field, None, say("deposit_ticket_unknown", said=said))
    if limit == 0:
        return Answer(field, True, say("deposit_forbidden"))
    figures = {"said": said, "limit": figure(to_one(limit), "vnd")}
    if stated > limit:
        return Answer(field, True, say("deposit_above", **figures))
    if unread:
        return Answer(field, None, say("deposit_unread"))
    return Answer(field, False, say("deposit_within", **figures))
