"""Text as people write it: folding for search, and the Vietnamese order of names."""

import re
import unicodedata

from matching.text import fold

__all__ = ["LONGEST_SEARCH", "better_case", "fold", "name_sort_key", "name_words", "tidy_name"]

# Letters of what is looked for: a pasted page is more than SQLite compares with, and finds nothing anyway.
LONGEST_SEARCH = 200

# Each letter's place in the Vietnamese alphabet; tones come last, in the order of the dictionary.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_RANK = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}


# What phones put in for ' and - in H'Hen, K'Brơi, Ánh-Nguyệt.
_MARKS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-"})
# Small words inside Chăm and Malay names: "Mohamach bin Sales".
SMALL_WORDS = frozenset({"bin", "binti"})


def tidy_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).translate(_MARKS).split())


def name_words(text: str) -> list[str]:
    """The words to look for: "Ánh-Nguyệt" and "anh nguyet" are the same two."""
    return re.findall(r"[^\W_]+", fold(tidy_name(text)))


def better_case(name: str) -> str:
    """A name written all small or all in capitals, as one writes it; any other is left as it is."""
    tidy = tidy_name(name)
    if tidy not in (tidy.lower(), tidy.upper()):
        return tidy
    words = tidy.lower().split()
    inner = range(1, len(words) - 1)
    return " ".join(
        word if place in inner and word in SMALL_WORDS else _capitals(word)
        for place, word in enumerate(words)
    )


def _capitals(word: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"([-'])", word))


def name_sort_key(full_name: str) -> str:
    """Given name first, then family and middle names, in the Vietnamese alphabet.

    A stored column: both databases compare it byte by byte and agree.
    """
    words = tidy_name(full_name).lower().replace("-", " ").split()
    if not words:
        return ""
    return " ".join(_word_key(word) for word in [words[-1], *words[:-1]])


def _word_key(word: str) -> str:
    letters, tones = [], []
    for letter in word:
        base, tone = _split_tone(letter)
        letters.append(_RANK.get(base, "0" + base if base.isalnum() else ""))
        tones.append(tone)
    return "".join(letters) + "!" + "".join(tones)


def _split_tone(letter: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(TONES[mark] for mark in parts if mark in TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES)), tone or "0"
