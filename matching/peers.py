"""The text rankings that the model is compared with, as a careful user of scikit-learn would write them."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from matching.beir import Folder

WORDS, CHARACTERS, BOTH, BM25 = "words", "characters", "characters + words", "BM25"
PEERS = (WORDS, CHARACTERS, BOTH, BM25)
_WORD = r"(?u)\b\w+\b"
BLOCK = 100
SATURATION, LENGTH = 1.2, 0.75
Scores = dict[str, NDArray[np.float32]]


def _bm25(folder: Folder) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Return queries as counts and documents as BM25 weights."""
    counter = CountVectorizer(token_pattern=_WORD, dtype=np.float32)
    counts = sparse.csr_array(counter.fit_transform(folder.documents))
    sizes = counts.sum(axis=1)
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log(1 + (len(folder.documents) - held + 0.5) / (held + 0.5))
    size = np.repeat(sizes / sizes.mean(), np.diff(counts.indptr))
    part = counts.data * (SATURATION + 1) / (counts.data + SATURATION * (1 - LENGTH + LENGTH * size))
    weighed = sparse.csr_array(
        ((part * rarity[counts.indices]).astype(np.float32), counts.indices, counts.indptr),
        shape=counts.shape,
    )
    return sparse.csr_array(counter.transform(folder.queries)), weighed


def _standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    spread = scores.std(axis=1, keepdims=True)
    found: NDArray[np.float32] = (scores - scores.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9)
    return found


def scored(folder: Folder) -> Iterator[tuple[int, Scores]]:
    """Yield the scores of every peer, fitted on the documents, for a block of queries at a time.

    Yields
    ------
    int
        Number of the first query of the block.
    dict of str to ndarray of float32, shape (block, documents)
        By the names of `PEERS`.
    """
    pairs = {}
    for name, vectorizer in (
        (
            WORDS,
            TfidfVectorizer(ngram_range=(1, 2), token_pattern=_WORD, sublinear_tf=True, dtype=np.float32),
        ),
        (
            CHARACTERS,
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32),
        ),
    ):
        documents = sparse.csr_array(vectorizer.fit_transform(folder.documents))
        pairs[name] = sparse.csr_array(vectorizer.transform(folder.queries)), documents
    pairs[BM25] = _bm25(folder)
    for start in range(0, len(folder.queries), BLOCK):
        found = {
            name: (asked[start : start + BLOCK] @ held.T).toarray() for name, (asked, held) in pairs.items()
        }
        found[BOTH] = _standard(found[WORDS]) + _standard(found[CHARACTERS])
        yield start, found
