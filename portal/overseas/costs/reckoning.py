"""What going abroad costs one person: each line beside the most the law allows, and when it is paid back.

Plain values in, plain values out. None is "not known" everywhere: it is never counted as nothing.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from portal.overseas.costs.states import CHOOSING, NO_CONTRACT, OWN_PAPERS, RETURNED, Moment, PaidFor


@dataclass(frozen=True, slots=True)
class Maximum:
    """The most that may be asked for a line. `amount` None: there is a limit, but not for us to tell."""

    amount: int | None
    source: str = ""
    since: dt.date | None = None
    verified: bool = False
    # How it was reckoned, in Vietnamese and in English.
    basis: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Stated:
    """One sum as the opening states it."""

    kind: PaidFor
    amount: int | None
    when: Moment | None = None
    receipt_by: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """Support for one line. `most` None: not known yet; `is_actual`: as much as the bill says."""

    kind: PaidFor
    name: str
    most: int | None
    is_actual: bool = False
    share: Decimal = Decimal(1)
    group: str = ""
    source: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class OpeningSide:
    stated: tuple[Stated, ...] = ()
    # A kind that is not in here has no limit of its own: passport offices print what they charge.
    maxima: Mapping[PaidFor, Maximum] | None = None
    # None: the receiver pays it, the amount is not stated.
    receiver_pays: Mapping[PaidFor, int | None] | None = None
    # Đồng a month, as the contract says, and what is left of it after the deductions it states.
    wage: int | None = None
    net_wage: int | None = None
    term_months: int | None = None
    departs_on: dt.date | None = None
    # Days before departure by which the fund must have been paid.
    fund_days: int | None = None
    # Whether somebody said that nothing else is to be paid.
    is_complete: bool = True


class Verdict(StrEnum):
    WITHIN = "within"
    ABOVE = "above"
    # There is a limit, but it or the sum is not known.
    UNKNOWN = "unknown"
    NO_LIMIT = "no_limit"


@dataclass(frozen=True, slots=True)
class Line:
    kind: PaidFor
    amount: int | None
    maximum: Maximum | None
    verdict: Verdict
    receiver_pays: bool
    receiver_amount: int | None
    helps: tuple[Help, ...]
    # What the helps come to for this bill; None: cannot be said yet.
    support: int | None
    # Who collects it, as far as the opening says.
    collectors: tuple[str, ...] = ()

    @property
    def own(self) -> int | None:
        """Left to the person: whatever is not known is not taken off."""
        return None if self.amount is None else self.amount - (self.support or 0)

    @property
    def above_by(self) -> int:
        if self.verdict is not Verdict.ABOVE or self.amount is None or self.maximum is None:
            return 0
        return self.amount - (self.maximum.amount or 0)


@dataclass(frozen=True, slots=True)
class Due:
    """What has to be at hand at one moment."""

    when: Moment
    by: dt.date | None
    kinds: tuple[PaidFor, ...]
    amount: int
    # A sum of this moment is not known.
    is_open: bool
    # One of them is asked for before the law lets anybody ask.
    too_early: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    lines: tuple[Line, ...]
    dues: tuple[Due, ...]
    # Without what is returned; what is known of it.
    cost: int
    deposit: int
    support: int
    # Kinds whose sum is not stated: the total is "at least".
    unknown: tuple[PaidFor, ...]

    @property
    def own(self) -> int:
        return self.cost - self.support

    @property
    def at_hand(self) -> int:
        """Together with what comes back in the end."""
        return self.own + self.deposit

    @property
    def above(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.verdict is Verdict.ABOVE)

    def line(self, kind: PaidFor) -> Line | None:
        return next((line for line in self.lines if line.kind is kind), None)


def sheet(opening: OpeningSide, helps: Sequence[Help] = ()) -> Sheet:
    """The whole sheet. `helps`: what this person is entitled to; without a person there is none."""
    lines = tuple(_line(opening, kind, helps) for kind in PaidFor if _is_shown(opening, kind))
    counted = [line for line in lines if line.kind not in RETURNED]
    return Sheet(
        lines=lines,
        dues=_dues(opening),
        cost=sum(line.amount or 0 for line in counted),
        deposit=sum(line.amount or 0 for line in lines if line.kind in RETURNED),
        support=sum(line.support or 0 for line in counted),
        unknown=tuple(line.kind for line in lines if line.amount is None and not line.receiver_pays),
    )


def _is_shown(opening: OpeningSide, kind: PaidFor) -> bool:
    return (
        kind in (PaidFor.SERVICE_FEE, PaidFor.DEPOSIT)
        or kind in (opening.receiver_pays or {})
        or any(one.kind is kind for one in opening.stated)
    )


def _line(opening: OpeningSide, kind: PaidFor, helps: Sequence[Help]) -> Line:
    stated = [one for one in opening.stated if one.kind is kind]
    amount = total_of([one.amount for one in stated])
    maximum = (opening.maxima or {}).get(kind)
    receiver = opening.receiver_pays or {}
    those = tuple(one for one in helps if one.kind is kind)
    return Line(
        kind=kind,
        amount=amount,
        maximum=maximum,
        verdict=judge(amount, maximum),
        receiver_pays=kind in receiver,
        receiver_amount=receiver.get(kind),
        helps=those,
        support=support_for(amount, those),
        collectors=tuple(dict.fromkeys(one.receipt_by for one in stated if one.receipt_by)),
    )


def total_of(amounts: Sequence[int | None]) -> int | None:
    """None when nothing is stated or one of them is not known."""
    if not amounts or any(amount is None for amount in amounts):
        return None
    return sum(amount or 0 for amount in amounts)


def judge(amount: int | None, maximum: Maximum | None) -> Verdict:
    if maximum is None:
        return Verdict.NO_LIMIT
    if amount == 0:
        return Verdict.WITHIN
    if amount is None or maximum.amount is None:
        return Verdict.UNKNOWN
    return Verdict.ABOVE if amount > maximum.amount else Verdict.WITHIN


def support_for(amount: int | None, helps: Sequence[Help]) -> int | None:
    """Together never more than the bill. None: a help or the bill is not known, and nothing else helps."""
    if not helps or amount is None:
        return None if helps else 0
    parts = [_part(amount, one) for one in helps]
    if all(part is None for part in parts):
        return None
    return min(amount, sum(part or 0 for part in parts))


def _part(amount: int, one: Help) -> int | None:
    if one.most is None and not one.is_actual:
        return None
    part = int((one.share * amount).to_integral_value(ROUND_DOWN))
    return part if one.most is None else min(part, one.most)


# When a sum falls due where nobody says so, as the law has it: the service fee after the contract (Law
# 69/2020, Art 23.2), the deposit after the receiver's yes or the visa (Art 25), the fund before leaving.
LAWFUL_FROM = {
    PaidFor.SERVICE_FEE: Moment.AFTER_CONTRACT,
    PaidFor.DEPOSIT: Moment.AFTER_ACCEPTANCE,
    PaidFor.FUND: Moment.BEFORE_DEPARTURE,
}
# Money while people are being chosen is barred for everything but their own papers.
TOO_EARLY = {
    PaidFor.SERVICE_FEE: NO_CONTRACT,
    PaidFor.DEPOSIT: (*NO_CONTRACT, Moment.BEFORE_ACCEPTANCE),
}


def is_too_early(kind: PaidFor, when: Moment | None) -> bool:
    """Asked for before the law lets anybody ask."""
    return kind not in OWN_PAPERS and when in TOO_EARLY.get(kind, CHOOSING)


def _dues(opening: OpeningSide) -> tuple[Due, ...]:
    by_moment: dict[Moment, list[Stated]] = {}
    for one in opening.stated:
        if one.amount == 0:
            continue
        when = one.when or LAWFUL_FROM.get(one.kind) or Moment.UNKNOWN
        by_moment.setdefault(when, []).append(one)
    return tuple(
        Due(
            when=moment,
            by=_day_of(moment, rows, opening),
            kinds=tuple(dict.fromkeys(one.kind for one in rows)),
            amount=sum(one.amount or 0 for one in rows),
            too_early=any(is_too_early(one.kind, one.when) for one in rows),
            is_open=any(one.amount is None for one in rows),
        )
        for moment in Moment
        if (rows := by_moment.get(moment))
    )


def _day_of(moment: Moment, rows: Sequence[Stated], opening: OpeningSide) -> dt.date | None:
    """The last day, where the opening names its departure."""
    if moment is not Moment.BEFORE_DEPARTURE or opening.departs_on is None:
        return None
    of_fund = any(one.kind is PaidFor.FUND for one in rows)
    days = opening.fund_days if of_fund and opening.fund_days is not None else 0
    return opening.departs_on - dt.timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Payback:
    """`owed` divided by `monthly`, rounded up to whole months."""

    owed: int
    monthly: int | None
    months: int | None


def payback(owed: int, monthly: int | None) -> Payback:
    """None: nothing is left in a month, or nobody knows how much."""
    if owed <= 0:
        return Payback(max(owed, 0), monthly, 0)
    if monthly is None or monthly <= 0:
        return Payback(owed, monthly, None)
    return Payback(owed, monthly, -(-owed // monthly))


def months_of_wage(paid: int, wage: int | None) -> Decimal | None:
    """Cost as a multiple of one month's wage, with one figure after the comma."""
    if wage is None or wage <= 0:
        return None
    return (Decimal(paid) / wage).quantize(Decimal("0.1"))


