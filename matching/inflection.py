"""One form for the endings of a word: "thợ máy" keeps its marks, "ingenieras" and "ingeniero" become one.

In Vietnamese a word is a syllable, has no endings, and its marks tell it from others: "may", "máy", "mây".
A word that cannot be a Vietnamese syllable is taken for a word of another language: its marks are dropped and
the usual endings of number and gender are cut. What a word looks like decides, not the language of the text,
since postings and profiles mix them.
"""

import re
import unicodedata
from functools import lru_cache

from matching.text import fold

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"(?:[aăâeêioôơuưy]|a[iouy]|â[uy]|eo|êu|i[aêu]|iêu|o[aăei]|oa[iyo]|oeo|oo|ôi|ơi|u[aâêiơyôă]|uây|uôi|"
    r"uy[êau]|ư[aiơu]|ươ[iu]|yêu?)"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_TYPED = re.compile(fold(_SYLLABLE.pattern))
_CONSONANT_ES = re.compile(r"(?:[sxzrlnd]|ch|sh)es$")
LEAST_PLURAL = 4
LEAST_STEM = 6
"""Letters from which an ending of gender is cut: no Vietnamese word typed without marks is as long."""


def is_syllable(word: str) -> bool:
    """Tell whether a word, in lower case, could be one Vietnamese syllable.

    Examples
    --------
    >>> [is_syllable(word) for word in ("nghiêng", "máy", "técnico", "nurses")]
    [True, True, False, False]
    """
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if c not in _TONES)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def is_typed_syllable(word: str) -> bool:
    """Tell whether a word could be a Vietnamese syllable typed without marks: "viec", "truong"."""
    return word.isascii() and _TYPED.fullmatch(word) is not None


def _without_plural(word: str) -> str:
    if len(word) > LEAST_PLURAL and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) >= LEAST_STEM and word.endswith("es"):
        return word[:-2] if _CONSONANT_ES.search(word) else word[:-1]
    if len(word) >= LEAST_PLURAL and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


@lru_cache(maxsize=200_000)
def base_form(word: str) -> str:
    """Return the form under which inflections of a word are one.

    Parameters
    ----------
    word : str
        A word as `matching.text.tokens` gives it.

    Returns
    -------
    str
        A Vietnamese syllable as it is; another word without marks, plural and gender.

    Examples
    --------
    >>> [base_form(word) for word in ("hàn", "ingenieras", "ingeniero", "nurses", "secretaries")]
    ['hàn', 'ingenier', 'ingenier', 'nurs', 'secretary']
    """
    if is_syllable(word):
        return word
    bare = _without_plural(fold(word))
    return bare[:-1] if len(bare) >= LEAST_STEM and bare[-1] in "oae" else bare
