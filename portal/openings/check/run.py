"""The whole check of one opening."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from portal.openings.check.facts import OpeningFacts
from portal.openings.check.findings import Finding, Report
from portal.reference.rules import Lookup


def check(
    facts: OpeningFacts,
    rules: Lookup,
    on: dt.date,
    barred: Sequence[object] = (),
    stored_rate: Decimal | None = None,
) -> Report:
    """`barred`: the barred areas of that day. `stored_rate`: đồng for one unit of the wage's currency."""
    findings: tuple[Finding, ...] = ()
    return Report(publishable=False, findings=findings)
