"""Words that stand among the same words: "developer" near "programmer" though they share no letters.

A word is described by the words around it: positive pointwise mutual information, reduced to `DIMENSIONS`
by a singular value decomposition. What is learned comes from the documents of the fit and from the shipped
names and everyday words of occupations, each occupation being one small text; nothing comes from openings.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from matching.occupation_hints import hints
from matching.terms import is_atomic, is_pair

DIMENSIONS = 100
MOST_WORDS = 2**14
"""Frequent words that get a place; rarer ones stand in too few texts to say what they mean."""
WINDOW = 4
"""Words to either side that describe a word."""
ENOUGH_DOCUMENTS = 100
"""Below this only the shipped knowledge is read: a few texts teach coincidences."""
MOST_DOCUMENTS = 200_000
ONE = 127
"""Fixed point of a coordinate: int8."""
SMOOTH = 0.75
CHUNK = 20_000

Counts: TypeAlias = "sparse.csr_array"


def _neighbours(documents: Iterable[list[int]], size: int) -> Iterator[Counts]:
    """Yield counts of words within `WINDOW` of each other, a chunk of documents at a time."""
    flat: list[int] = []
    taken = 0
    for words in documents:
        flat.extend(words)
        flat.extend([-1] * WINDOW)
        taken += 1
        if taken % CHUNK == 0:
            yield _window(np.array(flat, dtype=np.int64), size)
            flat = []
    if flat:
        yield _window(np.array(flat, dtype=np.int64), size)


def _window(flat: NDArray[np.int64], size: int) -> Counts:
    total = sparse.csr_array((size, size), dtype=np.float64)
    for distance in range(1, WINDOW + 1):
        one, other = flat[:-distance], flat[distance:]
        good = (one >= 0) & (other >= 0) & (one != other)
        pairs = (np.ones(np.count_nonzero(good)), (one[good], other[good]))
        total = total + sparse.csr_array(pairs, shape=(size, size))
    return sparse.csr_array(total + total.T)


def _shipped(place: dict[str, int], size: int) -> Counts:
    """Return counts of words of the same occupation; every word shares one count among its fellows."""
    rows = [
        sorted({place[term] for term in terms if term in place}) for _, terms in sorted(hints().words.items())
    ]
    rows = [row for row in rows if len(row) > 1]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    flat = np.array([at for row in rows for at in row], dtype=np.int64)
    held = sparse.csr_array((np.ones(len(flat)), flat, starts), shape=(len(rows), size))
    share = sparse.diags_array([1 / len(row) for row in rows]) if rows else sparse.eye_array(0)
    together = sparse.coo_array(held.T @ share @ held)
    apart = together.row != together.col
    pairs = (together.data[apart], (together.row[apart], together.col[apart]))
    return sparse.csr_array(pairs, shape=(size, size))


def _embedded(counts: Counts) -> NDArray[np.int8]:
    size = counts.shape[0]
    found = np.zeros((size, DIMENSIONS), dtype=np.int8)
    counts.eliminate_zeros()
    if size < 3 or not counts.nnz:
        return found
    sums = counts.sum(axis=1) + 1e-9
    smooth = sums**SMOOTH
    rows = np.repeat(np.arange(size), np.diff(counts.indptr))
    ratio = np.log(counts.data / (sums[rows] * smooth[counts.indices] / smooth.sum()))
    positive = sparse.csr_array((np.maximum(ratio, 0.0), counts.indices, counts.indptr), shape=counts.shape)
    positive.eliminate_zeros()
    rank = min(DIMENSIONS, size - 1)
    left, _, _ = randomized_svd(positive.astype(np.float32), rank, n_iter=3, random_state=0)
    lengths = np.linalg.norm(left, axis=1, keepdims=True)
    unit = np.where(lengths > 1e-6, left / np.maximum(lengths, 1e-6), 0.0)
    found[:, :rank] = np.rint(unit * ONE)
    return found


@lru_cache(maxsize=1)
def _shipped_words() -> tuple[dict[str, int], NDArray[np.int8]]:
    names = sorted(
        {t for terms in hints().words.values() for t in terms if not is_pair(t) and not is_atomic(t)}
    )
    place = {word: at for at, word in enumerate(names)}
    return place, _embedded(_shipped(place, len(names)))


def embed(words: Sequence[str], documents: Iterable[list[str]], total: int) -> NDArray[np.int8]:
    """Return where each word stands among the others.

    Parameters
    ----------
    words : sequence of str
        The most frequent first; the first `MOST_WORDS` get a place.
    documents : iterable of list of str
        Their terms in the order of the text.
    total : int
        How many documents there are.

    Returns
    -------
    ndarray of int8, shape (min(len(words), MOST_WORDS), DIMENSIONS)
        Directions of length `ONE`; zeros for a word about which nothing is known.
    """
    place = {word: at for at, word in enumerate(words[:MOST_WORDS])}
    if total < ENOUGH_DOCUMENTS:
        shipped, directions = _shipped_words()
        found = np.zeros((len(place), DIMENSIONS), dtype=np.int8)
        for word, at in place.items():
            if word in shipped:
                found[at] = directions[shipped[word]]
        return found
    step = -(-total // MOST_DOCUMENTS)
    read = (
        [place[term] for term in terms if term in place]
        for number, terms in enumerate(documents)
        if number % step == 0
    )
    counts = _shipped(place, len(place))
    for one in _neighbours(read, len(place)):
        counts = sparse.csr_array(counts + one)
    return _embedded(counts)
