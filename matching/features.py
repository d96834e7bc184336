"""One opening against rows of profiles, as named numbers: how well each part of the score fits.

`weights.PARTS` is the contract. No part reads sex, birth date or anything else that may not be weighed.
Every value is an integer from 0 to `weights.UNIT`, see `weights`.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching import eligibility, weights
from matching.eligibility import NO, OPEN, YES, leaves
from matching.model import COLUMNS, ONE, SimilarityModel, skill_key
from matching.occupation_codes import closeness
from matching.places import crosses_water, distance_km, province_of
from matching.scales import level_order, scales
from matching.scoring import Scorer, Values
from matching.table import NO_DATE, UNKNOWN, Rows, Table, day_number, word_number
from matching.text import clauses
from matching.types import OpeningProfile, Requirement
from matching.weights import NOT_STATED, PARTS, UNIT


@dataclass(frozen=True)
class Query:
    """An opening made ready: its vector, its gates and its wishes.

    Attributes
    ----------
    columns, values : ndarray of int32
        The vector of its words, in fixed point.
    gates, wishes : tuple of Requirement
        Hard requirements, the wish for its place among them; and the others.
    skills : tuple of int
        Numbers of all skills asked for, hard or wished.
    levels : tuple of Requirement
        All certificates asked for, hard or wished.
    title : tuple of tuple of str
        Words of the title, clause by clause.
    weights : dict of str to int
        The most points of each part, as `scorer.most` says.
    scorer : Scorer
        Turns values into points.
    """

    opening: OpeningProfile
    columns: NDArray[np.int32]
    values: NDArray[np.int32]
    gates: tuple[Requirement, ...]
    wishes: tuple[Requirement, ...]
    skills: tuple[int, ...]
    levels: tuple[Requirement, ...]
    title: tuple[tuple[str, ...], ...]
    weights: dict[str, int]
    scorer: Scorer

    @classmethod
    def build(cls, opening: OpeningProfile, model: SimilarityModel, scorer: Scorer) -> "Query":
        """Check an opening and make it ready.

        Raises
        ------
        ValueError
            As `eligibility.check`.
        """
        eligibility.check(opening)
        asked = [one for need in opening.requirements for one in leaves(need)]
        skills = {word_number(skill_key(str(one.value))) for one in asked if one.kind == "skill"}
        levels = tuple(one for one in asked if one.kind == "certificate")
        columns, values = model.query(opening)
        return cls(
            opening,
            columns,
            values,
            eligibility.gates(opening),
            eligibility.wishes(opening),
            tuple(sorted(skills)),
            levels,
            tuple(tuple(words) for words in clauses(opening.title)),
            scorer.most(opening),
            scorer,
        )


def values(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """Return how well each part fits.

    Parameters
    ----------
    table : Table
    rows : ndarray of int64, shape (n,)
    query : Query
    on : date
        The day of the ranking.

    Returns
    -------
    ndarray of int64, shape (n, len(PARTS))
        0 to `UNIT`; 0 for a part that the opening does not ask about.
    """
    found = np.zeros((len(rows), len(PARTS)), dtype=np.int64)
    for at, name in enumerate(PARTS):
        if query.weights[name]:
            found[:, at] = _VALUES[name](table, rows, query, on)
    return found


def _text(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """Words in common: the square root of the cosine, so that one shared pair of words shows."""
    dense = np.zeros(COLUMNS, dtype=np.int32)
    dense[query.columns] = query.values
    vectors = table.vectors
    dots = (vectors @ dense)[rows] if 2 * len(rows) > len(table) else vectors[rows] @ dense
    cosine = np.minimum(dots, ONE * ONE).astype(np.float64) / (ONE * ONE)
    value: Values = np.floor(np.sqrt(cosine) * UNIT).astype(np.int64)
    return value


def _full(rows: Rows, value: int) -> Values:
    return np.full(len(rows), value, dtype=np.int64)


def _closeness(table: Table, rows: Rows, name: str, code: str) -> tuple[Rows, Rows, Values]:
    """Return entries, owners, and the closeness of each entry's occupation to a code."""
    codes, which = table.distinct[name]
    entries, owners = getattr(table, name).gather(rows)
    near = np.array([closeness(code, str(one)[1:]) for one in codes.tolist()], dtype=np.int64)
    return entries, owners, near[which[entries]] if len(codes) else np.zeros(0, dtype=np.int64)


def _nearest(table: Table, rows: Rows, name: str, code: str | None) -> Values:
    """Return the closeness of the nearest occupation, `NOT_STATED` where none is stated."""
    if code is None:
        return _full(rows, 0)
    _, owners, near = _closeness(table, rows, name, code)
    best = np.full(len(rows), UNKNOWN, dtype=np.int64)
    np.maximum.at(best, owners, near)
    silent = ~table.was_asked(rows, name)
    return np.where(best >= 0, best, np.where(silent, NOT_STATED, 0))


def _occupation(table: Table, rows: Rows, query: Query, on: date) -> Values:
    return _nearest(table, rows, "occupations", query.opening.occupation)


def _wish(table: Table, rows: Rows, query: Query, on: date) -> Values:
    return _nearest(table, rows, "wanted_occupations", query.opening.occupation)


