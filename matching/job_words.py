"""The everyday words for jobs: found in a text with or without diacritics; and the likeness of texts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.occupation_tree import UNIT_LEVEL, data_rows, occupations, unit_group
from matching.text import fold, tokens

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    code: str
    word: str
    start: int
    length: int
    certainty: float


_SHORT_Y = re.compile(r"^([bcdđghklmnprstvx]+)([yýỳỷỹỵ])$")
_Y_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def spelt(words: Iterable[str]) -> Words:
    """Write "kỹ", "sỹ", "lý" as "kĩ", "sĩ", "lí", so that both spellings meet."""
    return tuple(_SHORT_Y.sub(lambda m: m[1] + m[2].translate(_Y_TO_I), word) for word in words)


class WordIndex:
    """Job words and names of occupations, to be found as written or without diacritics."""

    def __init__(self) -> None:
        self.entries = [(row["word"], row["code"]) for row in data_rows("job_words.csv")]
        self.job_words = len(self.entries)
        self.exact: dict[Words, tuple[str, str]] = {}
        self.folded: dict[Words, list[tuple[str, str]]] = defaultdict(list)
        for row in occupations(UNIT_LEVEL) + occupations(UNIT_LEVEL + 1):
            self.entries += [(name, unit_group(row.code)) for name in (row.name_vi, row.name_en)]
        for word, code in self.entries:
            key = spelt(tokens(word))
            if key not in self.exact:
                self.exact[key] = (code, word)
                self.folded[tuple(map(fold, key))].append((code, word))
        self.longest = max(map(len, self.exact))

    def at(self, words: Words, start: int) -> list[Match]:
        """Return the longest word that begins at a place, as one match or one for each of its meanings."""
        for length in range(min(self.longest, len(words) - start), 0, -1):
            part = words[start : start + length]
            if part in self.exact:
                code, word = self.exact[part]
                return [Match(code, word, start, length, 1.0)]
            found = [
                (code, word)
                for code, word in self.folded.get(tuple(map(fold, part)), ())
                if _only_lacks_marks(part, spelt(tokens(word)))
            ]
            if found:
                certainty = 1.0 / len({code for code, _ in found})
                return [Match(code, word, start, length, certainty) for code, word in found]
        return []

    def find(self, words: Words) -> list[Match]:
        """Return the matches of a text from left to right, none inside another."""
        found: list[Match] = []
        at = 0
        while at < len(words):
            here = self.at(words, at)
            found += here
            at += here[0].length if here else 1
        return found

    def search(self, text: str) -> list[tuple[float, str, str]]:
        """Return (nearness, word, code) of every entry near to what was typed, the nearest first."""
        typed = " ".join(spelt(tokens(text)))
        if not typed:
            return []
        bare, accented = fold(typed), typed != fold(typed)
        head = bare.split()[0]
        found = []
        for written, plain, word, code in self.typed_forms:
            if head not in plain:
                continue
            near = _nearness(bare, plain)
            if near:
                # Who types diacritics means them: "thợ may" before "thợ máy".
                agrees = accented and _nearness(typed, written) >= near
                found.append((near * (1.0 if agrees or not accented else 0.7), word, code))
        if not found:
            found = self._letters_alike(bare)
        if len({code for near, _, code in found if near == 1.0}) > 1:
            # "tho may" is "thợ may" and "thợ máy" at once: neither is the very word.
            found = [(min(near, 0.97), word, code) for near, word, code in found]
        return sorted(found, key=lambda hit: (-hit[0], len(hit[1]), hit[2]))

    @cached_property
    def typed_forms(self) -> list[tuple[str, str, str, str]]:
        """Each entry as the search compares it: spelt, the same without diacritics, as written, its code."""
        forms = ((" ".join(spelt(tokens(word))), word, code) for word, code in self.entries)
        return [(written, fold(written), word, code) for written, word, code in forms]

    @cached_property
    def _letters(self) -> tuple[TfidfVectorizer, csr_matrix]:
        vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), dtype=np.float32)
        return vectors, vectors.fit_transform(plain for _, plain, _, _ in self.typed_forms)

    def _letters_alike(self, bare: str) -> list[tuple[float, str, str]]:
        vectors, matrix = self._letters
        cosines = (matrix @ vectors.transform([bare]).T).toarray().ravel()
        likest = np.argsort(-cosines, kind="stable")[:50]
        # Below a third of the letters in common the offer would puzzle more than an empty list.
        return [(float(cosines[at]) / 2, *self.entries[at]) for at in likest if cosines[at] > 1 / 3]


def _only_lacks_marks(part: Words, entry: Words) -> bool:
    """Tell "tho hàn", which leaves a mark out, from "trường", which is another word than "trưởng"."""
    return all(mine in (theirs, fold(theirs)) for mine, theirs in zip(part, entry, strict=True))


def _nearness(typed: str, entry: str) -> float:
    """Return how near an entry is: 1 the same, less when only its beginning or its words agree."""
    if entry == typed:
        return 1.0
    share = len(typed) / len(entry) if entry else 0.0
    if entry.startswith(typed):
        return 0.8 + 0.15 * share
    if f" {typed}" in entry:
        return 0.6 + 0.15 * share
    words = entry.split()
    *whole, last = typed.split()
    if all(word in words for word in whole) and any(word.startswith(last) for word in words):
        return 0.4 + 0.15 * min(share, 1.0)
    return 0.0


@cache
def word_index() -> WordIndex:
    return WordIndex()


class Likeness:
    """TF-IDF of words and pairs, without diacritics, over the names and job words of each unit group."""

    def __init__(self) -> None:
        texts: dict[str, list[str]] = {row.code: [row.name_vi, row.name_en] for row in occupations()}
        for word, code in word_index().entries:
            if code in texts:
                texts[code].append(word)
        self.codes = list(texts)
        self.vectors = TfidfVectorizer(
            analyzer=_grams, sublinear_tf=True, min_df=1, max_df=0.2, dtype=np.float32
        )
        self.matrix = self.vectors.fit_transform(["\n".join(lines) for lines in texts.values()])

    def of(self, text: str) -> npt.NDArray[np.float32]:
        """Return the cosine of a text with each unit group, in the order of `codes`."""
        cosines: npt.NDArray[np.float32] = (self.matrix @ self.vectors.transform([text]).T).toarray().ravel()
        return cosines


def _grams(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        words = [fold(word) for word in spelt(tokens(line))]
        yield from words
        yield from (f"{a} {b}" for a, b in zip(words, words[1:], strict=False))


@cache
def likeness() -> Likeness:
    return Likeness()
