"""An opening, its terms and its organisation as the facts that the opening check reads."""

import dataclasses
import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from portal.openings.check.facts import Cost, OpeningFacts
from portal.openings.models import Opening, OpeningRequirement, OverseasCost, OverseasTerms
from portal.openings.states import CONTRACT_KINDS, RequirementKind, WagePeriod
from portal.organisations.licences import licence_of, may_send_to

# Facts that stand in the terms under the same name.
NUMBERS = (
    "term_months", "extension_months", "fx_rate", "service_fee_months", "service_fee_vnd", "agreed_fee_vnd",
    "receiver_paid_fee_vnd", "extension_fee_months", "deposit_vnd", "brokerage_vnd", "selection_fee_vnd",
    "lodging_deduction_pct", "meals_count", "weekly_hours", "rest_days", "approved_quantity",
    "selected_quantity", "departed_quantity",
)  # fmt: skip
WORDS = ("job_class", "fx_source", "approval_number", "supply_contract_number")
AS_THEY_ARE = (
    "same_sender", "same_supervising_body", "fx_date", "approval_date", "supply_contract_approved",
    "sending_contract_signed", "foreign_acceptance_or_visa",
)  # fmt: skip
CHOICES = {
    "airfare_out_paid_by": "airfare_out_paid_by",
    "airfare_back_paid_by": "airfare_back_paid_by",
    "lodging": "lodging_by",
}


def facts_of(opening: Opening, on: dt.date) -> OpeningFacts:
    """What the opening states, and what is known of its sender on that day. Nothing is filled in."""
    terms = opening.overseas or OverseasTerms()
    return OpeningFacts(
        on_date=on,
        market=opening.country,
        occupation_code=opening.occupation_code,
        **_wage(opening),
        **_of_terms(terms),
        worker_costs=_costs(terms),
        **_age_and_sex(opening.requirements),
        sender_licence_status=licence_of(opening.organisation, on),
        sender_market_permission=may_send_to(opening.organisation, opening.country, on),
    )


def without(facts: OpeningFacts, fields: Collection[str]) -> OpeningFacts:
    """The same opening as if these had never been stated."""
    return dataclasses.replace(facts, **dict.fromkeys(fields))


def _wage(opening: Opening) -> dict[str, Any]:
    """What is promised at least, a month: no ceiling can be reckoned from "up to" or from pieces."""
    if opening.wage_period is not WagePeriod.MONTH:
        return {"wage_currency": opening.wage_currency}
    return {"wage_amount": _number(opening.wage_min), "wage_currency": opening.wage_currency}


def _of_terms(terms: OverseasTerms) -> dict[str, Any]:
    facts: dict[str, Any] = {name: _number(getattr(terms, name)) for name in NUMBERS}
    facts |= {name: getattr(terms, name) or None for name in WORDS}
    facts |= {name: getattr(terms, name) for name in AS_THEY_ARE}
    for fact, column in CHOICES.items():
        choice = getattr(terms, column)
        facts[fact] = None if choice is None else choice.value
    return facts


def _costs(terms: OverseasTerms) -> tuple[Cost, ...] | None:
    """No line at all says "nothing" only where somebody said that nothing else is paid."""
    if not terms.costs and not terms.costs_complete:
        return None
    return tuple(_cost(line) for line in terms.costs)


def _cost(line: OverseasCost) -> Cost:
    return Cost(
        kind=line.kind.value,
        amount=Decimal(line.amount),
        currency=line.currency,
        payable_when=None if line.payable_when is None else line.payable_when.value,
        receipt_by=line.receipt_by or None,
    )


def _age_and_sex(requirements: list[OpeningRequirement]) -> dict[str, Any]:
    asked = [one for one in requirements if one.kind in CONTRACT_KINDS]
    least = [one.value for one in asked if one.kind is RequirementKind.AGE and one.op == ">="]
    most = [one.value for one in asked if one.kind is RequirementKind.AGE and one.op == "<="]
    sexes = [str(one.value) for one in asked if one.kind is RequirementKind.SEX]
    # One without a source leaves the whole without: the paper has to say all of it.
    sources = [one.source for one in asked]
    return {
        "age_min": _number(max(least, default=None)),
        "age_max": _number(min(most, default=None)),
        "sex": sexes[0] if sexes else None,
        "age_sex_source": sources[0] if sources and all(sources) else None,
    }


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
