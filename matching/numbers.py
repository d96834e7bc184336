"""Ids, codes, words and days as integers that are the same in every process."""

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.types import OpeningId, WorkerId

NO_DATE = 0
NEVER = 99991231
UNKNOWN = -1
_MASK64 = (1 << 64) - 1


@lru_cache(maxsize=65536)
def code_number(code: str) -> int:
    """Return a code of digits as one integer; a leading 1 keeps leading zeros, so that "01" is 101."""
    return int("1" + code)


@lru_cache(maxsize=65536)
def word_number(word: str) -> int:
    """Return a word as a 64-bit integer that is the same in every process."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little", signed=True)


def day_number(day: date | None) -> int:
    """Return a day as yyyymmdd, so that the age on a day is a subtraction; `NO_DATE` for None."""
    return day.year * 10000 + day.month * 100 + day.day if day else NO_DATE


def mix(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scramble 64-bit numbers one to one (splitmix64)."""
    with np.errstate(over="ignore"):
        z = value + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def keys_of(ids: Sequence[WorkerId | OpeningId]) -> NDArray[np.uint64]:
    """Return the 64-bit keys of ids: numbers scrambled one to one, words hashed."""
    if all(isinstance(one, int) for one in ids):
        return mix(np.array(ids, dtype=np.int64).astype(np.uint64))
    return np.array([_key_of(one) for one in ids], dtype=np.uint64)


def _key_of(one: WorkerId | OpeningId) -> int:
    return int(keys_of([one])[0]) if isinstance(one, int) else word_number(one) & _MASK64


def tie_of(opening_id: OpeningId, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return hash(opening, worker) for keys of workers.

    Different workers never share one, so the order is total; it differs from opening to opening, so that
    nobody is always last.
    """
    return mix(keys ^ salt_of(opening_id))


def salt_of(opening_id: OpeningId) -> np.uint64:
    """Return what an opening mixes into the keys of workers."""
    return np.uint64(mix(keys_of([opening_id]))[0])
