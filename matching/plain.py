"""Stage one in plain numpy: the lists of `kernels`, without a compiler and without its tricks."""

from typing import Any

import numpy as np

from matching.columns import rows_of
from matching.fields import DONE_BIT, NONE, NOT_ASKED, WANTED_BIT
from matching.numbers import mix
from matching.postings import BLOCK_BITS


def _sums(n: int, spans: Any, ids: Any, starts: Any, blocks: Any) -> Any:
    """Return the sum of weights of every row."""
    sums = np.zeros(n, dtype=np.int64)
    for first, last, weight in spans.T.tolist():
        for segment in range(first, last):
            rows = np.asarray(ids[starts[segment] : starts[segment + 1]]).astype(np.int64)
            sums[rows + (int(blocks[segment]) << BLOCK_BITS)] += weight
    return sums


def _keep(found: Any, score: Any, keys: Any, salt: Any, scores: Any, ties: Any, rows: Any) -> int:
    size, full = len(found), len(scores)
    if size > full:
        least = np.partition(score, size - full)[size - full]
        found, score = found[score >= least], score[score >= least]
    tie = mix(keys[found] ^ salt)
    order = np.lexsort((tie, -score))[:full]
    kept = len(order)
    scores[:kept], ties[:kept], rows[:kept] = score[order], tie[order], found[order]
    return kept


def _best(ends: Any, codes: Any, points: Any, answered: Any, bit: Any) -> Any:
    """Return everybody's points of the best entry of a list."""
    best = np.where(answered & bit, points[NONE], points[NOT_ASKED]).astype(np.int64)
    sizes = np.diff(ends)
    best[sizes > 0] = np.iinfo(np.int64).min
    np.maximum.at(best, np.repeat(np.arange(len(sizes)), sizes), points[codes])
    return best


def top_by_words(
    passing: Any, cursor: Any, spans: Any, ids: Any, starts: Any, blocks: Any, first: Any, most: Any,
    keys: Any, salt: Any, scores: Any, ties: Any, rows: Any,
) -> int:  # fmt: skip
    """As `kernels.top_by_words`."""
    found = rows_of(passing, len(first))
    score = (_sums(len(first), spans, ids, starts, blocks) * first)[found]
    return _keep(found, score, keys, salt, scores, ties, rows)


def top_by_all(
    passing: Any, cursor: Any, spans: Any, ids: Any, starts: Any, blocks: Any, first: Any, most: Any,
    shift: int, by_text: Any, done_ends: Any, done: Any, wanted_ends: Any, wanted: Any, answered: Any,
    by_done: Any, by_wanted: Any, most_rest: Any,
    related: Any, commune: Any, wage: Any, start: Any, updated: Any, homes: Any, wages: Any, starting: Any,
    fresh: Any, near: Any, flags: Any, flag_points: Any, keys: Any, salt: Any, scores: Any, ties: Any,
    rows: Any, size: int,
) -> int:  # fmt: skip
    """As `kernels.top_by_all`."""
    found = rows_of(passing, len(first))
    likeness = (_sums(len(first), spans, ids, starts, blocks)[found] * first[found]) >> shift
    word, bit = found >> 6, (found & 63).astype(np.uint64)
    is_near = (near[word] >> bit & np.uint64(1)).astype(np.int64)
    score = by_text[np.minimum(likeness, len(by_text) - 1)]
    score = score + _best(done_ends, done, by_done, answered, DONE_BIT)[found]
    score += _best(wanted_ends, wanted, by_wanted, answered, WANTED_BIT)[found]
    score += homes[is_near, commune[found]] + wages[wage[found]]
    score += starting[start[found]] + fresh[updated[found]]
    for flag, points in zip(flags, flag_points.tolist(), strict=True):
        score += (flag[word] >> bit & np.uint64(1)).astype(np.int64) * points
    return _keep(found, score, keys, salt, scores, ties, rows)
