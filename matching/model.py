"""The similarity model: what a profile and an opening say of the work, as one linear form over words.

The score of a profile is g(profile) times a sum of weights over its terms, once for the words themselves and
once for the company they keep (`matching.bags`). The weights are computed once for an opening
(`matching.text_query`), so an index keeps bare ids, and everything a score is made of is an integer. The
model belongs to a version; a score depends on model, opening and worker, never on who else is indexed.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.bags import STEPS, Bagging, Bags
from matching.latent import embed
from matching.neutral import neutral
from matching.occupation_codes import known_code
from matching.scales import DATA
from matching.taxonomy import occupation_name, words_for
from matching.terms import document_terms
from matching.text import fold, normalise
from matching.text_kernels import sums, tables
from matching.text_query import Asking, TextQuery
from matching.text_settings import SETTINGS, TextSettings
from matching.types import OpeningProfile, WorkerProfile
from matching.vocabulary import LEVELS, Vocabulary
from matching.weights import UNIT

VIEWS = 2
WHOLE = 2**38
"""Words of a text compared with itself."""
COMPANY_STEPS = 1000
COMPANY_SCALE = 4
"""The company of a text compared with itself is a fourth of `WHOLE`."""


MEASURING = frozenset(
    f"{name}.py"
    for name in (
        "bench",
        "bench_peers",
        "bench_table",
        "evaluate",
        "evaluation",
        "beir",
        "measures",
        "peers",
        "simulation",
        "made_up",
        "made_up_jobs",
        "made_up_openings",
        "fairness",
        "__main__",
        "warm",
    )
)
"""Files on which no score depends: they measure, or make people up."""


# A million profiles share a few thousand skills.
@lru_cache(maxsize=4096)
def skill_key(skill: str) -> str:
    """Return the form under which two spellings of a skill are the same, without words that say who.

    Empty where nothing is left: such a skill is the same as no other.
    """
    return fold(normalise(neutral(skill)))


def skill_keys(skills: Iterable[str]) -> list[str]:
    """Return the keys of skills, without empty ones."""
    return [key for key in map(skill_key, skills) if key]


def _code_terms(codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        for digits in range(2, min(len(code), 4) + 1):
            yield f"isco:{code[:digits]}"


def worker_terms(worker: WorkerProfile) -> list[str]:
    """Return the terms of a profile: its text, skills, and occupations done and wanted with their groups."""
    done = [code for code, _ in worker.occupations or ()]
    terms = document_terms(worker.text)
    terms.extend(_code_terms([*done, *(worker.wanted.occupations or ())]))
    for skill in worker.skills or ():
        terms.extend(f"skill:{key}" for key in skill_keys([skill]))
        terms.extend(document_terms(skill))
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
            synonyms.extend(document_terms(words))
    text = document_terms(opening.text)
    for skill in _asked_skills(opening):
        codes.extend(f"skill:{key}" for key in skill_keys([skill]))
        text.extend(document_terms(skill))
    return {
        "title": document_terms(opening.title),
        "codes": codes,
        "text": text,
        "synonyms": sorted(synonyms),
    }


@lru_cache(maxsize=1)
def knowledge_digest() -> str:
    """Return a digest of what a score and a saved index depend on besides what was fitted.

    The library itself and the data it ships: a constant, a rule of the text, the layout of a column. A saved
    index that another version wrote would be read with other meanings, so it is refused and built again.
    """
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted([*here.glob("*.py"), *Path(DATA).iterdir()]):
        if path.is_file() and path.name not in MEASURING:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


class SimilarityModel:
    """What is known of terms, fitted once.

    Parameters
    ----------
    known : Vocabulary
    directions : ndarray of int8, shape (w, DIMENSIONS)
        Of the first w words, as `latent.embed` gives them.

    Attributes
    ----------
    version : str
        Changes with what was fitted, the constants, the text rules and the shipped data.
    best : int
        Score of a text compared with itself.
    columns : int
        Columns of documents are 0 to `columns` - 1.
    views : int
        Norms of a document.
    """

    views = VIEWS

    def __init__(self, known: Vocabulary, directions: NDArray[np.int8]) -> None:
        self._known = known
        self._directions = directions
        self.columns = known.columns
        self._company = round(known.settings.company * COMPANY_STEPS)
        self.best = WHOLE + WHOLE * self._company // COMPANY_STEPS
        digest = hashlib.sha256(knowledge_digest().encode())
        for _, array in sorted(self.arrays().items()):
            digest.update(np.ascontiguousarray(array).tobytes())
        self.version = f"text-{digest.hexdigest()[:12]}"
        self._bagging = Bagging(known, directions)
        self._asking = Asking(known, directions)

    @classmethod
    def fit(cls, documents: Iterable[list[str]], settings: TextSettings = SETTINGS) -> "SimilarityModel":
        """Learn from documents which terms there are, how rare they are and what company words keep.

        Parameters
        ----------
        documents : iterable of list of str
            Terms of each, as `worker_terms` or `document_terms` gives them. Read twice: a list, or an object
            whose `__iter__` begins anew. None at all is allowed.
        settings : TextSettings, optional
            Others than those of the product, to measure what an idea brings. They are not saved.

        Returns
        -------
        SimilarityModel
        """
        known = Vocabulary.fit(documents, settings)
        return cls(known, embed(known.terms[: known.words], documents, known.documents))

    def bags(self, documents: Iterable[list[str]]) -> Bags:
        """Return documents as sets of columns with their norms."""
        return self._bagging.bags(documents)

    def query(self, opening: OpeningProfile) -> TextQuery:
        """Return the weights of an opening."""
        return self.text_query(opening_fields(opening))

    def text_query(self, fields: Mapping[str, list[str]]) -> TextQuery:
        """Return the weights of terms by field, as in `weights.FIELDS`; see `Asking.query`."""
        return self._asking.query(fields)

    def scores(self, query: TextQuery, documents: Bags, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how well some documents fit, in fixed point; higher is better.

        Returns
        -------
        ndarray of int64, shape (len(rows),)
            `best` for a text compared with itself, about 0 for texts with nothing in common; may be negative.
        """
        words, company = tables(self.columns)
        known = len(self._known.terms)
        own = query.terms < known
        places = np.arange(len(query.company))
        try:
            _fill(words, query.terms, query.weights, own, known, self._known.settings)
            _fill(
                company, places, query.company, np.ones(len(places), dtype=bool), known, self._known.settings
            )
            found = sums(documents.starts, documents.terms, rows, words, company)
        finally:
            _empty(words, query.terms, own, known)
            _empty(company, places, np.ones(len(places), dtype=bool), known)
        norms = documents.norms[rows].astype(np.int64)
        company_part = found[:, 1] * norms[:, 1] * COMPANY_SCALE // COMPANY_STEPS * self._company
        total: NDArray[np.int64] = found[:, 0] * norms[:, 0] + company_part
        return total

    def values(self, query: TextQuery, documents: Bags, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how well some documents fit, from 0 to `UNIT`.

        The square root lets one shared pair of words show. The same value means the same for every opening:
        `UNIT` is a text compared with itself.

        Returns
        -------
        ndarray of int64, shape (len(rows),)
        """
        share = np.clip(self.scores(query, documents, rows), 0, self.best).astype(np.float64) / self.best
        value: NDArray[np.int64] = np.floor(np.sqrt(share) * UNIT).astype(np.int64)
        return value

    def weight_of(self, term: str) -> float:
        """Return how rare a term is among the documents of the fit."""
        return self._known.idf_of(term)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return everything that was fitted as plain arrays, for `from_arrays`."""
        return {**self._known.arrays(), "directions": self._directions}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "SimilarityModel":
        """Return the model that `arrays` was called on."""
        return cls(Vocabulary.from_arrays(arrays), np.asarray(arrays["directions"], dtype=np.int8))


def _fill(
    table: NDArray[np.int32],
    columns: NDArray[np.generic],
    values: NDArray[np.int32],
    own: NDArray[np.bool_],
    known: int,
    settings: TextSettings,
) -> None:
    """Write weights into a table, those of repeated mentions too."""
    table[columns] = values * STEPS
    for level in range(1, LEVELS):
        table[columns[own] + level * known] = values[own] * settings.repeated


def _empty(
    table: NDArray[np.int32], columns: NDArray[np.generic], own: NDArray[np.bool_], known: int
) -> None:
    table[columns] = 0
    for level in range(1, LEVELS):
        table[columns[own] + level * known] = 0
