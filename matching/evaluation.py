"""How good the text model is: rankings of BEIR folders against plain peers, with intervals.

The model is fitted on the documents of a folder and ranks as the product does: the first stage keeps
`FIRST` documents, the second orders them. What it kept out follows in the order of the first stage. Nothing
here reads a judgement before the rankings stand.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.bags import Bags
from matching.beir import Folder
from matching.measures import (
    Places,
    average_precision,
    interval_of_means,
    ndcg,
    places_in,
    recall,
    reciprocal_rank,
)
from matching.model import SimilarityModel
from matching.peers import PEERS, scored
from matching.terms import document_terms
from matching.text_query import TextQuery
from matching.text_settings import SETTINGS, TextSettings

MODEL = "model"
MEASURES = ("MAP", "MRR", "nDCG@10", "recall@100")
FIRST = 1000
"""Documents that the first stage hands on."""
BLOCK = 100
Terms = Callable[[str], list[str]]
Table = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A folder's rankers, judged.

    Attributes
    ----------
    folder : Folder
    queries : tuple of int
        Numbers of the queries with a relevant document; only these are judged.
    measures : Mapping of str to ndarray of float64, shape (queries, len(MEASURES))
        By ranker, `MODEL` first.
    first_stage : ndarray of float64, shape (queries,)
        Share of the relevant documents that the first stage hands on.
    """

    folder: Folder
    queries: tuple[int, ...]
    measures: Mapping[str, Table]
    first_stage: NDArray[np.float64]


def _measured(places: Places, gains: Sequence[float]) -> list[float]:
    return [average_precision(places), reciprocal_rank(places), ndcg(places, gains), recall(places, 100)]


def _first_stage(queries: Sequence[TextQuery], bags: Bags, columns: int) -> Iterator[NDArray[np.int64]]:
    """Yield the order of all documents by the first stage, for each query."""
    ones = np.ones(len(bags.terms), dtype=np.int64)
    held = sparse.csr_array((ones, bags.terms, bags.starts), shape=(len(bags), columns)).T.tocsr()
    for start in range(0, len(queries), BLOCK):
        block = queries[start : start + BLOCK]
        ends = np.cumsum([0, *(len(one.first_terms) for one in block)])
        terms = np.concatenate([one.first_terms for one in block])
        weights = np.concatenate([one.first_weights for one in block]).astype(np.int64)
        asked = sparse.csr_array((weights, terms, ends), shape=(len(block), columns))
        for sums in (asked @ held).toarray():
            yield np.argsort(-sums * bags.first, kind="stable")


def model_orders(
    folder: Folder, settings: TextSettings = SETTINGS, terms: Terms = document_terms
) -> Iterator[NDArray[np.int64]]:
    """Yield the documents in the order of the model, for each query.

    Parameters
    ----------
    folder : Folder
    settings : TextSettings, optional
    terms : callable, optional
        Makes terms of a text.

    Yields
    ------
    ndarray of int64, shape (documents,)
        The first `FIRST` are those of the first stage, in the order of the second.
    """
    documents = [terms(text) for text in folder.documents]
    model = SimilarityModel.fit(documents, settings)
    bags = model.bags(documents)
    queries = [model.text_query({"text": terms(text)}) for text in folder.queries]
    for query, order in zip(queries, _first_stage(queries, bags, model.columns), strict=True):
        kept = np.sort(order[:FIRST])
        second = kept[np.argsort(-model.scores(query, bags, kept), kind="stable")]
        yield np.concatenate([second, order[FIRST:]])


def judge_model(
    folder: Folder, settings: TextSettings = SETTINGS, terms: Terms = document_terms
) -> tuple[Table, NDArray[np.float64]]:
    """Return the measures of the model and what its first stage hands on, for each judged query."""
    rows, handed = [], []
    place = np.empty(len(folder.documents), dtype=np.int64)
    for at, order in enumerate(model_orders(folder, settings, terms)):
        if len(folder.relevant[at]):
            place[order] = np.arange(1, len(order) + 1)
            rows.append(_measured(place[folder.relevant[at]], folder.gains[at].tolist()))
            handed.append(recall(place[folder.relevant[at]], FIRST))
    return np.array(rows), np.array(handed)


def judge(folder: Folder) -> Judged:
    """Rank a folder with the model and with every peer, and measure."""
    queries = tuple(at for at, relevant in enumerate(folder.relevant) if len(relevant))
    rows: dict[str, list[list[float]]] = {name: [] for name in PEERS}
    for start, block in scored(folder):
        for name, scores in block.items():
            for at, row in enumerate(scores, start):
                if len(folder.relevant[at]):
                    places = places_in(row, folder.relevant[at])
                    rows[name].append(_measured(places, folder.gains[at].tolist()))
    own, handed = judge_model(folder)
    measures = {MODEL: own, **{name: np.array(rows[name]) for name in PEERS}}
    return Judged(folder, queries, measures, handed)


