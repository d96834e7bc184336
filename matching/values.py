"""How well one field fits an opening, 0 to `weights.UNIT`: arrays of what is stated in, arrays of values out.

Stage one reads these rounded to codes, stage two exactly; both read the same functions.
"""

from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.numbers import NO_DATE, UNKNOWN
from matching.occupation_codes import closeness
from matching.places import crosses_water, distance_km, province_of
from matching.types import OpeningProfile
from matching.weights import NOT_STATED, UNIT

Values = NDArray[np.int64]


def nearness(code: str | None, known: NDArray[np.integer]) -> Values:
    """Return how near occupations, as `numbers.code_number` wrote them, are to a code; read only."""
    return _nearness(code, known.tobytes())


@lru_cache(maxsize=1024)
def _nearness(code: str | None, known: bytes) -> Values:
    numbers = np.frombuffer(known, dtype=np.int64).tolist()
    found = np.array([closeness(code, str(one)[1:]) if code else 0 for one in numbers], dtype=np.int64)
    found.flags.writeable = False
    return found


def worth_of_months(months: NDArray[np.integer], near: Values) -> Values:
    """Return the months that count for an opening: those in near occupations, by their nearness."""
    counted = np.where(months == UNKNOWN, weights.KNOWN_OCCUPATION_MONTHS, months).astype(np.int64)
    return np.where(near >= weights.NEAR_OCCUPATION, counted * near // UNIT, 0)


def experience(worth: Values) -> Values:
    """Return the value of so many months, full at `FULL_EXPERIENCE_MONTHS`."""
    full = weights.FULL_EXPERIENCE_MONTHS
    return np.minimum(worth, full) * UNIT // full


def wage(asked: NDArray[np.integer], opening: OpeningProfile) -> Values:
    """Return the value of the wages asked for against the wage offered; `UNKNOWN` is not stated."""
    low = opening.wage_min if opening.wage_min is not None else opening.wage_max
    high = opening.wage_max if opening.wage_max is not None else opening.wage_min
    if low is None or high is None:
        return np.zeros(len(asked), dtype=np.int64)
    asked = asked.astype(np.int64)
    within = UNIT - (UNIT - weights.WITHIN_RANGE) * (asked - low) // max(1, high - low)
    above = np.maximum(0, weights.WITHIN_RANGE - weights.WAGE_LOST * (asked - high) // max(1, high))
    value = np.where(asked <= low, UNIT, np.where(asked <= high, within, above))
    return np.where(asked == UNKNOWN, NOT_STATED, value)


def start(days: NDArray[np.integer], opening: OpeningProfile, on: date) -> Values:
    """Return the value of being free from a day on, by the first working day or by today."""
    late = np.maximum(0, days.astype(np.int64) - (opening.starts_on or on).toordinal())
    value = np.maximum(0, UNIT - UNIT * late // weights.LAST_LATE_DAYS)
    return np.where(days == NO_DATE, NOT_STATED, value)


def recency(days: NDArray[np.integer], on: date) -> Values:
    """Return the value of having confirmed the profile on a day."""
    old = np.maximum(0, on.toordinal() - days.astype(np.int64) - weights.FRESH_DAYS)
    value = np.maximum(0, UNIT - UNIT * old // (weights.STALE_DAYS - weights.FRESH_DAYS))
    return np.where(days == NO_DATE, NOT_STATED, value)


def rides(place: str | None, communes: NDArray[np.integer]) -> Values:
    """Return the value of living in each commune for work at a place; read only."""
    return _rides(place or "", communes.tobytes())


@lru_cache(maxsize=1024)
def _rides(place: str, communes: bytes) -> Values:
    numbers = np.frombuffer(communes, dtype=np.int64).tolist()
    found = np.array([ride(place, str(one)[1:]) for one in numbers], dtype=np.int64)
    found.flags.writeable = False
    return found


def ride(place: str, home: str) -> int:
    """Return the value of living in a commune for work at a place, wishes aside.

    Full up to `FULL_KM`, nothing from `LAST_KM` or across the sea, `NOT_STATED` if the home is not known.
    """
    if not home:
        return NOT_STATED
    if home == place:
        return UNIT
    if crosses_water(place, home):
        return 0
    km = distance_km(place, home)
    if km is None:
        same = province_of(place) is not None and province_of(place) == province_of(home)
        return weights.SAME_PROVINCE if same else 0
    over = max(0, km - weights.FULL_KM)
    return max(0, UNIT - UNIT * over // (weights.LAST_KM - weights.FULL_KM))
