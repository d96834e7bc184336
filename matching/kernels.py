"""Stage one, compiled: walk the postings block by block, add the fields, keep the best in a heap.

`plain` gives the same lists without a compiler. Somebody is left out only when the most they could reach lies
below the threshold, never when it equals it: ties are decided by hash, and every way of counting must agree.

The work of a block is a few short loops over those who may still get in, each with few branches and with
unsigned places, so that the compiler reads several people at once: one loop with everything in it took
fifteen times as long.
"""

from typing import Any, NamedTuple

import numpy as np

from matching.compiled import jit
from matching.fields import LONG
from matching.postings import BLOCK, BLOCK_BITS

WORD_BITS = 6
WORDS = BLOCK >> WORD_BITS
"""Words of 64 rows in a block."""
NEVER = 2**31 - 1
"""A sum that nobody reaches."""
NOTHING = -(2**62)
"""Below every score: the threshold while the heap still has room."""


class Words(NamedTuple):
    """The words of an opening against the postings of a segment.

    Attributes
    ----------
    spans : ndarray of int64, shape (3, t)
        First and last segment, and weight, of each term.
    ids, starts, blocks
        As in `Postings`.
    first : ndarray of int32, shape (n,)
        The share of its sum that a document counts with.
    most : ndarray of int32, shape (words,)
        The highest `first` of each 64 rows.
    """

    spans: Any
    ids: Any
    starts: Any
    blocks: Any
    first: Any
    most: Any


class Columns(NamedTuple):
    """The fields of a segment: codes as in `fields.Fields` by row, and bits by word of 64 rows.

    `related` marks those for whom an occupation may bring points, `near` those who named the place; `flags`
    has one row of bits for each flag.
    """

    done: Any
    done_ends: Any
    all_done: Any
    wanted: Any
    wanted_ends: Any
    all_wanted: Any
    commune: Any
    wage: Any
    start: Any
    updated: Any
    related: Any
    near: Any
    flags: Any


class Tables(NamedTuple):
    """Points by code, as in `stage_one.Layout`; likeness is a product, `shift` bits of it dropped."""

    shift: int
    most_rest: int
    text: Any
    done: Any
    wanted: Any
    homes: Any
    wages: Any
    starting: Any
    fresh: Any
    flags: Any


class Best(NamedTuple):
    """The heap of the best so far, and what orders equal scores."""

    keys: Any
    salt: Any
    scores: Any
    ties: Any
    rows: Any


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
def _plan(words: Words, count: int) -> Any:
    """Return the blocks, the most promising first, and where each term's segment stands in each; -1 if it has
    none there."""
    segments = np.full((count, words.spans.shape[1]), -1, dtype=np.int64)
    promise = np.zeros(count, dtype=np.int64)
    for term in range(words.spans.shape[1]):
        for at in range(words.spans[0, term], words.spans[1, term]):
            segments[words.blocks[at], term] = at
            promise[words.blocks[at]] += words.spans[2, term]
    for block in range(count):
        promise[block] *= _highest(words.most[block * WORDS : (block + 1) * WORDS])
    return np.argsort(-promise), segments


@jit
def _highest(numbers: Any) -> Any:
    highest = numbers[0]
    for one in numbers:
        highest = max(highest, one)
    return highest


@jit
def _add_block(sums: Any, need: Any, over: Any, words: Words, segments: Any) -> None:
    """Add the weights of one block's postings, and mark in `over` whose sum reaches the need of its word."""
    for term in range(len(segments)):
        at = segments[term]
        if at >= 0:
            weight = np.int32(words.spans[2, term])
            for posting in range(words.starts[at], words.starts[at + 1]):
                place = words.ids[posting]
                total = sums[place] + weight
                sums[place] = total
                if total >= need[place >> WORD_BITS]:
                    over[place >> WORD_BITS] |= np.uint64(1) << np.uint64(place & 63)


@jit
def _needs(need: Any, over: Any, least: Any, most: Any) -> None:
    """Say for each word of a block which sum its rows need for a product of `least`; clear `over`.

    It is one less than the quotient: that of floats may be too high by one, and a need must never be.
    """
    over[:] = 0
    for word in range(len(most)):
        need[word] = np.int32(min(np.float64(least) / np.float64(max(1, most[word])), NEVER) - 1)


