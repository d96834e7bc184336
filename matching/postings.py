"""Postings in blocks: for each term the documents that have it, a posting being two bytes and nothing else.

Documents stand in blocks of 16,384. Within a block a posting is the place of the document in the block, so
that the sums of a block stay in the cache of one core while its postings are walked. The weight of a term
belongs to the question, never to the posting (decision 0026).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.bags import Bags
from matching.columns import Ints, Rows

BLOCK_BITS = 14
BLOCK = 1 << BLOCK_BITS


@dataclass(frozen=True)
class Postings:
    """Postings of n documents.

    Attributes
    ----------
    ids : ndarray of uint16, shape (m,)
        Places in the block, ascending; segment after segment.
    starts : ndarray of uint32, shape (s + 1,)
        Segment i holds `ids[starts[i]:starts[i + 1]]`: one term in one block.
    blocks : ndarray of uint16, shape (s,)
        The block of each segment; ascending within a term.
    terms : ndarray of int32, shape (t,)
        The terms that some document has, ascending.
    segments : ndarray of uint32, shape (t + 1,)
        Term i has the segments `segments[i]:segments[i + 1]`.
    """

    ids: Ints
    starts: Ints
    blocks: Ints
    terms: Ints
    segments: Ints

    @classmethod
    def build(cls, bags: Bags, columns: int) -> "Postings":
        """Turn documents into postings.

        Parameters
        ----------
        bags : Bags
        columns : int
            Terms are numbered from 0 to `columns` - 1.

        Returns
        -------
        Postings

        Raises
        ------
        ValueError
            If there are more than 2**32 postings or 2**30 documents.
        """
        n, m = len(bags.starts) - 1, len(bags.terms)
        if m >= 2**32 or n >= 2**30:
            raise ValueError(f"{n} documents with {m} terms are more than one index holds; use shards")
        ones = np.ones(m, dtype=np.int8)
        by_row = sparse.csr_array((ones, np.asarray(bags.terms), np.asarray(bags.starts)), shape=(n, columns))
        by_term = by_row.tocsc()
        rows, ends = by_term.indices, by_term.indptr
        used = np.diff(ends) > 0
        block = (rows >> BLOCK_BITS).astype(np.uint16)
        new = np.zeros(m + 1, dtype=bool)
        new[1:m] = block[1:] != block[:-1]
        new[np.asarray(ends)[:-1][used]] = True
        starts = np.flatnonzero(new[:m])
        first = np.searchsorted(starts, np.asarray(ends)[:-1][used])
        return cls(
            ids=(rows & (BLOCK - 1)).astype(np.uint16),
            starts=np.append(starts, m).astype(np.uint32),
            blocks=block[starts],
            terms=np.flatnonzero(used).astype(np.int32),
            segments=np.append(first, len(starts)).astype(np.uint32),
        )

    def spans(self, terms: NDArray[np.int32], weights: NDArray[np.int32]) -> tuple[Rows, Rows, Rows]:
        """Return first and last segment, and weight, of those terms that somebody has and that weigh."""
        at = np.searchsorted(self.terms, terms)
        here = at < len(self.terms)
        here[here] = np.asarray(self.terms)[at[here]] == terms[here]
        here &= weights > 0
        at = at[here]
        segments = np.asarray(self.segments)
        return (
            segments[at].astype(np.int64),
            segments[at + 1].astype(np.int64),
            weights[here].astype(np.int64),
        )
