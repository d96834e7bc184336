"""The exchange rate that the opening states, beside the Centre's own (rule FX)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from portal.openings.check.figures import day, figure, to_tenth
from portal.openings.check.findings import Finding, Verdict, noted
from portal.openings.check.inquiry import HOME_MONEY, STORED_RATE, Inquiry
from portal.openings.check.sentences import say, together

# Banks' rates of one day lie within about one percent of each other; three is no bank's rate any more.
TOLERANCE = Decimal("0.03")


def exchange_findings(inquiry: Inquiry) -> Iterator[Finding]:
    facts = inquiry.facts
    currency, rate = facts.wage_currency, facts.fx_rate
    if currency is None or currency == HOME_MONEY:
        return
    if not re.fullmatch("[A-Z]{3}", currency):
        words = say("currency_unknown", currency=currency)
        yield noted("FX", "wage_currency", Verdict.UNKNOWN, words, stated=currency)
        return
    if rate is None:
        words = say("rate_missing", currency=currency)
        yield noted("FX", "fx_rate", Verdict.UNKNOWN, words, stated=currency)
        return
    yield _beside_the_stored(inquiry, currency, rate)
    if facts.fx_date is None or not facts.fx_source:
        missing = "fx_date" if facts.fx_date is None else "fx_source"
        yield noted("FX", missing, Verdict.UNKNOWN, say("rate_undated"))
    elif facts.fx_date > inquiry.on:
        words = say("rate_to_come", day=day(facts.fx_date))
        yield noted("FX", "fx_date", Verdict.WARNING, words, stated=facts.fx_date.isoformat())


def _beside_the_stored(inquiry: Inquiry, currency: str, rate: Decimal) -> Finding:
    stored, said = inquiry.rates.get(currency), figure(rate, "vnd")
    if not stored:
        words = say("rate_not_stored", currency=currency, said=said)
        return noted("FX", STORED_RATE, Verdict.UNKNOWN, words, stated=rate, unit="vnd")
    apart = abs(rate - stored) / stored
    far = figure(to_tenth(apart * 100), "percent")
    words = say("rate_beside", said=said, currency=currency, own=figure(stored, "vnd"), apart=far)
    verdict = Verdict.OK
    if apart > TOLERANCE:
        verdict, words = Verdict.WARNING, together(words, say("rate_far"))
    return Finding("FX", verdict, rate, stored, "vnd", "", None, *words, "fx_rate")