class PaidVerdict(StrEnum):
    """What was paid for one line, beside the sheet and the law."""

    AS_STATED = "as_stated"
    # Lawful as far as we know, but more than the opening says, or not in it.
    ABOVE_STATED = "above_stated"
    NOT_STATED = "not_stated"
    TOO_EARLY = "too_early"
    ABOVE_MAXIMUM = "above_maximum"


EXCESSES = (PaidVerdict.ABOVE_MAXIMUM, PaidVerdict.TOO_EARLY)


@dataclass(frozen=True, slots=True)
class PaidLine:
    kind: PaidFor
    paid: int
    stated: int | None
    maximum: Maximum | None
    verdict: PaidVerdict
    # How much of it should not have been asked for.
    excess: int


def compare(
    kind: PaidFor, paid: int, line: Line | None, maximum: Maximum | None, *, early: int = 0
) -> PaidLine:
    """`early`: how much of it was paid before the law lets anybody ask. Of two wrongs the larger is told."""
    stated = line.amount if line is not None else None
    limit = maximum.amount if maximum is not None else None
    over = 0 if limit is None else max(0, paid - limit)
    if early > 0 and early >= over:
        verdict, excess = PaidVerdict.TOO_EARLY, early
    elif over:
        verdict, excess = PaidVerdict.ABOVE_MAXIMUM, over
    elif stated is None:
        verdict, excess = PaidVerdict.NOT_STATED, 0
    else:
        verdict, excess = (PaidVerdict.ABOVE_STATED if paid > stated else PaidVerdict.AS_STATED), 0
    return PaidLine(kind, paid, stated, maximum, verdict, excess)
