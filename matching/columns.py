"""Columns of a table: lists of different lengths with a dictionary of their values, and packed bits."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
Bits = NDArray[np.uint64]

WORD = 64
FEW = 256
"""Values up to which plain Python sorts faster than numpy sets up."""


@dataclass(frozen=True)
class Coded:
    """Lists of different lengths, one a row: entries of row i stand at `starts[i]:starts[i + 1]`.

    Attributes
    ----------
    starts : ndarray of int32, shape (n + 1,)
    known : ndarray of int64, shape (k,)
        The distinct values, ascending.
    which : ndarray of uint16 or int32, shape (m,)
        For each entry, the place of its value in `known`.
    extra : tuple of ndarray of int32, shape (m,)
        What else is stated with each entry: months, or the order of a level and its last day.
    """

    starts: Ints
    known: Ints
    which: Ints
    extra: tuple[Ints, ...] = ()

    @classmethod
    def build(cls, lists: Sequence[Sequence[tuple[int, ...]]], width: int) -> "Coded":
        """Lay lists of tuples of `width` integers end to end; the first of each is the value."""
        starts = np.zeros(len(lists) + 1, dtype=np.int32)
        np.cumsum([len(one) for one in lists], out=starts[1:])
        flat = np.array([entry for one in lists for entry in one], dtype=np.int64).reshape(-1, width)
        known, which = distinct(flat[:, 0])
        extra = tuple(np.ascontiguousarray(flat[:, at], dtype=np.int32) for at in range(1, width))
        return cls(starts, known, _narrow(which, len(known)), extra)

    def gather(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return the entries of some rows.

        Parameters
        ----------
        rows : ndarray of int64, shape (n,)

        Returns
        -------
        entries, owners : ndarray of int64
            Where each entry stands, and which of the n rows it belongs to (0 to n - 1).
        """
        first = np.asarray(self.starts)[rows].astype(np.int64)
        lengths = np.asarray(self.starts)[rows + 1] - first
        owners = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths
        return np.repeat(first - before, lengths) + np.arange(len(owners)), owners

    def take(self, rows: Rows) -> "Coded":
        """Return the same lists for some rows, in their order."""
        entries, owners = self.gather(rows)
        starts = np.zeros(len(rows) + 1, dtype=np.int32)
        np.cumsum(np.bincount(owners, minlength=len(rows)), out=starts[1:])
        extra = tuple(np.asarray(column)[entries] for column in self.extra)
        return Coded(starts, self.known, np.asarray(self.which)[entries], extra)

    @classmethod
    def concat(cls, parts: Sequence["Coded"]) -> "Coded":
        """Return the lists of several tables one after the other."""
        shifts = np.cumsum([0, *(int(part.starts[-1]) for part in parts)])
        starts = [np.asarray(part.starts)[1:] + shift for part, shift in zip(parts, shifts, strict=False)]
        known, _ = distinct(np.concatenate([np.asarray(part.known) for part in parts]))
        which = [
            np.searchsorted(known, np.asarray(part.known))[np.asarray(part.which)]
            if len(part.which)
            else np.zeros(0, dtype=np.int64)
            for part in parts
        ]
        columns = zip(*(part.extra for part in parts), strict=True)
        return cls(
            np.concatenate([np.zeros(1, dtype=np.int32), *starts]).astype(np.int32),
            known,
            _narrow(np.concatenate(which), len(known)),
            tuple(np.concatenate([np.asarray(one) for one in same]) for same in columns),
        )

    @property
    def sizes(self) -> Ints:
        """How long each row's list is."""
        sizes: Ints = np.diff(self.starts)
        return sizes

    def first(self) -> NDArray[np.int64]:
        """Return the first value of each row's list, 0 of an empty one."""
        found = np.zeros(len(self.starts) - 1, dtype=np.int64)
        filled = self.sizes > 0
        found[filled] = np.asarray(self.known)[np.asarray(self.which)[np.asarray(self.starts)[:-1][filled]]]
        return found

    def place_of(self, value: int) -> int:
        """Return the place of a value in `known`, -1 if nobody states it."""
        at = int(np.searchsorted(self.known, value))
        return at if at < len(self.known) and int(self.known[at]) == value else -1

    @cached_property
    def inverted(self) -> "Inverted":
        """The entries by value."""
        return Inverted.build(self)


