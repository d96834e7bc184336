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

    def _parts(
        self, documents: Iterator[list[str]]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]]:
        while chunk := list(islice(documents, CHUNK)):
            yield self._chunk(chunk)

    def _chunk(
        self, documents: list[list[str]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
        """Return sizes, columns and norms of some documents."""
        place, known = self._vocabulary.place, len(self._vocabulary.terms)
        settings = self._vocabulary.settings
        rows: list[int] = []
        columns: list[int] = []
        counts: list[int] = []
        squares = np.zeros(len(documents), dtype=np.int64)
        for row, terms in enumerate(documents):
            for term, times in Counter(terms).items():
                at = place.get(term)
                if at is None:
                    squares[row] += self._unknown(term, times, row, rows, columns)
                    counts.extend([0] * (len(columns) - len(counts)))
                    continue
                for level in range(min(LEVELS, times.bit_length())):
                    rows.append(row)
                    columns.append(at + level * known)
                    counts.append(mentions(times, settings) if level == 0 else 0)
        return self._packed(len(documents), squares, np.array([rows, columns, counts], dtype=np.int64))

    def _unknown(self, term: str, times: int, row: int, rows: list[int], columns: list[int]) -> int:
        """Add the columns of a term without one of its own; return its square length.

        It is found as it is written and as it would be typed without marks: nobody can widen a word that the
        fit did not see.
        """
        for form in {term, typed(term)}:
            rows.append(row)
            columns.append(self._vocabulary.column(form))
        return (
            round(
                self._vocabulary.weight_of(term) * WEIGHT_STEPS * mentions(times, self._vocabulary.settings)
            )
            ** 2
        )

    def _packed(
        self, size: int, squares: NDArray[np.int64], found: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
        rows, columns, counts = found.reshape(3, -1)
        kept = counts > 0
        rows_kept, columns_kept, counts_kept = rows[kept], columns[kept], counts[kept]
        np.add.at(squares, rows_kept, (self._weight[columns_kept] * counts_kept) ** 2)
        norms = np.stack(
            [self._lengths(squares), self._company(size, rows_kept, columns_kept, counts_kept)], 1
        )
        unique = np.unique(rows * 2**32 + columns)
        sizes = np.bincount(unique >> 32, minlength=size).astype(np.int64)
        return sizes, (unique & (2**32 - 1)).astype(np.int32), norms.astype(np.int32)

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
        shape = (size, len(self._rarity))
        total = sparse.csr_array((strength, (rows, columns)), shape=shape) @ self._directions
        along = np.sqrt((total**2).sum(axis=1)) / DIRECTION_ONE
        apart = np.bincount(rows, weights=strength, minlength=size)
        both = np.sqrt(along * apart) / (RARITY_STEPS * STEPS)
        return np.where(both > 0, np.rint(NORM_ONE / np.maximum(both, 1.0)), 0.0)
