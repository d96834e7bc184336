"""What lapses first for somebody who prepares. Plain facts in, days out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.overseas.programmes.rules import Point, Standing
from portal.overseas.programmes.states import AskedKind, Verdict

# What one person can have run out; an age limit runs out too.
LAPSING = (AskedKind.LANGUAGE, AskedKind.TEST, AskedKind.TRAINING, AskedKind.AGE)


class LapseKind(StrEnum):
    REQUIREMENT = "requirement"
    ROSTER = "roster"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Lapse:
    kind: LapseKind
    day: dt.date
    point: Point | None = None

    def days_left(self, on: dt.date) -> int:
        """0 is the last day on which it still counts."""
        return (self.day - on).days


def lapses(standing: Standing, roster_until: dt.date | None, keep_until: dt.date) -> list[Lapse]:
    """The soonest first."""
    found = [
        Lapse(LapseKind.REQUIREMENT, point.expires_on, point)
        for point in standing.points
        if point.expires_on is not None and point.answers[0].asked.kind in LAPSING
    ]
    if roster_until is not None:
        found.append(Lapse(LapseKind.ROSTER, roster_until))
    found.append(Lapse(LapseKind.AGREEMENT, keep_until))
    return sorted(found, key=lambda lapse: lapse.day)


def soon(found: Sequence[Lapse], on: dt.date, days: int) -> list[Lapse]:
    """For a row of a list: what lapses within so many days, and in any case the first."""
    return [lapse for place, lapse in enumerate(found) if place == 0 or lapse.days_left(on) <= days]


def undated(standing: Standing) -> list[Point]:
    """Met by a certificate whose end nobody wrote down: it may lapse without a warning."""
    return [
        point
        for point in standing.of(Verdict.YES)
        if point.expires_on is None and point.answers[0].asked.kind is AskedKind.LANGUAGE
    ]


def tone(days: int, warn: int) -> str:
    if days < 0:
        return "stop"
    return "warn" if days <= warn else "calm"


def fewest_gaps(standings: Sequence[tuple[int, Standing]]) -> list[int]:
    """Places in the list, those with the least that is known to be missing first: a count, not a score."""
    open_ones = [(place, one) for place, one in standings if not one.is_barred]
    ordered = sorted(
        open_ones,
        key=lambda pair: (pair[1].count(Verdict.NOT_YET), pair[1].count(Verdict.UNKNOWN), pair[0]),
    )
    return [place for place, _one in ordered]
