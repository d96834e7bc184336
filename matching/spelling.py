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
    lowered = unicodedata.normalize("NFC", text).lower().replace("ð", "đ").replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
