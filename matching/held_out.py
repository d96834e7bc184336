"""May a learned scorer be used? It must do better on weeks that it has not seen, and harm no group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import binomtest

from matching.learned import SCALE, LearnedScorer
from matching.learning import CALIBRATION_FOLDS, fit
from matching.outcomes import SHOWN, Outcomes, scores
from matching.position_bias import Reading
from matching.scoring import Scorer

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Tested = tuple[LearnedScorer, Outcomes]

LEAST_OUTCOMES = 300
"""Answers of employers. In the simulation the verdict on fewer was a throw of dice."""
LEAST_OF_EACH = 60
"""Yes and no among them: with fewer, one employer's habit would be the whole lesson."""
LEAST_OPENINGS = 40
LEAST_WEEKS = 8
"""One season's rush is no taste."""
LEAST_TESTED = 100
"""Answers in the weeks that are tested: a third of the least there are, where `FIRST_SHARE` leaves more than
half. One crowded week, or a beginning that cannot be learned from, leaves fewer."""

FIRST_SHARE = 0.4
"""Of the answers: the oldest weeks, only learned from."""
BLOCKS = 4
"""The other weeks are tested in so many blocks, each by a fit to all weeks before it."""

TOP = 10
"""Places of a list that count: an adviser calls about so many."""
DRAWS = 2_000
SURE = 0.90
"""Of the interval. Its lower end is passed by chance once in twenty times."""
CALIBRATION_BINS = 5
LEAST_CALIBRATION_ERROR = 0.05
"""Being off by five in a hundred is no reason to refuse: the page says "about"."""
CHANCE = 0.95

FOUR_FIFTHS = 0.8
"""Selection ratio below which a group counts as passed over."""
LEAST_GROUP = 30
"""Eligible people of a group; of fewer the ratio is chance."""
LEAST_EXPECTED = 5.0
"""And places that they would have by lot."""
MANY_GROUPS = 10
"""Of more groups, as of communes, the best placed is the best by luck too, and some have always lost a few
places. Each is then set beside all the others together, and must have lost more than chance explains."""


@dataclass(frozen=True)
class Eligible:
    """Everybody whom the present scorer would list, for some openings; groups stand beside, never inside.

    Attributes
    ----------
    values, asked : ndarray, shape (n, len(PARTS))
        As in `Outcomes`.
    opening : ndarray of int64, shape (n,)
    groups : Mapping of str to ndarray of str, shape (n,)
        By trait, such as "sex"; "" where it is not known.
    person : ndarray of int64, shape (n,), optional
        Who it is: a person may stand in several lists. Without it each row is somebody else.
    """

    values: Ints
    asked: NDArray[np.bool_]
    opening: Ints
    groups: Mapping[str, NDArray[np.str_]] = field(default_factory=dict)
    person: Ints | None = None


@dataclass(frozen=True)
class Objection:
    """Why a scorer may not be used.

    Attributes
    ----------
    code : {"few", "not_better", "calibration", "fairness"}
    figures : dict
        What a sentence about it needs, as plain JSON.
    """

    code: str
    figures: dict[str, Any]


@dataclass(frozen=True)
class Trial:
    """What a training came to.

    Attributes
    ----------
    scorer : LearnedScorer or None
        None where there was too little to learn from.
    reading : Reading or None
        How lists were read.
    figures : dict
        All measurements, as plain JSON.
    against : tuple of Objection
        Empty: it may be used.
    """

    scorer: LearnedScorer | None
    reading: Reading | None
    figures: dict[str, Any]
    against: tuple[Objection, ...]


def train(outcomes: Outcomes, present: Scorer, eligible: Eligible | None = None, seed: int = 0) -> Trial:
    """Learn, and try what is learned on weeks that it has not seen against what is in use.

    The newest weeks are gone through in blocks: each is tested by a fit to the weeks before it, as it would
    have been used then. What is returned is fitted to all weeks.

    Parameters
    ----------
    outcomes : Outcomes
    present : Scorer
        The one in use.
    eligible : Eligible, optional
        Whom the fairness limits are read on.
    seed : int
        Of the bootstrap: the same outcomes give the same verdict.

    Returns
    -------
    Trial
    """
    figures = counts(outcomes)
    short = too_few(figures)
    if short:
        return Trial(None, None, figures, (Objection("few", short),))
    parts = blocks(outcomes)
    figures["tested"] = sum(int(newer.decided.sum()) for _older, newer in parts)
    if figures["tested"] < LEAST_TESTED:
        short = {"tested": {"have": figures["tested"], "need": LEAST_TESTED}}
        return Trial(None, None, figures, (Objection("few", short),))
    tested = [(fit(older).scorer, newer) for older, newer in parts]
    found = fit(outcomes)
    rng = np.random.default_rng(seed)
    figures["steepness"] = round(found.reading.steepness, 3)
    figures["ndcg"] = compared(tested, present, rng)
    figures["calibration"] = calibration(tested, rng)
    figures["fairness"] = [] if eligible is None else fairness(found.scorer, present, eligible)
    return Trial(found.scorer, found.reading, figures, tuple(objections(figures)))


