"""An opening as weights over columns: everything that is clever about the text model happens here, once."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.bags import STEPS, mentions
from matching.latent import ONE as DIRECTION_ONE
from matching.likeness import Likeness
from matching.occupation_hints import hints
from matching.terms import is_atomic, is_pair, is_typed, typed
from matching.vocabulary import Vocabulary

WEIGHT_ONE = 2**16
COMPANY_ONE = 2**14
TYPED_LIKE = 0.7
"""Likeness of a Vietnamese word to its letters typed without marks."""
HINTED = 0.5
"""Weight of the words of an occupation that the opening names."""
FIRST_TERMS = 512
"""Terms of the first stage: each costs a posting list."""
FIRST_COMPANY = 0.3
"""Weight, in the first stage, of words that keep the same company."""
MOST_TERMS = 8192


@dataclass(frozen=True)
class TextQuery:
    """An opening as weights over columns, in fixed point.

    Attributes
    ----------
    first_terms, first_weights : ndarray of int32, shape (t,)
        For the first stage: columns, ascending, at most `FIRST_TERMS`; weights not below 0.
    terms, weights : ndarray of int32, shape (u,)
        Columns, ascending, at most `MOST_TERMS`, and the weights of the words.
    company : ndarray of int32, shape (w,)
        Weights of the first w columns for the company that words keep; may be negative.
    """

    first_terms: NDArray[np.int32]
    first_weights: NDArray[np.int32]
    terms: NDArray[np.int32]
    weights: NDArray[np.int32]
    company: NDArray[np.int32]


FIRST_WHOLE = 2**32
"""Words of a text compared with itself, in the first stage."""


class Asking:
    """Turns the terms of an opening into a `TextQuery`.

    Parameters
    ----------
    vocabulary : Vocabulary
    directions : ndarray of int8, shape (w, DIMENSIONS)
        Of the first w words.
    """

    def __init__(self, vocabulary: Vocabulary, directions: NDArray[np.int8]) -> None:
        self._vocabulary = vocabulary
        self._directions = directions

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self._vocabulary.terms[: self._vocabulary.words])

    @cached_property
    def _by_typed(self) -> Mapping[str, list[int]]:
        """Columns of known words and pairs by what they become without marks."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, term in enumerate(self._vocabulary.terms):
            bare = typed(term)
            if bare != term:
                found[bare].append(at)
        return found

    @cached_property
    def _company_table(self) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """Directions of words, and the square root of their rarity (0 for a word without direction)."""
        rarity = np.sqrt(self._vocabulary.idf[: len(self._directions)])
        rarity[~self._directions.any(axis=1)] = 0.0
        return self._directions.astype(np.float32), rarity

    def query(self, fields: Mapping[str, list[str]]) -> TextQuery:
        """Return the weights of an opening.

        Parameters
        ----------
        fields : Mapping of str to list of str
            Terms by field of `weights.FIELDS`; a field may be missing. Without "synonyms" the text itself
            hints at its occupation.

        Returns
        -------
        TextQuery
        """
        asked = self._asked(fields)
        found = self._widened(asked)
        for term, weight in self._hinted(fields, asked).items():
            found[self._vocabulary.column(term)] += weight
        company, near = self._company(asked)
        terms, words = _heaviest(found, MOST_TERMS)
        for at in np.flatnonzero(near).tolist():
            found[at] += float(near[at])
        first_terms, first = _heaviest(found, FIRST_TERMS)
        return TextQuery(first_terms, first, terms, words, company)

    @staticmethod
    def _asked(fields: Mapping[str, list[str]]) -> dict[str, float]:
        """Return how often each term is asked for, by the weights of the fields; synonyms left out."""
        found: dict[str, float] = defaultdict(float)
        for name, factor in weights.FIELDS.items():
            if name != "synonyms":
                for term, times in Counter(fields.get(name, ())).items():
                    found[term] += factor * mentions(times) / STEPS
        return found

    def _widened(self, asked: Mapping[str, float]) -> dict[int, float]:
        """Return weights by column, for a question of length 1."""
        vocabulary = self._vocabulary
        strength = {term: times * vocabulary.weight_of(term) for term, times in asked.items()}
        length = math.sqrt(sum(one * one for one in strength.values())) or 1.0
        words = sorted(term for term in asked if not is_pair(term) and not is_atomic(term))
        found: dict[int, float] = defaultdict(float)
        like: dict[str, dict[int, float]] = {term: {} for term in sorted(asked)}
        for word, (places, cosines) in zip(words, self._likeness.of(words), strict=True):
            like[word] = dict(zip(places.tolist(), cosines.tolist(), strict=True))
        bare = is_typed(asked)
        for term, near in like.items():
            own = vocabulary.column(term)
            for column in self._by_typed.get(term, ()) if bare else (vocabulary.column(typed(term)),):
                near[column] = max(near.get(column, 0.0), TYPED_LIKE)
            near[own] = 1.0
            for column, cosine in near.items():
                found[column] += strength[term] / length * cosine * self._weight_at(column, term)
        return found

    def _weight_at(self, column: int, term: str) -> float:
        """Return the weight of a column; a hashed one is that of the term asked for."""
        known = self._vocabulary.weight
        return float(known[column]) if column < len(known) else self._vocabulary.weight_of(term)

    def _hinted(self, fields: Mapping[str, list[str]], asked: Iterable[str]) -> dict[str, float]:
        """Return the weights of the words of the occupation asked for."""
        if fields.get("synonyms"):
            sources = [(Counter(fields["synonyms"]), weights.FIELDS["synonyms"])]
        else:
            sources = [(hints().words[code], HINTED * share) for code, share in hints().occupations(asked)]
        found: dict[str, float] = defaultdict(float)
        for terms, factor in sources:
            strength = {t: (1 + math.log(n)) * self._vocabulary.weight_of(t) for t, n in terms.items()}
            length = math.sqrt(sum(one * one for one in strength.values())) or 1.0
            for term, one in strength.items():
                found[term] += factor * one / length * self._vocabulary.weight_of(term)
        return found

    def _company(self, asked: Mapping[str, float]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Return the weights of words for their company, and what the first stage takes from them."""
        directions, rarity = self._company_table
        place = self._vocabulary.place
        here = sorted(
            (place[t], times) for t, times in asked.items() if place.get(t, len(rarity)) < len(rarity)
        )
        columns = np.array([at for at, _ in here], dtype=np.int64)
        strength = np.array([times for _, times in here]) * rarity[columns]
        total = strength @ directions[columns].astype(np.float64) / DIRECTION_ONE
        along, apart = float(np.sqrt(total @ total)), float(strength.sum())
        if along == 0.0:
            return np.zeros(len(rarity), dtype=np.int32), np.zeros(len(rarity))
        unit = np.rint(total / along * DIRECTION_ONE).astype(np.float32)
        cosine = (directions @ unit).astype(np.float64) / DIRECTION_ONE**2
        near = cosine * math.sqrt(along / apart)
        company = np.rint(near * rarity * COMPANY_ONE).astype(np.int32)
        weight = self._vocabulary.weight[: len(rarity)]
        return company, FIRST_COMPANY * weight * np.where(near > NEAR_COMPANY, near, 0.0)


NEAR_COMPANY = 0.3


def _heaviest(found: Mapping[int, float], most: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the heaviest columns, ascending, with their weights in fixed point."""
    columns = np.array(list(found), dtype=np.int64)
    fixed = np.rint(np.array(list(found.values())) * WEIGHT_ONE).astype(np.int64)
    order = np.lexsort((columns, -fixed))[:most]
    order = np.sort(order[fixed[order] > 0])
    order = order[np.argsort(columns[order])]
    return columns[order].astype(np.int32), fixed[order].astype(np.int32)
