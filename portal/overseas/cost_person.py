"""The person's side of the cost sheet: what they are entitled to and what they may borrow."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from portal.access.models import Account
from portal.overseas.cost_states import PaidFor
from portal.overseas.costs import Help, Sheet
from portal.overseas.loan_rules import LoanTerms, loan_terms
from portal.overseas.support_rules import ALLOWANCES, Entitlement, Rulebook, SupportFacts, entitlements
from portal.overseas.support_states import Content, Unit
from portal.workers import sensitive
from portal.workers.models import Worker
from portal.workers.states import Purpose

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
# The majority: every other ethnic group is a minority, which the support is for.
KINH = "01"
ETHNIC_MINORITY = "ethnic_minority"


@dataclass(frozen=True, slots=True)
class PersonSide:
    """`groups` None: the person has not told any; support is then not known, not nothing."""

    groups: frozenset[str] | None
    helps: tuple[Help, ...] = ()
    # Paid for days and months of learning, without a bill.
    allowances: tuple[Entitlement, ...] = ()


def told_groups(worker: Worker, *, actor: Account, now: dt.datetime) -> frozenset[str] | None:
    """What the person told with their own consent; the look is recorded, so in a writing transaction."""
    priority = sensitive.read(worker, Purpose.PRIORITY, actor=actor, now=now)
    ethnicity = sensitive.read(worker, Purpose.ETHNICITY, actor=actor, now=now)
    if priority is None and ethnicity is None:
        return None
    groups = set() if priority is None else {priority}
    if ethnicity is not None and ethnicity != KINH:
        groups.add(ETHNIC_MINORITY)
    return frozenset(groups)


def person_side(
    groups: frozenset[str] | None, facts: SupportFacts, on: dt.date, rules: Rulebook
) -> PersonSide:
    found = entitlements(groups or (), facts, on, rules)
    return PersonSide(
        groups=groups,
        helps=_one_for_the_class([_help(one) for one in found if one.content in LINES]),
        allowances=tuple(one for one in found if one.content in ALLOWANCES),
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
