"""Words that say who somebody is leave a text before anything reads it.

Sex, people, religion, pregnancy, family, disability and age are taken out by phrase
(`data/protected_words.csv`), names of persons, hamlets and places of worship by where they stand
(`neutral_names`, `neutral_places`). Openings go the same way, so that neither side can match the other by
such a word. What stays and why: decision 0025.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from matching import neutral_names, neutral_phrases, neutral_places
from matching.neutral_words import WORD, Line, cut_into_words, forms, name_words
from matching.spelling import fold

_REACH = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\.\w+|(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,9}(?!\d)")
"""Addresses of mail, which hold names, and telephone numbers."""
_NO_WORK = frozenset(
    (
        "va hoac hay la voi cho cua thi ma cac nhung moi phai can co khong chi tu den tren duoi duoc biet "
        "nen uu tien yeu cau doi hoi tuyen nhan lay tim chon nguoi lao dong ung vien nhan vien doi tuong "
        "ca deu only must be is are a an the and or no not with for of prefer preferred people workers"
    ).split()
)
"""Words that stand around such words and name nothing that can be done."""
_SAY_A_NAME = frozenset("ten la toi em minh anh chi co chu con chau name is".split())


def neutral(text: str) -> str:
    """Return a text without the words that say who the person is.

    Taking words out can bring others together that now make a phrase, so it is done until nothing changes.

    Parameters
    ----------
    text : str
        Any text, one or several lines; with or without diacritics.

    Returns
    -------
    str
        The text in NFC without these words, lines as before; never longer, and the same when given again.

    Examples
    --------
    >>> neutral("Tôi tên Thạch Thị Sô Phia, nữ, thợ may 5 năm")
    'Tôi tên,, thợ may 5 năm'
    >>> neutral("2 nam kinh nghiem, biet tieng Anh, o Viet Nam")
    '2 nam kinh nghiem, biet tieng Anh, o Viet Nam'
    """
    plain = unicodedata.normalize("NFC", text)
    while True:
        shorter = "\n".join(map(_line, _REACH.sub("", plain).split("\n")))
        if shorter == plain:
            return plain
        plain = shorter


def says_only_who(text: str) -> bool:
    """Tell whether a text says who somebody is and names nothing that can be done.

    Parameters
    ----------
    text : str
        One thing asked for, such as a skill.

    Returns
    -------
    bool
        True where `neutral` takes words out and leaves none, or only words that stand around such words.

    Examples
    --------
    >>> says_only_who("ưu tiên nữ"), says_only_who("may áo dài nữ"), says_only_who("may áo dài")
    (True, False, False)
    """
    left = neutral(text)
    if left == unicodedata.normalize("NFC", text):
        return False
    return all(fold(word) in _NO_WORK or word.isdecimal() for word in WORD.findall(left))


def without_name(text: str, name: str) -> str:
    """Return a text without the name of the person who wrote it, for callers who know the name.

    The whole name is taken out wherever it stands, with or without diacritics; a name of one or two words,
    and the given name alone, only where capitals or a word like "tên" before it say that it is a name: "Lâm
    Sơn" must not take "lam son" (paints) from a text without diacritics.

    Parameters
    ----------
    text : str
    name : str
        As people here write it, the given name last.

    Returns
    -------
    str
        In NFC; never longer.

    Examples
    --------
    >>> without_name("Sô Phia đây, thợ may. THACH THI SO PHIA", "Thạch Thị Sô Phia")
    ' đây, thợ may.'
    """
    plain = unicodedata.normalize("NFC", text)
    own = [fold(word) for word in WORD.findall(name)]
    if not own or fold(own[-1]) not in fold(plain):
        return plain
    lines = [(line, cut_into_words(line)) for line in plain.split("\n")]
    return "\n".join(_cut(line, _own_name(words, own), words) for line, words in lines)


def _own_name(words: Line, own: list[str]) -> set[int]:
    gone: set[int] = set()
    for size in sorted({len(own), min(2, len(own)), 1}, reverse=True):
        wanted = own[-size:]
        for at in range(len(words) - size + 1):
            found = words[at : at + size]
            if [word.bare for word in found] != wanted or not all(word.tight for word in found[1:]):
                continue
            led = words.bare_before(at) in _SAY_A_NAME
            if size > 2 or led or (size > 1 and all(word.capital for word in found)):
                gone.update(range(at, at + size))
    return gone


class _Alarms(NamedTuple):
    """What one or two neighbouring words must be before a line is worth a closer look."""

    keys: frozenset[str]
    bares: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    before_capital: frozenset[str]
    before_number: frozenset[str]
    families: frozenset[str]


@lru_cache(maxsize=1)
def _alarms() -> _Alarms:
    phrase_keys, phrase_bares, phrase_pairs = neutral_phrases.alarms()
    name_keys, name_bares, name_pairs, titles = neutral_names.alarms()
    home_keys, home_pairs, homes, numbered = neutral_places.alarms()
    return _Alarms(
        phrase_keys | name_keys | home_keys,
        phrase_bares | name_bares,
        phrase_pairs | name_pairs | home_pairs,
        titles | homes,
        numbered,
        name_words()["family"],
    )


def _may_hold_something(line: str) -> bool:
    """Tell quickly that nothing can be found in a line: the rules proper take ten times as long."""
    alarms = _alarms()
    keys, bares, pairs = alarms.keys, alarms.bares, alarms.pairs
    before, asked = "", False
    for word in WORD.findall(line):
        key, bare, capital = forms(word)
        if key in keys or bare in bares or (before, bare) in pairs:
            return True
        if capital and (key in alarms.families or before in alarms.before_capital):
            return True
        if before in alarms.before_number and len(key) <= 3:
            return True
        if key == "nam" and (asked or not before.isdecimal() or f"{before} {word}" not in line):
            return True
        asked = asked or bare in ("tuyen", "can", "tim", "lay")
        before = bare
    return False


def _line(line: str) -> str:
    return without_found(line) if _may_hold_something(line) else line


def without_found(line: str) -> str:
    """Return one line without what the rules find in it, once."""
    words = cut_into_words(line)
    gone = neutral_phrases.phrases(words) | neutral_names.names(words) | neutral_places.homes(words)
    return _cut(line, gone, words)


def _cut(line: str, gone: set[int], words: Line) -> str:
    """Return a line without some of its words and the blanks before them."""
    if not gone:
        return line
    kept, end = [], 0
    for at in sorted(gone):
        kept.append(line[end : words[at].start].rstrip(" "))
        end = words[at].end
    return "".join([*kept, line[end:]])
