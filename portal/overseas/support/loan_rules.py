"""What the policy bank may lend for work abroad: the most, when on collateral, at which rate, how long."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from portal.overseas.support.rules import YES, Rulebook, whole_dong
from portal.reference.rules import RuleValue

PREFIX = "support.loan."
# The groups of the support; an old case could borrow only as one of them.
GROUPS = "support.state.group."


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """Each term with its rule; a rule of None: nobody knows what applied on that day."""

    # Neither yes nor no: no rule says it for this day.
    may_borrow: bool | None
    most_vnd: int | None
    # Times the rate for loans to poor households.
    rate_times: Decimal | None
    overdue_times: Decimal | None
    longest_months: int | None
    collateral_free: RuleValue | None
    answer_days: RuleValue | None
    papers: RuleValue | None
    rules: tuple[RuleValue, ...]

    @property
    def verified(self) -> bool:
        return bool(self.rules) and all(rule.verified for rule in self.rules)

    def needs_collateral(self, asked_vnd: int) -> bool | None:
        if self.collateral_free is None or self.collateral_free.number is None:
            return None
        return asked_vnd > self.collateral_free.number


def loan_terms(
    groups: Collection[str],
    opened_on: dt.date,
    rules: Rulebook,
    *,
    cost_vnd: int | None,
    support_vnd: int = 0,
    contract_months: int | None = None,
) -> LoanTerms:
    """By the rules of the day on which the case was opened; `support_vnd` is what the budget pays or paid."""

    def rule(name: str) -> RuleValue | None:
        return rules(PREFIX + name, opened_on)

    is_priority = _any_yes([rules(GROUPS + group, opened_on) for group in groups])
    rate = rule("rate_times_priority" if is_priority else "rate_times")
    share, minus, everybody = rule("share"), rule("minus_support"), rule("everybody")
    overdue, term, free = rule("overdue_times"), rule("term_times"), rule("collateral_free")
    answer, papers = rule("answer_days"), rule("papers")
    used = (share, minus, everybody, rate, overdue, term, free, answer, papers)
    return LoanTerms(
        may_borrow=None if everybody is None else everybody.value == YES or is_priority,
        most_vnd=_most(cost_vnd, share, minus, support_vnd),
        rate_times=_number(rate),
        overdue_times=_number(overdue),
        longest_months=_months(term, contract_months),
        collateral_free=free,
        answer_days=answer,
        papers=papers,
        rules=tuple(one for one in used if one is not None),
    )


def _most(
    cost_vnd: int | None, share: RuleValue | None, minus: RuleValue | None, support_vnd: int
) -> int | None:
    if cost_vnd is None or minus is None or share is None or share.number is None:
        return None
    part = whole_dong(share.number * cost_vnd)
    return max(part - (support_vnd if minus.value == YES else 0), 0)


def _months(term: RuleValue | None, contract_months: int | None) -> int | None:
    if contract_months is None or term is None or term.number is None:
        return None
    return int(term.number * contract_months)


def _number(rule: RuleValue | None) -> Decimal | None:
    return None if rule is None else rule.number


def _any_yes(rules: list[RuleValue | None]) -> bool:
    return any(rule is not None and rule.value == YES for rule in rules)