@jit
def _everybody(need: Any, over: Any) -> None:
    need[:] = NEVER
    over[:] = ~np.uint64(0)


@jit
def _any_passes(passing: Any) -> bool:
    some = np.uint64(0)
    for bits in passing:
        some |= bits
    return bool(some != 0)


@jit
def _lowest(bits: Any) -> Any:
    """Return the place of the lowest set bit: how many bits lie below it."""
    below = (bits & (~bits + np.uint64(1))) - np.uint64(1)
    below -= (below >> np.uint64(1)) & np.uint64(0x5555555555555555)
    twos = np.uint64(0x3333333333333333)
    below = (below & twos) + ((below >> np.uint64(2)) & twos)
    below = (below + (below >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (below * np.uint64(0x0101010101010101)) >> np.uint64(56)


@jit
def _places(found: Any, bits: Any) -> int:
    """Write the places of the set bits, and return how many there are."""
    count = 0
    for word in range(len(bits)):
        left = bits[word]
        while left:
            found[count] = (np.uint64(word) << np.uint64(WORD_BITS)) + _lowest(left)
            left &= left - np.uint64(1)
            count += 1
    return count


@jit
def top_by_words(passing: Any, words: Words, best: Best) -> int:
    """Keep the best by words alone: sum of weights times `first`; return how many."""
    size, full, threshold = 0, len(best.scores), np.int64(NOTHING)
    order, segments = _plan(words, (len(passing) + WORDS - 1) // WORDS)
    sums = np.zeros(BLOCK, dtype=np.int32)
    need, over = np.zeros(WORDS, dtype=np.int32), np.zeros(WORDS, dtype=np.uint64)
    places = np.zeros(BLOCK, dtype=np.uint32)
    for block in order:
        here = passing[block * WORDS : (block + 1) * WORDS]
        if not _any_passes(here):
            continue
        if threshold > 0:
            _needs(need, over, threshold, words.most[block * WORDS : (block + 1) * WORDS])
        else:
            _everybody(need, over)
        sums[:] = 0
        _add_block(sums, need, over, words, segments[block])
        over[: len(here)] &= here
        for at in range(_places(places, over[: len(here)])):
            row = (block << BLOCK_BITS) + np.int64(places[at])
            score = np.int64(sums[places[at]]) * np.int64(words.first[row])
            if score >= threshold:
                tie = _mixed(best.keys[row] ^ best.salt)
                size = _keep(best.scores, best.ties, best.rows, size, score, tie, row)
                if size == full:
                    threshold = best.scores[0]
    return size


@jit
def _product(least: Any, tables: Tables) -> Any:
    """Return the least product of a sum and `first` that brings so many points; 0 if nothing is needed."""
    step = np.searchsorted(tables.text, least)
    return np.int64(step) << tables.shift


@jit
def _by_words(
    points: Any, places: Any, count: int, base: int, sums: Any, words: Words, tables: Tables
) -> None:
    top = len(tables.text) - 1
    first = words.first[base : base + BLOCK]
    for at in range(count):
        place = np.uint64(places[at])
        likeness = (np.int64(sums[place]) * np.int64(first[place])) >> tables.shift
        points[at] = tables.text[np.uint64(min(likeness, top))]  # type: ignore[arg-type]


@jit
def _by_slots(points: Any, places: Any, count: int, base: int, slots: Any, table: Any) -> None:
    """Add the best of the slots; a long list brings the most that any entry could."""
    one, two, three = (
        slots[0, base : base + BLOCK],
        slots[1, base : base + BLOCK],
        slots[2, base : base + BLOCK],
    )
    for at in range(count):
        place = np.uint64(places[at])
        best = max(table[np.uint64(one[place])], table[np.uint64(two[place])])
        points[at] += max(best, table[np.uint64(three[place])])


@jit
def _less_for_long(score: Any, row: int, slots: Any, ends: Any, codes: Any, table: Any) -> Any:
    """Return a score in which a long list counts with its best entry."""
    if slots[0, row] != LONG:
        return score
    best = table[codes[ends[row]]]
    for entry in range(ends[row] + 1, ends[row + 1]):
        best = max(best, table[codes[entry]])
    return score - table[LONG] + best


@jit
def _still_in(points: Any, places: Any, count: int, least: Any) -> int:
    """Move those with enough points to the front, and return how many there are."""
    left = 0
    for at in range(count):
        place, score = places[at], points[at]
        places[left], points[left] = place, score
        left += 1 if score >= least else 0
    return left


@jit
def _by_rest(points: Any, places: Any, count: int, base: int, columns: Columns, tables: Tables) -> None:
    """Add the fields that are read only for those who may still get in."""
    commune, wage = columns.commune[base : base + BLOCK], columns.wage[base : base + BLOCK]
    start, updated = columns.start[base : base + BLOCK], columns.updated[base : base + BLOCK]
    near = columns.near[base >> WORD_BITS : (base + BLOCK) >> WORD_BITS]
    for at in range(count):
        place = np.uint64(places[at])
        named = (near[place >> np.uint64(WORD_BITS)] >> (place & np.uint64(63))) & np.uint64(1)
        more = tables.homes[named, np.uint64(commune[place])] + tables.wages[np.uint64(wage[place])]
        more += tables.starting[np.uint64(start[place])] + tables.fresh[np.uint64(updated[place])]
        points[at] += more
    for flag in range(len(tables.flags)):
        bits = columns.flags[flag, base >> WORD_BITS : (base + BLOCK) >> WORD_BITS]
        worth = tables.flags[flag]
        for at in range(count if worth else 0):
            place = np.uint64(places[at])
            bit = (bits[place >> np.uint64(WORD_BITS)] >> (place & np.uint64(63))) & np.uint64(1)
            points[at] += worth * np.int32(bit)


@jit
def top_by_all(passing: Any, words: Words, columns: Columns, tables: Tables, best: Best) -> int:
    """Keep the best by words and fields together; return how many.

    Those without a related occupation are looked at only if their words, with everything else in full, reach
    the threshold. Of those looked at, words and occupations are counted first, the rest for who may still get
    in.
    """
    size, full, threshold = 0, len(best.scores), np.int64(NOTHING)
    order, segments = _plan(words, (len(passing) + WORDS - 1) // WORDS)
    sums = np.zeros(BLOCK, dtype=np.int32)
    need, over = np.zeros(WORDS, dtype=np.int32), np.zeros(WORDS, dtype=np.uint64)
    places, points = np.zeros(BLOCK, dtype=np.uint32), np.zeros(BLOCK, dtype=np.int32)
    for block in order:
        here = passing[block * WORDS : (block + 1) * WORDS]
        if not _any_passes(here):
            continue
        least = threshold - tables.most_rest
        product = _product(least, tables)
        if product > 0:
            _needs(need, over, product, words.most[block * WORDS : (block + 1) * WORDS])
        else:
            _everybody(need, over)
        sums[:] = 0
        _add_block(sums, need, over, words, segments[block])
        over[: len(here)] |= columns.related[block * WORDS : (block + 1) * WORDS]
        over[: len(here)] &= here
        count, base = _places(places, over[: len(here)]), block << BLOCK_BITS
        _by_words(points, places, count, base, sums, words, tables)
        _by_slots(points, places, count, base, columns.done, tables.done)
        _by_slots(points, places, count, base, columns.wanted, tables.wanted)
        count = _still_in(points, places, count, least)
        _by_rest(points, places, count, base, columns, tables)
        for at in range(count):
            if points[at] < threshold:
                continue
            row = base + np.int64(places[at])
            score = np.int64(points[at])
            score = _less_for_long(score, row, columns.done, columns.done_ends, columns.all_done, tables.done)
            score = _less_for_long(
                score, row, columns.wanted, columns.wanted_ends, columns.all_wanted, tables.wanted
            )
            if score >= threshold:
                tie = _mixed(best.keys[row] ^ best.salt)
                size = _keep(best.scores, best.ties, best.rows, size, score, tie, row)
                if size == full:
                    threshold = best.scores[0]
    return size
