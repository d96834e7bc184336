"""What the receiver pays by the minimum terms: tickets, and sums no worker is asked for (TT 02/2024)."""

from collections.abc import Iterator
from decimal import Decimal

from portal.openings.check.facts import CostKind
from portal.openings.check.fees import stated_fee
from portal.openings.check.figures import figure, to_one
from portal.openings.check.findings import Answer, Finding, Verdict
from portal.openings.check.inquiry import Inquiry
from portal.openings.check.lodging import Payer, payer_of
from portal.openings.check.sentences import say, together
from portal.openings.check.terms import bounded, is_under_conditions, of_terms, pays_nothing, tickets_paid

ONE_TICKET = Decimal(1)
BOTH = 2


def receiver_findings(inquiry: Inquiry) -> Iterator[Finding]:
    if inquiry.asks("airfare_ways"):
        yield _tickets(inquiry)
    for thing in ("airfare_out", "airfare_share"):
        if inquiry.asks(thing):
            yield _outbound(inquiry, thing)
    if inquiry.asks("service_fee"):
        fee = stated_fee(inquiry)
        answer = Answer(fee.field, fee.is_asked if fee.is_stated else None, say("receiver_fee"))
        yield of_terms(inquiry, "service_fee", answer, None if fee.vnd is None else to_one(fee.vnd), "vnd")
    for kind in (CostKind.TRAINING, CostKind.VISA):
        if inquiry.asks(kind) and inquiry.facts.worker_costs is not None:
            yield _not_the_workers(inquiry, kind)
    if inquiry.asks("training_most"):
        yield from _training_after_entry(inquiry)


def _tickets(inquiry: Inquiry) -> Finding:
    short = inquiry.asks("airfare_ways_short") and is_under_conditions(inquiry)
    thing = "airfare_ways_short" if short else "airfare_ways"
    needed = inquiry.term_number(thing) or ONE_TICKET
    answer = _ticket_answer(inquiry, needed)
    if short and answer.broken and pays_nothing(inquiry):
        # The other way open to a short contract: the receiver bears every cost of leaving.
        answer = Answer(answer.field, False, answer.words)
    return of_terms(inquiry, thing, answer, Decimal(tickets_paid(inquiry)[0]), "times")


def _ticket_answer(inquiry: Inquiry, needed: Decimal) -> Answer:
    paid, open_ways = tickets_paid(inquiry)
    out_is_clear = payer_of(inquiry.facts.airfare_out_paid_by) is not None
    field = "airfare_back_paid_by" if out_is_clear else "airfare_out_paid_by"
    limit = figure(needed, "times")
    if paid >= BOTH and inquiry.is_paid(inquiry.lines(CostKind.AIRFARE)):
        worst = Verdict.BREACH if needed >= BOTH else Verdict.WARNING
        return Answer("worker_costs", True, say("tickets_twice"), worst)
    if paid < needed <= paid + open_ways:
        return Answer(field, None, say("tickets_unclear", limit=limit))
    words = say("tickets", said=figure(Decimal(paid), "times"), limit=limit)
    return Answer(field, paid < needed, words)


def _outbound(inquiry: Inquiry, thing: str) -> Finding:
    payer = payer_of(inquiry.facts.airfare_out_paid_by)
    words, worst = say("ticket_out"), Verdict.BREACH
    if thing == "airfare_share":
        limit = figure(inquiry.term_number(thing) or Decimal(0), "aud")
        words = say("ticket_out_share", limit=limit)
        worst = Verdict.WARNING if payer is Payer.SHARED else Verdict.BREACH
    if payer is None:
        words = together(say("ticket_out_unclear"), words)
    broken = None if payer is None else payer is not Payer.RECEIVER
    answer = Answer("airfare_out_paid_by", broken, words, worst)
    unit = "aud" if thing == "airfare_share" else "times"
    return of_terms(inquiry, thing, answer, inquiry.facts.airfare_out_paid_by, unit)


def _not_the_workers(inquiry: Inquiry, kind: CostKind) -> Finding:
    lines = inquiry.lines(kind)
    total = inquiry.sum_of(lines)
    answer = Answer("worker_costs", inquiry.is_paid(lines), say(f"receiver_{kind}"))
    return of_terms(inquiry, kind, answer, None if total is None else to_one(total), "vnd")


def _training_after_entry(inquiry: Inquiry) -> Iterator[Finding]:
    """Only lines in the rule's own money: those in đồng are for classes at home."""
    row = inquiry.term_rule("training_most")
    unit = "usd" if row is None else row.unit.value
    sums = [line.amount for line in inquiry.lines(CostKind.TRAINING) if line.currency == unit.upper()]
    total = sum((amount for amount in sums if amount), Decimal(0))
    if total == 0:
        return
    limit = inquiry.term_number("training_most") or Decimal(0)
    answer = bounded("worker_costs", "thing_training", total, limit, unit, least=False)
    yield of_terms(inquiry, "training_most", answer, total, unit)
