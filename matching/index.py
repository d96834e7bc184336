"""The ranker: an index of profiles, and every question one can put to it.

A base of columns, a small delta of profiles that changed since, and a mask of base rows that no longer count.
The three are held in one value that is replaced whole, so readers take no lock and see either all of a change
or nothing of it.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from matching import scan as passes
from matching import store
from matching.changes import explanation
from matching.eligibility import NO, OPEN, answers
from matching.explain import ONE_ROW, page, reasons, unknown_gates, verdicts
from matching.features import Query, named, points_of, values, version_of
from matching.model import SimilarityModel
from matching.numbers import tie_of
from matching.reading import Documents, chunks
from matching.scan import Narrowing, scan
from matching.scoring import Scorer, StatedWeights
from matching.segments import Segment, State
from matching.table import Table
from matching.types import (
    Explanation,
    OpeningProfile,
    RankedCandidate,
    RankedOpening,
    Ranking,
    Requirement,
    Verdict,
    WorkerId,
    WorkerProfile,
)

KEPT_QUERIES = 512
"""Openings whose words and tables of points are remembered."""


class Ranker:
    """An index of profiles that ranks them for openings.

    Build one with `fit` or `load`. All methods may be called from several threads.

    Parameters
    ----------
    model : SimilarityModel
    base : Table
        Made by the same model.
    note : Mapping, optional
        What the caller saved beside the index.

    Attributes
    ----------
    model : SimilarityModel
    note : dict
    scorer : Scorer
        `StatedWeights` until another is put in its place; the next call scores with it.
    """

    def __init__(
        self, model: SimilarityModel, base: Table | Segment, note: Mapping[str, Any] | None = None
    ) -> None:
        self.model = model
        self.note = dict(note or {})
        self.scorer: Scorer = StatedWeights()
        whole = base if isinstance(base, Segment) else Segment(base, model.columns)
        self._state = State.of(whole)
        self._writing = threading.Lock()
        self._queries: OrderedDict[str, Query] = OrderedDict()
        self._caching = threading.Lock()

    @classmethod
    def fit(cls, workers: Iterable[WorkerProfile], model: SimilarityModel | None = None) -> "Ranker":
        """Learn a model from profiles and index them.

        Parameters
        ----------
        workers : iterable of WorkerProfile
            May be empty. One that can be gone through twice, as a list or an object that reads them anew,
            is never held in memory whole.
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
        people = list(workers) if isinstance(workers, Iterator) else workers
        known = model or SimilarityModel.fit(Documents(people))
        tables = [Table.build(chunk, known) for chunk in chunks(people)]
        return cls(known, Table.concat(tables) if len(tables) > 1 else tables[0])

    @property
    def version(self) -> str:
        """Version id of the model and of what turns its values into points."""
        return version_of(self.model, self.scorer)

    def __len__(self) -> int:
        return len(self._state)

    def __contains__(self, worker_id: object) -> bool:
        return isinstance(worker_id, int | str) and self._state.find(worker_id) is not None

    def update(self, worker: WorkerProfile) -> None:
        """Add a profile or replace the one with the same id; the next call sees it.

        Raises
        ------
        ValueError
            If the profile names schooling that does not exist; nothing changes then.
        """
        self.update_many([worker])

    def update_many(self, workers: Sequence[WorkerProfile]) -> None:
        """Add or replace several profiles with different ids at once; errors as in `update`."""
        if not workers:
            return
        new = Table.build(workers, self.model)
        with self._writing:
            self._state = self._state.without([worker.id for worker in workers]).adding(new)

    def remove(self, worker_id: WorkerId) -> None:
        """Take a person out; nothing happens if they are not here."""
        with self._writing:
            self._state = self._state.without([worker_id])

    def save(self, path: str | Path, note: Mapping[str, Any] | None = None) -> None:
        """Write the index to a folder: arrays and JSON, mode 0600, put in place whole.

        Parameters
        ----------
        path : str or Path
            A folder; one that is there is replaced. Its parent must exist.
        note : Mapping, optional
            Anything JSON can hold that `load` is to give back as `Ranker.note`, such as how far a log of
            changes was read before these profiles were.
        """
        with self._writing:
            self._state = self._state.merged()
            base = self._state.segments[0]
        store.save(Path(path), self.model, base, self.note if note is None else dict(note))

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
        scorer = self.scorer
        key = f"{scorer.version} {opening!r}"
        with self._caching:
            if key in self._queries:
                self._queries.move_to_end(key)
                return self._queries[key]
        query = Query.build(opening, self.model, scorer)
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
        narrow: Sequence[Requirement] = (),
    ) -> Ranking:
        """Rank everybody for an opening: both lists, all counts.

        Parameters
        ----------
        opening : OpeningProfile
        on : date
            The day on which ages, certificates and freshness are read.
        limit : int, optional
            Rows of each list; None for all that are ranked: the best thousand.
        offset : int
            Rows of each list to leave out at its head.
        among : iterable of ids, optional
            Rank only these.
        exclude : iterable of ids
            Leave these out.
        narrow : sequence of Requirement
            Gates that are not the opening's own: they narrow the lists, unknown counts as no, and no verdict
            tells of them. "lives" names a commune.

        Returns
        -------
        Ranking

        Raises
        ------
        ValueError
            If the opening may not be ranked, see `eligibility.check`.
        """
        query = self._query(opening)
        counted = passes.counting(self._state, on, Narrowing(among, exclude, narrow))
        may = scan(passes.may(counted, query, on), query, on)
        apart = scan(passes.apart(counted, query, on), query, on)
        return Ranking(
            candidates=page(may, query, self.model, on, limit, offset),
            unknowns=page(apart, query, self.model, on, limit, offset),
            total_may=may.total,
            total_unknown=apart.total,
            total_barred=passes.total(counted) - may.total - apart.total,
            model=query.version,
            scorer=query.scorer,
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
        narrow: Sequence[Requirement] = (),
    ) -> list[RankedCandidate]:
        """Return the people for whom every hard requirement is a yes, best first.

        Parameters and errors as in `ranking`, which gives the people with something unknown too.
        """
        query = self._query(opening)
        counted = passes.counting(self._state, on, Narrowing(among, exclude, narrow))
        may = scan(passes.may(counted, query, on), query, on)
        return page(may, query, self.model, on, limit, offset)

    def eligible(self, opening: OpeningProfile, *, on: date) -> list[WorkerId]:
        """Return the ids of all people for whom every hard requirement is a yes, in no order.

        Raises
        ------
        ValueError
            As in `ranking`.
        """
        query = self._query(opening)
        may = passes.may(passes.counting(self._state, on, passes.EVERYBODY), query, on)
        return [worker_id for table, rows in passes.everybody(may) for worker_id in table.ids(rows)]

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

        Never somebody barred by age or sex; `barred_by` says what bars. The rest is as in `ranking`.
        """
        query = self._query(opening)
        counted = passes.counting(self._state, on, Narrowing(among, exclude))
        found = scan(passes.missed(counted, query, on), query, on)
        return page(found, query, self.model, on, limit, offset, missed=True)

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
        counted = passes.counting(state, on, Narrowing(exclude=(worker_id,)))
        others = scan(passes.may(counted, query, on), query, on)
        return explanation(*place, query, others, self.model, on)

    def verdicts(self, opening: OpeningProfile, worker: WorkerProfile, *, on: date) -> tuple[Verdict, ...]:
        """Return every requirement's verdict on a profile, which need not be in the index; nothing is ranked.

        Raises
        ------
        ValueError
            As in `ranking`.
        """
        mine = Table.build([worker], self.model)
        return verdicts(mine, ONE_ROW, self._query(opening), [worker], on)[0]

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
        for query in map(self._query, openings):
            gate = [int(answers(mine, ONE_ROW, need, on)[0]) for need in query.gates]
            if NO not in gate:
                row = points_of(values(mine, ONE_ROW, query, on), query)[0]
                tie = int(tie_of(query.opening.id, mine.keys)[0])
                found.append((OPEN in gate, -int(row.sum()), tie, query, row))
        found.sort(key=lambda one: one[:3])
        stop = None if limit is None else offset + limit
        shown = []
        for rank, (_, score, _, query, row) in enumerate(found[offset:stop], offset + 1):
            points = named(row)
            stated = verdicts(mine, ONE_ROW, query, [worker], on)[0]
            good, missing = reasons(worker, query, points, stated, self.model, on)
            unknown = unknown_gates(stated)
            told = points, query.weights, good, missing, rank, unknown
            shown.append(RankedOpening(query.opening.id, -score, *told))
        return shown
