"""The similarity model: scikit-learn TF-IDF over words, pairs of words, and occupation and skill codes.

Words are hashed into a fixed number of columns instead of being listed in a vocabulary: a profile that comes
in after the fit may use words that nobody used before, and still be found by them. What the model learns is
the idf of every column. It belongs to a model version; a score depends on model, opening, worker and day,
never on who else is indexed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.occupation_codes import known_code
from matching.scales import DATA
from matching.taxonomy import occupation_name, words_for
from matching.text import TEXT_VERSION, fold, grams, normalise
from matching.types import OpeningProfile, WorkerProfile

COLUMNS = 2**20
"""Columns of the vectors. At a million columns two of 300,000 word pairs seldom share one."""


def skill_key(skill: str) -> str:
    """Return the form under which two spellings of a skill are the same."""
    return fold(normalise(skill))


def _code_terms(codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        for digits in range(2, min(len(code), 4) + 1):
            yield f"isco:{code[:digits]}"


def worker_terms(worker: WorkerProfile) -> list[str]:
    """Return the terms of a profile: its text, skills, and occupations done and wanted with their groups."""
    done = [code for code, _ in worker.occupations or ()]
    terms = list(grams(worker.text))
    terms.extend(_code_terms([*done, *(worker.wanted.occupations or ())]))
    for skill in worker.skills or ():
        terms.append(f"skill:{skill_key(skill)}")
        terms.extend(grams(skill))
    return terms


def _asked_skills(opening: OpeningProfile) -> Iterator[str]:
    for requirement in opening.requirements:
        for one in requirement.any_of or (requirement,):
            if one.kind == "skill":
                yield str(one.value)


def opening_fields(opening: OpeningProfile) -> dict[str, list[str]]:
    """Return the terms of an opening by field, for `weights.FIELDS`.

    The field "synonyms" holds the classification's name and the everyday words of the occupation: an opening
    for "thợ may công nghiệp" finds "may gia công" too.
    """
    codes = list(_code_terms([opening.occupation] if opening.occupation else []))
    synonyms: list[str] = []
    occupation = known_code(opening.occupation or "")
    if occupation:
        for words in {occupation_name(occupation, "vi"), *words_for(occupation)}:
            synonyms.extend(grams(words))
    text = list(grams(opening.text))
    for skill in _asked_skills(opening):
        codes.append(f"skill:{skill_key(skill)}")
        text.extend(grams(skill))
    return {"title": list(grams(opening.title)), "codes": codes, "text": text, "synonyms": sorted(synonyms)}


@lru_cache(maxsize=1)
def knowledge_digest() -> str:
    """Return a digest of what a score depends on besides the idf: weights, text rules, shipped data."""
    digest = hashlib.sha256()
    stated = {name: value for name, value in vars(weights).items() if name.isupper()}
    digest.update(json.dumps([TEXT_VERSION, COLUMNS, stated], sort_keys=True).encode())
    for path in sorted(Path(DATA).glob("*.csv")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Bags:
    """The distinct terms of n documents.

    Attributes
    ----------
    starts : ndarray of int64, shape (n + 1,)
    terms : ndarray of int32, shape (m,)
        Those of document i stand at `starts[i]:starts[i + 1]`, ascending.
    norms : ndarray of int32, shape (n, views)
    first : ndarray of int32, shape (n,)
        What stage one multiplies the sum of weights with, at most 2**16.
    """

    starts: NDArray[np.integer]
    terms: NDArray[np.integer]
    norms: NDArray[np.integer]
    first: NDArray[np.integer]

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
        """Return the documents of several tables one after the other."""
        shifts = np.cumsum([0, *(int(part.starts[-1]) for part in parts)])
        starts = [np.asarray(part.starts)[1:] + shift for part, shift in zip(parts, shifts, strict=False)]
        rest = [
            np.concatenate([np.asarray(getattr(part, name)) for part in parts])
            for name in ("terms", "norms", "first")
        ]
        return cls(np.concatenate([np.zeros(1, dtype=np.int64), *starts]), *rest)


@dataclass(frozen=True)
class TextQuery:
    """The words of an opening: `first_*` for stage one, `terms` and `weights` for stage two."""

    first_terms: NDArray[np.int32]
    first_weights: NDArray[np.int32]
    terms: NDArray[np.int32]
    weights: NDArray[np.int32]
    first_top: int = 2**25


def _columns_of(terms: Iterable[str]) -> NDArray[np.int32]:
    numbers = {int.from_bytes(hashlib.blake2b(t.encode(), digest_size=4).digest(), "little") for t in terms}
    return np.array(sorted({number % COLUMNS for number in numbers}), dtype=np.int32)


class SimilarityModel:
    views = 1

    def __init__(self, idf: NDArray[np.float64]) -> None:
        self.idf = idf
        self.columns = COLUMNS
        digest = hashlib.sha256(knowledge_digest().encode())
        digest.update(np.ascontiguousarray(idf, dtype="<f8").tobytes())
        self.version = f"tfidf-{digest.hexdigest()[:12]}"

    @classmethod
    def fit(cls, documents: Iterable[list[str]]) -> "SimilarityModel":
        seen, n = np.zeros(COLUMNS), 0
        for document in documents:
            seen[_columns_of(document)] += 1
            n += 1
        return cls(np.log((1 + n) / (1 + seen)) + 1)

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {"idf": self.idf}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "SimilarityModel":
        return cls(np.asarray(arrays["idf"]))

    def bags(self, documents: Iterable[list[str]]) -> Bags:
        rows = [_columns_of(document) for document in documents]
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in rows], out=starts[1:])
        terms = np.concatenate([np.zeros(0, dtype=np.int32), *rows])
        squares = np.add.reduceat(np.append(self.idf[terms] ** 2, 0.0), starts[:-1]) if rows else np.zeros(0)
        norm = np.sqrt(np.where(np.diff(starts) > 0, squares, 1.0))
        first = np.rint(np.minimum(2**15, 2**15 / norm)).astype(np.int32)
        return Bags(starts, terms, first[:, None], first)

    def query(self, opening: OpeningProfile) -> TextQuery:
        weighed: dict[int, float] = {}
        for name, terms in opening_fields(opening).items():
            for column in _columns_of(terms).tolist():
                weighed[column] = weighed.get(column, 0.0) + weights.FIELDS[name]
        columns = np.array(sorted(weighed), dtype=np.int32)
        held = np.array([weighed[c] for c in columns.tolist()]) * self.idf[columns] ** 2
        norm = np.sqrt(((held / self.idf[columns]) ** 2).sum()) or 1.0
        fixed = np.rint(held / norm * 2**10).astype(np.int32)
        return TextQuery(columns, fixed, columns, fixed)

    def values(self, query: TextQuery, bags: Bags, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        mine = bags.take(rows)
        dense = np.zeros(COLUMNS + 1, dtype=np.int64)
        dense[query.terms] = query.weights
        at = np.append(mine.terms, COLUMNS)
        sums = np.add.reduceat(dense[at], mine.starts[:-1]) if len(rows) else np.zeros(0, dtype=np.int64)
        sums = np.where(np.diff(mine.starts) > 0, sums, 0)
        cosine = np.minimum(sums * mine.norms[:, 0] / 2**25, 1.0)
        value: NDArray[np.int64] = np.floor(np.sqrt(cosine) * weights.UNIT).astype(np.int64)
        return value

    def weight_of(self, term: str) -> float:
        return float(self.idf[_columns_of([term])[0]])
