"""The ranker: an index of profiles, and every question one can put to it.

A base of columns, a small delta of profiles that changed since, and a mask of base rows that no longer count.
The three are held in one value that is replaced whole, so readers take no lock and see either all of a change
or nothing of it.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching import store
from matching.changes import Proposal, proposals
from matching.eligibility import NO, OPEN, answers, is_changeable
from matching.explain import ONE_ROW, named_parts, reasons, verdicts
from matching.features import Query, parts
from matching.model import SimilarityModel, worker_terms
from matching.table import Mask, Rows, Table, key_of, mix
from matching.types import (
    BELOW,
    Change,
    Explanation,
    OpeningId,
    OpeningProfile,
    RankedCandidate,
    RankedOpening,
    Ranking,
    Verdict,
    WorkerId,
    WorkerProfile,
)

LAST_RANK = 1000
"""Ranks below are not told apart in `explain`."""
DELTA_ROWS = 2000
"""Changed profiles held beside the base before both are merged."""
KEPT_QUERIES = 512


@dataclass(frozen=True)
class State:
    """Base, which of its rows still count, and the changed profiles."""

    base: Table
    alive: Mask
    delta: Table

    def tables(self) -> tuple[tuple[Table, Rows], ...]:
        """Return both tables with the rows that count."""
        return (self.base, np.flatnonzero(self.alive)), (self.delta, np.arange(len(self.delta)))

    def find(self, worker_id: WorkerId) -> tuple[Table, int] | None:
        """Return the table and row of a person, or None."""
        for table, rows in self.tables():
            found = table.find([worker_id])
            if len(found) and bool(np.isin(found, rows)[0]):
                return table, int(found[0])
        return None


@dataclass(frozen=True)
class Scan:
    """Scored rows of all tables, best first.

    Attributes
    ----------
    tables : tuple of Table
    table, row : ndarray of int64, shape (n,)
        Where each person stands.
    points : ndarray of int64, shape (n, len(PARTS))
    score : ndarray of int64, shape (n,)
    tie : ndarray of uint64, shape (n,)
        hash(opening, worker): orders equal scores.
    mark : ndarray of int64, shape (n,)
        For a ranking whether something is unknown; for nearest misses which gate bars.
    barred : int
        People left out.
    """

    tables: tuple[Table, ...]
    table: Rows
    row: Rows
    points: NDArray[np.int64]
    score: NDArray[np.int64]
    tie: NDArray[np.uint64]
    mark: Rows
    barred: int

    def order(self, chosen: Rows, upto: int | None) -> Rows:
        """Return the chosen positions by score, then tie; only the first `upto` if given."""
        score = self.score[chosen]
        if upto is not None and 0 < upto < len(chosen):
            least = np.partition(score, len(score) - upto)[len(score) - upto]
            chosen = chosen[score >= least]
        return chosen[np.lexsort((self.tie[chosen], -self.score[chosen]))][:upto]

    def above(self, score: int, tie: int) -> int:
        """Count people in the list who stand before a score and tie."""
        listed = self.mark == 0
        before = (self.score > score) | ((self.score == score) & (self.tie < np.uint64(tie)))
        return int(np.count_nonzero(listed & before))


def tie_of(opening_id: OpeningId, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return hash(opening, worker) for keys of workers: different for different workers, other for each opening."""
    salt = mix(np.array([key_of(f"opening:{opening_id}")], dtype=np.uint64))
    return mix(keys ^ salt)