@dataclass(frozen=True)
class Summary:
    """Means over the queries of one folder, or over several folders of a kind.

    Attributes
    ----------
    name : str
    size : str
    means : Mapping of str to ndarray of float64, shape (len(MEASURES),)
        By ranker.
    first_stage : float
    differences : Mapping of str to ndarray of float64, shape (len(MEASURES), 3)
        Model less peer: mean, and both ends of its 95 % interval.
    """

    name: str
    size: str
    means: Mapping[str, NDArray[np.float64]]
    first_stage: float
    differences: Mapping[str, Table]

    def plain(self) -> dict[str, Any]:
        """Return the summary as values for JSON."""
        return {
            "name": self.name,
            "size": self.size,
            "recall@1000 of stage one": round(self.first_stage, 4),
            "rankers": {
                name: dict(zip(MEASURES, np.round(row, 4).tolist(), strict=True))
                for name, row in self.means.items()
            },
            "model less peer": {
                name: {
                    measure: dict(zip(("mean", "low", "high"), np.round(row, 4).tolist(), strict=True))
                    for measure, row in zip(MEASURES, table, strict=True)
                }
                for name, table in self.differences.items()
            },
        }


def _summary(name: str, size: str, parts: Sequence[Judged]) -> Summary:
    """Average over folders; one that shares its query ids with the others is resampled with them."""
    ids = {tuple(one.folder.query_ids[at] for at in one.queries) for one in parts}
    together = len(ids) == 1
    means = {
        ranker: np.mean([one.measures[ranker].mean(axis=0) for one in parts], axis=0)
        for ranker in (MODEL, *PEERS)
    }
    differences = {}
    for peer in PEERS:
        apart = [one.measures[MODEL] - one.measures[peer] for one in parts]
        strata = [np.mean(apart, axis=0)] if together else apart
        differences[peer] = np.array(
            [
                (means[MODEL][at] - means[peer][at], *interval_of_means([one[:, at] for one in strata]))
                for at in range(len(MEASURES))
            ]
        )
    return Summary(name, size, means, float(np.mean([one.first_stage.mean() for one in parts])), differences)


def summaries(judged: Sequence[Judged]) -> list[Summary]:
    """Return a summary of each folder, and one of each kind of folder of which there are several.

    Folders are of a kind when their names begin with the same word: that decides what is averaged.
    """
    found = [
        _summary(one.folder.name, f"{len(one.queries)} × {len(one.folder.documents)}", [one])
        for one in judged
    ]
    for kind, parts in groupby(sorted(judged, key=_kind), _kind):
        group = list(parts)
        if len(group) > 1:
            found.append(_summary(f"{kind}, mean of {len(group)}", "", group))
    return found


def _kind(judged: Judged) -> str:
    name = judged.folder.name
    return name[: next((at for at, sign in enumerate(name) if not sign.isalpha()), len(name))]


def plain_terms(text: str) -> list[str]:
    """Return terms without base forms: what folding endings brings is measured against it."""
    return document_terms(text, inflected=True)


ABLATIONS: tuple[tuple[str, TextSettings, Terms], ...] = (
    ("everything", SETTINGS, document_terms),
    ("without folded endings", SETTINGS, plain_terms),
    ("without words spelled alike", replace(SETTINGS, least_like=2.0), document_terms),
    ("without pairs", replace(SETTINGS, pair=0.0), document_terms),
    ("without company of words", replace(SETTINGS, company=0.0, first_company=0.0), document_terms),
    ("without company in stage one", replace(SETTINGS, first_company=0.0), document_terms),
    ("without words of the occupation", replace(SETTINGS, hinted=0.0), document_terms),
    ("without phrases of postings", replace(SETTINGS, posting_share=0.0), document_terms),
    ("without repeated mentions", replace(SETTINGS, repeated=0), document_terms),
    ("plain cosine length", replace(SETTINGS, length_power=1.0), document_terms),
    ("256 terms in stage one", replace(SETTINGS, first_terms=256), document_terms),
    ("all terms in stage one", replace(SETTINGS, first_terms=8192), document_terms),
)
"""What each idea brings is seen by taking it away."""


def ablations(folder: Folder) -> Iterator[tuple[str, NDArray[np.float64], float]]:
    """Yield a name, the mean measures and the recall of the first stage, for each of `ABLATIONS`."""
    for name, settings, terms in ABLATIONS:
        table, handed = judge_model(folder, settings, terms)
        yield name, table.mean(axis=0), float(handed.mean())
