"""Stage one: the thousand people of a segment who fit best by words and fields, exactly, in a total order.

The question is laid out as tables of points, one entry a code, so that scoring a person is looking up and
adding. `Found` holds what came out; several segments' are merged by the same order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import kernels, plain
from matching import values as value_of
from matching.columns import Bits, Ints, sealed
from matching.compiled import ON
from matching.features import Query
from matching.fields import MONTHS, NONE, STEPS, WAGE_STEP, WAGE_STEPS, WEEKS, week_day
from matching.kernels import Best, Columns, Tables, Words
from matching.numbers import NO_DATE, UNKNOWN
from matching.segments import Segment
from matching.table import Table
from matching.text_query import FIRST_WHOLE
from matching.types import HOME, Requirement
from matching.weights import AT_LEVEL, NOT_STATED, PARTS, UNIT, WILLING

TEXT_STEPS = 2**11
"""Steps of the likeness of texts that stage one tells apart."""
MOST_KEPT = 8
"""Layouts and spans kept with a query: one of each for the segments of today."""

Points = NDArray[np.integer]


@dataclass(frozen=True)
class Found:
    """The best of one segment or of several, best first.

    Attributes
    ----------
    segment, row : ndarray of int64, shape (n,)
    score : ndarray of int64, shape (n,)
        The score of stage one.
    tie : ndarray of uint64, shape (n,)
        hash(opening, worker): orders equal scores.
    """

    segment: NDArray[np.int64]
    row: NDArray[np.int64]
    score: Points
    tie: NDArray[np.uint64]

    @classmethod
    def merged(cls, parts: Sequence["Found"], kept: int) -> "Found":
        """Return the best of several."""
        whole = [np.concatenate([getattr(part, name) for part in parts]) for name in cls.__annotations__]
        return cls(*whole).ordered(kept)

    def ordered(self, kept: int) -> "Found":
        """Return the best by score, then tie."""
        return self._in(np.lexsort((self.tie, -self.score))[:kept])

    def by_place(self) -> "Found":
        """Return the same people in the order in which they stand in the segments."""
        return self._in(np.lexsort((self.row, self.segment)))

    def _in(self, order: Points) -> "Found":
        return Found(self.segment[order], self.row[order], self.score[order], self.tie[order])


@dataclass(frozen=True)
class Layout:
    """An opening as tables of points for one segment: arrays of int32, by code.

    Attributes
    ----------
    text : shape (steps,)
        By likeness, `shift` bits of it dropped.
    done, wanted, wages, starting, fresh
        By the codes of `Fields`.
    homes : shape (2, communes)
        By commune, for those who did not name the place and for those who did (`named`).
    named : Requirement
    flags : tuple of Requirement
        What is simply there or not.
    flag_points : shape (2 * flags,)
        Points of a yes and of silence, flag by flag.
    most_rest : int
        The most that homes, wages, starting, fresh and flags bring together.
    """

    shift: int
    text: Points
    done: Points
    wanted: Points
    homes: Points
    wages: Points
    starting: Points
    fresh: Points
    named: Requirement
    flags: tuple[Requirement, ...]
    flag_points: Points

    @property
    def most_rest(self) -> int:
        """The most that those fields bring together that are read last, and an unrelated occupation."""
        tables = (self.homes, self.wages, self.starting, self.fresh)
        unrelated = int(self.done[NONE] + self.wanted[NONE])
        return int(sum(int(table.max(initial=0)) for table in tables) + self.flag_points.sum()) + unrelated

    @classmethod
    def of(cls, query: Query, segment: Segment, on: date) -> "Layout":
        """Lay out an opening for a segment on a day; the last layouts of a query are kept."""
        layout: Layout = _kept(query, segment, on, lambda: cls._made(query, segment.table, on))
        return layout

    @classmethod
    def _made(cls, query: Query, table: Table, on: date) -> "Layout":
        opening = query.opening
        shift, text = _text(query)
        codes = np.arange(WAGE_STEPS)
        asked = np.where(codes == 0, UNKNOWN, (codes - 1) * WAGE_STEP)
        days = np.array([NO_DATE, *(week_day(week) for week in range(1, WEEKS))])
        wanted = value_of.nearness(opening.occupation, table.wanted_occupations.known)
        flags, flag_points = _flags(query)
        return cls(
            shift=shift,
            text=text,
            done=_done(query, table.occupations.known),
            wanted=_by_code(query, "wish", wanted),
            homes=_homes(query, table.communes),
            wages=_points(query, "wage", value_of.wage(asked, opening)),
            starting=_points(query, "start", value_of.start(days, opening, on)),
            fresh=_points(query, "recency", value_of.recency(days, on)),
            named=Requirement("names", "in", {"country": opening.country or HOME, "place": opening.place}),
            flags=flags,
            flag_points=flag_points,
        )


def _kept(query: Query, segment: Segment, what: object, make: Callable[[], Any]) -> Any:
    """Return what was made before for a query and a segment; the last few are kept."""
    key = (segment.serial, what)
    found = query.kept.get(key)
    if found is None:
        found = make()
        if len(segment) > 1:  # one profile tried alone is not asked for again
            if len(query.kept) >= MOST_KEPT:
                query.kept.clear()
            query.kept[key] = found
    return found


def _points(query: Query, part: str, values: NDArray[np.int64]) -> Points:
    """Return the points of one part for some values."""
    if not query.weights[part]:
        return np.zeros(len(values), dtype=np.int32)
    whole = np.zeros((len(values), len(PARTS)), dtype=np.int64)
    whole[:, PARTS.index(part)] = values
    return query.scorer.points(whole, query.weights)[:, PARTS.index(part)].astype(np.int32)


def _text(query: Query) -> tuple[int, Points]:
    """Return how many bits of a likeness are dropped, and the points of each step."""
    top = FIRST_WHOLE
    shift = max(0, top.bit_length() - TEXT_STEPS.bit_length() + 1)
    steps = np.arange((top >> shift) + 1)
    return shift, _points(query, "text", np.floor(np.sqrt(steps / max(1, steps[-1])) * UNIT).astype(np.int64))


def _by_code(query: Query, part: str, near: NDArray[np.int64]) -> Points:
    """Return points by code: never asked, nothing, a long list (the most it can bring), then the known
    occupations."""
    return _points(query, part, np.concatenate([[NOT_STATED, 0, UNIT], near]).astype(np.int64))


def _done(query: Query, known: NDArray[np.integer]) -> Points:
    """Return the points of occupation and experience together, by occupation and step of months."""
    near = np.repeat(value_of.nearness(query.opening.occupation, known), STEPS)
    worth = value_of.worth_of_months(np.tile(MONTHS, len(known)), near)
    return _by_code(query, "occupation", near) + _by_code(query, "experience", value_of.experience(worth))


def _homes(query: Query, communes: Ints) -> Points:
    """Return the points of each commune, for those who did not name the place and for those who did."""
    if query.opening.is_overseas:
        values = np.tile(np.array([[NOT_STATED], [UNIT]]), len(communes))
    else:
        alone = value_of.rides(query.opening.place, communes)
        values = np.stack([alone, np.maximum(alone, WILLING)])
    return _points(query, "distance", values.ravel()).reshape(values.shape)


def _flags(query: Query) -> tuple[tuple[Requirement, ...], Points]:
    """Return what is there or not (skills, a level, wishes), and the points of a yes and of silence."""
    # Who has said nothing in words: counted as silence, as in stage two.
    flags = [Requirement("silent", "=")]
    points = [*_points(query, "text", np.array([NOT_STATED])).tolist(), 0]
    for part, needs, value in (
        ("skills", query.asked_skills, UNIT),
        ("certificate", query.levels[:1], AT_LEVEL),
        ("wishes", query.wishes, UNIT),
    ):
        if query.weights[part] and needs:
            worth = _points(query, part, np.array([value // len(needs), NOT_STATED // len(needs)]))
            flags += needs
            points += worth.tolist() * len(needs)
    return tuple(flags), np.array(points, dtype=np.int32)


def _bits(segment: Segment, layout: Layout, on: date) -> tuple[Bits, NDArray[np.uint64]]:
    """Return the bits of those who named the place, and of each flag's yes and silence."""
    named = segment.gates.answered(layout.named, on).yes
    flags = [bits for need in layout.flags for bits in segment.gates.answered(need, on)]
    return named, np.stack(flags)


