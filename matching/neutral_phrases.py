"""Phrases that say sex, people, religion, pregnancy, family, disability, age; and "nam", maybe a year."""

import csv
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from matching.neutral_words import Line, Word, fold_once, same
from matching.scales import DATA

NUMBER, ANY = "#", "*"
_NUMBERS = frozenset("một hai ba bốn năm sáu bảy tám chín mười mot bon nam sau bay tam chin muoi".split())
_GROWN = range(15, 100)
"""Ages that are somebody's own; "trẻ 3 tuổi" is whom they look after."""
_YEARS = range(1930, 2030)


class Phrase(NamedTuple):
    """One row of `data/protected_words.csv`; `safe` if it says the same without diacritics."""

    words: tuple[str, ...]
    kind: str
    safe: bool
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases by their first word without diacritics: what is kept first, then the longest."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    with open(DATA / "protected_words.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = tuple(row["phrase"].split())
            limits = tuple(row["unless_before"].split()), tuple(row["unless_after"].split())
            found[fold_once(words[0])].append(Phrase(words, row["kind"], row["bare"] == "1", *limits))
    return {
        first: tuple(sorted(ones, key=lambda one: (one.kind != "keep", -len(one.words))))
        for first, ones in found.items()
    }


_TELLING = ("tuoi", "con", "thai", "bau", "sn")
"""The words of phrases with a number that are least common elsewhere."""


def alarms() -> tuple[frozenset[str], frozenset[str], frozenset[tuple[str, str]]]:
    """Return what a line must hold before `phrases` can find anything, "nam" aside.

    Returns
    -------
    keys, bares : frozenset of str
        Words as written, and without diacritics.
    pairs : frozenset of (str, str)
        Neighbours without diacritics.
    """
    keys, bares, pairs = {"anh", "chi"}, set[str](), {(one, "cham") for one in _GROUPS}
    for phrase in (one for ones in _phrases().values() for one in ones if one.kind != "keep"):
        bare = [fold_once(word) for word in phrase.words]
        neighbours = [pair for pair in pairwise(bare) if NUMBER not in pair]
        if neighbours:
            pairs.add(neighbours[-1])
        elif NUMBER in bare:
            bares.add(next(word for word in (*_TELLING, *bare) if word in bare))
        elif phrase.safe:
            bares.add(bare[0])
        else:
            keys.add(phrase.words[0])
    return frozenset(keys), frozenset(bares), frozenset(pairs)


def phrases(line: Line) -> set[int]:
    """Return which words of a line say something protected, and note in `line.fixed` which belong elsewhere.

    Parameters
    ----------
    line : Line

    Returns
    -------
    set of int
        Places of the words.
    """
    table = _phrases()
    gone: set[int] = set()
    at = 0
    while at < len(line):
        word = line[at]
        first = NUMBER if word.key.isdigit() or word.key in _NUMBERS else word.bare
        waiting = (*table.get(first, ()), *(table.get(word.bare, ()) if first is NUMBER else ()))
        hit = next((one for one in waiting if _stands_at(one, line, at)), None)
        if hit:
            places = range(at, at + len(hit.words))
            (line.fixed if hit.kind == "keep" else gone).update(places)
            at += len(hit.words)
            continue
        if word.bare == "nam" and word.key == "nam" and _is_the_sex(line, at):
            gone.add(at)
        elif word.key in ("anh", "chi") and _speaks_of_self(line, at):
            gone.add(at)
        elif word.key == "chăm" and word.capital and line.bare_before(at) in _GROUPS:
            # With its noun, as "người Kinh" goes: "người" alone would tell which of them it was.
            gone.update((at - 1, at))
        at += 1
    return gone


def _stands_at(phrase: Phrase, line: Line, at: int) -> bool:
    size = len(phrase.words)
    if at + size > len(line) or not (phrase.safe or line.marked):
        return False
    for step, said in enumerate(phrase.words):
        word = line[at + step]
        if step and not word.near:
            return False
        if said == NUMBER:
            if not _is_number(word, phrase.kind):
                return False
        elif not same(word, said, phrase.safe):
            return False
    before, after = line.before(at), line.after(at + size - 1)
    return not (
        (before and any(same(before, one, True) for one in phrase.not_after))
        or (after and any(one == ANY or same(after, one, True) for one in phrase.not_before))
    )


def _is_number(word: Word, kind: str) -> bool:
    if not word.key.isdecimal():
        return kind != "age" and word.key in _NUMBERS
    return kind != "age" or int(word.key[:4]) in (_YEARS if len(word.key) == 4 else _GROWN)


_COUNTS = frozenset(
    "nhieu may moi hang vai dau cuoi suot ca nua giua ngoai trong tung hon gan qua tu den mot hai ba bon sau "
    "bay tam chin muoi".split()
)
"""Before "nam" written for "năm": how many, or which."""
_OF_YEARS = frozenset("kinh kn nay truoc sau ngoai tro lien lam roi trong nghe qua".split())
_ASK = frozenset("tuyen can lay tim".split())
_PEOPLE = frozenset("nhan vien dong tho tinh gioi phai".split())
_MEN = frozenset("gioi nu cong lao nhan thanh tinh".split())


def _is_the_sex(line: Line, at: int) -> bool:
    """Tell "nam" the sex from the south, from a name of a place or firm, and from a careless "năm"."""
    word, before, after = line[at], line.before(at), line.after(at)
    earlier, later = line.bare_before(at), line.bare_after(at)
    if word.capital and not line.titled and _is_part_of_a_name(before, after):
        return False
    if earlier.isdecimal() or earlier in _COUNTS:
        asks = any(one.bare in _ASK for one in line[max(0, at - 3) : at])
        women = any(one.bare == "nu" and one.key != "nụ" for one in _clause_from(line, at + 1))
        return (asks and later not in _OF_YEARS) or women
    if later.isdecimal() and int(later) in _YEARS:
        # "nam 2020" is a year, "nam, 1990" a man born then.
        return bool(line.marked and line[at + 1].start - word.end > 1)
    if line.marked:
        return True
    if earlier in _ASK or later in _MEN:
        return True
    if earlier in _PEOPLE:
        return later not in _OF_YEARS
    alone = before is None and after is None
    return alone or (before is None and later.isdecimal() and int(later) in _GROWN)


def _clause_from(line: Line, at: int) -> list[Word]:
    """Return up to four words that follow, before a full stop; "2 nam, 3 nữ" is one thing."""
    found = line[at : at + 4]
    return found[: next((n for n, word in enumerate(found) if word.far), len(found))]


def _is_part_of_a_name(before: Word | None, after: Word | None) -> bool:
    """Tell "Phương Nam", "Nam Thái" from "Nam" that begins a clause."""
    led = before is not None and before.capital and before.tight and before.bare not in _PEOPLE
    followed = after is not None and after.capital and after.tight
    return led or followed


_GROUPS = frozenset("nguoi bao goc".split())
"""Before "Chăm" with a capital; "người chăm sóc" looks after somebody."""
_SELF = frozenset("lam co la biet muon can dang o song tung da ten".split())


def _speaks_of_self(line: Line, at: int) -> bool:
    """Tell "anh lam tho ho" at the head of a clause from "chup anh", "chi phi", without marks."""
    if line.marked or at in line.fixed:
        return False
    return line.before(at) is None and line.bare_after(at) in _SELF
