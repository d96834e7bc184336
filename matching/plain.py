"""Stage one in plain numpy: the lists of `kernels`, without a compiler and without its tricks."""

from typing import Any

import numpy as np

from matching.columns import rows_of
from matching.fields import NONE
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


def _best(silence: Any, ends: Any, codes: Any, points: Any) -> Any:
    """Return everybody's points of the best entry of a list; `silence` has the codes of empty lists."""
    sizes = np.diff(ends)
    best = np.where(sizes > 0, np.iinfo(np.int64).min, points[np.minimum(silence, NONE)]).astype(np.int64)
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
    shift: int, by_text: Any, done: Any, done_ends: Any, all_done: Any, wanted: Any, wanted_ends: Any,
    all_wanted: Any, by_done: Any, by_wanted: Any, most_rest: Any, related: Any, commune: Any, wage: Any,
    start: Any, updated: Any, homes: Any, wages: Any, starting: Any, fresh: Any, near: Any, flags: Any,
    flag_points: Any, keys: Any, salt: Any, scores: Any, ties: Any, rows: Any,
) -> int:  # fmt: skip
    """As `kernels.top_by_all`."""
    found = rows_of(passing, len(first))
    likeness = (_sums(len(first), spans, ids, starts, blocks)[found] * first[found]) >> shift
    word, bit = found >> 6, (found & 63).astype(np.uint64)
    is_near = (near[word] >> bit & np.uint64(1)).astype(np.int64)
    score = by_text[np.minimum(likeness, len(by_text) - 1)]
    score = score + _best(done[0], done_ends, all_done, by_done)[found]
    score += _best(wanted[0], wanted_ends, all_wanted, by_wanted)[found]
    score += homes[is_near, commune[found]] + wages[wage[found]]
    score += starting[start[found]] + fresh[updated[found]]
    for flag, points in zip(flags, flag_points.tolist(), strict=True):
        score += (flag[word] >> bit & np.uint64(1)).astype(np.int64) * points
    return _keep(found, score, keys, salt, scores, ties, rows)
