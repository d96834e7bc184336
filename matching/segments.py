"""A part of the index: a table with its postings, fields and gates; and the state of all parts together."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.columns import WORD, Bits, Ints, Mask, full_bits, pack, unpack
from matching.fields import Fields
from matching.gates import Gates
from matching.numbers import keys_of
from matching.postings import Postings
from matching.table import Table
from matching.types import WorkerId

FRESH_ROWS = 64
"""Changed profiles in the last, small segment: adding one copies only these."""
DELTA_ROWS = 2000
"""Changed profiles that may stand beside any base."""
DELTA_SHARE = 4
"""And beside a large one: a fourth of it. Beyond both, base and delta are merged."""

_SERIALS = itertools.count()


class Segment:
    """A table and what makes it fast to search; all of it fixed once made.

    Parameters
    ----------
    table : Table
    columns : int
        Term columns of the model.
    postings : Postings, optional
    fields : Fields, optional
        Where they are saved; else they are made when first asked for.
    """

    def __init__(
        self, table: Table, columns: int, postings: Postings | None = None, fields: Fields | None = None
    ) -> None:
        self.table = table
        self.columns = columns
        self.gates = Gates(table)
        self.serial = next(_SERIALS)
        if postings is not None:
            self.__dict__["postings"] = postings
        if fields is not None:
            self.__dict__["fields"] = fields

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def postings(self) -> Postings:
        """The postings of the table's terms."""
        return Postings.build(self.table.bags, self.columns)

    @cached_property
    def fields(self) -> Fields:
        """The fields as small codes."""
        return Fields.of(self.table)

    @cached_property
    def most(self) -> Ints:
        """The highest `first` of each 64 rows: shape (words,), int32."""
        first = np.zeros(-(-len(self) // WORD) * WORD, dtype=np.int32)
        first[: len(self)] = self.table.bags.first
        most: Ints = first.reshape(-1, WORD).max(axis=1, initial=0)
        return most

    def rows_of(self, ids: Iterable[WorkerId]) -> Bits:
        """Return the bits of those ids that are here."""
        mask = np.zeros(len(self), dtype=bool)
        mask[self.table.find(ids)] = True
        return pack(mask)


@dataclass(frozen=True)
class State:
    """The segments of an index, largest first, and which of their rows still count."""

    segments: tuple[Segment, ...]
    alive: tuple[Bits, ...]

    @classmethod
    def of(cls, *segments: Segment) -> "State":
        """Return the state in which every row of every segment counts."""
        return cls(segments, tuple(full_bits(len(one)) for one in segments))

    def find(self, worker_id: WorkerId) -> tuple[Segment, int] | None:
        """Return the segment and row of a person, or None."""
        for segment, alive in zip(self.segments, self.alive, strict=True):
            rows = segment.table.find([worker_id])
            if len(rows) and int(alive[rows[0] // WORD]) >> int(rows[0] % WORD) & 1:
                return segment, int(rows[0])
        return None

    def without(self, ids: Iterable[WorkerId]) -> "State":
        """Return the state without some people; ids that are not here are no matter."""
        gone = keys_of(list(ids))
        alive = []
        for segment, bits in zip(self.segments, self.alive, strict=True):
            rows = segment.table.find_keys(gone)
            if len(rows):
                bits = bits.copy()
                np.bitwise_and.at(bits, rows // WORD, ~(np.uint64(1) << (rows % WORD).astype(np.uint64)))
            alive.append(bits)
        return State(self.segments, tuple(alive))

    def adding(self, new: Table) -> "State":
        """Return the state with some people more: a base, a delta, and a few fresh ones at the end.

        Adding to the fresh ones copies only these; now and then they move into the delta, and the delta, when
        it has grown too large, into the base.
        """
        columns = self.segments[0].columns
        fresh = self._joined(range(2, len(self.segments)), new)
        if len(self.segments) == 1 or len(fresh) <= FRESH_ROWS:
            return State(self.segments[:2], self.alive[:2])._plus(Segment(fresh, columns))
        delta = self._joined(range(1, 2), fresh)
        if len(delta) <= max(DELTA_ROWS, len(self.segments[0]) // DELTA_SHARE):
            return State(self.segments[:1], self.alive[:1])._plus(Segment(delta, columns))
        return State.of(Segment(self._joined(range(1), delta), columns))

    def merged(self) -> "State":
        """Return the state as one segment of living rows."""
        if len(self.segments) == 1 and len(self) == len(self.segments[0]):
            return self
        tables = [self.living(at) for at in range(len(self.segments))]
        whole = Table.concat(tables) if len(tables) > 1 else tables[0]
        return State.of(Segment(whole, self.segments[0].columns))

    def _joined(self, which: Iterable[int], new: Table) -> Table:
        """Return the living rows of some segments and new ones as one table."""
        tables = [self.living(at) for at in which]
        return Table.concat([*tables, new]) if tables else new

    def _plus(self, segment: Segment) -> "State":
        """Return the state with one more segment, all of whose rows count."""
        return State((*self.segments, segment), (*self.alive, full_bits(len(segment))))

    def living(self, at: int) -> Table:
        """Return the rows of one segment that count, as a table."""
        segment, mask = self.segments[at], self.mask(at)
        return segment.table if mask.all() else segment.table.take(np.flatnonzero(mask))

    def mask(self, at: int) -> Mask:
        """Return which rows of one segment count."""
        return unpack(self.alive[at], len(self.segments[at]))

    def __len__(self) -> int:
        return sum(int(np.bitwise_count(bits).sum()) for bits in self.alive)
