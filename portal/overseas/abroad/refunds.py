"""What of the service fee is owed to somebody who came home early without fault (Law 69/2020, Art 23.3).

Pro rata of the remaining time of the contract, and interest at the rate of money without term. The law gives
no rule of rounding: time is counted by days, and đồng are rounded up, for the person.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

# A year's rate is spread over this many days, as banks here do for money without term.
YEAR_DAYS = 365
ONE_DAY = dt.timedelta(days=1)


class Missing(StrEnum):
    """Without it nothing can be said."""

    FAULT = "fault"
    FEE = "fee"
    TERM = "term"
    RATE = "rate"
    PAID_ON = "paid_on"


@dataclass(frozen=True, slots=True)
class Rate:
    """Percent a year between two days, both included; `valid_to` None: until further notice."""

    percent: Decimal
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """`begins_on` and `ends_on`: the contract as it was signed; `last_day`: the last day under it."""

    is_early: bool
    # None: nobody has found out yet.
    without_fault: bool | None
    fee_vnd: int | None
    fee_paid_on: dt.date | None
    begins_on: dt.date
    ends_on: dt.date | None
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class Refund:
    """`principal` and `interest` None where something is missing for them; nothing owed is 0."""

    remaining_days: int | None
    term_days: int | None
    principal: int | None
    interest: int | None
    missing: tuple[Missing, ...]

    @property
    def total(self) -> int | None:
        return None if self.principal is None or self.interest is None else self.principal + self.interest

    @property
    def remaining_months(self) -> Decimal | None:
        """For the eye: days of the year divided by twelve."""
        if self.remaining_days is None:
            return None
        return (Decimal(self.remaining_days) * 12 / YEAR_DAYS).quantize(Decimal("0.1"))


NOTHING = Refund(None, None, 0, 0, ())


def refund_owed(facts: Facts, rates: Sequence[Rate], *, until: dt.date) -> Refund:
    """Interest runs from the day the fee was paid to `until`."""
    if not facts.is_early or facts.without_fault is False or facts.fee_vnd == 0:
        return NOTHING
    if facts.without_fault is None:
        return Refund(None, None, None, None, (Missing.FAULT,))
    if facts.ends_on is None:
        return Refund(None, None, None, None, (Missing.TERM,))
    remaining, term = _days(facts.begins_on, facts.ends_on, facts.last_day)
    if facts.fee_vnd is None:
        return Refund(remaining, term, None, None, (Missing.FEE,))
    principal = _up(Fraction(facts.fee_vnd * remaining, term))
    if principal == 0:
        return Refund(remaining, term, 0, 0, ())
    if facts.fee_paid_on is None:
        return Refund(remaining, term, principal, None, (Missing.PAID_ON,))
    owed = interest(principal, facts.fee_paid_on, until, rates)
    return Refund(remaining, term, principal, owed, () if owed is not None else (Missing.RATE,))


def _days(begins_on: dt.date, ends_on: dt.date, last_day: dt.date) -> tuple[int, int]:
    """Days after the last one, of all days of the contract; never more than it has, never fewer than none."""
    term = (ends_on - begins_on).days + 1
    if term < 1:
        raise ValueError("a contract ends after it begins")
    return min(max((ends_on - last_day).days, 0), term), term


def interest(principal: int, paid_on: dt.date, until: dt.date, rates: Sequence[Rate]) -> int | None:
    """Simple interest of the days after `paid_on` up to `until`; None where a day has no known rate."""
    if until <= paid_on:
        return 0
    day, percent_days = paid_on + ONE_DAY, Fraction(0)
    while day <= until:
        rate = next((one for one in rates if _applies(one, day)), None)
        if rate is None:
            return None
        last = min(until, rate.valid_to or until)
        percent_days += Fraction(rate.percent) * ((last - day).days + 1)
        day = last + ONE_DAY
    return _up(principal * percent_days / (100 * YEAR_DAYS))


def _applies(rate: Rate, day: dt.date) -> bool:
    return rate.valid_from <= day and (rate.valid_to is None or day <= rate.valid_to)


def _up(amount: Fraction) -> int:
    return -(-amount.numerator // amount.denominator)
