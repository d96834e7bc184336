"""Stage one, compiled: walk the postings block by block, add the fields, keep the best in a heap.

`plain` gives the same lists without a compiler. A chunk is skipped only when the most it could reach lies
below the threshold, never when it equals it: ties are decided by hash, and every way of counting must agree.
"""

from typing import Any

import numpy as np

from matching.compiled import jit
from matching.fields import LONG, SLOTS
from matching.postings import BLOCK, BLOCK_BITS

WORD_BITS = 6
NOTHING = -(2**62)
"""Below every score: the threshold while the heap still has room."""


@jit
def _mixed(value: Any) -> Any:
    """Scramble one number as `numbers.mix` does."""
    z = value + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@jit
def _worse(scores: Any, ties: Any, a: int, b: int) -> bool:
    if scores[a] != scores[b]:
        return bool(scores[a] < scores[b])
    return bool(ties[a] > ties[b])


@jit
def _swap(scores: Any, ties: Any, rows: Any, a: int, b: int) -> None:
    scores[a], scores[b] = scores[b], scores[a]
    ties[a], ties[b] = ties[b], ties[a]
    rows[a], rows[b] = rows[b], rows[a]


@jit
def _keep(scores: Any, ties: Any, rows: Any, size: int, score: Any, tie: Any, row: Any) -> int:
    """Put one more into the heap whose root is the worst kept; return its size."""
    if size < len(scores):
        scores[size], ties[size], rows[size] = score, tie, row
        at = size
        while at > 0 and _worse(scores, ties, at, (at - 1) >> 1):
            _swap(scores, ties, rows, at, (at - 1) >> 1)
            at = (at - 1) >> 1
        return size + 1
    if score < scores[0] or (score == scores[0] and tie > ties[0]):
        return size
    scores[0], ties[0], rows[0] = score, tie, row
    at = 0
    while True:
        worst, left = at, 2 * at + 1
        if left < size and _worse(scores, ties, left, worst):
            worst = left
        if left + 1 < size and _worse(scores, ties, left + 1, worst):
            worst = left + 1
        if worst == at:
            return size
        _swap(scores, ties, rows, at, worst)
        at = worst


@jit
def _add_block(sums: Any, block: int, cursor: Any, spans: Any, ids: Any, starts: Any, blocks: Any) -> None:
    """Add the weights of one block's postings; `cursor` remembers where each term stands."""
    for term in range(len(cursor)):
        at = cursor[term]
        last = spans[1, term]
        while at < last and blocks[at] < block:
            at += 1
        if at < last and blocks[at] == block:
            weight = np.int32(spans[2, term])
            for posting in range(starts[at], starts[at + 1]):
                sums[ids[posting]] += weight
            at += 1
        cursor[term] = at


@jit
def _any_passes(passing: Any, first: int, last: int) -> bool:
    for word in range(first, last):
        if passing[word]:
            return True
    return False


@jit
def _highest(sums: Any) -> Any:
    """Return the highest of some sums; written so that the compiler takes eight at a time."""
    highest = np.int32(0)
    for one in sums:
        highest = one if one > highest else highest
    return highest


@jit
def _lowest(bits: Any) -> int:
    """Return the place of the lowest set bit."""
    at = 0
    low = bits & (~bits + np.uint64(1))
    if low & np.uint64(0xFFFFFFFF00000000):
        at += 32
    if low & np.uint64(0xFFFF0000FFFF0000):
        at += 16
    if low & np.uint64(0xFF00FF00FF00FF00):
        at += 8
    if low & np.uint64(0xF0F0F0F0F0F0F0F0):
        at += 4
    if low & np.uint64(0xCCCCCCCCCCCCCCCC):
        at += 2
    if low & np.uint64(0xAAAAAAAAAAAAAAAA):
        at += 1
    return at


@jit
def top_by_words(
    passing: Any, cursor: Any, spans: Any, ids: Any, starts: Any, blocks: Any, first: Any, most: Any,
    keys: Any, salt: Any, scores: Any, ties: Any, rows: Any,
) -> int:  # fmt: skip
    """Keep the best by words alone: sum of weights times `first`.

    `most` holds the highest `first` of each 64 rows: a whole word of bits is skipped by one bound.
    """
    size, full, threshold = 0, len(scores), np.int64(NOTHING)
    words = len(passing)
    sums = np.zeros(BLOCK, dtype=np.int32)
    for block in range((words + (BLOCK >> WORD_BITS) - 1) >> (BLOCK_BITS - WORD_BITS)):
        from_word = block << (BLOCK_BITS - WORD_BITS)
        to_word = min(words, from_word + (BLOCK >> WORD_BITS))
        if not _any_passes(passing, from_word, to_word):
            continue
        sums[:] = 0
        _add_block(sums, block, cursor, spans, ids, starts, blocks)
        for word in range(from_word, to_word):
            bits = passing[word]
            if bits == 0:
                continue
            base = (word - from_word) << WORD_BITS
            if size == full:
                highest = _highest(sums[base : base + 64])
                if np.int64(highest) * np.int64(most[word]) < threshold:
                    continue
            while bits:
                at = _lowest(bits)
                bits &= bits - np.uint64(1)
                row = (word << WORD_BITS) + at
                score = np.int64(sums[base + at]) * np.int64(first[row])
                if score >= threshold:
                    size = _keep(scores, ties, rows, size, score, _mixed(keys[row] ^ salt), row)
                    if size == full:
                        threshold = scores[0]
    return size


