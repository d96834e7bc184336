"""One opening against rows of profiles, as named numbers: how well each part of the score fits.

`weights.PARTS` is the contract. No part reads sex, birth date or anything else that may not be weighed.
Every value is an integer from 0 to `weights.UNIT`, see `weights`.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from matching import eligibility, weights
from matching import values as value_of
from matching.columns import Rows, any_of
from matching.eligibility import NO, OPEN, YES, leaves
from matching.model import SimilarityModel, skill_key
from matching.numbers import UNKNOWN, day_number, salt_of, word_number
from matching.scales import level_order, scales
from matching.scoring import Scorer, Values
from matching.spelling import fold
from matching.table import Table
from matching.text import clauses
from matching.text_query import TextQuery
from matching.types import OpeningProfile, Requirement
from matching.weights import NOT_STATED, PARTS, UNIT


@dataclass(frozen=True)
class Query:
    """An opening made ready: its vector, its gates and its wishes.

    Attributes
    ----------
    words : TextQuery
        Its words, weighed by the model.
    gates, wishes : tuple of Requirement
        Hard requirements, the wish for its place among them; and the others.
    skills : tuple of int
        Numbers of all skills asked for, hard or wished.
    levels : tuple of Requirement
        All certificates asked for, hard or wished.
    title : tuple of tuple of (str, str)
        Words of the title, clause by clause, each with its form without marks.
    weights : dict of str to int
        The most points of each part, as `scorer.most` says.
    scorer : Scorer
        Turns values into points.
    model : SimilarityModel
    asked_skills : tuple of Requirement
        All skills asked for, hard or wished, each once.
    salt : uint64
        What the opening mixes into the keys of workers, to order equal scores.
    kept : dict
        What `stage_one` keeps with the query.
    """

    opening: OpeningProfile
    words: TextQuery
    gates: tuple[Requirement, ...]
    wishes: tuple[Requirement, ...]
    skills: tuple[int, ...]
    levels: tuple[Requirement, ...]
    title: tuple[tuple[tuple[str, str], ...], ...]
    weights: dict[str, int]
    scorer: Scorer
    model: SimilarityModel
    asked_skills: tuple[Requirement, ...]
    salt: np.uint64
    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def version(self) -> str:
        """Version id of what scores with this query."""
        return version_of(self.model, self.scorer)

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
        skills = {word_number(skill_key(str(one.value))): one for one in asked if one.kind == "skill"}
        levels = tuple(one for one in asked if one.kind == "certificate")
        return cls(
            opening,
            model.query(opening),
            eligibility.gates(opening),
            eligibility.wishes(opening),
            tuple(skills),
            levels,
            tuple(tuple((word, fold(word)) for word in words) for words in clauses(opening.title)),
            scorer.most(opening),
            scorer,
            model,
            tuple(skills.values()),
            salt_of(opening.id),
        )


def version_of(model: SimilarityModel, scorer: Scorer) -> str:
    """Return the version id of everything that a score depends on."""
    return f"{model.version}+{scorer.version}"


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
    value = query.model.values(query.words, table.bags, rows)
    return np.where(table.was_asked(rows, "text"), value, np.maximum(value, NOT_STATED))


def _full(rows: Rows, value: int) -> Values:
    return np.full(len(rows), value, dtype=np.int64)


def _nearest(table: Table, rows: Rows, name: str, code: str | None) -> Values:
    """Return the closeness of the nearest occupation, `NOT_STATED` where none is stated."""
    stated = getattr(table, name)
    entries, owners = stated.gather(rows)
    near = np.append(value_of.nearness(code, stated.known), 0)[np.asarray(stated.which)[entries]]
    best = np.full(len(rows), UNKNOWN, dtype=np.int64)
    np.maximum.at(best, owners, near)
    silent = ~table.was_asked(rows, name)
    return np.where(best >= 0, best, np.where(silent, NOT_STATED, 0))


def _occupation(table: Table, rows: Rows, query: Query, on: date) -> Values:
    return _nearest(table, rows, "occupations", query.opening.occupation)


def _wish(table: Table, rows: Rows, query: Query, on: date) -> Values:
    return _nearest(table, rows, "wanted_occupations", query.opening.occupation)


def _experience(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """Months in near occupations, each weighed by its closeness."""
    done = table.occupations
    entries, owners = done.gather(rows)
    known = value_of.nearness(query.opening.occupation, done.known)
    near = np.append(known, 0)[np.asarray(done.which)[entries]]
    total = np.zeros(len(rows), dtype=np.int64)
    np.add.at(total, owners, value_of.worth_of_months(np.asarray(done.extra[0])[entries], near))
    return np.where(table.was_asked(rows, "occupations"), value_of.experience(total), NOT_STATED)


def _skills(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """The share of the skills asked for."""
    if not query.skills:
        return _full(rows, 0)
    entries, owners = table.skills.gather(rows)
    held = np.asarray(table.skills.which)[entries]
    count = np.zeros(len(rows), dtype=np.int64)
    for skill in query.skills:
        count += any_of(owners, held == table.skills.place_of(skill), len(rows))
    value = count * UNIT // len(query.skills)
    return np.where(table.was_asked(rows, "skills"), value, NOT_STATED)


def _certificate(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """The best of the levels asked for: `AT_LEVEL` when just reached, `UNIT` at the top of the scale."""
    if not query.levels:
        return _full(rows, 0)
    stated = table.certificates
    entries, owners = stated.gather(rows)
    held = np.asarray(stated.which)[entries]
    orders, expires = (np.asarray(column)[entries].astype(np.int64) for column in stated.extra)
    best = np.zeros(len(rows), dtype=np.int64)
    for need in query.levels:
        scale, level = eligibility.wanted_level(need)
        least, top = level_order(scale, level) or 0, scales()[scale].top
        mine = held == stated.place_of(word_number(scale))
        good = mine & (expires >= day_number(on)) & (orders >= least)
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
    return value_of.wage(np.asarray(table.wage)[rows], query.opening)


def _distance(table: Table, rows: Rows, query: Query, on: date) -> Values:
    """A daily ride from home, or a wish to work there."""
    opening = query.opening
    if opening.is_overseas:
        wants = eligibility.wants_country(table, rows, str(opening.country))
        return np.where(wants, UNIT, NOT_STATED).astype(np.int64)
    if opening.place is None:
        return _full(rows, 0)
    value = value_of.rides(opening.place, table.communes)[np.asarray(table.commune)[rows]]
    wants = eligibility.wants_place(table, rows, opening.place)
    return np.where(wants, np.maximum(value, weights.WILLING), value)


def _start(table: Table, rows: Rows, query: Query, on: date) -> Values:
    return value_of.start(np.asarray(table.start)[rows], query.opening, on)


def _recency(table: Table, rows: Rows, query: Query, on: date) -> Values:
    return value_of.recency(np.asarray(table.updated)[rows], on)


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
    return dict(zip(PARTS, row.tolist(), strict=True))
