"""Reading an opening for its cost sheet: facts, rules of the day, stored rate."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.extensions import db
from portal.openings.models import Opening, OverseasTerms
from portal.openings.terms_facts import facts_of
from portal.organisations.models import Organisation
from portal.overseas.costs.limits import limits_anywhere, opening_side
from portal.overseas.costs.reckoning import Maximum, OpeningSide
from portal.overseas.costs.states import PaidFor
from portal.overseas.support.queries import rulebook_of
from portal.reference.exchange_rates import latest_on, rates_between, rates_on
from portal.reference.models import LegalRule
from portal.reference.rules import Lookup, every_of_day


def fact_options(*path: Any) -> tuple[Any, ...]:
    """All that an opening's facts are read from, in few queries; `path` leads to the opening."""

    def along(*further: Any) -> Any:
        first, *rest = (*path, *further)
        option = joinedload(first)
        for one in rest[:-1]:
            option = option.joinedload(one)
        return option.selectinload(rest[-1])

    return (
        along(Opening.organisation, Organisation.market_permissions),
        along(Opening.overseas, OverseasTerms.costs),
        along(Opening.requirements) if path else selectinload(Opening.requirements),
    )


class Reader:
    """For openings on one day: rules and rates are read once."""

    def __init__(
        self, on: dt.date, rules: Lookup | None = None, rates: Mapping[str, Decimal] | None = None
    ) -> None:
        self.on = on
        self._given = rules, rates

    @cached_property
    def rules(self) -> Lookup:
        return self._given[0] or every_of_day(db.session, self.on).get

    @cached_property
    def _rates(self) -> Mapping[str, Decimal]:
        if self._given[1] is not None:
            return self._given[1]
        return rates_on(db.session, self.on, within_days=_rate_days())

    def side_of(self, opening: Opening) -> OpeningSide:
        facts = facts_of(opening, self.on)
        departs_on = opening.overseas.planned_departure if opening.overseas is not None else None
        return opening_side(facts, self.rules, self.on, rates=self._rates, departs_on=departs_on)

    def limit_of(self, opening: Opening | None, kind: PaidFor) -> Maximum | None:
        """Without an opening only what holds everywhere."""
        limits = limits_anywhere(self.rules) if opening is None else self.side_of(opening).maxima
        return (limits or {}).get(kind)


class Readers:
    """A reader a day, for sums that were paid on many days: rules and rates are read once for all of them."""

    def __init__(self, days: Iterable[dt.date]) -> None:
        within, known = _rate_days(), sorted(days)
        first, last = known[0] - dt.timedelta(days=within), known[-1]
        book, rates = (
            rulebook_of(db.session.scalars(select(LegalRule))),
            rates_between(db.session, first, last),
        )

        def rules_of(day: dt.date) -> Lookup:
            return lambda key: book(key, day)

        self._by_day = {day: Reader(day, rules_of(day), latest_on(rates, day, within)) for day in known}

    def __call__(self, day: dt.date) -> Reader:
        return self._by_day[day]


def _rate_days() -> int:
    days: int = current_app.config["EXCHANGE_RATE_DAYS"]
    return days