def blocks(outcomes: Outcomes) -> list[tuple[Outcomes, Outcomes]]:
    """Return pairs of what to learn from and the whole weeks after it to be tested on.

    A block is left out where what came before cannot be learned from: all of one answer, or too few openings.
    """
    weeks, answers = np.unique(outcomes.week[outcomes.decided], return_counts=True)
    shares = np.cumsum(answers) / answers.sum()
    steps = FIRST_SHARE + (1 - FIRST_SHARE) * np.arange(BLOCKS) / BLOCKS
    ends = np.unique(weeks[np.searchsorted(shares, steps)])
    starts = [*(ends + 1), outcomes.week.max() + 1]
    found = []
    for start, end in pairwise(starts):
        tested = (outcomes.week >= start) & (outcomes.week < end)
        older = outcomes.take(outcomes.week < start)
        if (tested & outcomes.decided).any() and _can_be_learned_from(older):
            found.append((older, outcomes.take(tested)))
    return found


def _can_be_learned_from(older: Outcomes) -> bool:
    answered = older.take(older.decided)
    return len(np.unique(answered.label)) == 2 and len(np.unique(answered.opening)) >= CALIBRATION_FOLDS


def counts(outcomes: Outcomes) -> dict[str, Any]:
    """Return how much there is to learn from."""
    answered = outcomes.take(outcomes.decided)
    yes = int(answered.label.sum())
    return {
        "pairs": len(outcomes),
        "outcomes": len(answered),
        "yes": yes,
        "no": len(answered) - yes,
        "openings": len(np.unique(answered.opening)),
        "weeks": len(np.unique(answered.week)),
    }