@jit
def _rest(
    row: int, word: int, bit: Any, commune: Any, wage: Any, start: Any, updated: Any, homes: Any, wages: Any,
    starting: Any, fresh: Any, near: Any, flags: Any, flag_points: Any,
) -> Any:  # fmt: skip
    """Points of the fields that are read only for those who may still get in."""
    points = np.int64(homes[1 if near[word] & bit else 0, commune[row]])
    points += wages[wage[row]] + starting[start[row]] + fresh[updated[row]]
    for flag in range(len(flag_points)):
        if flags[flag, word] & bit:
            points += flag_points[flag]
    return points


@jit
def _best(row: int, slots: Any, ends: Any, codes: Any, points: Any) -> Any:
    """Points of the best entry of a list, or of its silence; an empty slot brings nothing."""
    if slots[0, row] == LONG:
        best = points[codes[ends[row]]]
        for entry in range(ends[row] + 1, ends[row + 1]):
            best = max(best, points[codes[entry]])
        return best
    best = points[slots[0, row]]
    for at in range(1, SLOTS):
        best = max(best, points[slots[at, row]])
    return best


@jit
def _reach(sums: Any, base: int, most: Any, shift: int, by_text: Any) -> Any:
    """Return the most points for words that any of 64 rows can have."""
    highest = _highest(sums[base : base + 64])
    return by_text[min((np.int64(highest) * np.int64(most)) >> shift, len(by_text) - 1)]


@jit
def top_by_all(
    passing: Any, cursor: Any, spans: Any, ids: Any, starts: Any, blocks: Any, first: Any, most: Any,
    shift: int, by_text: Any, done: Any, done_ends: Any, all_done: Any, wanted: Any, wanted_ends: Any,
    all_wanted: Any, by_done: Any, by_wanted: Any, most_rest: Any, related: Any, commune: Any, wage: Any,
    start: Any, updated: Any, homes: Any, wages: Any, starting: Any, fresh: Any, near: Any, flags: Any,
    flag_points: Any, keys: Any, salt: Any, scores: Any, ties: Any, rows: Any,
) -> int:  # fmt: skip
    """Keep the best by words and fields together.

    `related` marks those for whom an occupation may bring points. The others of 64 rows are skipped by one
    bound: their words at the most, no occupation, and everything else in full.
    """
    size, full, threshold = 0, len(scores), np.int64(NOTHING)
    words, top = len(passing), len(by_text) - 1
    sums = np.zeros(BLOCK, dtype=np.int32)
    for block in range((words + (BLOCK >> WORD_BITS) - 1) >> (BLOCK_BITS - WORD_BITS)):
        from_word = block << (BLOCK_BITS - WORD_BITS)
        to_word = min(words, from_word + (BLOCK >> WORD_BITS))
        if not _any_passes(passing, from_word, to_word):
            continue
        sums[:] = 0
        _add_block(sums, block, cursor, spans, ids, starts, blocks)
        for word in range(from_word, to_word):
            bits = passing[word]
            if bits == 0:
                continue
            base = (word - from_word) << WORD_BITS
            if size == full and bits & ~related[word]:
                if _reach(sums, base, most[word], shift, by_text) + most_rest < threshold:
                    bits &= related[word]
            while bits:
                at = _lowest(bits)
                bit = np.uint64(1) << np.uint64(at)
                bits ^= bit
                row = (word << WORD_BITS) + at
                cosine = (np.int64(sums[base + at]) * np.int64(first[row])) >> shift
                score = np.int64(by_text[min(cosine, top)])
                score += _best(row, done, done_ends, all_done, by_done)
                score += _best(row, wanted, wanted_ends, all_wanted, by_wanted)
                if score + most_rest < threshold:
                    continue
                score += _rest(
                    row, word, bit, commune, wage, start, updated, homes, wages, starting, fresh, near, flags,
                    flag_points,
                )  # fmt: skip
                if score >= threshold:
                    size = _keep(scores, ties, rows, size, score, _mixed(keys[row] ^ salt), row)
                    if size == full:
                        threshold = scores[0]
    return size