class Ranker:
    """An index of profiles that ranks them for openings.

    Build one with `fit` or `load`. All methods may be called from several threads.

    Parameters
    ----------
    model : SimilarityModel
    base : Table
        Made by the same model.

    Attributes
    ----------
    model : SimilarityModel
    """

    def __init__(self, model: SimilarityModel, base: Table) -> None:
        self.model = model
        self._state = State(base, np.ones(len(base), dtype=bool), Table.build([], model))
        self._writing = threading.Lock()
        self._queries: OrderedDict[str, Query] = OrderedDict()
        self._caching = threading.Lock()

    @classmethod
    def fit(cls, workers: Iterable[WorkerProfile], model: SimilarityModel | None = None) -> "Ranker":
        """Learn a model from profiles and index them.

        Parameters
        ----------
        workers : iterable of WorkerProfile
            May be empty.
        model : SimilarityModel, optional
            Index with this model instead of learning one: scores stay comparable.

        Returns
        -------
        Ranker

        Raises
        ------
        ValueError
            As `Table.build`.
        """
        people = list(workers)
        known = model or SimilarityModel.fit([worker_terms(worker) for worker in people])
        return cls(known, Table.build(people, known))

    @property
    def version(self) -> str:
        """Version id of the model."""
        return self.model.version

    def __len__(self) -> int:
        state = self._state
        return int(np.count_nonzero(state.alive)) + len(state.delta)

    def __contains__(self, worker_id: object) -> bool:
        return isinstance(worker_id, int | str) and self._state.find(worker_id) is not None

    def update(self, worker: WorkerProfile) -> None:
        """Add a profile or replace the one with the same id; the next call sees it.

        Raises
        ------
        ValueError
            If the profile names a scale or schooling that does not exist; nothing changes then.
        """
        self.update_many([worker])

    def update_many(self, workers: Sequence[WorkerProfile]) -> None:
        """Add or replace several profiles with different ids at once."""
        if not workers:
            return
        new = Table.build(workers, self.model)
        with self._writing:
            state = self._without([worker.id for worker in workers])
            delta = Table.concat([state.delta, new]) if len(state.delta) else new
            state = State(state.base, state.alive, delta)
            self._state = self._merged(state) if len(delta) > DELTA_ROWS else state

    def remove(self, worker_id: WorkerId) -> None:
        """Take a person out; nothing happens if they are not here."""
        with self._writing:
            self._state = self._without([worker_id])

    def _without(self, ids: Iterable[WorkerId]) -> State:
        state, gone = self._state, list(ids)
        alive = state.alive.copy()
        alive[state.base.find(gone)] = False
        in_delta = state.delta.find(gone)
        delta = state.delta
        if len(in_delta):
            delta = delta.take(np.setdiff1d(np.arange(len(delta)), in_delta))
        return State(state.base, alive, delta)

    def _merged(self, state: State) -> State:
        base = Table.concat([state.base.take(np.flatnonzero(state.alive)), state.delta])
        return State(base, np.ones(len(base), dtype=bool), Table.build([], self.model))

    def save(self, path: str | Path) -> None:
        """Write the index to a folder: arrays and JSON, mode 0600, put in place whole.

        Parameters
        ----------
        path : str or Path
            A folder; one that is there is replaced.
        """
        with self._writing:
            if len(self._state.delta) or not bool(self._state.alive.all()):
                self._state = self._merged(self._state)
            base = self._state.base
        store.save(Path(path), self.model, base)

    @classmethod
    def load(cls, path: str | Path) -> "Ranker":
        """Open a saved index, memory-mapped.

        Raises
        ------
        FileNotFoundError
            If there is none.
        ValueError
            If it was written by other weights, text rules or data, or a file is not what it says.
        """
        return cls(*store.load(Path(path)))

    def _query(self, opening: OpeningProfile) -> Query:
        key = repr(opening)
        with self._caching:
            if key in self._queries:
                self._queries.move_to_end(key)
                return self._queries[key]
        query = Query.build(opening, self.model)
        with self._caching:
            self._queries[key] = query
            while len(self._queries) > KEPT_QUERIES:
                self._queries.popitem(last=False)
        return query

    def ranking(
        self,
        opening: OpeningProfile,
        *,
        on: date,
        limit: int | None = 50,
        offset: int = 0,
        among: Iterable[WorkerId] | None = None,
        exclude: Iterable[WorkerId] = (),
    ) -> Ranking:
        """Rank everybody for an opening: one pass, both lists, all counts.

        Parameters
        ----------
        opening : OpeningProfile
        on : date
            The day on which ages, certificates and freshness are read.
        limit : int, optional
            Rows of each list; None for all.
        offset : int
            Rows of each list to leave out at its head.
        among : iterable of ids, optional
            Rank only these.
        exclude : iterable of ids
            Leave these out.

        Returns
        -------
        Ranking

        Raises
        ------
        ValueError
            If the opening may not be ranked, see `eligibility.check`.
        """
        query = self._query(opening)
        scan = self._scan(self._state, query, on, among, exclude)
        may, apart = np.flatnonzero(scan.mark == 0), np.flatnonzero(scan.mark == 1)
        return Ranking(
            candidates=self._page(scan, query, on, may, limit, offset),
            unknowns=self._page(scan, query, on, apart, limit, offset),
            total_may=len(may),
            total_unknown=len(apart),
            total_barred=scan.barred,
            model=self.version,
        )

    def rank(
        self,
        opening: OpeningProfile,
        *,
        on: date,
        limit: int | None = 50,
        offset: int = 0,
        among: Iterable[WorkerId] | None = None,
        exclude: Iterable[WorkerId] = (),
    ) -> list[RankedCandidate]:
        """Return the people for whom every hard requirement is a yes, best first.

        Parameters and errors as in `ranking`, which also gives the people with something unknown.
        """
        query = self._query(opening)
        scan = self._scan(self._state, query, on, among, exclude)
        return self._page(scan, query, on, np.flatnonzero(scan.mark == 0), limit, offset)

    def unknowns(
        self,
        opening: OpeningProfile,
        *,
        on: date,
        limit: int | None = 50,
        offset: int = 0,
        among: Iterable[WorkerId] | None = None,
        exclude: Iterable[WorkerId] = (),
    ) -> list[RankedCandidate]:
        """Return the people who may once their `unknowns` are known, best first.

        Parameters and errors as in `ranking`.
        """
        query = self._query(opening)
        scan = self._scan(self._state, query, on, among, exclude)
        return self._page(scan, query, on, np.flatnonzero(scan.mark == 1), limit, offset)

    def nearest_misses(
        self,
        opening: OpeningProfile,
        *,
        on: date,
        limit: int | None = 20,
        offset: int = 0,
        among: Iterable[WorkerId] | None = None,
        exclude: Iterable[WorkerId] = (),
    ) -> list[RankedCandidate]:
        """Return people barred by exactly one requirement that a person can change, best first.

        Never somebody barred by age or sex. Parameters and errors as in `ranking`; `barred_by` says what bars.
        """
        query = self._query(opening)
        found = []
        for table, rows in self._chosen(self._state, among, exclude):
            bar = np.full(len(rows), -1, dtype=np.int64)
            for at, need in enumerate(query.gates):
                no = answers(table, rows, need, on) == NO
                keep = ~no | ((bar < 0) & is_changeable(need))
                bar = np.where(no, at, bar)[keep]
                rows = rows[keep]
            found.append((table, rows[bar >= 0], bar[bar >= 0]))
        scan = self._scored(found, query, on, barred=0)
        return self._page(scan, query, on, np.arange(len(scan.row)), limit, offset, missed=True)

    def explain(self, opening: OpeningProfile, worker_id: WorkerId, *, on: date) -> Explanation:
        """Tell why a person stands where they stand for an opening.

        Parameters
        ----------
        opening : OpeningProfile
        worker_id : int or str
        on : date

        Returns
        -------
        Explanation

        Raises
        ------
        KeyError
            If the person is not in the index.
        ValueError
            As in `ranking`.
        """
        state, query = self._state, self._query(opening)
        place = state.find(worker_id)
        if place is None:
            raise KeyError(f"no worker {worker_id!r} in the index")
        worker = place[0].profile(place[1])
        mine = place[0].take(np.array([place[1]]))
        stated = verdicts(mine, query, worker, on)
        points = named_parts(parts(mine, ONE_ROW, query, on)[0])
        score = sum(points.values())
        scan = self._scan(state, query, on, None, (worker_id,))
        listed = _listed(stated)
        good, missing = reasons(worker, query, points, stated, self.model, on)
        return Explanation(
            worker_id=worker.id,
            verdicts=stated,
            listed=listed,
            rank=self._rank(scan, query, mine, score) if listed == "may" else None,
            score=score,
            parts=points,
            reasons=good,
            missing=missing,
            changes=self._changes(worker, query, stated, scan, score, on),
            model=self.version,
        )

    def _rank(self, scan: Scan, query: Query, mine: Table, score: int) -> int | str:
        rank = scan.above(score, int(tie_of(query.opening.id, mine.keys)[0])) + 1
        return rank if rank <= LAST_RANK else BELOW

    def _changes(
        self,
        worker: WorkerProfile,
        query: Query,
        stated: tuple[Verdict, ...],
        scan: Scan,
        score: int,
        on: date,
    ) -> tuple[Change, ...]:
        tried = {one.text_vi: one for one in reversed(proposals(worker, query, stated, on))}
        before = _listed(stated)
        found = [self._tried(one, query, scan, score, before, on) for one in tried.values()]
        useful = (one for one in found if one is not None)
        return tuple(sorted(useful, key=lambda one: (not one.opens, -one.gain, one.code, one.text_vi)))

    def _tried(
        self, proposal: Proposal, query: Query, scan: Scan, score: int, before: str, on: date
    ) -> Change | None:
        """Score the changed copy; None if the change helps nothing."""
        table = Table.build([proposal.profile], self.model)
        after = _listed(verdicts(table, query, proposal.profile, on))
        points = int(parts(table, ONE_ROW, query, on).sum())
        opens = before != "may" and after == "may"
        gain = points - score
        if not opens and not proposal.gate and gain <= 0:
            return None
        rank = self._rank(scan, query, table, points) if after == "may" else None
        return Change(proposal.code, proposal.text_vi, proposal.text_en, gain, rank, opens)

    def openings_for(
        self,
        worker: WorkerProfile,
        openings: Iterable[OpeningProfile],
        *,
        on: date,
        limit: int | None = 20,
        offset: int = 0,
    ) -> list[RankedOpening]:
        """Return the openings that a person may take and that fit, best first.

        Parameters
        ----------
        worker : WorkerProfile
            Need not be in the index.
        openings : iterable of OpeningProfile
        on : date
        limit : int, optional
        offset : int

        Returns
        -------
        list of RankedOpening
            Openings whose every hard requirement is a yes, then those with something unknown.

        Raises
        ------
        ValueError
            If one of the openings may not be ranked.
        """
        mine = Table.build([worker], self.model)
        found = []
        for opening in openings:
            query = self._query(opening)
            gate = [int(answers(mine, ONE_ROW, need, on)[0]) for need in query.gates]
            if NO not in gate:
                row = parts(mine, ONE_ROW, query, on)[0]
                tie = int(tie_of(opening.id, mine.keys)[0])
                found.append((OPEN in gate, -int(row.sum()), tie, query, row))
        found.sort(key=lambda one: one[:3])
        stop = None if limit is None else offset + limit
        shown = []
        for rank, (_, score, _, query, row) in enumerate(found[offset:stop], offset + 1):
            points = named_parts(row)
            stated = verdicts(mine, query, worker, on)
            good, missing = reasons(worker, query, points, stated, self.model, on)
            unknown = tuple(one for one in stated if one.hard and one.verdict == "unknown")
            shown.append(RankedOpening(query.opening.id, -score, points, good, missing, rank, unknown))
        return shown

    def _chosen(
        self, state: State, among: Iterable[WorkerId] | None, exclude: Iterable[WorkerId]
    ) -> list[tuple[Table, Rows]]:
        """Return the rows of each table that count, among some, without others."""
        only, without = None if among is None else list(among), list(exclude)
        found = []
        for table, rows in state.tables():
            if only is not None:
                rows = np.intersect1d(rows, table.find(only), assume_unique=True)
            if without:
                rows = np.setdiff1d(rows, table.find(without), assume_unique=True)
            found.append((table, rows))
        return found

    def _scan(
        self,
        state: State,
        query: Query,
        on: date,
        among: Iterable[WorkerId] | None,
        exclude: Iterable[WorkerId],
    ) -> Scan:
        """Apply the gates, cheapest first as stated, and score what passes."""
        found, barred = [], 0
        for table, rows in self._chosen(state, among, exclude):
            considered = len(rows)
            unknown = np.zeros(considered, dtype=np.int64)
            for need in query.gates:
                answer = answers(table, rows, need, on)
                keep = answer != NO
                unknown = (unknown | (answer == OPEN))[keep]
                rows = rows[keep]
            barred += considered - len(rows)
            found.append((table, rows, unknown))
        return self._scored(found, query, on, barred)

    def _scored(self, found: list[tuple[Table, Rows, Rows]], query: Query, on: date, barred: int) -> Scan:
        points = np.concatenate([parts(table, rows, query, on) for table, rows, _ in found])
        return Scan(
            tables=tuple(table for table, _, _ in found),
            table=np.repeat(np.arange(len(found)), [len(rows) for _, rows, _ in found]),
            row=np.concatenate([rows for _, rows, _ in found]),
            points=points,
            score=points.sum(axis=1, dtype=np.int64),
            tie=np.concatenate([tie_of(query.opening.id, table.keys[rows]) for table, rows, _ in found]),
            mark=np.concatenate([mark for _, _, mark in found]),
            barred=barred,
        )

    def _page(
        self,
        scan: Scan,
        query: Query,
        on: date,
        chosen: Rows,
        limit: int | None,
        offset: int,
        missed: bool = False,
    ) -> list[RankedCandidate]:
        stop = None if limit is None else offset + limit
        places = scan.order(chosen, stop)[offset:]
        return [
            self._candidate(scan, query, on, int(at), rank, missed)
            for rank, at in enumerate(places, offset + 1)
        ]

    def _candidate(
        self, scan: Scan, query: Query, on: date, at: int, rank: int, missed: bool
    ) -> RankedCandidate:
        table, row = scan.tables[int(scan.table[at])], int(scan.row[at])
        worker, mine = table.profile(row), table.take(np.array([row]))
        points = named_parts(scan.points[at])
        stated = verdicts(mine, query, worker, on)
        good, missing = reasons(worker, query, points, stated, self.model, on)
        return RankedCandidate(
            worker_id=worker.id,
            score=int(scan.score[at]),
            parts=points,
            reasons=good,
            missing=missing,
            rank=rank,
            unknowns=tuple(one for one in stated if one.hard and one.verdict == "unknown"),
            barred_by=stated[int(scan.mark[at])] if missed else None,
        )


def _listed(stated: tuple[Verdict, ...]) -> str:
    hard = {one.verdict for one in stated if one.hard}
    return "barred" if "no" in hard else "unknown" if "unknown" in hard else "may"
