"""The one place that runs the opening check for an opening: as stated, and as far as it was compared."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.openings.check.facts import OpeningFacts
from portal.openings.check.findings import Finding, Report, Verdict
from portal.openings.check.run import check
from portal.openings.checked_values import Value, unticked, values_of
from portal.openings.models import Opening
from portal.openings.terms_facts import facts_of, without
from portal.openings.terms_models import WarningOverride
from portal.reference.barred_areas import barred_on
from portal.reference.exchange_rates import rates_on
from portal.reference.models import BarredArea
from portal.reference.rules import RuleValue, every_of_day


def key_of(finding: Finding) -> tuple[str, str, str]:
    """A rule may speak twice of one field: of two lines of cost."""
    return finding.rule, finding.field, written(finding.stated)


def written(value: Decimal | str | None) -> str:
    return "" if value is None else str(value)


class Checker:
    """For openings of one day: rules and rates are asked once."""

    def __init__(self, on: dt.date) -> None:
        self.on = on

    @cached_property
    def _rules(self) -> dict[str, RuleValue]:
        return every_of_day(db.session, self.on)

    @cached_property
    def _barred(self) -> Sequence[BarredArea]:
        return barred_on(db.session, self.on)

    @cached_property
    def _rates(self) -> dict[str, Decimal]:
        return rates_on(db.session, self.on, within_days=current_app.config["EXCHANGE_RATE_DAYS"])

    @cached_property
    def _unverified(self) -> frozenset[tuple[str, dt.date | None]]:
        return frozenset((row.source, row.since) for row in self._rules.values() if not row.verified)

    def report(self, facts: OpeningFacts) -> Report:
        return check(facts, self._rules.get, self.on, self._barred, self._rates)

    def as_stated(self, opening: Opening) -> Report:
        """For who writes the opening: what the law says of the values, whoever compares them later."""
        return self.report(facts_of(opening, self.on))

    def standing(self, opening: Opening) -> "Standing":
        """For who decides: a value that nobody compared with its paper counts as not stated."""
        facts = facts_of(opening, self.on)
        values = values_of(opening, facts)
        stated = self.report(facts)
        missing = unticked(values)
        confirmed = self.report(without(facts, missing)) if missing else stated
        return Standing(facts, values, stated, confirmed, tuple(overrides_of(opening)), self._unverified)


@dataclass(frozen=True)
class Standing:
    """What stands between an opening and the public."""

    facts: OpeningFacts
    values: Sequence[Value]
    stated: Report
    confirmed: Report
    overrides: tuple[WarningOverride, ...]
    # Where and since when a rule stands that nobody has compared with the law's own text.
    unverified: frozenset[tuple[str, dt.date | None]]

    @cached_property
    def unticked(self) -> tuple[str, ...]:
        return unticked(self.values)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """A breach counts as soon as it is stated; all else only as far as it was compared."""
        compared = set(self.confirmed.findings)
        certain = (Verdict.BREACH, Verdict.UNKNOWN)
        return tuple(
            one if one.verdict in certain or one in compared else _not_compared(one)
            for one in self.stated.findings
        )

    @cached_property
    def not_compared(self) -> tuple[Finding, ...]:
        """What would be fine or doubtful, if the papers say the same as the opening."""
        certain = set(self.findings)
        return tuple(one for one in self.stated.findings if one not in certain)

    def is_verified(self, finding: Finding) -> bool:
        return (finding.source, finding.since) not in self.unverified

    @property
    def breaches(self) -> list[Finding]:
        return [one for one in self.findings if one.verdict is Verdict.BREACH]

    @property
    def open_warnings(self) -> list[Finding]:
        return [
            one for one in self.findings if one.verdict is Verdict.WARNING and self.override_of(one) is None
        ]

    def override_of(self, finding: Finding) -> WarningOverride | None:
        """The newest that was decided about exactly what is stated and allowed now."""
        asked = (*key_of(finding), written(finding.allowed))
        fitting = [one for one in self.overrides if (one.rule, one.field, one.stated, one.allowed) == asked]
        return fitting[-1] if fitting else None

    @property
    def publishable(self) -> bool:
        """Every value, also one that need not be stated: what nobody compared would hide its warning."""
        return (
            not self.unticked
            and self.stated.publishable
            and self.confirmed.publishable
            and not self.open_warnings
        )


def _not_compared(finding: Finding) -> Finding:
    """What the check would say, if somebody had read it in the paper."""
    with force_locale("vi"):
        words_vi = _("Chưa ai đối chiếu với giấy tờ. Nếu đúng như đã ghi: %(said)s", said=finding.message_vi)
    with force_locale("en"):
        words_en = _("Chưa ai đối chiếu với giấy tờ. Nếu đúng như đã ghi: %(said)s", said=finding.message_en)
    return replace(finding, verdict=Verdict.UNKNOWN, message_vi=words_vi, message_en=words_en)


def overrides_of(opening: Opening) -> list[WarningOverride]:
    query = (
        select(WarningOverride)
        .where(WarningOverride.opening_id == opening.id)
        .options(joinedload(WarningOverride.decided_by))
        .order_by(WarningOverride.id)
    )
    return list(db.session.scalars(query))
