"""Stage one in plain numpy: the lists of `kernels`, without a compiler and without its tricks."""

from typing import Any

import numpy as np

from matching.columns import rows_of
from matching.fields import NONE
from matching.kernels import Best, Columns, Tables, Words
from matching.numbers import mix
from matching.postings import BLOCK_BITS


def _sums(words: Words) -> Any:
    """Return the sum of weights of every row."""
    sums = np.zeros(len(words.first), dtype=np.int64)
    for first, last, weight in words.spans.T.tolist():
        for segment in range(first, last):
            rows = words.ids[words.starts[segment] : words.starts[segment + 1]].astype(np.int64)
            sums[rows + (int(words.blocks[segment]) << BLOCK_BITS)] += weight
    return sums


def _keep(found: Any, score: Any, best: Best) -> int:
    size, full = len(found), len(best.scores)
    if size > full:
        least = np.partition(score, size - full)[size - full]
        found, score = found[score >= least], score[score >= least]
    tie = mix(best.keys[found] ^ best.salt)
    order = np.lexsort((tie, -score))[:full]
    kept = len(order)
    best.scores[:kept], best.ties[:kept], best.rows[:kept] = score[order], tie[order], found[order]
    return kept


def _best(silence: Any, ends: Any, codes: Any, points: Any) -> Any:
    """Return everybody's points of the best entry of a list; `silence` has the codes of empty lists."""
    sizes = np.diff(ends)
    best = np.where(sizes > 0, np.iinfo(np.int64).min, points[np.minimum(silence, NONE)]).astype(np.int64)
    np.maximum.at(best, np.repeat(np.arange(len(sizes)), sizes), points[codes])
    return best


def top_by_words(passing: Any, words: Words, best: Best) -> int:
    """As `kernels.top_by_words`."""
    found = rows_of(passing, len(words.first))
    return _keep(found, (_sums(words) * words.first)[found], best)


def top_by_all(passing: Any, words: Words, columns: Columns, tables: Tables, best: Best) -> int:
    """As `kernels.top_by_all`."""
    found = rows_of(passing, len(words.first))
    likeness = (_sums(words)[found] * words.first[found]) >> tables.shift
    word, bit = found >> 6, (found & 63).astype(np.uint64)
    is_near = (columns.near[word] >> bit & np.uint64(1)).astype(np.int64)
    score = tables.text[np.minimum(likeness, len(tables.text) - 1)].astype(np.int64)
    score += _best(columns.done[0], columns.done_ends, columns.all_done, tables.done)[found]
    score += _best(columns.wanted[0], columns.wanted_ends, columns.all_wanted, tables.wanted)[found]
    score += tables.homes[is_near, columns.commune[found]] + tables.wages[columns.wage[found]]
    score += tables.starting[columns.start[found]] + tables.fresh[columns.updated[found]]
    for flag, points in zip(columns.flags, tables.flags.tolist(), strict=True):
        score += (flag[word] >> bit & np.uint64(1)).astype(np.int64) * points
    return _keep(found, score, best)
