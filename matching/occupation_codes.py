"""Codes as profiles state them, which may be finer than the tree, or of an older classification."""

from functools import lru_cache

from matching.taxonomy import exists, occupation_distance, occupation_name
from matching.weights import UNIT


@lru_cache(maxsize=8192)
def known_code(code: str) -> str | None:
    """Return the code, or the nearest group above it that the tree knows; None if it knows none.

    Examples
    --------
    >>> known_code("7531"), known_code("75319"), known_code("xx")
    ('7531', '7531', None)
    """
    return next((code[:digits] for digits in range(len(code), 0, -1) if exists(code[:digits])), None)


@lru_cache(maxsize=262_144)
def closeness(a: str, b: str) -> int:
    """Return how near two occupations are: `UNIT` for the same, 0 for unrelated or unknown ones."""
    one, other = known_code(a), known_code(b)
    if one is None or other is None:
        return 0
    return round((1.0 - occupation_distance(one, other)) * UNIT)


def named(code: str, language: str) -> str:
    """Return the name of an occupation, or of the nearest group that has one."""
    known = known_code(code)
    if known:
        return occupation_name(known, language)
    return f"nghề mã {code}" if language == "vi" else f"occupation {code}"
