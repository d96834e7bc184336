"""What a profile must be for a step to count. Plain facts in, a verdict with a reason out."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from portal.common.text import fold
from portal.workers.states import Purpose, WorkerState

# Labour Code Art 143: under 15 nobody is registered; under 18 a parent or guardian consents first.
WORKING_AGE = 15
ADULT_AGE = 18
OLDEST = 100
# Either of them names this centre and this purpose; the second comes with a roster of a college.
MATCHING_PURPOSES = (Purpose.MATCHING, Purpose.ROSTER)
# How alike two folded names must be, of 100, when only the phone agrees.
ALIKE_NAME = 85
# How far ahead a person may ask us to keep a profile.
LONGEST_KEEPING = dt.timedelta(days=5 * 366)

_YEAR = re.compile(r"^(19|20)\d\d$")


Birth = tuple[dt.date | None, int | None]


class Bar(StrEnum):
    """Why a person is not matched, in the order in which it is checked."""

    NOT_ACTIVE = "not_active"
    NO_CONSENT = "no_consent"
    NO_BIRTH = "no_birth"
    TOO_YOUNG = "too_young"
    NO_GUARDIAN = "no_guardian"


@dataclass(frozen=True, slots=True)
class Facts:
    state: WorkerState
    live_purposes: frozenset[Purpose]
    birth_date: dt.date | None
    birth_year: int | None
    guardian_consented: bool = False


def latest_birth_date(birth_date: dt.date | None, birth_year: int | None) -> dt.date | None:
    """Where only the year is known, the youngest the person can be: born on its last day."""
    if birth_date is not None:
        return birth_date
    return dt.date(birth_year, 12, 31) if birth_year is not None else None


def age_on(birth_date: dt.date | None, birth_year: int | None, on: dt.date) -> int | None:
    """The youngest possible age on that day."""
    born = latest_birth_date(birth_date, birth_year)
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def born_on_or_before(age: int, on: dt.date) -> dt.date:
    """Who was born on or before this day is at least that old on `on`."""
    try:
        return on.replace(year=on.year - age)
    except ValueError:
        return dt.date(on.year - age, 2, 28)


def is_minor(birth_date: dt.date | None, birth_year: int | None, on: dt.date) -> bool:
    age = age_on(birth_date, birth_year, on)
    return age is not None and age < ADULT_AGE


def may_be_matched(facts: Facts, on: dt.date) -> Bar | None:
    """None when the person may; `queries.Workers.matchable` says the same in SQL."""
    if facts.state is not WorkerState.ACTIVE:
        return Bar.NOT_ACTIVE
    if not facts.live_purposes.intersection(MATCHING_PURPOSES):
        return Bar.NO_CONSENT
    age = age_on(facts.birth_date, facts.birth_year, on)
    if age is None:
        return Bar.NO_BIRTH
    if age < WORKING_AGE:
        return Bar.TOO_YOUNG
    if age < ADULT_AGE and not facts.guardian_consented:
        return Bar.NO_GUARDIAN
    return None


def read_year(text: str) -> int | None:
    """A birth year typed alone."""
    return int(text) if _YEAR.match(text.strip()) else None


def names_alike(first: str, second: str) -> bool:
    """The same words in another order, a word left out, or a slip of one letter."""
    one, other = fold(first), fold(second)
    return bool(one and other) and (
        fuzz.ratio(one, other) >= ALIKE_NAME or fuzz.token_set_ratio(one, other) >= ALIKE_NAME
    )


def births_agree(one: Birth, other: Birth) -> bool:
    """May be one day, with a slip in one of its parts, or one year; what is not known speaks for nothing."""
    (first, first_year), (second, second_year) = one, other
    if first is not None and second is not None:
        parts = zip(
            (first.day, first.month, first.year), (second.day, second.month, second.year), strict=True
        )
        return sum(left == right for left, right in parts) >= 2
    years = (first.year if first else first_year, second.year if second else second_year)
    return None in years or years[0] == years[1]


def mask_number(number: str) -> str:
    """The last three figures are enough to recognise one's own number."""
    return "•" * max(len(number) - 3, 0) + number[-3:]
