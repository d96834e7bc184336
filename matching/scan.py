"""One pass over the index: the gates, the best thousand of stage one, in the order of stage two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.columns import Bits, Rows, count_bits, rows_of
from matching.eligibility import is_changeable
from matching.features import Query, points_of, values
from matching.segments import Segment, State
from matching.stage_one import Found, best
from matching.table import Table
from matching.types import BELOW, Requirement, WorkerId
from matching.weights import PARTS

KEPT = 1000
"""People whom stage one hands on to stage two: nobody scrolls farther."""

Points = NDArray[np.integer]
Pass = tuple[Segment, Bits]


@dataclass(frozen=True)
class Scan:
    """The people of one list in their order, at most `KEPT` of them.

    Attributes
    ----------
    tables : tuple of Table
    table, row : ndarray of int64, shape (n,)
        Where each person stands.
    values, points : ndarray of int64, shape (n, len(PARTS))
        How well each part fits, and its points.
    score : ndarray of int64, shape (n,)
        Their sums.
    tie : ndarray of uint64, shape (n,)
        hash(opening, worker): orders equal scores.
    total : int
        People of the list, those below `KEPT` included.
    first : ndarray of int64, shape (n,)
        The scores of stage one.
    """

    tables: tuple[Table, ...]
    table: Rows
    row: Rows
    values: Points
    points: Points
    score: Points
    tie: NDArray[np.uint64]
    total: int
    first: Points

    def __len__(self) -> int:
        return len(self.row)

    def rank(self, score: int, tie: int, first: int) -> int | str:
        """Return the place that somebody else would have in this list.

        Parameters
        ----------
        score, tie : int
            Their score, and hash(opening, worker).
        first : int
            Their score in stage one.
        """
        before = (self.score > score) | ((self.score == score) & (self.tie < np.uint64(tie)))
        if self.total >= KEPT:
            last = int(np.lexsort((self.tie, -self.first))[-1])
            if (-first, tie) > (-int(self.first[last]), int(self.tie[last])):
                return BELOW
            before[last] = False  # stage one has room for a thousand: this one would make way
        return int(np.count_nonzero(before)) + 1


@dataclass(frozen=True)
class Narrowing:
    """Whom a list is narrowed to: only some people, without others, by gates not the opening's own."""

    among: Iterable[WorkerId] | None = None
    exclude: Iterable[WorkerId] = ()
    gates: Sequence[Requirement] = ()


EVERYBODY = Narrowing()


def counting(state: State, on: date, narrowing: Narrowing) -> list[Pass]:
    """Return for each segment the bits of those who count."""
    only = None if narrowing.among is None else list(narrowing.among)
    without = list(narrowing.exclude)
    found = []
    for segment, alive in zip(state.segments, state.alive, strict=True):
        bits = alive if only is None else alive & segment.rows_of(only)
        if without:
            bits = bits & ~segment.rows_of(without)
        for need in narrowing.gates:
            bits = bits & segment.gates.answered(need, on).yes
        found.append((segment, bits))
    return found


def may(counted: list[Pass], query: Query, on: date) -> list[Pass]:
    """Return those for whom every hard requirement is a yes."""
    return [(segment, _all(segment, bits, query.gates, on, False)) for segment, bits in counted]


def apart(counted: list[Pass], query: Query, on: date) -> list[Pass]:
    """Return those with no "no" and at least one "unknown"."""
    return [
        (segment, _all(segment, bits, query.gates, on, True) & ~_all(segment, bits, query.gates, on, False))
        for segment, bits in counted
    ]


def _all(segment: Segment, bits: Bits, gates: Sequence[Requirement], on: date, unknown: bool) -> Bits:
    for need in gates:
        answered = segment.gates.answered(need, on)
        bits = bits & (answered.yes | answered.unknown if unknown else answered.yes)
    return bits


def missed(counted: list[Pass], query: Query, on: date) -> list[Pass]:
    """Return those whom exactly one gate bars, and one that a person can change."""
    found = []
    for segment, bits in counted:
        barred = np.zeros_like(bits)
        for at, need in enumerate(query.gates):
            if is_changeable(need):
                answered = segment.gates.answered(need, on)
                others = query.gates[:at] + query.gates[at + 1 :]
                here = bits & ~(answered.yes | answered.unknown)
                barred |= _all(segment, here, others, on, True)
        found.append((segment, barred))
    return found


def total(passing: list[Pass]) -> int:
    """Return how many people pass."""
    return sum(count_bits(bits) for _, bits in passing)


def scan(passing: list[Pass], query: Query, on: date) -> Scan:
    """Return the best of those who pass, in the order of stage two."""
    parts = []
    for at, (segment, bits) in enumerate(passing):
        if bits.any():
            found = best(query, segment, bits, on, KEPT)
            parts.append(Found(found.segment + at, found.row, found.score, found.tie))
    kept = Found.merged(parts, KEPT) if parts else _NOBODY
    return _second(passing, kept, query, on)


_NONE = np.zeros(0, dtype=np.int64)
_NOBODY = Found(_NONE, _NONE, _NONE, np.zeros(0, dtype=np.uint64))


def _second(passing: list[Pass], kept: Found, query: Query, on: date) -> Scan:
    """Score exactly those whom stage one kept, and put them in their order."""
    kept = kept.by_place()  # reading goes forward through the columns
    tables = tuple(segment.table for segment, _ in passing)
    fits = np.zeros((len(kept.row), len(PARTS)), dtype=np.int64)
    for at, table in enumerate(tables):
        here = kept.segment == at
        if here.any():
            fits[here] = values(table, kept.row[here], query, on)
    points = points_of(fits, query)
    score = points.sum(axis=1, dtype=np.int64)
    order = np.lexsort((kept.tie, -score))
    return Scan(
        tables=tables,
        table=kept.segment[order],
        row=kept.row[order],
        values=fits[order],
        points=points[order],
        score=score[order],
        tie=kept.tie[order],
        total=total(passing),
        first=kept.score[order],
    )


def standing(segment: Segment, row: int, query: Query, on: date) -> int:
    """Return the score of one person in stage one."""
    bits = np.zeros(len(segment.gates.everyone), dtype=np.uint64)
    bits[row // 64] = np.uint64(1) << np.uint64(row % 64)
    return int(best(query, segment, bits, on, 1).score[0])


def everybody(passing: list[Pass]) -> list[tuple[Table, Rows]]:
    """Return the rows of those who pass, table by table."""
    return [(segment.table, rows_of(bits, len(segment))) for segment, bits in passing]
