"""The whole check of one opening."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from portal.openings.check.facts import OpeningFacts
from portal.openings.check.findings import Finding, Report
from portal.reference.rules import Lookup

NO_RATES: Mapping[str, Decimal] = {}


def check(
    facts: OpeningFacts,
    rules: Lookup,
    on: dt.date,
    barred: Sequence[object] = (),
    rates: Mapping[str, Decimal] = NO_RATES,
) -> Report:
    """`barred`: the barred areas of that day. `rates`: the stored rates, đồng for one unit, by currency."""
    findings: tuple[Finding, ...] = ()
    return Report(publishable=False, findings=findings)
