"""The same work by others: filter, score the same words, take the best fifty; who is missing is named."""

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.metrics.pairwise import cosine_similarity

from matching.bags import Bags
from matching.features import Query

TOP = 50
Rows = Any
Search = Callable[[int], Rows]


@dataclass(frozen=True)
class Question:
    """One opening as the peers take it: its weighed terms, and who passes its gates.

    Attributes
    ----------
    terms : ndarray of int64, shape (t,)
    weights : ndarray of float32, shape (t,)
    mask : ndarray of bool, shape (n,)
    rows : ndarray of int64
        The rows of the mask.
    gates : tuple of str
        Names of its gates, as documents state them.
    """

    terms: Any
    weights: Any
    mask: Any
    rows: Any
    gates: tuple[str, ...]


def question(query: Query, mask: Any, gates: tuple[str, ...]) -> Question:
    """Return an opening as the peers take it."""
    words = query.words
    return Question(
        words.first_terms.astype(np.int64),
        words.first_weights.astype(np.float32),
        mask,
        np.flatnonzero(mask),
        gates,
    )


def matrix(bags: Bags, columns: int) -> sparse.csr_array:
    """Return the documents as unit vectors in float32: what stage one's sums are a form of."""
    starts = np.asarray(bags.starts)
    data = np.repeat(np.asarray(bags.first).astype(np.float32), np.diff(starts)) / 2**16
    return sparse.csr_array((data, np.asarray(bags.terms), starts), shape=(len(bags), columns))


def _best(scores: Any, rows: Rows) -> Rows:
    """Return the rows of the fifty best of some."""
    if len(rows) <= TOP:
        return rows[np.argsort(-scores)]
    chosen = np.argpartition(-scores, TOP)[:TOP]
    return rows[chosen[np.argsort(-scores[chosen])]]


def scikit_learn(documents: sparse.csr_array, questions: Sequence[Question]) -> dict[str, Search]:
    """Return the ways of scikit-learn and scipy, from the plain to the careful."""
    by_column = sparse.csc_array(documents)
    width = documents.shape[1]

    def sparse_query(asked: Question) -> sparse.csr_array:
        zeros = np.zeros(len(asked.terms), dtype=np.int64)
        return sparse.csr_array((asked.weights, (zeros, asked.terms)), shape=(1, width))

    def plain(at: int) -> Rows:
        asked = questions[at]
        scores = cosine_similarity(sparse_query(asked), documents).ravel()
        return _best(np.where(asked.mask, scores, -1.0), np.arange(len(scores)))

    def filter_first(at: int) -> Rows:
        asked = questions[at]
        dense = np.zeros(width, dtype=np.float32)
        dense[asked.terms] = asked.weights
        return _best(documents[asked.rows] @ dense, asked.rows)

    def column_slices(at: int) -> Rows:
        asked = questions[at]
        scores = np.zeros(documents.shape[0], dtype=np.float32)
        for term, weight in zip(asked.terms.tolist(), asked.weights.tolist(), strict=True):
            first, last = by_column.indptr[term], by_column.indptr[term + 1]
            scores[by_column.indices[first:last]] += weight * by_column.data[first:last]
        return _best(scores[asked.rows], asked.rows)

    return {"cosine_similarity": plain, "filter first": filter_first, "column slices": column_slices}


def bm25s(bags: Bags, questions: Sequence[Question]) -> dict[str, Search]:
    """Return bm25s with its numba backend, the filter given as a mask of weights."""
    import bm25s as peer

    used, narrow = np.unique(np.asarray(bags.terms), return_inverse=True)
    starts = np.asarray(bags.starts)
    ids = [narrow[a:b].tolist() for a, b in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)]
    names = {str(term): at for at, term in enumerate(used.tolist())}
    index = peer.BM25(backend="numba")
    index.index(peer.tokenization.Tokenized(ids=ids, vocab=names), show_progress=False)
    asked = [[str(t) for t in one.terms.tolist() if str(t) in names] for one in questions]
    masks = [one.mask.astype(np.float32) for one in questions]

    def search(at: int) -> Rows:
        found = index.retrieve(
            [asked[at]], k=min(TOP, len(bags)), weight_mask=masks[at], show_progress=False, n_threads=0
        )
        return found.documents[0]

    return {"bm25s": search}


def tantivy(bags: Bags, questions: Sequence[Question], gates: dict[str, Any]) -> dict[str, Search]:
    """Return tantivy; each distinct gate is a term of its own: a filter is a posting list there."""
    import tantivy as peer

    builder = peer.SchemaBuilder()
    builder.add_text_field("terms", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("gates", stored=False, tokenizer_name="whitespace", index_option="basic")
    builder.add_unsigned_field("row", stored=True, fast=True)
    schema = builder.build()
    index = peer.Index(schema)
    writer = index.writer(heap_size=500_000_000, num_threads=1)
    starts, terms = np.asarray(bags.starts).tolist(), np.asarray(bags.terms).astype(str).tolist()
    for row in range(len(bags)):
        passed = [name for name, mask in gates.items() if mask[row]]
        document = {
            "terms": " ".join(terms[starts[row] : starts[row + 1]]),
            "gates": " ".join(passed),
            "row": row,
        }
        writer.add_document(peer.Document.from_dict(document, schema))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(at: int) -> Rows:
        asked = questions[at]
        words = [
            (peer.Occur.Should, peer.Query.term_query(schema, "terms", str(term)))
            for term in asked.terms.tolist()
        ]
        must = [
            (peer.Occur.Must, peer.Query.const_score_query(peer.Query.term_query(schema, "gates", name), 0.0))
            for name in asked.gates
        ]
        whole = peer.Query.boolean_query([*must, (peer.Occur.Must, peer.Query.boolean_query(words))])
        return [address for _, address in searcher.search(whole, TOP).hits]

    return {"tantivy": search}


def missing() -> list[str]:
    """Return the names of peers that are not installed."""
    return [name for name in ("bm25s", "tantivy") if importlib.util.find_spec(name) is None]