def too_few(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is short, with what there is and what is needed; empty if nothing is."""
    needed = {
        "outcomes": LEAST_OUTCOMES,
        "yes": LEAST_OF_EACH,
        "no": LEAST_OF_EACH,
        "openings": LEAST_OPENINGS,
        "weeks": LEAST_WEEKS,
    }
    return {
        name: {"have": figures[name], "need": need} for name, need in needed.items() if figures[name] < need
    }


def objections(figures: Mapping[str, Any]) -> list[Objection]:
    """Return all that speaks against a scorer, from its figures."""
    found = []
    gain, share = figures["ndcg"], figures["calibration"]
    if gain["low"] <= 0:
        found.append(Objection("not_better", dict(gain)))
    if share["error"] > max(share["by_chance"], LEAST_CALIBRATION_ERROR):
        found.append(Objection("calibration", dict(share)))
    for group in figures["fairness"]:
        lower = group["ratio"] < FOUR_FIFTHS and group["ratio"] < group["present"]
        if lower and group.get("by_chance", 0.0) < 1 - CHANCE:
            found.append(Objection("fairness", dict(group)))
    return found


def ndcg(score: Ints, gain: Ints, top: int = TOP) -> float:
    """Return the discounted gain of the first places over that of the best order; equal scores stay in order.

    Parameters
    ----------
    score, gain : ndarray, shape (n,)
    """
    worth = 1.0 / np.log2(np.arange(2, top + 2))
    order = np.argsort(-score, kind="stable")[:top]
    best = np.sort(gain)[::-1][:top]
    return float(gain[order] @ worth[: len(order)] / (best @ worth[: len(best)]))


def compared(tested: Sequence[Tested], present: Scorer, rng: np.random.Generator) -> dict[str, Any]:
    """Return nDCG of both, and the paired bootstrap interval of the difference over openings.

    Only people somebody answered for are counted. Who was merely shown is not: the present order decided who
    was, and would be measured by itself. Nor is a yes without a gain: a wish that nobody has answered yet.
    Openings whose people all ended alike say nothing.

    Parameters
    ----------
    tested : sequence of (Scorer, Outcomes)
        The newer weeks, each block with the scorer that has not seen it.
    """
    pairs = []
    for scorer, newer in tested:
        ended = (newer.label == 0) | (newer.gain > 0)
        rows = newer.take(ended & (newer.kind != SHOWN))
        both = [scores(one, rows.values, rows.asked) for one in (scorer, present)]
        for opening in np.unique(rows.opening):
            mine = rows.opening == opening
            if len(np.unique(rows.gain[mine])) > 1:
                pairs.append([ndcg(score[mine], rows.gain[mine]) for score in both])
    names = ("new", "present", "difference", "low", "high")
    if not pairs:
        return {**dict.fromkeys(names, 0.0), "openings": 0}
    new, old = np.array(pairs).T
    drawn = (new - old)[rng.integers(0, len(new), (DRAWS, len(new)))].mean(axis=1)
    low, high = np.quantile(drawn, [(1 - SURE) / 2, (1 + SURE) / 2])
    found = (new.mean(), old.mean(), (new - old).mean(), low, high)
    rounded = {name: round(float(value), 4) for name, value in zip(names, found, strict=True)}
    return {**rounded, "openings": len(pairs)}


def calibration(tested: Sequence[Tested], rng: np.random.Generator) -> dict[str, Any]:
    """Return how far the told shares are from what came, and how far they would be by chance alone.

    The error is the mean distance over `CALIBRATION_BINS` bins of equal size. `by_chance` is what 19 of 20
    draws stay below in which every share is right: small numbers are off even then.

    Parameters
    ----------
    tested : sequence of (LearnedScorer, Outcomes)
        As in `compared`.
    """
    told, answers = _told_and_came(tested)
    bins = np.array_split(np.argsort(told, kind="stable"), CALIBRATION_BINS)

    def error(came: Floats) -> float:
        return sum(abs(float((came[part] - told[part]).sum())) for part in bins) / len(told)

    luck = [error((rng.random(len(told)) < told).astype(np.float64)) for _ in range(DRAWS // 10)]
    loss = -np.where(answers == 1, np.log(told), np.log1p(-told))
    found = {
        "error": error(answers),
        "by_chance": np.quantile(luck, CHANCE),
        "log_loss": loss.mean(),
        "told": told.mean(),
        "came": answers.mean(),
    }
    rounded: dict[str, Any] = {name: round(float(value), 4) for name, value in found.items()}
    return {**rounded, "answers": len(told)}


def _told_and_came(tested: Sequence[Tested]) -> tuple[Floats, Floats]:
    told, came = [], []
    for scorer, newer in tested:
        rows = newer.take(newer.decided)
        odds = (scores(scorer, rows.values, rows.asked) + scorer.intercept) / SCALE
        told.append(np.clip(expit(odds), 1e-9, 1 - 1e-9))
        came.append(rows.label.astype(np.float64))
    return np.concatenate(told), np.concatenate(came)


def fairness(scorer: Scorer, present: Scorer, eligible: Eligible) -> list[dict[str, Any]]:
    """Return for each group how its share of the first places stands to that of the best placed group.

    The places a group has are set against those it would have if each list were drawn by lot; that over the
    same of the best placed group is the ratio, over the same of all other groups together where there are
    more than `MANY_GROUPS`. `by_chance` is told of those: how likely so many places more are lost than won
    by a toss of coins (McNemar, times the number of groups). Groups too small to say are left out.
    """
    new, old = (_first(one, eligible) for one in (scorer, present))
    found = []
    for trait, codes in eligible.groups.items():
        people = _people(eligible, codes)
        ratios = [_ratios(first, eligible.opening, codes, people) for first in (new, old)]
        for group, ratio in ratios[0].items():
            row = {"trait": trait, "group": group, "people": people[group]}
            row |= {"ratio": round(ratio, 3), "present": round(ratios[1].get(group, 0.0), 3)}
            if len(ratios[0]) > MANY_GROUPS:
                lost = min(1.0, _lost_by_chance(old, new, codes == group) * len(ratios[0]))
                row["by_chance"] = round(lost, 4)
            found.append(row)
    return found


def _people(eligible: Eligible, codes: NDArray[np.str_]) -> dict[str, int]:
    person = np.arange(len(codes)) if eligible.person is None else eligible.person
    return {str(group): len(np.unique(person[codes == group])) for group in np.unique(codes[codes != ""])}


def _lost_by_chance(old: NDArray[np.bool_], new: NDArray[np.bool_], mine: NDArray[np.bool_]) -> float:
    lost, won = int((mine & old & ~new).sum()), int((mine & new & ~old).sum())
    return float(binomtest(lost, lost + won, alternative="greater").pvalue) if lost + won else 1.0


def _first(scorer: Scorer, eligible: Eligible) -> NDArray[np.bool_]:
    """Mask of the people in the first places of their lists."""
    score = scores(scorer, eligible.values, eligible.asked)
    first = np.zeros(len(score), dtype=bool)
    for opening in np.unique(eligible.opening):
        rows = np.flatnonzero(eligible.opening == opening)
        first[rows[np.argsort(-score[rows], kind="stable")[:TOP]]] = True
    return first


def _ratios(
    first: NDArray[np.bool_], opening: Ints, codes: NDArray[np.str_], people: Mapping[str, int]
) -> dict[str, float]:
    _, at = np.unique(opening, return_inverse=True)
    by_lot = (np.bincount(at, first) / np.bincount(at))[at]
    had: dict[str, tuple[float, float]] = {}
    for group, number in people.items():
        mine = codes == group
        expected = float(by_lot[mine].sum())
        if number >= LEAST_GROUP and expected >= LEAST_EXPECTED:
            had[group] = float(first[mine].sum()), expected
    best = max((places / expected for places, expected in had.values()), default=0.0)
    if not best or len(had) < 2:
        return {}
    if len(had) <= MANY_GROUPS:
        return {group: places / expected / best for group, (places, expected) in had.items()}
    places_of_all, expected_of_all = (sum(pair[one] for pair in had.values()) for one in (0, 1))
    return {
        group: places / expected * (expected_of_all - expected) / max(places_of_all - places, 1.0)
        for group, (places, expected) in had.items()
    }
