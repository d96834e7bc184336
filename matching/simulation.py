"""A made-up labour market in which the employers' taste is known: does the ranking find it?

Nobody's data. Each week openings come, people are listed for them by the scorer in use, an adviser reads the
list from the top and chooses, and employers take whom they like by a taste that the ranking is never told.

``python -m matching.simulation`` prints what docs/ranking.md says of it.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from matching.held_out import Eligible, Trial, ndcg, train
from matching.learning import fit
from matching.outcomes import EMPLOYER, SHOWN, Outcomes, joined, scores
from matching.position_bias import Reading
from matching.scoring import Scorer, StatedWeights
from matching.weights import PARTS, TOP, UNIT, WEIGHTS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PEOPLE = 50
"""Eligible for an opening."""
ON_PAGE = 20
"""Of them on the page that an adviser reads."""
OPENINGS_A_WEEK = 8
SHOWN_WEIGHT = 0.1
GOES = 0.8
"""Share of the chosen who want to go; the others say no themselves, which is no answer of an employer."""
ALWAYS_ASKED = ("occupation", "text", "experience", "wish", "distance", "start", "recency")
SOMETIMES_ASKED = 0.6


@dataclass(frozen=True)
class Taste:
    """What employers want.

    Attributes
    ----------
    weights : Mapping of str to float
        By part; parts that are not named are nothing to them.
    enough : Mapping of str to int
        The value from which more of a part is no better; below it, little is worth less than its share.
    strength : float
        Log-odds between nobody's and everybody's wish.
    level : float
        Log-odds of taking somebody who has nothing of it.
    prejudice : float
        Log-odds added for people of group "a", for no reason of the work.
    """

    weights: Mapping[str, float]
    enough: Mapping[str, int] = field(default_factory=dict)
    strength: float = 7.0
    level: float = -4.0
    prejudice: float = 0.0

    def fit(self, values: Ints, asked: NDArray[np.bool_]) -> Floats:
        """Return the log-odds of being taken on merit, shape (n,)."""
        total, most = np.zeros(len(values)), 0.0
        for at, name in enumerate(PARTS):
            weight = self.weights.get(name, 0.0) * bool(asked[at])
            enough = self.enough.get(name)
            value = values[:, at] / UNIT if enough is None else np.minimum(values[:, at] / enough, 1.0) ** 2
            total, most = total + weight * value, most + weight
        found: Floats = self.level + self.strength * total / most
        return found


STATED_TASTE = Taste({name: weight / TOP for name, weight in WEIGHTS.items()})
"""Employers who want just what the stated weights say: nothing is left to learn."""
HANDS = Taste(
    {
        "experience": 0.30,
        "skills": 0.25,
        "distance": 0.20,
        "certificate": 0.10,
        "occupation": 0.10,
        "text": 0.05,
    },
    {"experience": 6_000, "distance": 8_000},
)
"""Who has done it, can do it and lives near; two or three years are enough."""
WILL = Taste({"wish": 0.30, "wage": 0.25, "start": 0.20, "occupation": 0.15, "text": 0.10}, {"wish": 7_000})
"""Who wants this work, at this wage, now."""


@dataclass(frozen=True)
class Pool:
    """Everybody eligible for one opening.

    Attributes
    ----------
    values : ndarray of int64, shape (PEOPLE, len(PARTS))
    asked : ndarray of bool, shape (len(PARTS),)
    group : ndarray of str, shape (PEOPLE,)
        "a" or "b": a trait that says nothing about the work.
    """

    opening: int
    values: Ints
    asked: NDArray[np.bool_]
    group: NDArray[np.str_]

    def ranked(self, scorer: Scorer) -> Ints:
        """Return what each person scores."""
        return scores(scorer, self.values, np.tile(self.asked, (len(self.values), 1)))


class Market:
    """Makes openings, people and what becomes of them.

    Parameters
    ----------
    seed : int
    steepness : float
        How much less each place down a list is looked at.
    linked : float
        How far people of group "a" live from work, in shares of the value of "distance": a lawful part that
        tells something of the trait.
    """

    def __init__(self, seed: int, steepness: float = 1.0, linked: float = 0.0) -> None:
        self.rng = np.random.default_rng(seed)
        self.reading = Reading(steepness, level=-3.5, slope=6.0)
        self.linked = linked
        self.openings = 0

    def pool(self) -> Pool:
        """Return the people of a new opening."""
        self.openings += 1
        asked = np.array([name in ALWAYS_ASKED or self.rng.random() < SOMETIMES_ASKED for name in PARTS])
        group = np.where(self.rng.random(PEOPLE) < 0.4, "a", "b")
        return Pool(self.openings, self._values(group) * asked, asked, group)

    def _values(self, group: NDArray[np.str_]) -> Ints:
        """Return values that hang together: who knows the trade has done it and writes of it."""
        rng, n = self.rng, PEOPLE
        trade = rng.beta(1.2, 1.2, n)
        near = np.array([0, 3_000, 5_000, 7_000, 8_500, 10_000])
        shares = {
            "occupation": near[(trade * len(near)).astype(int)] / UNIT,
            "text": 0.5 * trade + rng.normal(0.1, 0.15, n),
            "experience": 0.6 * trade + rng.normal(0.0, 0.3, n),
            "wish": rng.choice([0.0, 0.3, 0.7, 1.0], n),
            "distance": rng.beta(1.5, 1.5, n) - self.linked * (group == "a"),
            "wishes": rng.integers(0, 3, n) / 2,
            "wage": np.where(rng.random(n) < 0.3, 0.3, rng.beta(3.0, 1.5, n)),
            "skills": rng.integers(0, 4, n) / 3,
            "certificate": rng.choice([0.0, 0.3, 0.6, 0.8, 1.0], n),
            "start": np.where(rng.random(n) < 0.6, 1.0, rng.random(n)),
            "recency": rng.random(n),
        }
        columns = [np.clip(shares[name], 0.0, 1.0) for name in PARTS]
        values: Ints = np.rint(UNIT * np.stack(columns, axis=1)).astype(np.int64)
        return values

    def outcomes(self, taste: Taste, scorer: Scorer, enough: int, week: int = 0) -> Outcomes:
        """Return weeks of work, one after another from `week`, until employers gave `enough` answers."""
        found: list[Outcomes] = []
        while sum(int(one.decided.sum()) for one in found) < enough:
            found += [self._opening(taste, scorer, week) for _ in range(OPENINGS_A_WEEK)]
            week += 1
        return joined(found)

    def _opening(self, taste: Taste, scorer: Scorer, week: int) -> Outcomes:
        rng, pool = self.rng, self.pool()
        listed = np.argsort(-pool.ranked(scorer), kind="stable")[:ON_PAGE]
        place = np.arange(1, len(listed) + 1)
        likes = expit(self.reading.level + self.reading.slope * pool.ranked(StatedWeights())[listed] / TOP)
        chosen = rng.random(len(listed)) < self.reading.looked_at(place) * likes
        goes = listed[chosen & (rng.random(len(listed)) < GOES)]
        odds = taste.fit(pool.values[goes], pool.asked) + taste.prejudice * (pool.group[goes] == "a")
        # Employers differ in how many they take.
        taken = (rng.random(len(goes)) < expit(odds + rng.normal(0.0, 0.5))).astype(np.int64)
        rows, n = np.concatenate([listed, goes]), len(listed) + len(goes)
        none = np.zeros(len(goes), dtype=np.int64)
        return Outcomes(
            values=pool.values[rows],
            asked=np.tile(pool.asked, (n, 1)),
            label=np.concatenate([chosen.astype(np.int64), taken]),
            weight=np.concatenate([np.full(len(listed), SHOWN_WEIGHT), np.ones(len(goes))]),
            gain=np.concatenate([np.zeros_like(place), 2 * taken]),
            kind=np.concatenate([np.full_like(place, SHOWN), np.full_like(none, EMPLOYER)]),
            opening=np.full(n, pool.opening, dtype=np.int64),
            week=np.full(n, week, dtype=np.int64),
            position=np.concatenate([place, none]),
        )

    def eligible(self, openings: int = 100) -> Eligible:
        """Return the people of new openings, with the trait beside them."""
        pools = [self.pool() for _ in range(openings)]
        return Eligible(
            values=np.concatenate([pool.values for pool in pools]),
            asked=np.repeat([pool.asked for pool in pools], PEOPLE, axis=0),
            opening=np.repeat([pool.opening for pool in pools], PEOPLE),
            groups={"trait": np.concatenate([pool.group for pool in pools])},
        )


def quality(scorer: Scorer, taste: Taste, seed: int, openings: int = 100) -> float:
    """Return the mean nDCG@10 against the merit that employers see, on openings nobody learned from."""
    market = Market(seed)
    pools = [market.pool() for _ in range(openings)]
    return float(
        np.mean([ndcg(pool.ranked(scorer), expit(taste.fit(pool.values, pool.asked))) for pool in pools])
    )


def gains(taste: Taste, enough: int, seeds: Sequence[int]) -> Floats:
    """Return how much better than the stated weights learned ones are, by seed, shape (len(seeds),)."""
    stated = StatedWeights()
    before = quality(stated, taste, FRESH)
    learned = [fit(Market(seed).outcomes(taste, stated, enough)).scorer for seed in seeds]
    return np.array([quality(scorer, taste, FRESH) - before for scorer in learned])


def followed(first: Taste, then: Taste, more: Sequence[int], seed: int) -> list[float]:
    """Return the quality for a new taste: before it is heard of, and after so many answers in it.

    Five hundred answers in the first taste come before; what was learned of it orders all later lists.
    """
    market = Market(seed)
    old = market.outcomes(first, StatedWeights(), 500)
    scorer = fit(old).scorer
    new = market.outcomes(then, scorer, max(more), int(old.week.max()) + 1)
    found = [quality(scorer, then, FRESH)]
    for enough in more:
        upto = new.week[np.flatnonzero(new.decided)[enough - 1]]
        found.append(quality(fit(joined([old, new.take(new.week <= upto)])).scorer, then, FRESH))
    return found


def tried(taste: Taste, enough: int, seed: int, linked: float = 0.0) -> Trial:
    """Return what a training on so many answers comes to, the fairness limits with it."""
    market = Market(seed, linked=linked)
    outcomes = market.outcomes(taste, StatedWeights(), enough)
    return train(outcomes, StatedWeights(), market.eligible())


FRESH = 9_999
"""Seed of the openings on which quality is measured; no outcome comes from them."""
SEEDS = range(5)
PREJUDICED = replace(HANDS, prejudice=-1.5, level=-3.4)
CASES = {
    "fair employers": (HANDS, 0.0),
    "nothing to learn": (STATED_TASTE, 0.0),
    "prejudiced, nothing tells the trait": (PREJUDICED, 0.0),
    "prejudiced, distance tells the trait": (PREJUDICED, 0.3),
}


def report() -> Iterator[str]:
    """Yield what the simulation shows, line by line."""
    stated = quality(StatedWeights(), HANDS, FRESH)
    yield f"nDCG@10 of the stated weights for a hidden taste, on 100 fresh openings: {stated:.3f}"
    for enough in (100, 200, 300, 500, 1_000):
        won = gains(HANDS, enough, SEEDS)
        yield f"  after {enough:>5} answers: {won.mean():+.3f} (worst of {len(won)} markets {won.min():+.3f})"
    nothing = gains(STATED_TASTE, 500, SEEDS).mean()
    yield f"the same where nothing is to be learned, 500 answers: {nothing:+.3f}"
    more = (100, 200, 300, 500)
    paths = np.mean([followed(HANDS, WILL, more, seed) for seed in SEEDS], axis=0)
    will = quality(StatedWeights(), WILL, FRESH)
    yield f"a changed taste: stated weights {will:.3f}, learned from the old taste {paths[0]:.3f}"
    for enough, value in zip(more, paths[1:], strict=True):
        yield f"  after {enough:>5} answers in the new taste: {value:.3f}"
    for name, (taste, linked) in CASES.items():
        yield f"{name}, 700 answers:"
        for seed in SEEDS:
            yield f"  {_line(tried(taste, 700, seed, linked))}"


def _line(trial: Trial) -> str:
    gain = trial.figures["ndcg"]
    ratios = " ".join(f"{one['group']} {one['ratio']:.2f}" for one in trial.figures["fairness"])
    verdict = ", ".join(one.code for one in trial.against) or "passes"
    span = f"{gain['difference']:+.3f} ({gain['low']:+.3f} to {gain['high']:+.3f})"
    return f"{span}, ratios {ratios}, steepness {trial.figures['steepness']:.2f}: {verdict}"


if __name__ == "__main__":
    for line in report():
        sys.stdout.write(f"{line}\n")
