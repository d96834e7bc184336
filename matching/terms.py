"""A text as the terms of the text model: words in their base form, pairs of neighbours, and atomic codes.

A term with a space is a pair, one with a colon is atomic (a code, a skill): atomic terms match exactly or not
at all. Every word is followed by the pair that it ends, so a list of terms keeps the order of the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from matching.inflection import base_form, is_typed_syllable
from matching.text import clauses, fold

TYPED = "~"
"""Leads a word that may be Vietnamese in a text without any marks: "~may" stands for "may", "máy", "mây"."""
_VIETNAMESE = frozenset("\u0300\u0303\u0309\u0323\u0302\u0306\u031bđ")
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
def _forms(word: str, inflected: bool) -> tuple[str, ...]:
    """Return the base form of a word; Chinese and Japanese, written without spaces, come as single signs."""
    parts = (word,) if word.isascii() else _IDEOGRAPH.findall(word)
    return tuple(part if inflected else base_form(part) for part in parts)


def document_terms(text: str, inflected: bool = False) -> list[str]:
    """Return the words of a text in their order, each followed by the pair that it ends.

    What a text excepts ("… except computer") is not what it is about, and is left out. Pairs do not cross a
    comma, a full stop or a line.

    Parameters
    ----------
    text : str
        Any text in any language.
    inflected : bool
        Leave the endings of words; for measuring what folding them brings.

    Returns
    -------
    list of str
        A term as often as it stands in the text.

    Examples
    --------
    >>> document_terms("Thợ may, ingenieras")
    ['thợ', 'may', 'thợ may', 'ingenier']
    """
    found = clauses(_EXCEPTED.sub(" ", text))
    return list(_terms([[form for word in clause for form in _forms(word, inflected)] for clause in found]))


def _terms(texts: list[list[str]]) -> Iterator[str]:
    typed = not any(_is_marked(form) for forms in texts for form in forms)
    for forms in texts:
        before = ""
        for plain in forms:
            form = TYPED + plain if typed and is_typed_syllable(plain) else plain
            yield form
            if before:
                yield f"{before} {form}"
            before = form


@lru_cache(maxsize=200_000)
def _is_marked(form: str) -> bool:
    """True for a mark that no Spanish word has: who writes "hàn" or "thợ" writes all marks."""
    return not form.isascii() and any(c in _VIETNAMESE for c in unicodedata.normalize("NFD", form))


@lru_cache(maxsize=200_000)
def typed(term: str) -> str:
    """Return the term that a word or pair becomes in a text typed without marks.

    Examples
    --------
    >>> typed("thợ hàn"), typed("manager")
    ('~tho ~han', 'manager')
    """
    if is_atomic(term):
        return term
    words = (fold(word.removeprefix(TYPED)) for word in term.split(" "))
    return " ".join(TYPED + word if is_typed_syllable(word) else word for word in words)


def is_typed(terms: Iterable[str]) -> bool:
    """True if a text was typed without marks, as far as its terms can tell."""
    return any(term.startswith(TYPED) for term in terms)
