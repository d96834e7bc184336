"""The minimum terms of a contract by market and job: length, wage, hours, age (TT 02/2024)."""

from collections.abc import Iterator
from decimal import Decimal

from portal.openings.check.fees import stated_fee
from portal.openings.check.figures import figure, to_thousandth
from portal.openings.check.findings import Answer, Finding, Said, Verdict, judged, noted
from portal.openings.check.inquiry import HOME_MONEY, STORED_RATE, Inquiry
from portal.openings.check.lodging import Lodging, Payer, lodging_in, payer_of
from portal.openings.check.sentences import named, say

# The annexes for Europe and the Americas have two columns: contracts from one year, and shorter ones.
A_YEAR = Decimal(12)
# Field, what it is called, its unit, and whether the rule is a least or a most.
BOUNDS = {
    "term_least": ("term_months", "thing_term", "months", True),
    "extension_most": ("extension_months", "thing_extension", "months", False),
    "weekly_hours_most": ("weekly_hours", "thing_hours", "hours", False),
    "rest_days_least": ("rest_days", "thing_rest", "days", True),
    "age_most": ("age_max", "thing_age", "years", False),
    "meals_least": ("meals_count", "thing_meals", "meals", True),
}


def term_findings(inquiry: Inquiry) -> Iterator[Finding]:
    if inquiry.market is None or not inquiry.job:
        return
    if inquiry.terms is None:
        # Hangs on no field: nobody can state what the circular does not ask.
        yield noted("TT02", "", Verdict.UNKNOWN, say("no_annex"))
        return
    for thing in BOUNDS:
        if inquiry.asks(thing) and (thing != "extension_most" or inquiry.facts.extension_months):
            short = thing == "term_least" and is_under_conditions(inquiry)
            yield _short_contract(inquiry) if short else _bound(inquiry, thing)
    yield from _wage(inquiry)


def of_terms(inquiry: Inquiry, thing: str, answer: Answer, stated: Said, unit: str = "") -> Finding:
    """A finding under the row of that thing; what the row allows is its number, or its words."""
    row = inquiry.term_rule(thing)
    allowed = None if row is None else row.value if row.number is None else row.number
    return judged(f"TT02.{thing}", row, inquiry.on, answer, stated=stated, allowed=allowed, unit=unit)


def bounded(thing: str, name: str, stated: Decimal, bound: Decimal, unit: str, least: bool) -> Answer:
    words = say(
        "bound_least" if least else "bound_most",
        thing=say(name),
        said=figure(stated, unit),
        limit=figure(bound, unit),
    )
    return Answer(thing, stated < bound if least else stated > bound, words)


def _bound(inquiry: Inquiry, thing: str) -> Finding:
    field, name, unit, least = BOUNDS[thing]
    stated: Decimal | None = getattr(inquiry.facts, field)
    bound = inquiry.term_number(thing)
    answer = Answer(field, None, say("must_state", field=named(field)))
    if stated is not None and bound is not None:
        answer = bounded(field, name, stated, bound, unit, least)
    return of_terms(inquiry, thing, answer, stated, unit)


def is_under_conditions(inquiry: Inquiry) -> bool:
    """Shorter than usual, as Taiwan allows where the receiver pays more."""
    low, high = inquiry.term_number("short_term_least"), inquiry.term_number("term_least")
    term = inquiry.facts.term_months
    return term is not None and low is not None and high is not None and low <= term < high


def pays_nothing(inquiry: Inquiry) -> bool:
    costs = inquiry.facts.worker_costs
    return costs is not None and not inquiry.is_paid(costs) and not stated_fee(inquiry).is_asked


def tickets_paid(inquiry: Inquiry) -> tuple[int, int]:
    """Tickets that the receiver pays; and those of which nobody knows who pays."""
    facts = inquiry.facts
    payers = [payer_of(text) for text in (facts.airfare_out_paid_by, facts.airfare_back_paid_by)]
    return payers.count(Payer.RECEIVER), payers.count(None)


def _short_contract(inquiry: Inquiry) -> Finding:
    term, usual = inquiry.facts.term_months, inquiry.term_number("term_least")
    assert term is not None and usual is not None
    words = say("short_contract", said=figure(term, "months"), limit=figure(usual, "months"))
    met = tickets_paid(inquiry)[0] >= 2 or pays_nothing(inquiry)
    answer = Answer("term_months", True, words, Verdict.WARNING if met else Verdict.BREACH)
    return of_terms(inquiry, "term_least", answer, term, "months")


def is_short(inquiry: Inquiry) -> bool:
    term = inquiry.facts.term_months
    return term is not None and term < A_YEAR


def _wage(inquiry: Inquiry) -> Iterator[Finding]:
    thing = "wage_least"
    if is_short(inquiry) and inquiry.asks("wage_least_short"):
        thing = "wage_least_short"
    elif inquiry.asks("wage_least_own_costs") and _pays_own_costs(inquiry):
        thing = "wage_least_own_costs"
    if not inquiry.asks(thing):
        return
    row, facts = inquiry.term_rule(thing), inquiry.facts
    unit = "" if row is None else row.unit.value
    wage = inquiry.exchanged(facts.wage_amount, facts.wage_currency, unit.upper())
    if row is None or row.number is None or wage is None:
        yield of_terms(inquiry, thing, _wage_unknown(inquiry, unit.upper()), None, unit)
        return
    stated = to_thousandth(wage)
    answer = bounded("wage_amount", "thing_wage", stated, row.number, unit, least=True)
    yield of_terms(inquiry, thing, answer, stated, unit)


def _wage_unknown(inquiry: Inquiry, currency: str) -> Answer:
    facts = inquiry.facts
    if facts.wage_amount is None or not facts.wage_currency or not currency:
        missing = "wage_amount" if facts.wage_amount is None or facts.wage_currency else "wage_currency"
        return Answer(missing, None, say("must_state", field=named(missing)))
    own = facts.wage_currency != HOME_MONEY and facts.fx_rate is None
    return Answer("fx_rate" if own else STORED_RATE, None, say("wage_no_rate", currency=currency))


def _pays_own_costs(inquiry: Inquiry) -> bool:
    """Lodging or food at the worker's cost, as far as that is stated."""
    facts = inquiry.facts
    charged = lodging_in(facts) in (Lodging.CHARGED, Lodging.OWN)
    meals = facts.meals_count
    return charged or bool(facts.lodging_deduction_pct) or (meals is not None and meals < 3)
