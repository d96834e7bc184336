"""Lodging and what is deducted for it, in the minimum terms of a contract (TT 02/2024)."""

from collections.abc import Iterator
from decimal import Decimal

from portal.openings.check.figures import Words, figure, to_thousandth
from portal.openings.check.findings import Answer, Finding, Verdict
from portal.openings.check.inquiry import STORED_RATE, Inquiry
from portal.openings.check.lodging import Lodging, lodging_in
from portal.openings.check.sentences import named, say, together
from portal.openings.check.terms import bounded, is_short, of_terms

HUNDRED = Decimal(100)
PERCENT = "lodging_deduction_pct"


def lodging_findings(inquiry: Inquiry) -> Iterator[Finding]:
    if inquiry.asks("lodging_free"):
        yield of_terms(inquiry, "lodging_free", _free(inquiry), inquiry.facts.lodging)
    if inquiry.asks("lodging_arranged"):
        meaning = lodging_in(inquiry.facts)
        broken = None if meaning is None else meaning is Lodging.OWN
        answer = _clear(Answer("lodging", broken, say("lodging_arranged")))
        yield of_terms(inquiry, "lodging_arranged", answer, inquiry.facts.lodging)
    if inquiry.asks("lodging_deduction"):
        yield _share_of_wage(inquiry)
    if inquiry.asks("deduction_most"):
        yield _sum_of_money(inquiry)


def _clear(answer: Answer) -> Answer:
    if answer.broken is not None:
        return answer
    return Answer(answer.field, None, together(answer.words, say("lodging_unclear")))


def _free(inquiry: Inquiry) -> Answer:
    meaning, words = lodging_in(inquiry.facts), say("lodging_free")
    if meaning is Lodging.FREE:
        return Answer("lodging", False, words)
    if meaning in (None, Lodging.PROVIDED):
        return _clear(Answer("lodging", None, words))
    thing = "wage_without_lodging_short" if is_short(inquiry) else "wage_without_lodging"
    row, facts = inquiry.term_rule(thing), inquiry.facts
    if not inquiry.asks(thing) or row is None or row.number is None:
        return Answer("lodging", True, words)
    words = together(words, say("lodging_unless", limit=figure(row.number, row.unit.value)))
    wage = inquiry.exchanged(facts.wage_amount, facts.wage_currency, row.unit.value.upper())
    # The wage decides; where it cannot be counted, its own rule says so.
    return Answer(
        STORED_RATE if wage is None else "lodging", None if wage is None else wage < row.number, words
    )


def _share(inquiry: Inquiry) -> Decimal | None:
    """Percent of the wage that lodging costs; nothing where it is free and no figure stands."""
    share = inquiry.facts.lodging_deduction_pct
    return Decimal(0) if share is None and lodging_in(inquiry.facts) is Lodging.FREE else share


def _share_of_wage(inquiry: Inquiry) -> Finding:
    """Where lodging and food together may cost more than lodging alone, it matters whether meals are free."""
    meals, share = inquiry.facts.meals_count, _share(inquiry)
    together_too = inquiry.asks("lodging_meals_deduction")
    both = inquiry.term_number("lodging_meals_deduction") if together_too else None
    thing = "lodging_meals_deduction" if together_too and meals == 0 else "lodging_deduction"
    most = inquiry.term_number(thing)
    if share is None or most is None:
        answer = Answer(PERCENT, None, say("must_state", field=named(PERCENT)))
    elif meals is None and both is not None and most < share <= both:
        answer = Answer("meals_count", None, say("meals_unclear"))
    else:
        answer = bounded(PERCENT, "thing_share", share, most, "percent", least=False)
    return of_terms(inquiry, thing, answer, share, "percent")


def _sum_of_money(inquiry: Inquiry) -> Finding:
    facts, share, row = inquiry.facts, _share(inquiry), inquiry.term_rule("deduction_most")
    unit = "" if row is None else row.unit.value
    wage = (
        Decimal(0) if share == 0 else inquiry.exchanged(facts.wage_amount, facts.wage_currency, unit.upper())
    )
    if share is None or wage is None or row is None or row.number is None:
        answer = Answer(PERCENT if share is None else STORED_RATE, None, say("deducted_unclear"))
        return of_terms(inquiry, "deduction_most", answer, None, unit)
    taken = to_thousandth(wage * share / HUNDRED)
    answer = bounded(PERCENT, "thing_deducted", taken, row.number, unit, least=False)
    compensated = inquiry.term_number("deduction_compensated")
    if answer.broken and compensated is not None and taken <= compensated:
        words: Words = together(answer.words, say("deducted_made_good"))
        answer = Answer(PERCENT, True, words, Verdict.WARNING)
    return of_terms(inquiry, "deduction_most", answer, taken, unit)
