"""A line as words with their places, for the rules that take words out."""

import csv
import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from matching.scales import DATA
from matching.spelling import fold, normalise

WORD = re.compile(r"[^\W_]+")
_NEAR = re.compile(r"[ \t]*[-–/:+]?[ \t]*")
_TITLED = 0.8
"""From this share of capitals on, a line is written as a title and a capital says nothing."""


class Word(NamedTuple):
    """One word of a line.

    Attributes
    ----------
    key, bare : str
        In one spelling, and without diacritics.
    start, end : int
        Place in the line.
    capital : bool
    near : bool
        No more than blanks and one of "-/:+" between the word before and this one.
    tight : bool
        Nothing but blanks between them.
    far : bool
        A full stop or the like between them.
    """

    key: str
    bare: str
    start: int
    end: int
    capital: bool
    near: bool
    tight: bool
    far: bool


class Line(list[Word]):
    """The words of a line, and how the line is written.

    Attributes
    ----------
    marked : bool
        True if any word carries a diacritic: then "nam" is not a careless "năm".
    titled : bool
        True if most words begin with a capital.
    fixed : set of int
        Words that belong to something else ("tiếng Anh", "miền Nam") and stay.
    """

    marked = False
    titled = False

    def __init__(self) -> None:
        super().__init__()
        self.fixed: set[int] = set()

    def before(self, at: int) -> Word | None:
        """Return the word before, if it is near."""
        return self[at - 1] if at and self[at].near else None

    def after(self, at: int) -> Word | None:
        """Return the word after, if it is near."""
        return self[at + 1] if at + 1 < len(self) and self[at + 1].near else None

    def bare_before(self, at: int) -> str:
        """Return the word before without diacritics, or ""."""
        word = self.before(at)
        return word.bare if word else ""

    def bare_after(self, at: int) -> str:
        """Return the word after without diacritics, or ""."""
        word = self.after(at)
        return word.bare if word else ""

    def run(self, at: int, most: int) -> int:
        """Return how many words from here on begin with a capital, nothing between them."""
        size = 0
        while (
            size < most
            and at + size < len(self)
            and self[at + size].capital
            and (not size or self[at + size].tight)
        ):
            size += 1
        return size

    def ends(self, at: int) -> bool:
        """Tell whether nothing near follows a word."""
        return self.after(at) is None


@lru_cache(maxsize=200_000)
def forms(word: str) -> tuple[str, str, bool]:
    """Return a word in one spelling, without diacritics, and whether it begins with a capital."""
    key = normalise(word)
    return key, fold(key), word[0].isupper()


def cut_into_words(line: str) -> Line:
    """Return the words of a line.

    Parameters
    ----------
    line : str
        In NFC.

    Returns
    -------
    Line
    """
    found, end, capitals = Line(), 0, 0
    for match in WORD.finditer(line):
        key, bare, capital = forms(match.group())
        start = match.start()
        gap = line[end:start]
        tight = gap.isspace() and bool(found)
        near = tight or bool(found) and _NEAR.fullmatch(gap) is not None
        far = not near and any(mark in gap for mark in ".;!?")
        end = match.end()
        found.append(Word(key, bare, start, end, capital, near, tight, far))
        found.marked = found.marked or key != bare
        capitals += capital
    found.titled = len(found) >= 4 and capitals >= _TITLED * len(found)
    return found


def same(word: Word, key: str, is_safe: bool) -> bool:
    """Tell whether a word is the given one; without diacritics only where that is safe."""
    return word.key == key or (is_safe and word.key == word.bare == fold_once(key))


@lru_cache(maxsize=4096)
def fold_once(key: str) -> str:
    """Return `fold(key)`, remembered."""
    return fold(key)


@lru_cache(maxsize=1)
def name_words() -> dict[str, frozenset[str]]:
    """Return the words of names by part.

    Returns
    -------
    dict of str to frozenset of str
        "family", "middle", "given", and "clear" families and given names, hardly ever other words.
    """
    parts: dict[str, set[str]] = defaultdict(set)
    with open(DATA / "name_words.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            parts[row["part"]].add(row["word"])
            parts[row["part"].removeprefix("clear ")].add(row["word"])
    return {part: frozenset(words) for part, words in parts.items()}
