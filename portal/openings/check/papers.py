"""The sender, the approval and the numbers in it (rules O16, O31, O32, O34, O35)."""

from collections.abc import Iterator
from decimal import Decimal

from portal.openings.check.facts import JobClass
from portal.openings.check.figures import day, figure
from portal.openings.check.findings import Answer, Finding, Verdict, judged, noted
from portal.openings.check.inquiry import ZERO, Inquiry
from portal.openings.check.sentences import named, say

VALID = frozenset({"valid", "active"})
NOT_VALID = frozenset({"suspended", "revoked", "expired", "withdrawn", "returned", "invalid", "none"})
HOW = {True: "bad", False: "good", None: "unknown"}


def paper_findings(inquiry: Inquiry) -> Iterator[Finding]:
    facts = inquiry.facts
    status = facts.sender_licence_status
    bad = None if status not in VALID | NOT_VALID else status in NOT_VALID
    if not _spared(inquiry, status):
        answer = Answer("sender_licence_status", bad, say(f"licence_{HOW[bad]}"))
        for rule, key in (("O35", "overseas.sending_function"), ("O31", "overseas.licence")):
            yield judged(rule, inquiry.rules(key), inquiry.on, answer, stated=status)
    for rule, key, field, name, value in (
        (
            "O32",
            "market_permission",
            "sender_market_permission",
            "permission",
            facts.sender_market_permission,
        ),
        ("O16", "supply_contract", "supply_contract_approved", "approval", facts.supply_contract_approved),
    ):
        if not _spared(inquiry, value):
            bad = None if value is None else not value
            answer = Answer(field, bad, say(f"{name}_{HOW[bad]}"))
            stated = None if value is None else "yes" if value else "no"
            yield judged(rule, inquiry.rules(f"overseas.{key}"), inquiry.on, answer, stated=stated)
    if facts.approval_date is not None and facts.approval_date > inquiry.on:
        words = say("approval_to_come", day=day(facts.approval_date))
        stated = facts.approval_date.isoformat()
        yield noted("O16", "approval_date", Verdict.WARNING, words, stated=stated)
    yield _quantity(inquiry)


def _spared(inquiry: Inquiry, value: object) -> bool:
    """A public unit sends under EPS and needs none of this; what is stated all the same is read."""
    return value is None and inquiry.job == JobClass.EPS


def _quantity(inquiry: Inquiry) -> Finding:
    facts, row = inquiry.facts, inquiry.rules("overseas.quantity")
    approved, departed = facts.approved_quantity, facts.departed_quantity
    taken = (facts.selected_quantity or ZERO) + (departed or ZERO)
    over = approved is not None and departed is not None and departed > approved
    answer = _counted(inquiry, approved, taken)
    stated = departed if over else None if answer.broken is None else taken
    return judged("O34", row, inquiry.on, answer, stated=stated, allowed=approved, unit="people")


def _counted(inquiry: Inquiry, approved: Decimal | None, taken: Decimal) -> Answer:
    selected, departed = inquiry.facts.selected_quantity, inquiry.facts.departed_quantity
    if approved is None:
        return Answer("approved_quantity", None, say("quantity_missing"))
    limit, said = figure(approved, "people"), figure(taken, "people")
    if departed is not None and departed > approved:
        words = say("quantity_departed", said=figure(departed, "people"), limit=limit)
        return Answer("departed_quantity", True, words)
    if taken > approved:
        words = say("quantity_taken", said=said, limit=limit)
        return Answer("selected_quantity", True, words, Verdict.WARNING)
    if selected is None or departed is None:
        missing = "selected_quantity" if selected is None else "departed_quantity"
        return Answer(missing, None, say("quantity_partly", field=named(missing)))
    return Answer("approved_quantity", False, say("quantity_good", said=said, limit=limit))
