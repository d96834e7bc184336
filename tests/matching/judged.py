"""The judged set of the project (tests/data/judged_60; made as docs/judged_set.md says) and its measures."""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

FOLDER = Path(__file__).parents[1] / "data" / "judged_60"
Texts = dict[str, str]
Ranked = Callable[[Texts, str], list[str]]
"""From the texts by id and one query to all ids, best first."""


def _lines(name: str) -> Texts:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return {row["_id"]: row["text"] for row in map(json.loads, lines)}


def load() -> tuple[Texts, Texts, dict[str, dict[str, int]]]:
    """Return texts, queries, and the grade of each judged text by query."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    with open(FOLDER / "qrels" / "test.tsv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            grades[row["query-id"]][row["corpus-id"]] = int(row["score"])
    return _lines("corpus.jsonl"), _lines("queries.jsonl"), dict(grades)


def ndcg(found: list[str], grades: dict[str, int], cut: int = 10) -> float:
    """Normalised discounted gain of the first ten, gain 1 for near work and 3 for the work itself."""

    def gain(values: Iterable[int]) -> float:
        return sum((2**value - 1) / np.log2(place + 2) for place, value in enumerate(values))

    ideal = sorted(grades.values(), reverse=True)[:cut]
    return gain(grades.get(one, 0) for one in found[:cut]) / gain(ideal)


def reciprocal_rank(found: list[str], grades: dict[str, int]) -> float:
    """One over the place of the first who does the work itself."""
    return 1 / (1 + next(place for place, one in enumerate(found) if grades.get(one) == 2))


def by_tfidf(**options: object) -> Ranked:
    """Return a ranking by plain TF-IDF, equal ones in the order of the texts."""

    def ranked(texts: Texts, query: str) -> list[str]:
        model = TfidfVectorizer(sublinear_tf=True, **options)
        rows = model.fit_transform(texts.values())
        scores = (rows @ model.transform([query]).T).toarray()[:, 0]
        ids = list(texts)
        return [ids[at] for at in np.argsort(-scores, kind="stable")]

    return ranked


WORDS = by_tfidf(ngram_range=(1, 2), token_pattern=r"\w+")
CHARACTERS = by_tfidf(analyzer="char_wb", ngram_range=(3, 5))


def interval(differences: list[float], seed: int = 1) -> tuple[float, float]:
    """Return the 95 % interval of a mean by bootstrap over queries."""
    values = np.array(differences)
    drawn = np.random.default_rng(seed).integers(0, len(values), (4_000, len(values)))
    low, high = np.percentile(values[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
