"""What this person is entitled to in this case: sealed facts read with an audited look, rules of the day."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from portal.access.models import Account
from portal.common.clock import local_date
from portal.extensions import db
from portal.overseas.models import OverseasCase
from portal.overseas.support.models import SupportSheet
from portal.overseas.support.queries import rulebook
from portal.overseas.support.rules import Entitlement, Rulebook, SupportFacts, entitlements, options
from portal.overseas.support.states import Content, Fund
from portal.workers.models import Worker
from portal.workers.sensitive import read
from portal.workers.states import Purpose

# The majority: every other ethnic group is a minority, which the support is for.
KINH = "01"
MINORITY = "ethnic_minority"


@dataclass(frozen=True)
class Entitled:
    # Empty: not told, not consented to, or in none; which of them is not said.
    groups: frozenset[str]
    best: dict[Content, Entitlement]
    options: dict[Content, tuple[Entitlement, ...]]
    rules: Rulebook

    def of(self, content: Content, fund: Fund) -> Entitlement | None:
        return next((one for one in self.options.get(content, ()) if one.fund is fund), None)


def told_groups(worker: Worker, *, actor: Account, now: dt.datetime) -> frozenset[str] | None:
    """What the person told with their own consent, None where nothing; the caller also writes who looked."""
    priority = read(worker, Purpose.PRIORITY, actor=actor, now=now)
    ethnicity = read(worker, Purpose.ETHNICITY, actor=actor, now=now)
    if priority is None and ethnicity is None:
        return None
    found = set((priority or "").split())
    if ethnicity and ethnicity != KINH:
        found.add(MINORITY)
    return frozenset(found)


def groups_of(worker: Worker, *, actor: Account, now: dt.datetime) -> frozenset[str]:
    return told_groups(worker, actor=actor, now=now) or frozenset()


def sheet_of(case: OverseasCase) -> SupportSheet | None:
    return db.session.scalar(select(SupportSheet).where(SupportSheet.case_id == case.id))


def facts_of(case: OverseasCase, sheet: SupportSheet | None) -> SupportFacts:
    opened_on = local_date(case.opened_at)
    if sheet is None:
        return SupportFacts(opened_on=opened_on, in_programme_area=None)
    metres = sheet.distance_m
    return SupportFacts(
        opened_on=opened_on,
        eligible_training_days=sheet.eligible_training_days,
        lodging_months=sheet.lodging_months,
        distance_km=None if metres is None else Decimal(metres) / 1000,
        in_hard_area=sheet.in_hard_area,
        in_programme_area=sheet.in_programme_area,
        is_upskilling=sheet.is_upskilling,
    )


def entitled(case: OverseasCase, *, on: dt.date, actor: Account, now: dt.datetime) -> Entitled:
    """`on`: the day of asking."""
    groups = groups_of(case.worker, actor=actor, now=now)
    facts, rules = facts_of(case, sheet_of(case)), rulebook(db.session)
    by_content: defaultdict[Content, list[Entitlement]] = defaultdict(list)
    for one in options(groups, facts, on, rules):
        by_content[one.content].append(one)
    return Entitled(
        groups=groups,
        best={one.content: one for one in entitlements(groups, facts, on, rules)},
        options={content: tuple(those) for content, those in by_content.items()},
        rules=rules,
    )
