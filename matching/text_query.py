"""An opening as weights over columns: everything that is clever about the text model happens here, once."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
MOST_WEIGHT = 2**24
"""Far above what openings reach: so the sums of the kernels fit their integers whatever is asked."""
COMPANY_ONE = 2**14
MOST_TERMS = 8192

Weights = tuple[NDArray[np.int64], NDArray[np.float64]]
_nothing: Weights = (np.zeros(0, dtype=np.int64), np.zeros(0))


@dataclass(frozen=True)
class TextQuery:
    """An opening as weights over columns, in fixed point.

    Attributes
    ----------
    first_terms, first_weights : ndarray of int32, shape (t,)
        For the first stage: columns, ascending, at most `TextSettings.first_terms`; weights not below 0.
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
        self._settings = vocabulary.settings
        self._hints: dict[str, Weights] = {}

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self._vocabulary.terms[: self._vocabulary.words], self._settings.least_like)

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
        found = [*self._widened(asked), *self._hinted(fields, asked)]
        company, near = self._company(asked)
        terms, words = _heaviest(found, MOST_TERMS)
        first_terms, first = _heaviest([*found, near], self._settings.first_terms)
        return TextQuery(first_terms, first, terms, words, company)

    def _asked(self, fields: Mapping[str, list[str]]) -> dict[str, float]:
        """Return how often each term is asked for, by the weights of the fields; synonyms left out."""
        found: dict[str, float] = defaultdict(float)
        for name, factor in weights.FIELDS.items():
            if name != "synonyms":
                for term, times in Counter(fields.get(name, ())).items():
                    found[term] += factor * mentions(times, self._settings) / STEPS
        return found

    def _widened(self, asked: Mapping[str, float]) -> Iterator[Weights]:
        """Yield weights by column, for a question of length 1."""
        vocabulary = self._vocabulary
        strength = {term: times * vocabulary.weight_of(term) for term, times in sorted(asked.items())}
        length = math.sqrt(sum(one * one for one in strength.values())) or 1.0
        words = [term for term in strength if not is_pair(term) and not is_atomic(term)]
        like = dict(zip(words, self._likeness.of(words), strict=True))
        bare = is_typed(asked)
        for term, one in strength.items():
            own = vocabulary.column(term)
            near = self._by_typed.get(term, ()) if bare else self._as_typed(term)
            places, cosines = like.get(term, _nothing)
            other = ~np.isin(places, [own, *near]) if near else places != own
            places = np.concatenate([places[other], near, [own]]).astype(np.int64)
            cosines = np.concatenate([cosines[other], np.full(len(near), self._settings.typed_like), [1.0]])
            yield places, cosines * self._weights_at(places, term) * (one / length)

    def _as_typed(self, term: str) -> tuple[int, ...]:
        """Return the column of a term typed without marks, where that is another one."""
        bare = typed(term)
        return () if bare == term else (self._vocabulary.column(bare),)

    def _weights_at(self, columns: NDArray[np.int64], term: str) -> NDArray[np.float64]:
        """Return the weights of columns; a hashed one weighs as the term asked for."""
        known = self._vocabulary.weight
        if not len(known):
            return np.full(len(columns), self._vocabulary.weight_of(term))
        at = np.minimum(columns, len(known) - 1)
        return np.where(columns < len(known), known[at], self._vocabulary.weight_of(term))

    def _hinted(self, fields: Mapping[str, list[str]], asked: Iterable[str]) -> Iterator[Weights]:
        """Yield the weights of the words of the occupation asked for."""
        if fields.get("synonyms"):
            columns, strength = self._weighed(Counter(fields["synonyms"]))
            yield columns, strength * weights.FIELDS["synonyms"]
            return
        for code, share in hints().occupations(asked):
            if code not in self._hints:
                self._hints[code] = self._weighed(hints().words[code])
            columns, strength = self._hints[code]
            yield columns, strength * (share * self._settings.hinted)

    def _weighed(self, terms: Counter[str]) -> Weights:
        """Return the weights of the terms of an occupation, for a question of length 1."""
        vocabulary = self._vocabulary
        weight = np.array([vocabulary.weight_of(term) for term in terms])
        strength = (1 + np.log(np.array(list(terms.values())))) * weight
        length = float(np.sqrt(strength @ strength)) or 1.0
        columns = np.array([vocabulary.column(term) for term in terms], dtype=np.int64)
        return columns, strength * weight / length

    def _company(self, asked: Mapping[str, float]) -> tuple[NDArray[np.int32], Weights]:
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
            return np.zeros(len(rarity), dtype=np.int32), _nothing
        unit = np.rint(total / along * DIRECTION_ONE).astype(np.float32)
        cosine = (directions @ unit).astype(np.float64) / DIRECTION_ONE**2
        near = cosine * math.sqrt(along / apart)
        company = np.rint(near * rarity * COMPANY_ONE).astype(np.int32)
        close = np.flatnonzero(near > self._settings.near_company)
        return company, (close, self._settings.first_company * self._vocabulary.weight[close] * near[close])


def _heaviest(parts: Iterable[Weights], most: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the heaviest columns, ascending, with their summed weights in fixed point."""
    found = list(parts)
    if not found:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    columns, which = np.unique(np.concatenate([one for one, _ in found]), return_inverse=True)
    total = np.bincount(which, weights=np.concatenate([one for _, one in found]), minlength=len(columns))
    fixed = np.minimum(np.rint(total * WEIGHT_ONE), MOST_WEIGHT).astype(np.int64)
    order = np.sort(np.lexsort((columns, -fixed))[:most])
    order = order[fixed[order] > 0]
    return columns[order].astype(np.int32), fixed[order].astype(np.int32)
