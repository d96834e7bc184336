"""The terms that a text model knows, their columns and their weights.

Known terms have columns of their own: words first, the most frequent leading, then pairs and atomic terms. A
term that stands twice in a text, and one that stands four times, also has the columns `LEVELS` further on, so
that a document is a plain set of columns. A term that was not seen at the fit is hashed into a block of
columns behind all these and counts as the rarest there is: it matches itself exactly.
"""

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.posting_phrases import posting_terms
from matching.terms import is_atomic, is_pair
from matching.text_settings import SETTINGS, TextSettings

COLUMNS = 2**20
HASHED = 2**18
LEVELS = 3
MOST_KNOWN = (COLUMNS - HASHED) // LEVELS
MOST_WORDS = 2**17


KEPT_WEIGHTS = 100_000


@dataclass(frozen=True)
class Vocabulary:
    """Known terms in the order of their columns.

    Attributes
    ----------
    terms : tuple of str
    frequency : ndarray of int64, shape (len(terms),)
        Documents of the fit that hold the term.
    documents : int
        Documents of the fit.
    words : int
        How many of the first terms are words, the most frequent first.
    settings : TextSettings
    """

    terms: tuple[str, ...]
    frequency: NDArray[np.int64]
    documents: int
    words: int
    settings: TextSettings = SETTINGS

    @classmethod
    def fit(cls, documents: Iterable[list[str]], settings: TextSettings = SETTINGS) -> "Vocabulary":
        """Count the terms of documents and keep those worth a column.

        Words are kept from the first time on, since other words can be like them; pairs and codes from the
        second.
        """
        counts: Counter[str] = Counter()
        total = 0
        for terms in documents:
            total += 1
            counts.update(set(terms))
        order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        words = [one for one in order if not is_pair(one[0]) and not is_atomic(one[0])][:MOST_WORDS]
        others = [one for one in order if one[1] > 1 and (is_pair(one[0]) or is_atomic(one[0]))]
        kept = words + others[: MOST_KNOWN - len(words)]
        frequency = np.array([times for _, times in kept], dtype=np.int64)
        return cls(tuple(term for term, _ in kept), frequency, total, len(words), settings)

    @property
    def columns(self) -> int:
        """Columns in all, known and hashed."""
        return LEVELS * len(self.terms) + HASHED

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Column of each known term."""
        return {term: at for at, term in enumerate(self.terms)}

    def column(self, term: str) -> int:
        """Return the column of a term, its own or a hashed one."""
        at = self.place.get(term)
        if at is not None:
            return at
        return LEVELS * len(self.terms) + zlib.crc32(term.encode()) % HASHED

    def level(self, column: int, level: int) -> int:
        """Return the column that says that a known term stands 2 (level 1) or 4 (level 2) times."""
        return column + level * len(self.terms)

    @cached_property
    def idf(self) -> NDArray[np.float64]:
        """Rarity of each known term, shape (len(terms),); words of every posting are held common."""
        found = np.log((self.documents + 1) / (self.frequency + 1.0)) + 1
        said = posting_terms()
        common = np.array([term in said for term in self.terms], dtype=bool)
        return np.where(common, np.minimum(found, self.common), found)

    @cached_property
    def common(self) -> float:
        """Rarity, at most, of a word that every posting has."""
        share = self.settings.posting_share
        return 1 - math.log(share) if share else math.inf

    @cached_property
    def rarest(self) -> float:
        """Rarity of a term that no document of the fit had."""
        return math.log(self.documents + 1) + 1

    def idf_of(self, term: str) -> float:
        """Return the rarity of any term."""
        at = self.place.get(term)
        if at is not None:
            return float(self.idf[at])
        return min(self.rarest, self.common) if term in posting_terms() else self.rarest

    @cached_property
    def weight(self) -> NDArray[np.float64]:
        """Weight of each known term in the cosine, shape (len(terms),)."""
        found = self.idf.copy()
        for at in range(self.words, len(self.terms)):
            if is_pair(self.terms[at]):
                found[at] = self._pair(self.terms[at], float(found[at]))
        return found

    def weight_of(self, term: str) -> float:
        """Return the weight of any term in the cosine."""
        at = self.place.get(term)
        if at is not None:
            return float(self.weight[at])
        found = self._unknown.get(term)
        if found is None:
            found = self.idf_of(term)
            found = self._pair(term, found) if is_pair(term) else found
            if len(self._unknown) < KEPT_WEIGHTS:
                self._unknown[term] = found
        return found

    @cached_property
    def _unknown(self) -> dict[str, float]:
        """Weights of unknown terms met so far."""
        return {}

    def _pair(self, pair: str, rarity: float) -> float:
        """A pair is worth what it says beyond its rarer word: "de bases" hardly more than "bases"."""
        beyond = rarity**2 - max(self.idf_of(word) for word in pair.split(" ")) ** 2
        return self.settings.pair * math.sqrt(max(0.0, beyond))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return everything as plain arrays."""
        encoded = [term.encode() for term in self.terms]
        return {
            "term_bytes": np.frombuffer(b"".join(encoded), dtype=np.uint8),
            "term_ends": np.cumsum([len(one) for one in encoded], dtype=np.int64),
            "frequency": self.frequency,
            "size": np.array([self.documents, self.words], dtype=np.int64),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "Vocabulary":
        """Return the vocabulary that `arrays` was called on."""
        ends: Sequence[int] = arrays["term_ends"].tolist()
        text = arrays["term_bytes"].tobytes()
        terms = tuple(text[a:b].decode() for a, b in zip([0, *ends[:-1]], ends, strict=True)) if ends else ()
        documents, words = (int(one) for one in arrays["size"].tolist())
        return cls(terms, np.asarray(arrays["frequency"], dtype=np.int64), documents, words)
