"""One pass over the index: who passes the gates, scored and in a total order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.eligibility import NO, OPEN, answers, is_changeable
from matching.features import Query, points_of, values
from matching.table import Mask, Rows, Table, keys_of, mix
from matching.types import BELOW, OpeningId, WorkerId

MAY, APART = 0, 1
"""Marks of a scan: every hard requirement is a yes; something is unknown."""

LAST_RANK = 1000
"""Places below are not told apart."""


@dataclass(frozen=True)
class State:
    """Base, which of its rows still count, and the profiles that changed since."""

    base: Table
    alive: Mask
    delta: Table

    def tables(self) -> tuple[tuple[Table, Rows], ...]:
        """Return both tables with the rows that count."""
        return (self.base, np.flatnonzero(self.alive)), (self.delta, np.arange(len(self.delta)))

    def find(self, worker_id: WorkerId) -> tuple[Table, int] | None:
        """Return the table and row of a person, or None."""
        in_delta, in_base = self.delta.find([worker_id]), self.base.find([worker_id])
        if len(in_delta):
            return self.delta, int(in_delta[0])
        if len(in_base) and self.alive[in_base[0]]:
            return self.base, int(in_base[0])
        return None

    def without(self, ids: Iterable[WorkerId]) -> "State":
        """Return the state without some people; ids that are not here are no matter."""
        gone = list(ids)
        alive = self.alive.copy()
        alive[self.base.find(gone)] = False
        in_delta = self.delta.find(gone)
        if not len(in_delta):
            return State(self.base, alive, self.delta)
        kept = np.setdiff1d(np.arange(len(self.delta)), in_delta)
        return State(self.base, alive, self.delta.take(kept))

    def chosen(
        self, among: Iterable[WorkerId] | None, exclude: Iterable[WorkerId]
    ) -> list[tuple[Table, Rows]]:
        """Return the rows of each table that count, only some people, without others."""
        only, without = None if among is None else list(among), list(exclude)
        found = []
        for table, rows in self.tables():
            if only is not None:
                rows = np.intersect1d(rows, table.find(only), assume_unique=True)
            if without:
                rows = np.setdiff1d(rows, table.find(without), assume_unique=True)
            found.append((table, rows))
        return found


@dataclass(frozen=True)
class Scan:
    """Scored rows of all tables.

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
    mark : ndarray of int64, shape (n,)
        `MAY` or `APART`; for nearest misses the gate that bars.
    barred : int
        People left out by the gates.
    """

    tables: tuple[Table, ...]
    table: Rows
    row: Rows
    values: NDArray[np.int64]
    points: NDArray[np.int64]
    score: NDArray[np.int64]
    tie: NDArray[np.uint64]
    mark: Rows
    barred: int

    def listed(self, mark: int) -> Rows:
        """Return the positions with a mark."""
        return np.flatnonzero(self.mark == mark)

    def order(self, chosen: Rows, upto: int | None) -> Rows:
        """Return the chosen positions by score, then tie; only the first `upto` if given."""
        score = self.score[chosen]
        if upto is not None and 0 < upto < len(chosen):
            least = np.partition(score, len(score) - upto)[len(score) - upto]
            chosen = chosen[score >= least]
        return chosen[np.lexsort((self.tie[chosen], -self.score[chosen]))][:upto]

    def rank(self, score: int, tie: int) -> int | str:
        """Return the place that somebody else with this score and tie would have among those who may."""
        before = (self.score > score) | ((self.score == score) & (self.tie < np.uint64(tie)))
        rank = int(np.count_nonzero(before & (self.mark == MAY))) + 1
        return rank if rank <= LAST_RANK else BELOW


def tie_of(opening_id: OpeningId, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return hash(opening, worker) for keys of workers.

    Different workers never share one, so the order is total; it differs from opening to opening, so that
    nobody is always last.
    """
    return mix(keys ^ mix(keys_of([opening_id])))


def scan(
    state: State,
    query: Query,
    on: date,
    among: Iterable[WorkerId] | None = None,
    exclude: Iterable[WorkerId] = (),
) -> Scan:
    """Apply the gates, and score who passes or may pass."""
    found, barred = [], 0
    for table, rows in state.chosen(among, exclude):
        considered = len(rows)
        apart = np.zeros(considered, dtype=bool)
        for need in query.gates:
            answer = answers(table, rows, need, on)
            keep = answer != NO
            apart = (apart | (answer == OPEN))[keep]
            rows = rows[keep]
        barred += considered - len(rows)
        found.append((table, rows, np.where(apart, APART, MAY)))
    return _scored(found, query, on, barred)


def misses(
    state: State,
    query: Query,
    on: date,
    among: Iterable[WorkerId] | None = None,
    exclude: Iterable[WorkerId] = (),
) -> Scan:
    """Score who is barred by exactly one gate that a person can change; `mark` says which."""
    found = []
    for table, rows in state.chosen(among, exclude):
        bar = np.full(len(rows), -1, dtype=np.int64)
        for at, need in enumerate(query.gates):
            no = answers(table, rows, need, on) == NO
            keep = ~no | ((bar < 0) & is_changeable(need))
            bar = np.where(no, at, bar)[keep]
            rows = rows[keep]
        found.append((table, rows[bar >= 0], bar[bar >= 0]))
    return _scored(found, query, on, barred=0)


def _scored(found: list[tuple[Table, Rows, Rows]], query: Query, on: date, barred: int) -> Scan:
    fits = np.concatenate([values(table, rows, query, on) for table, rows, _ in found])
    points = points_of(fits, query)
    return Scan(
        tables=tuple(table for table, _, _ in found),
        table=np.repeat(np.arange(len(found)), [len(rows) for _, rows, _ in found]),
        row=np.concatenate([rows for _, rows, _ in found]),
        values=fits,
        points=points,
        score=points.sum(axis=1, dtype=np.int64),
        tie=np.concatenate([tie_of(query.opening.id, table.keys[rows]) for table, rows, _ in found]),
        mark=np.concatenate([mark for _, _, mark in found]),
        barred=barred,
    )
