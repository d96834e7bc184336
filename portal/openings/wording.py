"""The screen for discriminating wording in domestic openings: text in, findings out.

It holds a sentence for a person to look at; it judges nobody. Grounds: Labour Code Articles 3.8 and 8,
which name difference, exclusion *and preference*; measures for vulnerable people pass.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from matching.text import fold, normalise
from portal.openings.wording_patterns import (
    BENEFIT,
    HARMLESS,
    LAWFUL,
    NAMES,
    PATTERNS,
    SOURCES,
    YEARS,
)

_SENTENCE_END = re.compile(
    r"(?<=[.!?;])\s+|\n+|(?<!\d)(?<!tuổi)\s+[-–+•*·]\s+(?!\d)|\s*[•·]\s*|\s+o\s+(?=[A-ZĐÀ-Ỹ])"
)
# Long enough for every Vietnamese letter, short enough that a mask keeps its place.
_MASK = "\u2022"


@dataclass(frozen=True)
class Finding:
    """One sentence that may discriminate: the ground, the sentence, the words in it, the law."""

    rule: str
    sentence: str
    excerpt: str
    source: str


def sentences(text: str) -> list[str]:
    parts = _SENTENCE_END.split(unicodedata.normalize("NFC", text))
    return [tidy for part in parts if (tidy := " ".join(part.split()))]


def discriminating(text: str) -> list[Finding]:
    """Every sentence that may discriminate, at most once for each ground, in the order of the text."""
    found: dict[tuple[str, str], Finding] = {}
    for sentence in sentences(text):
        for rule, excerpt in _grounds(sentence):
            found.setdefault((rule, sentence), Finding(rule, sentence, excerpt, SOURCES[rule]))
    return list(found.values())


def _grounds(sentence: str) -> list[tuple[str, str]]:
    bare = sentence.isascii()
    masked = _without_harmless(sentence, bare)
    grants = bool(re.search(_plain(BENEFIT, bare), normalise(sentence)))
    hits = []
    for rule, patterns in PATTERNS.items():
        if grants and rule in ("sex", "age", "pregnancy") and not re.search(r"\b(?:chỉ|chi|only)\b", masked):
            continue
        for pattern in compiled(patterns, bare):
            match = pattern.search(masked)
            if match:
                hits.append((rule, sentence[match.start() : match.end()].strip(" ,:;([-–")))
                break
    return hits


def _without_harmless(sentence: str, bare: bool) -> str:
    """Lower case, with names, lawful measures and other meanings blotted out, letter for letter."""
    named = sentence
    for pattern in _compiled_names():
        named = pattern.sub(blot, named)
    masked = normalise(named)
    for pattern in compiled((*LAWFUL, *HARMLESS, *(YEARS if bare else ())), bare):
        masked = pattern.sub(blot, masked)
    return masked


def blot(match: re.Match[str]) -> str:
    return _MASK * len(match.group())


@lru_cache(maxsize=1)
def _compiled_names() -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in NAMES]


def _plain(pattern: str, bare: bool) -> str:
    return fold(pattern) if bare else pattern


@lru_cache(maxsize=128)
def compiled(patterns: tuple[str, ...], bare: bool) -> list[re.Pattern[str]]:
    found = [re.compile(pattern) for pattern in patterns]
    if bare:
        # A sentence without a single mark may be Vietnamese typed on an old phone, or English.
        found += [re.compile(fold(pattern)) for pattern in patterns if fold(pattern) != pattern]
    return found


def highlighted(sentence: str, excerpt: str) -> Markup:
    """The sentence with the words that were found marked, safe to show."""
    before, found, after = sentence.partition(excerpt)
    return Markup("{}<mark>{}</mark>{}").format(before, found, after)
