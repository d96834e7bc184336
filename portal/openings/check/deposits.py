"""How much a worker may be asked to deposit (rules O12 and O14)."""

from collections.abc import Iterator
from decimal import Decimal

from portal.openings.check.facts import CostKind, JobClass
from portal.openings.check.figures import Words, figure, to_one
from portal.openings.check.findings import Finding, judged
from portal.openings.check.inquiry import ZERO, Inquiry
from portal.openings.check.tables import known_rules
from portal.reference.rules import RuleValue

CREWS = (JobClass.OFFSHORE_FISHING, JobClass.TRANSPORT_SHIP)


def deposit_findings(inquiry: Inquiry) -> Iterator[Finding]:
    stated, unread = _stated(inquiry)
    rule, row = deposit_rule(inquiry)
    common = {"stated": None if stated is None else to_one(stated), "unit": "vnd"}
    if inquiry.market is None and inquiry.job not in CREWS:
        words = (
            "Chưa rõ nước đến nên chưa biết mức trần tiền ký quỹ.",
            "Without the country the ceiling of the deposit is not known.",
        )
        yield judged(rule, "market", row, inquiry.on, broken=None, words=words, **common)
        return
    limit = deposit_limit(inquiry, row)
    broken, words = _verdict(stated, unread, limit)
    allowed = None if limit is None else to_one(limit)
    yield judged(rule, "deposit_vnd", row, inquiry.on, broken=broken, words=words, allowed=allowed, **common)


def _stated(inquiry: Inquiry) -> tuple[Decimal | None, bool]:
    """The highest that the opening says, and whether a line could not be counted in đồng."""
    lines = inquiry.lines(CostKind.DEPOSIT)
    in_lines = inquiry.sum_of(lines) if lines else None
    known = [amount for amount in (inquiry.facts.deposit_vnd, in_lines) if amount is not None]
    return max(known, default=None), bool(lines) and in_lines is None


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


def _verdict(stated: Decimal | None, unread: bool, limit: Decimal | None) -> tuple[bool | None, Words]:
    if stated is None or (unread and stated == 0):
        return None, (
            "Chưa ghi tiền ký quỹ; nếu không ký quỹ thì ghi 0.",
            "The deposit is not stated; write 0 if there is none.",
        )
    said = figure(to_one(stated), "vnd")
    if stated == 0:
        return False, ("Không phải ký quỹ.", "No deposit is asked.")
    if limit is None:
        return None, (
            (
                f"Tiền ký quỹ {said[0]} không được quá giá một lượt vé máy bay hạng phổ thông về Việt Nam; "
                "chưa biết giá vé."
            ),
            f"The deposit of {said[1]} may not be above one economy ticket home; its price is not known.",
        )
    most = figure(to_one(limit), "vnd")
    if limit == ZERO:
        return True, (
            "Thị trường hoặc công việc này không được thu tiền ký quỹ.",
            "No deposit may be asked for this market or job.",
        )
    if stated > limit:
        return True, (
            f"Tiền ký quỹ {said[0]} cao hơn mức trần {most[0]}.",
            f"The deposit of {said[1]} is above the ceiling of {most[1]}.",
        )
    if unread:
        return None, (
            "Một khoản ký quỹ chưa đổi được ra đồng.",
            "One deposit line cannot be counted in đồng.",
        )
    return False, (
        f"Tiền ký quỹ {said[0]}, trong mức trần {most[0]}.",
        f"The deposit of {said[1]} is within the ceiling of {most[1]}.",
    )
