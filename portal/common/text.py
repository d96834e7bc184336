"""Text as people write it: folding for search, and the Vietnamese order of names."""

import unicodedata

from matching.text import fold

__all__ = ["fold", "name_sort_key", "tidy_name"]

# Each letter's place in the Vietnamese alphabet; tones come last, in the order of the dictionary.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_RANK = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}


def tidy_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


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
