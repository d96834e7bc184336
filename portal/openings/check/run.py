"""The whole check of one opening."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from portal.openings.check.bars import bar_findings
from portal.openings.check.classes import class_findings
from portal.openings.check.costs import cost_findings
from portal.openings.check.deposits import deposit_findings
from portal.openings.check.exchange import exchange_findings
from portal.openings.check.facts import OpeningFacts
from portal.openings.check.fees import fee_findings
from portal.openings.check.findings import Report
from portal.openings.check.inquiry import BarredPlace, Inquiry
from portal.openings.check.lodging_terms import lodging_findings
from portal.openings.check.papers import paper_findings
from portal.openings.check.persons import person_findings
from portal.openings.check.receiver_terms import receiver_findings
from portal.openings.check.required import blocks, missing_findings, required_fields
from portal.openings.check.terms import term_findings
from portal.openings.check.timing import timing_findings
from portal.reference.rules import Lookup

NO_RATES: Mapping[str, Decimal] = {}
ASKED = (
    class_findings,
    fee_findings,
    timing_findings,
    deposit_findings,
    cost_findings,
    term_findings,
    lodging_findings,
    receiver_findings,
    bar_findings,
    paper_findings,
    person_findings,
    exchange_findings,
)


def check(
    facts: OpeningFacts,
    rules: Lookup,
    on: dt.date,
    barred: Sequence[BarredPlace] = (),
    rates: Mapping[str, Decimal] = NO_RATES,
) -> Report:
    """`barred`: the barred areas of that day. `rates`: the stored ones in đồng, by currency."""
    inquiry = Inquiry(facts, rules, on, barred, rates)
    findings = [finding for ask in ASKED for finding in ask(inquiry)]
    findings += missing_findings(inquiry, findings)
    required = required_fields(inquiry)
    return Report(not any(blocks(finding, required) for finding in findings), tuple(findings))
