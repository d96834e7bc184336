"""What the opening check says of this person's own contract, for the gates: fee and deposit."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from portal.openings.check.facts import CostKind
from portal.openings.check.findings import Finding, Verdict
from portal.openings.finding_words import message_of
from portal.openings.standing import Checker
from portal.openings.terms_facts import facts_of
from portal.overseas.cases.gates import Question, register
from portal.overseas.cases.transitions import Missing, Need
from portal.overseas.models import OverseasCase

FEE_FIELDS = ("service_fee_vnd", "service_fee_months", "agreed_fee_vnd")


def findings_for(case: OverseasCase, on: dt.date) -> tuple[Finding, ...]:
    """The opening as published, with the sums of the person's own contract in place of those it states."""
    if case.opening is None:
        return ()
    stated = facts_of(case.opening, on)
    replaced = (CostKind.SERVICE_FEE, CostKind.DEPOSIT)
    own = dataclasses.replace(
        stated,
        service_fee_months=None,
        service_fee_vnd=_sum(case.service_fee_vnd),
        deposit_vnd=_sum(case.deposit_vnd or 0),
        sending_contract_signed=True,
        worker_costs=tuple(line for line in stated.worker_costs or () if line.kind not in replaced),
    )
    return Checker(on).report(own).findings


def fee_is_lawful(asked: Question) -> Iterator[Missing]:
    """A breach stops; what is only unknown or unverified asks for a reason."""
    if asked.case.service_fee_vnd:
        yield from _against(asked, FEE_FIELDS)


def deposit_is_lawful(asked: Question) -> Iterator[Missing]:
    if asked.case.deposit_vnd:
        yield from _against(asked, ("deposit_vnd",))


def _against(asked: Question, fields: tuple[str, ...]) -> Iterator[Missing]:
    for finding in findings_for(asked.case, asked.on):
        if finding.field in fields and finding.verdict is not Verdict.OK:
            yield Missing(message_of(finding), finding.source, passable=finding.verdict is not Verdict.BREACH)


def _sum(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


register(Need.FEE, fee_is_lawful)
register(Need.DEPOSIT, deposit_is_lawful)
