"""Measures of a ranking, each from the places at which the relevant documents stand, counted from 1."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


def average_precision(places: Places) -> float:
    """Return the mean, over the relevant documents, of the share of relevant ones down to each.

    Examples
    --------
    >>> average_precision(np.array([1, 4]))
    0.75
    """
    ordered = np.sort(places)
    return float(np.mean(np.arange(1, len(ordered) + 1) / ordered))


def reciprocal_rank(places: Places) -> float:
    """Return one over the place of the first relevant document."""
    return float(1 / places.min())


def ndcg(places: Places, gains: Sequence[float], top: int = 10) -> float:
    """Return the discounted gain of the first places against the best possible one.

    Parameters
    ----------
    places : ndarray of int64, shape (n,)
    gains : sequence of float, length n
        What each relevant document is worth, above 0.
    top : int
        Places that count.
    """
    worth = np.asarray(gains, dtype=np.float64)
    seen = places <= top
    best = np.sort(worth)[::-1][:top]
    ideal = float(np.sum(best / np.log2(np.arange(2, len(best) + 2))))
    return float(np.sum(worth[seen] / np.log2(places[seen] + 1))) / ideal


def recall(places: Places, top: int) -> float:
    """Return the share of the relevant documents that stand in the first places."""
    return float(np.mean(places <= top))


def places_in(scores: NDArray[np.generic], relevant: NDArray[np.int64]) -> Places:
    """Return where relevant documents stand; of equal scores the earlier document stands first.

    Parameters
    ----------
    scores : ndarray, shape (documents,)
    relevant : ndarray of int64, shape (n,)
        Documents by number.

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    ordered = np.sort(scores)
    theirs = scores[relevant]
    above = len(scores) - np.searchsorted(ordered, theirs, side="right")
    before = [np.count_nonzero(scores[:at] == one) for at, one in zip(relevant, theirs, strict=True)]
    return np.asarray(above + np.array(before, dtype=np.int64) + 1, dtype=np.int64)


def interval_of_means(strata: Sequence[NDArray[np.float64]], resamples: int = 1000) -> tuple[float, float]:
    """Return the 95 % interval of a mean of means by resampling the items of each stratum, with a fixed seed.

    Parameters
    ----------
    strata : sequence of ndarray of float64
        One number an item, such as the difference of two rankers on a query; every stratum weighs the same.
    resamples : int

    Returns
    -------
    tuple of float
        Both ends.
    """
    random = np.random.default_rng(0)
    means = np.zeros(resamples)
    for one in strata:
        for at in range(resamples):
            means[at] += one[random.integers(0, len(one), len(one))].mean() / len(strata)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
