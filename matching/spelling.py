"""One spelling of Vietnamese: NFC, lower case, one place of the tone mark; and without diacritics."""

import re
import unicodedata

_LATE_TONE = re.compile(r"(?<!q)(o)([àáảãạèéẻẽẹ])(?!\w)|(?<!q)(u)([ỳýỷỹỵ])(?!\w)")


def _tone_first(match: re.Match[str]) -> str:
    """Move the tone of an open oa, oe, uy to the first vowel: "hoà" and "hòa" are one word."""
    first = match[1] or match[3]
    plain = unicodedata.normalize("NFD", match[2] or match[4])
    return unicodedata.normalize("NFC", first + plain[1:]) + plain[0]


def normalise(text: str) -> str:
    """Return the one spelling under which a text is compared, diacritics kept.

    NFC, lower case, the Icelandic ð of old keyboards as đ, the tone mark of open oa, oe, uy on the first
    vowel, single spaces.

    Parameters
    ----------
    text : str
        Any text, in NFC or NFD.

    Returns
    -------
    str
        The text in one spelling; punctuation stays.

    Examples
    --------
    >>> normalise("  Thợ  HOÀ   âm ")
    'thợ hòa âm'
    """
    plain = unicodedata.normalize("NFC", text).lower().replace("ð", "đ")
    return " ".join(_LATE_TONE.sub(_tone_first, plain).split())


def fold(text: str) -> str:
    """Return the text in lower case without diacritics, đ as d.

    Parameters
    ----------
    text : str
        Any text, in NFC or NFD.

    Returns
    -------
    str
        What somebody types on a phone without a Vietnamese keyboard. Spaces and punctuation stay.

    Examples
    --------
    >>> fold("Thợ hàn Đồng Tháp")
    'tho han dong thap'
    """
    bare = unicodedata.normalize("NFC", text).lower().translate(_BARE)
    if bare.isascii():
        return bare
    return "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))


def _without_marks() -> dict[int, str]:
    """Return each Vietnamese small letter with a mark, and the plain one: looking up beats taking apart."""
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    marked = unicodedata.normalize("NFC", "".join(vowel + mark for vowel in "aăâeêioôơuưy" for mark in marks))
    apart = (unicodedata.normalize("NFD", letter)[0] for letter in marked)
    return {ord(letter): bare for letter, bare in zip(marked, apart, strict=True)} | {
        ord("đ"): "d",
        ord("ð"): "d",
    }


_BARE = _without_marks()
