"""Which known words are spelled like a word: character n-grams inside the word, as in `char_wb`.

The dot product of two texts over character n-grams is a sum over the words of both, so likeness can be put on
the side of the opening: its words are widened to those known words that are spelled like them, and a profile
stays a bag of words.
"""

import zlib
from collections import Counter, OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

SIZES = (3, 4, 5)
GRAMS = 2**18
KEPT = 20_000
Like = tuple[NDArray[np.int64], NDArray[np.float64]]


def _grams(word: str) -> tuple[tuple[int, int], ...]:
    """Return the hashed character n-grams of a word with how often they stand in it."""
    padded = f" {word} "
    found: Counter[int] = Counter()
    for size in SIZES:
        for at in range(max(1, len(padded) - size + 1)):
            found[zlib.crc32(padded[at : at + size].encode()) % GRAMS] += 1
        if len(padded) <= size:
            break
    return tuple(sorted(found.items()))


def _counted(words: Sequence[str]) -> sparse.csr_array:
    rows = [_grams(word) for word in words]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    flat = np.array([pair for row in rows for pair in row], dtype=np.int64).reshape(-1, 2)
    return sparse.csr_array((flat[:, 1].astype(np.float64), flat[:, 0], starts), shape=(len(words), GRAMS))


class Likeness:
    """The spelling of known words.

    Parameters
    ----------
    words : sequence of str
    least : float
        Cosine below which two spellings have nothing in common.
    """

    def __init__(self, words: Sequence[str], least: float) -> None:
        self._least = least
        counted = _counted(words)
        frequency = np.bincount(counted.indices, minlength=GRAMS)
        self._rarity = np.log((len(words) + 1) / (frequency + 1)) + 1
        self._known = sparse.csr_array(self._unit(counted).T)
        self._kept: OrderedDict[str, Like] = OrderedDict()
        self._keeping = Lock()

    def _unit(self, counted: sparse.csr_array) -> sparse.csr_array:
        weighed = counted.data * self._rarity[counted.indices]
        lengths = np.sqrt(np.add.reduceat(np.append(weighed**2, 0.0), counted.indptr[:-1]))
        data = weighed / np.repeat(lengths, np.diff(counted.indptr))
        return sparse.csr_array((data, counted.indices, counted.indptr), shape=counted.shape)

    def of(self, words: Sequence[str]) -> list[Like]:
        """Return, for each word, the known words spelled like it.

        Returns
        -------
        list of (ndarray of int64, ndarray of float64)
            Places of known words, ascending, and cosines from the least to 1.
        """
        with self._keeping:
            found = {word: self._kept[word] for word in words if word in self._kept}
        missing = sorted(set(words) - found.keys())
        if missing:
            found |= zip(missing, self._look_up(missing), strict=True)
            with self._keeping:
                self._kept |= {word: found[word] for word in missing}
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return [found[word] for word in words]

    def _look_up(self, words: Sequence[str]) -> list[Like]:
        product = sparse.csr_array(self._unit(_counted(words)) @ self._known)
        product.sort_indices()
        found = []
        for a, b in zip(product.indptr[:-1], product.indptr[1:], strict=True):
            keep = product.data[a:b] >= self._least
            found.append(
                (product.indices[a:b][keep].astype(np.int64), np.minimum(product.data[a:b][keep], 1.0))
            )
        return found
