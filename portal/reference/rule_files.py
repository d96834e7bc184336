"""The rules as the release brings them: for a check where no database is set up, and for tests."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from sqlalchemy import select

from portal.reference.datafiles import date_or_none, read_rows
from portal.reference.models import BarReason, LegalRule, RuleUnit
from portal.reference.queries import AnySession
from portal.reference.rules import Lookup, RuleValue, of_day


@lru_cache(maxsize=1)
def _rows() -> dict[str, tuple[RuleValue, ...]]:
    found: dict[str, list[RuleValue]] = {}
    for row in read_rows("legal_rules.csv"):
        found.setdefault(row["key"], []).append(
            RuleValue(
                key=row["key"],
                value=row["value"],
                number=_number(row["value"]),
                unit=RuleUnit(row["unit"]),
                source=row["source"],
                verified=row["verified"] == "1",
                since=dt.date.fromisoformat(row["valid_from"]),
                until=date_or_none(row["valid_to"]),
                note=row["note"],
            )
        )
    return {key: tuple(values) for key, values in found.items()}


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def of_files(day: dt.date) -> Lookup:
    def on_that_day(key: str) -> RuleValue | None:
        rows = [
            row
            for row in _rows().get(key, ())
            if row.since <= day and (row.until is None or row.until >= day)
        ]
        return max(rows, key=lambda row: row.since, default=None)

    return on_that_day


def of_day_with_files(session: AnySession, day: dt.date) -> Lookup:
    """The database decides of every rule it knows; one that is not loaded yet is read from the release."""
    loaded = set(session.scalars(select(LegalRule.key).distinct()))
    stored, released = of_day(session, day), of_files(day)
    return lambda key: stored(key) if key in loaded else released(key)


@dataclass(frozen=True, slots=True)
class BarredPlace:
    """A row of the barred areas as the release brings it."""

    country: str
    area: str
    reason: BarReason
    source: str
    valid_from: dt.date
    verified: bool


def barred_of_files(day: dt.date) -> list[BarredPlace]:
    found = []
    for row in read_rows("barred_areas.csv"):
        start, end = dt.date.fromisoformat(row["valid_from"]), date_or_none(row["valid_to"])
        if start <= day and (end is None or end >= day):
            reason = BarReason(row["reason"])
            found.append(
                BarredPlace(row["country"], row["area"], reason, row["source"], start, row["verified"] == "1")
            )
    return found
