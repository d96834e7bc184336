"""What a person is entitled to before leaving, and what they may borrow: plain arithmetic over dated rules.

A case keeps the rules of the day on which it was opened; the carried-over programme money follows the day of
asking, because its rules end with the money. Where no row applies the answer is "unknown", never a guess.
"""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from portal.overseas.support.states import Content, Fund, Unit
from portal.reference.rules import RuleValue

# The rule of a key on a day; None: nobody knows.
Rulebook = Callable[[str, dt.date], RuleValue | None]

UNITS = {
    Content.ORIENTATION: Unit.PER_COURSE,
    Content.LANGUAGE: Unit.PER_COURSE,
    Content.SKILL: Unit.PER_COURSE,
    Content.MEALS: Unit.PER_DAY,
    Content.LODGING: Unit.PER_MONTH,
    Content.TRAVEL: Unit.PER_COURSE,
    Content.PERSONAL_ITEMS: Unit.ONCE,
    Content.PASSPORT: Unit.ACTUAL_FEE,
    Content.JUDICIAL_RECORD: Unit.ACTUAL_FEE,
    Content.VISA: Unit.ACTUAL_FEE,
    Content.HEALTH: Unit.ONCE,
}
CONTENTS = {
    Fund.STATE: tuple(content for content in Content if content is not Content.PERSONAL_ITEMS),
    Fund.POVERTY: tuple(
        content for content in Content if content not in (Content.ORIENTATION, Content.SKILL)
    ),
}
# A fixed allowance: it is paid without a bill.
ALLOWANCES = frozenset({Content.MEALS, Content.LODGING, Content.TRAVEL, Content.PERSONAL_ITEMS})
# The whole cost, or the share that the rule on upskilling for a supply contract names.
UPSKILLED = (Content.LANGUAGE, Content.SKILL)
YES, NO = "có", "không"
WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class SupportFacts:
    """What the amounts depend on. None: not known yet."""

    # The day the case was opened: it decides which regime applies.
    opened_on: dt.date
    eligible_training_days: int | None = None
    lodging_months: int | None = None
    # From the home to the place of the class.
    distance_km: Decimal | int | None = None
    in_hard_area: bool = False
    # Lives in a district or commune of the programme for poor and ethnic areas.
    in_programme_area: bool | None = False
    # The course only deepens what the supply contract asks for.
    is_upskilling: bool = False


@dataclass(frozen=True, slots=True)
class Entitlement:
    content: Content
    fund: Fund
    unit: Unit
    # For one unit; None: the fee itself, or unknown.
    ceiling_vnd: int | None
    # For this person: the ceiling times their days or months; None: the fee itself, or not known yet.
    most_vnd: int | None
    group: str
    rule: str
    source: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    verified: bool = False
    share: Decimal = WHOLE
    # Names of the facts that are still needed.
    missing: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.unit is not Unit.UNKNOWN

    @property
    def is_settled(self) -> bool:
        """Nothing more has to be asked to know the most that can be paid."""
        return self.is_known and not self.missing


def entitlements(
    groups: Collection[str], facts: SupportFacts, on: dt.date, rules: Rulebook
) -> tuple[Entitlement, ...]:
    """Each content once, by the group and source that give most; `groups` are codes of priority groups."""
    best: dict[Content, Entitlement] = {}
    for one in options(groups, facts, on, rules):
        have = best.get(one.content)
        if have is None or _worth(one) > _worth(have):
            best[one.content] = one
    return tuple(best[content] for content in Content if content in best)


def options(
    groups: Collection[str], facts: SupportFacts, on: dt.date, rules: Rulebook
) -> tuple[Entitlement, ...]:
    """Every source beside each other; whoever decides picks one of them a content."""
    found: list[Entitlement] = []
    if groups:
        found += _of_fund(Fund.STATE, groups, facts, facts.opened_on, rules)
    if groups and facts.in_programme_area is not False:
        unsure = facts.in_programme_area is None
        for one in _of_fund(Fund.POVERTY, groups, facts, on, rules):
            missing = (*one.missing, "in_programme_area") if unsure else one.missing
            found.append(replace(one, missing=missing, most_vnd=None if unsure else one.most_vnd))
    return tuple(found)


def amount(
    entitlement: Entitlement, cost_vnd: int | None = None, *, paid: Collection[Content] = ()
) -> int | None:
    """Đồng to be paid for a stated cost; an allowance needs none. None: cannot be said yet."""
    if entitlement.content in paid:
        return 0
    if not entitlement.is_settled:
        return None
    if cost_vnd is None:
        return entitlement.most_vnd if entitlement.content in ALLOWANCES else None
    part = whole_dong(entitlement.share * cost_vnd)
    return part if entitlement.most_vnd is None else min(part, entitlement.most_vnd)


