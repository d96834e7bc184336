"""What has to be done by when after a return. Rules come in, days go out; None: no rule is known."""

import datetime as dt
from dataclasses import dataclass

from portal.reference.rules import RuleValue


@dataclass(frozen=True, slots=True)
class Deadline:
    due: dt.date | None
    # The rule, or None where no row is known for that day.
    rule: RuleValue | None


def residence_notice(entered_on: dt.date, rule: RuleValue | None) -> Deadline:
    """Calendar days from the day of entry, which itself is not counted."""
    return _after(entered_on, rule)


def liquidation(contract_ended_on: dt.date | None, rule: RuleValue | None) -> Deadline:
    """Calendar days after the labour contract ended, which may lie before the flight home."""
    return Deadline(None, rule) if contract_ended_on is None else _after(contract_ended_on, rule)


def _after(day: dt.date, rule: RuleValue | None) -> Deadline:
    if rule is None or rule.number is None:
        return Deadline(None, None)
    return Deadline(day + dt.timedelta(days=rule.whole), rule)
