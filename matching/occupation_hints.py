"""The words of the occupation that a text names: "nhân viên kinh doanh" brings "bán hàng" and "sales".

The knowledge is shipped: the names of the classification in Vietnamese and English and the everyday words of
`matching/data/job_words.csv`. Nothing is learned from postings or profiles.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.job_words import word_index
from matching.terms import document_terms

OCCUPATIONS = 3
"""Occupations that one text may point to."""
COVERED = 3
"""Power of the share of a phrase that the text has: a phrase that is named in part says little."""


class Hints:
    """Phrases for occupations, found by the terms they share with a text.

    Attributes
    ----------
    words : dict of str to Counter of str
        Terms by occupation, with the number of phrases that hold them.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self.words: dict[str, Counter[str]] = defaultdict(Counter)
        where: dict[str, list[int]] = defaultdict(list)
        codes = []
        for number, (phrase, code) in enumerate(phrases):
            codes.append(code)
            for term in set(document_terms(phrase)):
                where[term].append(number)
                self.words[code][term] += 1
        self._names = sorted(self.words)
        place = {code: at for at, code in enumerate(self._names)}
        self._owner = np.array([place[code] for code in codes], dtype=np.int64)
        self._where = {term: np.array(rows, dtype=np.int64) for term, rows in where.items()}
        total = len(codes) + 1
        self._square = {
            term: (math.log(total / (len(rows) + 1)) + 1) ** 2 for term, rows in self._where.items()
        }
        self._size = np.zeros(len(codes))
        for term, rows in self._where.items():
            self._size[rows] += self._square[term]

    def occupations(self, terms: Iterable[str]) -> list[tuple[str, float]]:
        """Return the occupations that a text names, likeliest first.

        Parameters
        ----------
        terms : iterable of str
            As `document_terms` gives them.

        Returns
        -------
        list of (str, float)
            At most `OCCUPATIONS` codes; the likeness to the best phrase of each, above 0, at most 1.
        """
        known = sorted(set(terms) & self._where.keys())
        if not known:
            return []
        shared: NDArray[np.float64] = np.zeros(len(self._owner))
        for term in known:
            shared[self._where[term]] += self._square[term]
        length = sum(self._square[term] for term in known)
        hit = np.flatnonzero(shared)
        size = self._size[hit]
        likeness = shared[hit] / np.sqrt(size * length) * (shared[hit] / size) ** COVERED
        best = np.zeros(len(self._names))
        np.maximum.at(best, self._owner[hit], likeness)
        order = np.lexsort((np.arange(len(best)), -best))[:OCCUPATIONS]
        return [(self._names[at], float(best[at])) for at in order if best[at] > 0]


@lru_cache(maxsize=1)
def hints() -> Hints:
    """Return the shipped phrases, read once."""
    return Hints((phrase, code[:4]) for phrase, code in word_index().entries if len(code) >= 4)