@dataclass(frozen=True)
class Inverted:
    """The entries of a `Coded` by value: those of `known[i]` stand at `starts[i]:starts[i + 1]`.

    Attributes
    ----------
    starts : ndarray of int64, shape (k + 1,)
    entries, rows : ndarray of int32, shape (m,)
        Where the entry stands, and the row that states it; ascending within one value.
    """

    starts: Ints
    entries: Ints
    rows: Ints

    @classmethod
    def build(cls, coded: Coded) -> "Inverted":
        """Sort the entries of a column by value."""
        which = np.asarray(coded.which)
        entries = np.argsort(which, kind="stable").astype(np.int32)
        owners = np.repeat(np.arange(len(coded.starts) - 1, dtype=np.int32), np.diff(coded.starts))
        starts = np.zeros(len(coded.known) + 1, dtype=np.int64)
        np.cumsum(np.bincount(which, minlength=len(coded.known)), out=starts[1:])
        return cls(starts, entries, owners[entries])

    def span(self, first: int, last: int) -> slice:
        """Return where the entries of `known[first:last]` stand."""
        return slice(int(self.starts[first]), int(self.starts[last]))


def distinct(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct values, ascending, and the place of each value among them."""
    if len(values) > FEW:
        return np.unique(values, return_inverse=True)
    known = sorted(set(values.tolist()))
    place = {value: at for at, value in enumerate(known)}
    which = [place[value] for value in values.tolist()]
    return np.array(known, dtype=np.int64), np.array(which, dtype=np.int64)


def _narrow(which: NDArray[np.int64], known: int) -> Ints:
    return which.astype(np.uint16 if known < 2**16 else np.int32)


@dataclass(frozen=True)
class Blobs:
    """Bytes of different lengths, one a row."""

    starts: Ints
    data: NDArray[np.uint8]

    @classmethod
    def build(cls, texts: Sequence[bytes]) -> "Blobs":
        """Lay byte strings end to end."""
        starts = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum([len(text) for text in texts], out=starts[1:])
        return cls(starts, np.frombuffer(b"".join(texts), dtype=np.uint8))

    def row(self, at: int) -> bytes:
        """Return the bytes of one row."""
        return np.asarray(self.data[int(self.starts[at]) : int(self.starts[at + 1])]).tobytes()

    def take(self, rows: Rows) -> "Blobs":
        """Return the bytes of some rows, in their order."""
        return Blobs.build([self.row(at) for at in rows.tolist()])

    @classmethod
    def concat(cls, parts: Sequence["Blobs"]) -> "Blobs":
        """Return the rows of several tables one after the other."""
        shifts = np.cumsum([0, *(int(part.starts[-1]) for part in parts)])
        starts = [np.asarray(part.starts)[1:] + shift for part, shift in zip(parts, shifts, strict=False)]
        data = np.concatenate([np.asarray(part.data) for part in parts])
        return cls(np.concatenate([np.zeros(1, dtype=np.int64), *starts]), data)


def any_of(owners: Rows, hits: Mask, n: int) -> Mask:
    """Tell for each of n rows whether one of its entries hits."""
    found = np.zeros(n, dtype=bool)
    found[owners[hits]] = True
    return found


def sealed(array: NDArray[Any]) -> NDArray[Any]:
    """Return a view that nobody can write to: one compiled kernel reads a saved index and one in memory."""
    view = np.asarray(array).view()
    view.flags.writeable = False
    return view


def pack(mask: Mask) -> Bits:
    """Return a mask as bits, row i at bit i % 64 of word i // 64; the rest of the last word is 0."""
    packed = np.zeros(-(-len(mask) // WORD) * 8, dtype=np.uint8)
    small = np.packbits(mask, bitorder="little")
    packed[: len(small)] = small
    return packed.view(np.uint64)


def unpack(bits: Bits, n: int) -> Mask:
    """Return bits as a mask of n rows."""
    return np.unpackbits(bits.view(np.uint8), count=n, bitorder="little").astype(bool)


def rows_of(bits: Bits, n: int) -> Rows:
    """Return the rows whose bit is set, ascending."""
    return np.flatnonzero(unpack(bits, n))


def count_bits(bits: Bits) -> int:
    """Return how many bits are set."""
    return int(np.bitwise_count(bits).sum())


def full_bits(n: int) -> Bits:
    """Return bits with the first n set."""
    return pack(np.ones(n, dtype=bool))
