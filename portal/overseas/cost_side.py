"""Reading an opening for its cost sheet: facts, rules of the day, stored rate."""

import datetime as dt
from decimal import Decimal

from flask import current_app

from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.terms_facts import facts_of
from portal.overseas.cost_limits import limits_anywhere, opening_side
from portal.overseas.cost_states import PaidFor
from portal.overseas.costs import Maximum, OpeningSide
from portal.reference.exchange_rates import rate_on
from portal.reference.rules import Lookup, every_of_day

HOME_MONEY = "VND"


class Reader:
    """For openings on one day: the rules and each rate are read once."""

    def __init__(self, on: dt.date) -> None:
        self.on = on
        self._rules: Lookup | None = None
        self._rates: dict[str, Decimal | None] = {}

    @property
    def rules(self) -> Lookup:
        if self._rules is None:
            self._rules = every_of_day(db.session, self.on)
        return self._rules

    def side_of(self, opening: Opening) -> OpeningSide:
        facts = facts_of(opening, self.on)
        departs_on = opening.overseas.planned_departure if opening.overseas is not None else None
        rate = self._rate(facts.wage_currency)
        return opening_side(facts, self.rules, self.on, stored_rate=rate, departs_on=departs_on)

    def limit_of(self, opening: Opening | None, kind: PaidFor) -> Maximum | None:
        """Without an opening only what holds everywhere."""
        limits = limits_anywhere(self.rules) if opening is None else self.side_of(opening).maxima
        return (limits or {}).get(kind)

    def _rate(self, currency: str | None) -> Decimal | None:
        if currency is None or currency == HOME_MONEY:
            return None
        if currency not in self._rates:
            within = current_app.config["EXCHANGE_RATE_DAYS"]
            row = rate_on(db.session, currency, self.on, within_days=within)
            self._rates[currency] = None if row is None else row.rate
        return self._rates[currency]