def _of_fund(
    fund: Fund, groups: Collection[str], facts: SupportFacts, day: dt.date, rules: Rulebook
) -> list[Entitlement]:
    verdicts = {group: rules(f"support.{fund.value}.group.{group}", day) for group in sorted(groups)}
    named = {group: rule for group, rule in verdicts.items() if rule is not None and rule.value == YES}
    if not named and all(rule is not None for rule in verdicts.values()):
        return []
    found = []
    for content in CONTENTS[fund]:
        by_group = [_of_group(fund, content, group, facts, day, rules) for group in named]
        if not named:
            # No row says whether these groups belong to it.
            by_group = [_unknown(fund, content, min(groups), f"support.{fund.value}.{content.value}")]
        those = [one for one in by_group if one is not None]
        if those:
            best = max(those, key=_worth)
            rule = named.get(best.group)
            found.append(replace(best, verified=best.verified and rule is not None and rule.verified))
    return found


def _of_group(
    fund: Fund, content: Content, group: str, facts: SupportFacts, day: dt.date, rules: Rulebook
) -> Entitlement | None:
    """A row for the group alone goes before the row for everybody."""
    name = f"support.{fund.value}.{content.value}"
    if content is Content.TRAVEL:
        return _travel(fund, group, facts, day, rules)
    rule = rules(f"{name}.{group}", day) or rules(name, day)
    unit = UNITS[content]
    if rule is None or (rule.number is None and unit is not Unit.ACTUAL_FEE):
        return _unknown(fund, content, group, name, rule)
    ceiling = None if rule.number is None else whole_dong(rule.number)
    one = _stated(fund, content, group, unit, ceiling, rule)
    if content is Content.MEALS:
        return _times(one, facts.eligible_training_days, "eligible_training_days")
    if content is Content.LODGING:
        return _times(one, facts.lodging_months, "lodging_months")
    if content in UPSKILLED and facts.is_upskilling:
        return _for_a_share(one, rules(f"support.{fund.value}.upskilling_share", day))
    return one


def _travel(fund: Fund, group: str, facts: SupportFacts, day: dt.date, rules: Rulebook) -> Entitlement | None:
    name = f"support.{fund.value}.travel"
    known = {key: rules(f"{name}{key}", day) for key in ("", "_km", "_hard", "_hard_km")}
    if any(rule is None or rule.number is None for rule in known.values()):
        return _unknown(fund, Content.TRAVEL, group, name, known[""])
    rule, km, hard, hard_km = (known[key] for key in ("", "_km", "_hard", "_hard_km"))
    assert rule is not None and km is not None and hard is not None and hard_km is not None
    if facts.in_hard_area:
        rule, km = hard, hard_km
    assert rule.number is not None and km.number is not None
    one = _stated(fund, Content.TRAVEL, group, Unit.PER_COURSE, whole_dong(rule.number), rule)
    one = replace(one, verified=rule.verified and km.verified)
    if facts.distance_km is None:
        return replace(one, most_vnd=None, missing=("distance_km",))
    return one if facts.distance_km >= km.number else None


def _stated(
    fund: Fund, content: Content, group: str, unit: Unit, ceiling: int | None, rule: RuleValue
) -> Entitlement:
    return Entitlement(
        content=content, fund=fund, unit=unit, ceiling_vnd=ceiling, most_vnd=ceiling, group=group,
        rule=rule.key, source=rule.source, since=rule.since, until=rule.until, verified=rule.verified,
    )  # fmt: skip


def _unknown(
    fund: Fund, content: Content, group: str, key: str, rule: RuleValue | None = None
) -> Entitlement:
    one = Entitlement(content, fund, Unit.UNKNOWN, None, None, group, key)
    return one if rule is None else replace(one, source=rule.source, since=rule.since, until=rule.until)


def _times(one: Entitlement, count: int | None, fact: str) -> Entitlement:
    if count is None:
        return replace(one, most_vnd=None, missing=(fact,))
    return replace(one, most_vnd=(one.ceiling_vnd or 0) * max(count, 0))


def _for_a_share(one: Entitlement, rule: RuleValue | None) -> Entitlement:
    if rule is None or rule.number is None:
        return replace(one, unit=Unit.UNKNOWN, ceiling_vnd=None, most_vnd=None, verified=False)
    return replace(one, share=rule.number, verified=one.verified and rule.verified)


def _worth(one: Entitlement) -> tuple[bool, int, float, int]:
    """Known before unknown, settled before open, more before less, the regular source first."""
    value = one.most_vnd if one.most_vnd is not None else one.ceiling_vnd
    return (
        one.is_known,
        -len(one.missing),
        float("inf") if value is None else float(value * one.share),
        -list(Fund).index(one.fund),
    )


def whole_dong(number: Decimal) -> int:
    """Đồng have no parts: what is left over stays unpaid."""
    return int(number.to_integral_value(ROUND_DOWN))
