"""A text as the terms of the text model: words in their base form, pairs of neighbours, and atomic codes.

A term with a space is a pair, one with a colon is atomic (a code, a skill): atomic terms match exactly or not
at all. Every word is followed by the pair that it ends, so a list of terms keeps the order of the text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from matching.inflection import base_form
from matching.text import clauses, fold

_EXCEPTED = re.compile(
    r"\b(?:except|excepto|excluding|excluyendo|exceto|eccetto|sauf|ausgenommen|außer|ngoại trừ)\b[^(),;.]*",
    re.IGNORECASE,
)
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\u3040-\u30ff\u3400-\u9fff]+")


def is_pair(term: str) -> bool:
    """True for two neighbouring words."""
    return " " in term and ":" not in term


def is_atomic(term: str) -> bool:
    """True for a code or a skill, which is compared whole."""
    return ":" in term


@lru_cache(maxsize=200_000)
def _forms(word: str) -> tuple[str, ...]:
    """Return the base form of a word; Chinese and Japanese, written without spaces, come as single signs."""
    if word.isascii():
        return (base_form(word),)
    return tuple(base_form(part) for part in _IDEOGRAPH.findall(word))


def document_terms(text: str) -> list[str]:
    """Return the words of a text in their order, each followed by the pair that it ends.

    What a text excepts ("… except computer") is not what it is about, and is left out. Pairs do not cross a
    comma, a full stop or a line.

    Parameters
    ----------
    text : str
        Any text in any language.

    Returns
    -------
    list of str
        A term as often as it stands in the text.

    Examples
    --------
    >>> document_terms("Thợ may, ingenieras")
    ['thợ', 'may', 'thợ may', 'ingenier']
    """
    return list(_terms(clauses(_EXCEPTED.sub(" ", text))))


def _terms(found: Iterable[list[str]]) -> Iterator[str]:
    for clause in found:
        before = ""
        for word in clause:
            for form in _forms(word):
                yield form
                if before:
                    yield f"{before} {form}"
                before = form


@lru_cache(maxsize=200_000)
def unmarked(term: str) -> str:
    """Return a word or pair as it is typed without Vietnamese marks."""
    return fold(term)
