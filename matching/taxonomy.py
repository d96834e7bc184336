"""Occupations, for everyone outside this package: names, distances, everyday words, what a posting means.

Codes are ISCO-08 (docs/decisions/0004-occupation-codes.md); how the words were collected and how often the
proposals are right stands in docs/occupations.md.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from matching.job_words import Match, likeness, spelt, word_index
from matching.occupation_tree import (
    UNIT_LEVEL,
    Occupation,
    exists,
    occupation_distance,
    occupation_name,
    occupations,
    parents,
    unit_group,
)
from matching.titles import Rank, clean_title, promoted, rank_of

__all__ = [
    "Occupation",
    "Proposal",
    "exists",
    "occupation_distance",
    "occupation_name",
    "occupations",
    "parents",
    "propose_occupations",
    "search_occupations",
    "words_for",
]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An occupation that a text may mean.

    Attributes
    ----------
    code : str
        ISCO-08 code, four digits; fewer where the text says no more.
    share : float
        Part of the evidence that speaks for it, 0 to 1; shares add up to less than 1.
    word : str
        What was recognised in the text; "" when only the likeness of the whole text speaks for it.
    """

    code: str
    share: float
    word: str


@cache
def words_for(code: str) -> tuple[str, ...]:
    """Return the everyday words that point to an occupation or to one below it.

    Parameters
    ----------
    code : str
        A code of any level.

    Returns
    -------
    tuple of str
        In the order of the data file; the names themselves are not among them.
    """
    group = unit_group(code)
    index = word_index()
    return tuple(word for word, at in index.entries[: index.job_words] if at.startswith(group))


def search_occupations(text: str, limit: int = 10) -> list[Proposal]:
    """Find occupations by what somebody has typed so far.

    Everyday words and names are looked through, with or without diacritics; a slip of the keyboard still
    finds the nearest.

    Parameters
    ----------
    text : str
        The beginning of a word or several words.
    limit : int
        At most this many.

    Returns
    -------
    list of Proposal
        One for each occupation, the nearest first; `share` is the nearness, `word` the word that was found.
        Empty only when nothing shares a beginning or a run of letters with the text.

    Examples
    --------
    >>> [(found.code, found.word) for found in search_occupations("phu ho", limit=1)]
    [('9313', 'phụ hồ')]
    """
    best: dict[str, Proposal] = {}
    for nearness, word, code in word_index().search(text):
        if code not in best:
            best[code] = Proposal(code, round(nearness, 4), word)
        if len(best) == limit:
            break
    return list(best.values())


# The word for the job leads a Vietnamese title, what follows it says where and for whom: each later word
# counts this much less. Longer words say more. Chosen on postings outside the labelled sixty.
_LATER = 0.55
_LONGER = 0.5
_TEXT_WEIGHT = 0.8
_TEXT_CHARACTERS = 600
"""The first lines of a description tell the work; what follows is the firm's praise of itself."""

MANAGERS = "1"
_DOUBT = 0.3
"""Weight of "none of these": keeps the share low where all evidence is faint."""

_CLEARLY = 1.15
"""How much more a unit group must be like the text than the next before a broader word is narrowed to it."""

_BROAD = frozenset({"9329", "2149", "8219", "3322", "4110"})
"""Groups whose words ("công nhân", "kỹ sư", "kinh doanh") say little when a more telling word follows."""
_BROAD_WEIGHT = 0.45


def _work_in(segment: tuple[str, ...]) -> tuple[Rank, list[Match]]:
    """Return the rank that is to be added to the words found in a part of a title, and these words."""
    whole = word_index().find(spelt(segment))
    rank, rest = rank_of(segment)
    # "quản lý kho" and "account manager" are words of their own: then the rank is already in the code.
    if rank is not Rank.STAFF and any(
        rank_of(segment[m.start : m.start + m.length])[0] is rank for m in whole
    ):
        return Rank.STAFF, whole
    bare = word_index().find(spelt(rest))
    if not bare:
        return rank, whole
    # "nhân viên quản lý kho" keeps the store, "quản lý kho" directs it: the word with its prefix is closer.
    prefix = len(segment) - len(rest)
    if rank is Rank.STAFF and whole and whole[0].start == 0 and whole[0].length - prefix >= bare[0].length:
        return rank, whole
    return rank, bare


def _title_evidence(title: str) -> dict[str, tuple[float, str]]:
    """Return for each code what the words of a title weigh for it, and the word recognised."""
    evidence: dict[str, tuple[float, str]] = {}
    order = 0
    for position, segment in enumerate(clean_title(title).segments):
        rank, matches = _work_in(segment)
        if not matches and rank is Rank.MANAGER and not evidence:
            evidence["1"] = (_BROAD_WEIGHT, " ".join(segment))
        for match in matches:
            code = promoted(match.code, rank)
            broad = len(match.code) < UNIT_LEVEL or match.code in _BROAD and match.length <= 2
            weight = (1 + _LONGER * (match.length - 1)) * match.certainty * (_BROAD_WEIGHT if broad else 1.0)
            weight *= _LATER ** (order + (position > 0))
            had = evidence.get(code, (0.0, match.word))
            evidence[code] = (had[0] + weight, had[1])
            order += 1
    return evidence


def propose_occupations(title: str, text: str = "", limit: int = 5) -> list[Proposal]:
    """Propose what occupation a posting, or a line of somebody's experience, means.

    Parameters
    ----------
    title : str
        As written, with wage, place or urgency in it.
    text : str
        What else is known, such as the description; its beginning is read.
    limit : int
        At most this many proposals.

    Returns
    -------
    list of Proposal
        The likeliest first; empty when no word says anything.

    Examples
    --------
    >>> propose_occupations("Tuyển gấp 10 thợ hồ, lương 450k/ngày")[0].code
    '7112'
    """
    evidence = _title_evidence(title)
    alike = likeness()
    named = " ".join(" ".join(part) for part in clean_title(title).segments)
    cosines = alike.of(f"{named}\n{named}\n{text[:_TEXT_CHARACTERS]}")
    scores: dict[str, float] = defaultdict(float)
    words: dict[str, str] = {}
    for code, (weight, word) in evidence.items():
        target = code if len(code) == UNIT_LEVEL else _likeliest_below(code, cosines)
        scores[target] += weight
        words.setdefault(target, word)
    for at in np.argsort(-cosines, kind="stable")[: limit * 2]:
        code = alike.codes[at]
        # A manager is named by a word of rank; likeness alone made leaders of clerks.
        if cosines[at] > 0 and (not code.startswith(MANAGERS) or code in scores):
            scores[code] += _TEXT_WEIGHT * float(cosines[at])
    total = sum(scores.values()) + _DOUBT
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [Proposal(code, round(score / total, 4), words.get(code, "")) for code, score in best]


def _likeliest_below(code: str, cosines: npt.NDArray[np.float32]) -> str:
    """Return the unit group under a broader code that the text is clearly most like, else the code itself."""
    below = [(float(cosines[at]), unit) for at, unit in enumerate(likeness().codes) if unit.startswith(code)]
    (best, unit), (second, _) = sorted([(0.0, code), (0.0, code), *below], reverse=True)[:2]
    return unit if best > _CLEARLY * second else code
