"""Telex letters that no input method took up: "Nguyeexn Vawn Uts" is "Nguyễn Văn Út"."""

import re
import unicodedata

_WORD = re.compile(r"[A-Za-z]+")
_TONES = {"f": "\u0300", "r": "\u0309", "x": "\u0303", "s": "\u0301", "j": "\u0323"}
_VOWELS = "aăâeêioôơuưy"
_DOUBLE = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ"}
_HORN = {"a": "ă", "o": "ơ", "u": "ư"}
# Nobody is called so and no place is; they stand on every card that was typed this way.
_TELLING = frozenset(
    "nuwx phuwowngf phwowngf xax huyeejn tirnh tinhr aaps khoms khosm thij traasn thanhf thafnh phoos "
    "dduwowngf quaajn toor ddawcj".split()
)


def is_telex(fields: list[str]) -> bool:
    """Only where no mark came through and a word gives it away."""
    text = " ".join(fields)
    return text.isascii() and any(word.lower() in _TELLING for word in _WORD.findall(text))


def read_telex(text: str) -> str:
    return _WORD.sub(lambda found: _word(found.group()), text)


def _word(typed: str) -> str:
    letters: list[str] = []
    tone = ""
    for letter in typed.lower():
        seen_vowel = any(one in _VOWELS for one in letters)
        last = letters[-1] if letters else ""
        if letter in _TONES and seen_vowel:
            tone = _TONES[letter]
        elif last + letter in _DOUBLE:
            letters[-1] = _DOUBLE[last + letter]
        elif letter == "w" and last in _HORN:
            letters[-1] = _HORN[last]
            if last == "o" and letters[-2:-1] == ["u"]:
                letters[-2] = "ư"
        elif letter == "w":
            letters.append("ư")
        else:
            letters.append(letter)
    if tone:
        at = _tone_place(letters)
        letters[at] = unicodedata.normalize("NFC", letters[at] + tone)
    return _cased("".join(letters), typed)


def _tone_place(letters: list[str]) -> int:
    vowels = [at for at, letter in enumerate(letters) if letter in _VOWELS]
    # The u of qu and the i of gia belong to the consonant.
    if len(vowels) > 1 and "".join(letters[:2]) in ("qu", "gi") and vowels[0] == 1:
        vowels = vowels[1:]
    marked = [at for at in vowels if letters[at] in "ăâêôơư"]
    if marked:
        return marked[-1]
    if len(vowels) == 1:
        return vowels[0]
    closed = vowels[-1] < len(letters) - 1
    return vowels[1] if closed or len(vowels) > 2 else vowels[0]


def _cased(word: str, typed: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[0].isupper() else word
