"""The words around a place name: prefixes in full and abbreviated, and how names are compared."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from portal.common.text import fold
from portal.reference.place_units import KINDS, Level, Place

# Folded prefix -> the kinds it may stand for. "quận" had none in this province, but people write it.
PREFIXES: dict[tuple[str, ...], frozenset[str]] = {
    ("xa",): frozenset({"commune"}),
    ("x",): frozenset({"commune"}),
    ("phuong",): frozenset({"ward"}),
    ("p",): frozenset({"ward"}),
    ("f",): frozenset({"ward"}),
    ("thi", "tran"): frozenset({"township"}),
    ("tt",): frozenset({"township"}),
    ("dac", "khu"): frozenset({"special_zone"}),
    ("dk",): frozenset({"special_zone"}),
    ("huyen",): frozenset({"district"}),
    ("h",): frozenset({"district"}),
    ("huyen", "dao"): frozenset({"district"}),
    ("thi", "xa"): frozenset({"town"}),
    ("tx",): frozenset({"town"}),
    ("quan",): frozenset({"district"}),
    ("q",): frozenset({"district"}),
    ("thanh", "pho"): frozenset({"city", "municipality"}),
    ("tp",): frozenset({"city", "municipality"}),
    ("tinh",): frozenset({"province"}),
    ("t",): frozenset({"province"}),
}
LONGEST_PREFIX = max(len(words) for words in PREFIXES)


def tokens(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", fold(text)))


def split_prefix(words: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The kinds named by a prefix, and the words after it."""
    for length in range(LONGEST_PREFIX, 0, -1):
        kinds = PREFIXES.get(words[:length])
        if kinds and len(words) > length:
            return kinds, words[length:]
    return frozenset(), words


def prefix_before(words: tuple[str, ...], start: int) -> frozenset[str]:
    for length in range(LONGEST_PREFIX, 0, -1):
        if start >= length and words[start - length : start] in PREFIXES:
            return PREFIXES[words[start - length : start]]
    return frozenset()


def level_of(kinds: frozenset[str]) -> set[Level]:
    return {KINDS[kind][0] for kind in kinds}


def prefix_fits(kinds: frozenset[str], place: Place) -> int:
    """1 when the prefix is the unit's own or of its level (a "xã" may be a "phường" today), -1 when not."""
    if not kinds:
        return 0
    return 1 if place.level in level_of(kinds) else -1


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready to be compared."""

    words: tuple[str, ...]
    folded: str

    @classmethod
    def of(cls, text: str) -> "Name":
        words = tokens(text)
        return cls(words, " ".join(words))


def slips_allowed(length: int) -> int:
    return 1 if length <= 6 else 2 if length <= 11 else 3


def likeness(typed: tuple[str, ...], name: Name) -> float:
    """0 to 100: the same, run together, the beginning, some of its words, or with a slip."""
    text = " ".join(typed)
    if not text:
        return 0.0
    if text == name.folded:
        return 100.0
    if text.replace(" ", "") == name.folded.replace(" ", ""):
        return 98.0
    if len(text) >= 2 and name.folded.startswith(text):
        return 88.0 - 0.2 * (len(name.folded) - len(text))
    allowed = slips_allowed(len(text))
    distance = OSA.distance(text, name.folded, score_cutoff=allowed)
    if distance <= allowed:
        return 84.0 - 8.0 * distance + len(text) * 0.1
    if len(text) >= 3 and f" {text}" in f" {name.folded}":
        return 70.0
    return 0.0
