"""The person's side of the cost sheet: what they are entitled to and what they may borrow."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from portal.overseas.costs.reckoning import Help, Sheet
from portal.overseas.costs.states import PaidFor
from portal.overseas.support.loan_rules import LoanTerms, loan_terms
from portal.overseas.support.rules import ALLOWANCES, Entitlement, Rulebook, SupportFacts, entitlements
from portal.overseas.support.states import Content, Unit

# Which line of the sheet a content pays for. What is paid without a bill stands beside the sheet.
LINES = {
    Content.ORIENTATION: PaidFor.ORIENTATION,
    Content.LANGUAGE: PaidFor.TRAINING,
    Content.SKILL: PaidFor.TRAINING,
    Content.PASSPORT: PaidFor.PASSPORT,
    Content.JUDICIAL_RECORD: PaidFor.JUDICIAL_RECORD,
    Content.VISA: PaidFor.VISA,
    Content.HEALTH: PaidFor.HEALTH,
}


@dataclass(frozen=True, slots=True)
class PersonSide:
    """`groups` None: the person has not told any; support is then not known, not nothing."""

    groups: frozenset[str] | None
    helps: tuple[Help, ...] = ()
    # Paid for days and months of learning, without a bill.
    allowances: tuple[Entitlement, ...] = ()
    # Each content is had once: what stands already on another way, or was paid by another office.
    spent: tuple[Content, ...] = ()


def person_side(
    groups: frozenset[str] | None,
    facts: SupportFacts,
    on: dt.date,
    rules: Rulebook,
    *,
    spent: Collection[Content] = (),
) -> PersonSide:
    every = entitlements(groups or (), facts, on, rules)
    found = [one for one in every if one.content not in spent]
    return PersonSide(
        groups=groups,
        helps=_one_for_the_class([_help(one) for one in found if one.content in LINES]),
        allowances=tuple(one for one in found if one.content in ALLOWANCES),
        spent=tuple(one.content for one in every if one.content in spent),
    )


def _help(one: Entitlement) -> Help:
    return Help(
        kind=LINES[one.content],
        name=str(one.content.label),
        most=one.most_vnd,
        is_actual=one.unit is Unit.ACTUAL_FEE and not one.missing,
        share=one.share,
        group=one.group,
        source=one.source,
        since=one.since,
        until=one.until,
        verified=one.verified,
    )


def _one_for_the_class(helps: Collection[Help]) -> tuple[Help, ...]:
    """One line stands for all classes and names none: rather too little support than too little debt."""
    best: dict[PaidFor, Help] = {}
    for one in helps:
        have = best.get(one.kind)
        if have is None or (one.most or 0) > (have.most or 0):
            best[one.kind] = one
    return tuple(best.values())


def loan_for(
    made: Sheet, groups: frozenset[str] | None, facts: SupportFacts, rules: Rulebook, term_months: int | None
) -> LoanTerms:
    return loan_terms(
        groups or (),
        facts.opened_on,
        rules,
        cost_vnd=made.cost,
        support_vnd=made.support,
        contract_months=term_months,
    )
