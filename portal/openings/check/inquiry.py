"""One opening under check: what it states, the rules of the day, and money made comparable."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from portal.openings.check.facts import Cost, OpeningFacts
from portal.openings.check.tables import Market, contract_terms, known_rules, markets
from portal.reference.rules import Lookup, RuleValue

HOME_MONEY = "VND"
# What a finding hangs on where the Centre's own rate is missing: nobody who posts an opening can mend that.
STORED_RATE = "stored_rate"
ZERO = Decimal(0)


class BarredPlace(Protocol):
    """A row of the barred areas that stands on the day of the check."""

    @property
    def country(self) -> str: ...
    @property
    def area(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def valid_from(self) -> dt.date: ...
    @property
    def verified(self) -> bool: ...


@dataclass(frozen=True)
class Inquiry:
    facts: OpeningFacts
    rules: Lookup
    on: dt.date
    barred: Sequence[BarredPlace] = ()
    rates: Mapping[str, Decimal] = field(default_factory=dict)

    @cached_property
    def market(self) -> Market | None:
        return markets().get(self.facts.market or "")

    @property
    def job(self) -> str:
        return self.facts.job_class or ""

    @cached_property
    def terms(self) -> str | None:
        """The minimum terms that meet this market and job."""
        return contract_terms(self.market, self.job) if self.market else None

    def asks(self, thing: str) -> bool:
        """Whether the minimum terms say anything of that thing, on whatever day."""
        return self.terms is not None and f"overseas.terms.{self.terms}.{thing}" in known_rules()

    def term_rule(self, thing: str) -> RuleValue | None:
        return self.rules(f"overseas.terms.{self.terms}.{thing}")

    def term_number(self, thing: str) -> Decimal | None:
        row = self.term_rule(thing)
        return None if row is None else row.number

    def in_vnd(self, amount: Decimal | None, currency: str | None) -> Decimal | None:
        """None where the rate is not known."""
        if amount is None or not currency:
            return None
        if currency == HOME_MONEY or amount == 0:
            return amount
        rate = self.rate_of(currency)
        return None if rate is None else amount * rate

    def rate_of(self, currency: str) -> Decimal | None:
        if currency == HOME_MONEY:
            return Decimal(1)
        if currency == self.facts.wage_currency and self.facts.fx_rate is not None:
            return self.facts.fx_rate
        return self.rates.get(currency)

    def exchanged(self, amount: Decimal | None, currency: str | None, into: str) -> Decimal | None:
        if amount is None or not currency:
            return None
        if currency == into:
            return amount
        given, wanted = self.rate_of(currency), self.rate_of(into)
        return None if given is None or wanted is None else amount * given / wanted

    @cached_property
    def wage_vnd(self) -> Decimal | None:
        """The basic wage of a month in đồng, by the opening's own rate."""
        facts = self.facts
        if facts.wage_amount is None or facts.wage_currency is None:
            return None
        if facts.wage_currency == HOME_MONEY:
            return facts.wage_amount
        return None if facts.fx_rate is None else facts.wage_amount * facts.fx_rate

    def lines(self, *kinds: str) -> tuple[Cost, ...]:
        return tuple(line for line in self.facts.worker_costs or () if line.kind in kinds)

    def sum_of(self, lines: Sequence[Cost]) -> Decimal | None:
        """In đồng; None where one of them cannot be counted."""
        total = ZERO
        for line in lines:
            amount = self.in_vnd(line.amount, line.currency)
            if amount is None:
                return None
            total += amount
        return total

    def is_paid(self, lines: Sequence[Cost]) -> bool:
        """Whether the worker pays anything, in whatever money."""
        return any(line.amount is not None and line.amount > 0 for line in lines)
