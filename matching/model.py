"""The similarity model: scikit-learn TF-IDF over words, pairs of words, and occupation and skill codes.

Words are hashed into a fixed number of columns instead of being listed in a vocabulary: a profile that comes
in after the fit may use words that nobody used before, and still be found by them. What the model learns is
the idf of every column. It belongs to a model version; a score depends on model, opening, worker and day,
never on who else is indexed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

from matching import weights
from matching.occupation_codes import known_code
from matching.scales import DATA
from matching.taxonomy import occupation_name, words_for
from matching.text import TEXT_VERSION, fold, grams, normalise
from matching.types import OpeningProfile, WorkerProfile

COLUMNS = 2**20
"""Columns of the vectors. At a million columns two of 300,000 word pairs seldom share one."""
ONE = 2**14
"""Fixed point of vectors: a product of two unit vectors is at most 2**28 and fits into int32 exactly."""

_HASHING = HashingVectorizer(analyzer=list, n_features=COLUMNS, alternate_sign=False, norm=None)


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
    digest.update(json.dumps([TEXT_VERSION, COLUMNS, ONE, stated], sort_keys=True).encode())
    for path in sorted(Path(DATA).glob("*.csv")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def count(documents: Sequence[list[str]]) -> sparse.csr_array:
    """Return how often each term stands in each document.

    Returns
    -------
    csr_array of float64, shape (len(documents), COLUMNS)
    """
    if not documents:
        return sparse.csr_array((0, COLUMNS), dtype=np.float64)
    return sparse.csr_array(_HASHING.transform(documents))


class SimilarityModel:
    """TF-IDF with a fixed idf, in fixed point.

    Parameters
    ----------
    idf : ndarray of float64, shape (COLUMNS,)
        Inverse document frequency by column, as `fit` returns it.

    Attributes
    ----------
    version : str
        Changes with the idf, the weights, the text rules and the shipped data.
    """

    def __init__(self, idf: NDArray[np.float64]) -> None:
        if idf.shape != (COLUMNS,):
            raise ValueError(f"idf has shape {idf.shape}, not ({COLUMNS},)")
        self.idf = idf
        digest = hashlib.sha256(knowledge_digest().encode())
        digest.update(np.ascontiguousarray(idf, dtype="<f8").tobytes())
        self.version = f"tfidf-{digest.hexdigest()[:12]}"

    @classmethod
    def fit(cls, counts: sparse.csr_array) -> "SimilarityModel":
        """Learn the idf from the words of profiles.

        Parameters
        ----------
        counts : csr_array, shape (n, COLUMNS)
            As `count` returns it. No rows at all give every column the same idf.

        Returns
        -------
        SimilarityModel
        """
        if not counts.shape[0]:
            return cls(np.ones(COLUMNS))
        return cls(np.asarray(TfidfTransformer().fit(counts).idf_))

    def vectors(self, counts: sparse.csr_array) -> sparse.csr_array:
        """Return unit vectors in fixed point.

        Parameters
        ----------
        counts : csr_array, shape (n, COLUMNS)
            As `count` returns it.

        Returns
        -------
        csr_array of int32, shape (n, COLUMNS)
            Each row has length `ONE`, up to rounding; indices sorted.
        """
        return self._fixed(self._sublinear(counts))

    def query(self, opening: OpeningProfile) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the vector of an opening in fixed point: its columns, and as many values."""
        fields = opening_fields(opening)
        rows = self._sublinear(count([fields[name] for name in weights.FIELDS]))
        factors = sparse.csr_array(np.array([list(weights.FIELDS.values())]))
        found = self._fixed(sparse.csr_array(factors @ rows))
        return found.indices, found.data

    def weight_of(self, term: str) -> float:
        """Return the idf of one term: how rare it is among the profiles of the fit."""
        return float(self.idf[count([[term]]).indices[0]])

    def _sublinear(self, counts: sparse.csr_array) -> sparse.csr_array:
        weighed = (np.log(counts.data) + 1.0) * self.idf[counts.indices]
        return sparse.csr_array((weighed, counts.indices, counts.indptr), shape=counts.shape)

    def _fixed(self, rows: sparse.csr_array) -> sparse.csr_array:
        unit = sparse.csr_array(normalize(rows, norm="l2")) if rows.shape[0] else rows
        fixed = sparse.csr_array(
            (np.rint(unit.data * ONE).astype(np.int32), unit.indices.astype(np.int32), unit.indptr),
            shape=rows.shape,
        )
        fixed.eliminate_zeros()
        fixed.sort_indices()
        return fixed