def _experience(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """Months in near occupations, each weighed by its closeness, up to `FULL_EXPERIENCE_MONTHS`."""
    if query.opening.occupation is None:
        return _full(rows, 0)
    entries, owners, near = _closeness(table, rows, "occupations", query.opening.occupation)
    months = np.asarray(table.occupations.columns[1])[entries]
    months = np.where(months == UNKNOWN, weights.KNOWN_OCCUPATION_MONTHS, months)
    worth = np.where(near >= weights.NEAR_OCCUPATION, months * near // UNIT, 0)
    total = np.zeros(len(rows), dtype=np.int64)
    np.add.at(total, owners, worth)
    full = weights.FULL_EXPERIENCE_MONTHS
    value = np.minimum(total, full) * UNIT // full
    return np.where(table.was_asked(rows, "occupations"), value, NOT_STATED)


def _skills(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """The share of the skills asked for."""
    if not query.skills:
        return _full(rows, 0)
    entries, owners = table.skills.gather(rows)
    held = np.asarray(table.skills.columns[0])[entries]
    count = np.zeros(len(rows), dtype=np.int64)
    for skill in query.skills:
        count[np.unique(owners[held == skill])] += 1
    value = count * UNIT // len(query.skills)
    return np.where(table.was_asked(rows, "skills"), value, NOT_STATED)


def _certificate(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """The best of the levels asked for: `AT_LEVEL` when just reached, `UNIT` at the top of the scale."""
    if not query.levels:
        return _full(rows, 0)
    entries, owners = table.certificates.gather(rows)
    held, orders, expires = (np.asarray(column)[entries] for column in table.certificates.columns)
    best = np.zeros(len(rows), dtype=np.int64)
    for need in query.levels:
        scale, level = eligibility.wanted_level(need)
        least, top = level_order(scale, level) or 0, scales()[scale].top
        good = (held == word_number(scale)) & (expires >= day_number(on)) & (orders >= least)
        beyond = (UNIT - weights.AT_LEVEL) * (orders[good] - least) // max(1, top - least)
        np.maximum.at(best, owners[good], weights.AT_LEVEL + beyond)
    return np.where(table.was_asked(rows, "certificates"), best, NOT_STATED)


def _wishes(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """The share of the wished-for requirements that are met; no answer counts as `NOT_STATED`."""
    if not query.wishes:
        return _full(rows, 0)
    worth = np.zeros(3, dtype=np.int64)
    worth[[NO, YES, OPEN]] = 0, UNIT, NOT_STATED
    total = sum(worth[eligibility.answers(table, rows, need, on)] for need in query.wishes)
    return np.asarray(total, dtype=np.int64) // len(query.wishes)


def _wage(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """The wage asked for against the wage offered."""
    low = query.opening.wage_min if query.opening.wage_min is not None else query.opening.wage_max
    high = query.opening.wage_max if query.opening.wage_max is not None else query.opening.wage_min
    if low is None or high is None:
        return _full(rows, 0)
    asked = table.wage[rows]
    within = UNIT - (UNIT - weights.WITHIN_RANGE) * (asked - low) // max(1, high - low)
    above = np.maximum(0, weights.WITHIN_RANGE - weights.WAGE_LOST * (asked - high) // max(1, high))
    value = np.where(asked <= low, UNIT, np.where(asked <= high, within, above))
    return np.where(asked == UNKNOWN, NOT_STATED, value)


def _distance(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """A daily ride from home, or a wish to work there."""
    opening = query.opening
    if opening.is_overseas:
        wants = eligibility.wants_country(table, rows, str(opening.country))
        return np.where(wants, UNIT, NOT_STATED).astype(np.int64)
    if opening.place is None:
        return _full(rows, 0)
    codes, which = table.communes
    near = np.array([ride(opening.place, str(code)[1:]) for code in codes.tolist()], dtype=np.int64)
    value = near[which[rows]]
    wants = eligibility.wants_place(table, rows, opening.place)
    return np.where(wants, np.maximum(value, weights.WILLING), value)


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


def _start(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """Free by the first working day, or by today where none is stated."""
    start = table.start[rows]
    late = np.maximum(0, start - (query.opening.starts_on or on).toordinal())
    value = np.maximum(0, UNIT - UNIT * late // weights.LAST_LATE_DAYS)
    return np.where(start == NO_DATE, NOT_STATED, value)


def _recency(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """How lately the profile was confirmed."""
    updated = table.updated[rows]
    old = np.maximum(0, on.toordinal() - updated - weights.FRESH_DAYS)
    value = np.maximum(0, UNIT - UNIT * old // (weights.STALE_DAYS - weights.FRESH_DAYS))
    return np.where(updated == NO_DATE, NOT_STATED, value)


_VALUES = {
    "text": _text,
    "occupation": _occupation,
    "experience": _experience,
    "wish": _wish,
    "distance": _distance,
    "wishes": _wishes,
    "wage": _wage,
    "skills": _skills,
    "certificate": _certificate,
    "start": _start,
    "recency": _recency,
}


def points_of(found: Values, query: Query) -> Values:
    """Return the points of each part for `values`; the sum over a row is the score."""
    return query.scorer.points(found, query.weights)


def named(row: Values) -> dict[str, int]:
    """Return one row of `values` or of points by name."""
    return dict(zip(PARTS, (int(value) for value in row), strict=True))
