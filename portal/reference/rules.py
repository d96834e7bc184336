"""The dated legal rules: what applied on a day. Never a constant in the code, never a guess."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Protocol

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, scoped_session

from portal.reference.models import LegalRule, RuleUnit

ONE_DAY = dt.timedelta(days=1)


class DatedRow(Protocol):
    """The dates of a rule, read only."""

    @property
    def valid_from(self) -> dt.date: ...
    @property
    def valid_to(self) -> dt.date | None: ...


@dataclass(frozen=True, slots=True)
class RuleValue:
    """What a rule says on a day, with where it stands. `verified` false: show it as such."""

    key: str
    value: str
    number: Decimal | None
    unit: RuleUnit
    source: str
    verified: bool
    since: dt.date
    until: dt.date | None
    note: str = ""

    @property
    def whole(self) -> int:
        """The number, for counting days and months; a rule in words has none."""
        if self.number is None:
            raise ValueError(f"{self.key} is a rule in words")
        return int(self.number)


def on(session: Session | scoped_session[Any], key: str, day: dt.date) -> RuleValue | None:
    """The rule on that day; None before the earliest row and in a gap: then nobody knows."""
    row = session.scalars(
        select(LegalRule)
        .where(
            LegalRule.key == key,
            LegalRule.valid_from <= day,
            or_(LegalRule.valid_to.is_(None), LegalRule.valid_to >= day),
        )
        .order_by(LegalRule.valid_from.desc(), LegalRule.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else value_of(row)


# Key to rule, on one day.
Lookup = Callable[[str], RuleValue | None]


def of_day(session: Session | scoped_session[Any], day: dt.date) -> Lookup:
    """For many questions about one day: each key is asked once."""
    return cache(lambda key: on(session, key, day))


def value_of(row: LegalRule) -> RuleValue:
    return RuleValue(
        key=row.key,
        value=row.value,
        number=row.number,
        unit=row.unit,
        source=row.source,
        verified=row.verified,
        since=row.valid_from,
        until=row.valid_to,
        note=row.note,
    )


def overlaps(rows: Iterable[DatedRow]) -> list[tuple[DatedRow, DatedRow]]:
    """Neighbouring rows of one key that both apply on some day. Rows of a sound key have none."""
    ordered: Sequence[DatedRow] = sorted(rows, key=lambda row: row.valid_from)
    return [
        (first, second)
        for first, second in zip(ordered, ordered[1:], strict=False)
        if first.valid_to is None or first.valid_to >= second.valid_from
    ]


def end_of_the_one_before(new_from: dt.date) -> dt.date:
    """The last day of the row that a new one follows."""
    return new_from - ONE_DAY


def every_of_day(session: Session | scoped_session[Any], day: dt.date) -> dict[str, RuleValue]:
    """By key, all that applies on a day: one query where many keys are asked."""
    rows = session.scalars(
        select(LegalRule)
        .where(LegalRule.valid_from <= day, or_(LegalRule.valid_to.is_(None), LegalRule.valid_to >= day))
        .order_by(LegalRule.valid_from, LegalRule.id)
    )
    return {row.key: value_of(row) for row in rows}