def _related(query: Query, segment: Segment, on: date) -> Bits:
    """Return the bits of those for whom an occupation, done or wanted, may bring points."""
    if query.opening.occupation is None:
        return np.zeros_like(segment.gates.everyone)
    return segment.gates.answered(Requirement("near", "=", query.opening.occupation), on).yes


def best(query: Query, segment: Segment, passing: Bits, on: date, kept: int) -> Found:
    """Return the best people of a segment among those whose bit is set.

    Parameters
    ----------
    query : Query
    segment : Segment
    passing : ndarray of uint64
    on : date
    kept : int

    Returns
    -------
    Found
        The first `kept` by (score, tie); `segment` is 0.
    """
    fields, table = segment.fields, segment.table
    layout = Layout.of(query, segment, on)
    near, flags = _bits(segment, layout, on)
    columns = (
        fields.done, table.occupations.starts, fields.all_done,
        fields.wanted, table.wanted_occupations.starts, fields.all_wanted,
        table.commune, fields.wage, fields.start, fields.updated, _related(query, segment, on), near, flags,
    )  # fmt: skip
    tables = (
        layout.text, layout.done, layout.wanted, layout.homes, layout.wages, layout.starting, layout.fresh,
        layout.flag_points,
    )  # fmt: skip
    heap = _heap(query, segment, kept)
    run: Any = kernels.top_by_all if ON else plain.top_by_all
    size = run(
        sealed(passing),
        _words(query, segment),
        Columns(*map(sealed, columns)),
        Tables(layout.shift, layout.most_rest, *map(sealed, tables)),
        heap,
    )
    return _found(heap, size, kept)


def best_by_words(query: Query, segment: Segment, passing: Bits, kept: int) -> Found:
    """Return the best people by words alone; the rest is as in `best`."""
    heap = _heap(query, segment, kept)
    run: Any = kernels.top_by_words if ON else plain.top_by_words
    return _found(heap, run(sealed(passing), _words(query, segment), heap), kept)


def _words(query: Query, segment: Segment) -> Words:
    words, postings = query.words, segment.postings
    # Only where the terms stand is kept: a view of the segment would hold on to an index of yesterday.
    spans = _kept(
        query, segment, "spans", lambda: np.stack(postings.spans(words.first_terms, words.first_weights))
    )
    walked = (spans, postings.ids, postings.starts, postings.blocks, segment.table.bags.first, segment.most)
    return Words(*map(sealed, walked))


def _heap(query: Query, segment: Segment, kept: int) -> Best:
    size = max(1, min(kept, len(segment)))
    numbers = (np.zeros(size, dtype=kind) for kind in (np.int64, np.uint64, np.int64))
    return Best(sealed(segment.table.keys), query.salt, *numbers)


def _found(heap: Best, size: int, kept: int) -> Found:
    rows, scores, ties = (one[:size] for one in (heap.rows, heap.scores, heap.ties))
    return Found(np.zeros(size, dtype=np.int64), rows, scores, ties).ordered(kept)
