"""Documents as sets of columns with two lengths: what an index of the text model keeps."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.latent import ONE as DIRECTION_ONE
from matching.terms import typed
from matching.text_settings import TextSettings
from matching.vocabulary import LEVELS, Vocabulary

STEPS = 64
"""Fixed point of how much a term counts."""
NORM_ONE = 2**16
WEIGHT_STEPS = 2**10
RARITY_STEPS = 64
TYPICAL_LENGTH = 16.0
"""Length of a title of three or four words; there `length_power` changes nothing."""
CHUNK = 10_000
ROW = 2**32
"""A column of a document as one number: document times `ROW` plus column."""
Packed = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True)
class Bags:
    """Documents as sets of columns.

    Attributes
    ----------
    starts : ndarray of int64, shape (n + 1,)
    terms : ndarray of int32, shape (m,)
        Columns, ascending and distinct within a document.
    norms : ndarray of int32, shape (n, 2)
        What the sums over words and over their company are multiplied by, in fixed point of `NORM_ONE`; 0 for
        a document that has none.
    first : ndarray of int32, shape (n,)
        The same for the first stage.
    """

    starts: NDArray[np.int64]
    terms: NDArray[np.int32]
    norms: NDArray[np.int32]
    first: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: NDArray[np.int64]) -> "Bags":
        """Return some documents, in the order given."""
        first = np.asarray(self.starts)[rows]
        lengths = np.asarray(self.starts)[rows + 1] - first
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        entries = np.repeat(first - starts[:-1], lengths) + np.arange(starts[-1])
        return Bags(starts, np.asarray(self.terms)[entries], self.norms[rows], self.first[rows])

    @classmethod
    def concat(cls, parts: Sequence["Bags"]) -> "Bags":
        """Return the documents of several, one after the other."""
        shifts = np.cumsum([0, *(int(part.starts[-1]) for part in parts)])
        starts = [np.asarray(part.starts)[1:] + shift for part, shift in zip(parts, shifts, strict=False)]
        rest = [
            np.concatenate([np.asarray(getattr(part, name)) for part in parts])
            for name in ("terms", "norms", "first")
        ]
        return cls(np.concatenate([np.zeros(1, dtype=np.int64), *starts]), *rest)


def mentions(count: int, settings: TextSettings) -> int:
    """Return what a term counts that stands so often in a text, in `STEPS`."""
    return STEPS + settings.repeated * min(LEVELS - 1, count.bit_length() - 1)


class Bagging:
    """Turns lists of terms into `Bags`.

    Parameters
    ----------
    vocabulary : Vocabulary
    directions : ndarray of int8, shape (w, DIMENSIONS)
        Of the first w words.
    """

    def __init__(self, vocabulary: Vocabulary, directions: NDArray[np.int8]) -> None:
        self._vocabulary = vocabulary
        self._directions = directions.astype(np.float64)
        self._weight = np.rint(vocabulary.weight * WEIGHT_STEPS).astype(np.int64)
        rarity = vocabulary.idf[: len(directions)]
        self._rarity = np.rint(np.sqrt(rarity) * RARITY_STEPS).astype(np.int64)
        self._rarity[~directions.any(axis=1)] = 0

    def bags(self, documents: Iterable[list[str]]) -> Bags:
        """Return documents as sets of columns; a document's row does not depend on the others."""
        parts = list(self._parts(iter(documents)))
        if not parts:
            parts = [self._chunk([])]
        starts = np.cumsum(np.concatenate([[0], *(sizes for sizes, _, _ in parts)]), dtype=np.int64)
        norms = np.concatenate([norm for _, _, norm in parts])
        terms = np.concatenate([columns for _, columns, _ in parts])
        return Bags(starts, terms, norms, np.ascontiguousarray(norms[:, 0]))

    def _parts(self, documents: Iterator[list[str]]) -> Iterator[Packed]:
        while chunk := list(islice(documents, CHUNK)):
            yield self._chunk(chunk)

    def _chunk(self, documents: list[list[str]]) -> Packed:
        """Return sizes, columns and norms of some documents."""
        place = self._vocabulary.place
        flat = [term for terms in documents for term in terms]
        columns = np.array([place.get(term, -1) for term in flat], dtype=np.int64)
        rows = np.repeat(np.arange(len(documents)), [len(terms) for terms in documents])
        unknown = np.flatnonzero(columns < 0)
        strange = Counter((int(rows[at]), flat[at]) for at in unknown)
        held, times = np.unique((rows * ROW + columns)[columns >= 0], return_counts=True)
        level = np.minimum(LEVELS - 1, np.log2(times).astype(np.int64))
        counts = STEPS + self._vocabulary.settings.repeated * level
        squares = np.zeros(len(documents), dtype=np.int64)
        np.add.at(squares, held // ROW, (self._weight[held % ROW] * counts) ** 2)
        extra = self._unknown(strange, squares)
        for one in range(1, LEVELS):
            extra.append(held[level >= one] + one * len(self._vocabulary.terms))
        packed = np.sort(np.concatenate([held, *extra]))
        packed = packed[np.diff(packed, prepend=-1) != 0]
        sizes = np.bincount(packed // ROW, minlength=len(documents)).astype(np.int64)
        company = self._company(len(documents), held // ROW, held % ROW, counts)
        norms = np.stack([self._lengths(squares), company], axis=1).astype(np.int32)
        return sizes, (packed % ROW).astype(np.int32), norms

    def _unknown(
        self, strange: Counter[tuple[int, str]], squares: NDArray[np.int64]
    ) -> list[NDArray[np.int64]]:
        """Return the places of terms without a column of their own, and add up their square lengths.

        Such a term is found as it is written and as it would be typed without marks: nobody can widen a word
        that the fit did not see.
        """
        vocabulary = self._vocabulary
        found: list[int] = []
        for (row, term), times in strange.items():
            strength = round(vocabulary.weight_of(term) * WEIGHT_STEPS * mentions(times, vocabulary.settings))
            squares[row] += strength**2
            found.extend(row * ROW + vocabulary.column(form) for form in {term, typed(term)})
        return [np.array(found, dtype=np.int64)]

    def _lengths(self, squares: NDArray[np.int64]) -> NDArray[np.float64]:
        length = np.sqrt(squares.astype(np.float64)) / (WEIGHT_STEPS * STEPS)
        safe = np.maximum(length, 1.0)
        norm = np.rint(
            NORM_ONE / (TYPICAL_LENGTH * (safe / TYPICAL_LENGTH) ** self._vocabulary.settings.length_power)
        )
        return np.where(length > 0, norm, 0.0)

    def _company(
        self, size: int, rows: NDArray[np.int64], columns: NDArray[np.int64], counts: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return one over the geometric mean of the length of the sum and the sum of the lengths.

        A text whose words point everywhere has no company to speak of.
        """
        here = columns < len(self._rarity)
        rows, columns = rows[here], columns[here]
        strength = (self._rarity[columns] * counts[here]).astype(np.float64)
        starts = np.searchsorted(rows, np.arange(size + 1))
        shape = (size, len(self._rarity))
        total = sparse.csr_array((strength, columns, starts), shape=shape) @ self._directions
        along = np.sqrt((total**2).sum(axis=1)) / DIRECTION_ONE
        apart = np.bincount(rows, weights=strength, minlength=size)
        both = np.sqrt(along * apart) / (RARITY_STEPS * STEPS)
        return np.where(both > 0, np.rint(NORM_ONE / np.maximum(both, 1.0)), 0.0)
