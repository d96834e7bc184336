"""The first filling of the tables that people may change. Run again, it overwrites nothing."""

import datetime as dt

from sqlalchemy import select

from portal.reference.calendar import load_calendar
from portal.reference.datafiles import date_or_none, read_rows
from portal.reference.models import (
    BarReason,
    BarredArea,
    CalendarDay,
    DayKind,
    LegalRule,
    PlaceWageRegion,
    RuleUnit,
    WageRegion,
)
from portal.reference.queries import AnySession


def load_reference(session: AnySession, *, now: dt.datetime) -> int:
    """Insert the rows that are missing; how many. The caller commits."""
    count = (
        _load_calendar(session)
        + _load_rules(session, now)
        + _load_wage_regions(session)
        + _load_barred_areas(session, now)
    )
    session.flush()
    return count


def _load_calendar(session: AnySession) -> int:
    """A year that has its holidays belongs to the leaders: a day they took out does not come back."""
    known = set(session.scalars(select(CalendarDay.day)))
    loaded = load_calendar(session).loaded_years
    fresh = [day for day in calendar_days_of_file() if day.day not in known and day.day.year not in loaded]
    session.add_all(fresh)
    return len(fresh)


def calendar_days_of_file() -> list[CalendarDay]:
    return [
        CalendarDay(
            day=dt.date.fromisoformat(row["day"]),
            kind=DayKind(row["kind"]),
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            source=row["source"],
            verified=row["verified"] == "1",
        )
        for row in read_rows("calendar_days.csv")
    ]


def _load_rules(session: AnySession, now: dt.datetime) -> int:
    """A key that a leader has signed a row of belongs to the leaders: the file adds nothing to it."""
    known = set(session.execute(select(LegalRule.key, LegalRule.valid_from)))
    signed = set(session.scalars(select(LegalRule.key).where(LegalRule.signed_by_id.is_not(None))))
    fresh = [
        LegalRule(
            key=row["key"],
            value=row["value"],
            unit=RuleUnit(row["unit"]),
            source=row["source"],
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            valid_to=date_or_none(row["valid_to"]),
            verified=row["verified"] == "1",
            note=row["note"],
            created_at=now,
        )
        for row in read_rows("legal_rules.csv")
        if (row["key"], dt.date.fromisoformat(row["valid_from"])) not in known and row["key"] not in signed
    ]
    session.add_all(fresh)
    return len(fresh)


def _load_wage_regions(session: AnySession) -> int:
    """A unit whose region was entered for that day or later keeps what it has."""
    latest: dict[str, dt.date] = {}
    for code, start in session.execute(select(PlaceWageRegion.place_code, PlaceWageRegion.valid_from)):
        latest[code] = max(start, latest.get(code, start))
    fresh = [
        PlaceWageRegion(
            place_code=row["place_code"],
            region=WageRegion(row["region"]),
            source=row["source"],
            valid_from=start,
            valid_to=date_or_none(row["valid_to"]),
            verified=row["verified"] == "1",
        )
        for row in read_rows("wage_regions.csv")
        if (start := dt.date.fromisoformat(row["valid_from"])) > latest.get(row["place_code"], dt.date.min)
    ]
    session.add_all(fresh)
    return len(fresh)


def _load_barred_areas(session: AnySession, now: dt.datetime) -> int:
    """A row that staff have ended stays ended."""
    known = set(session.execute(select(BarredArea.country, BarredArea.area, BarredArea.valid_from)))
    fresh = [
        BarredArea(
            country=row["country"],
            area=row["area"],
            reason=BarReason(row["reason"]),
            source=row["source"],
            valid_from=start,
            valid_to=date_or_none(row["valid_to"]),
            verified=row["verified"] == "1",
            created_at=now,
        )
        for row in read_rows("barred_areas.csv")
        if (row["country"], row["area"], start := dt.date.fromisoformat(row["valid_from"])) not in known
    ]
    session.add_all(fresh)
    return len(fresh)
