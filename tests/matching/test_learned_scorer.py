"""A learned scorer: integers that add up to the log-odds, never fall, and survive JSON."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.index import Ranker
from matching.learned import KNOTS, SCALE, LearnedScorer
from matching.scoring import StatedWeights, asked_parts
from matching.weights import PARTS, UNIT, WEIGHTS
from tests.matching import personas

rises = st.lists(st.integers(0, 60_000), min_size=len(KNOTS) - 1, max_size=len(KNOTS) - 1)
curves = st.fixed_dictionaries(dict.fromkeys(PARTS, rises)).map(
    lambda each: {name: [0, *np.cumsum(steps).tolist()] for name, steps in each.items()}
)
scorers = st.builds(LearnedScorer, curves, st.integers(-900_000, 300_000))
asked_names = st.sets(st.sampled_from(PARTS), min_size=1).map(frozenset)
values = st.lists(st.integers(0, UNIT), min_size=len(PARTS), max_size=len(PARTS))


@given(scorers, asked_names, values)
def test_parts_and_intercept_are_the_log_odds_exactly(
    scorer: LearnedScorer, asked: frozenset[str], fits: list[int]
) -> None:
    most = scorer.most_of(asked)
    parts = scorer.points(np.array([fits]), most)[0]
    score = int(parts.sum())
    assert parts.dtype == np.int64
    assert round(scorer.log_odds(score) * SCALE) == score + scorer.intercept
    share = scorer.share(score, most)
    assert share == pytest.approx(1 / (1 + math.exp(-(score + scorer.intercept) / SCALE)))


@given(scorers, asked_names, values, st.integers(0, len(PARTS) - 1), st.integers(0, UNIT))
def test_a_better_value_never_costs_points(
    scorer: LearnedScorer, asked: frozenset[str], fits: list[int], at: int, better: int
) -> None:
    most = scorer.most_of(asked)
    raised = list(fits)
    raised[at] = max(fits[at], better)
    less, more = scorer.points(np.array([fits, raised]), most)
    assert (more >= less).all()
    assert (less >= 0).all()


@given(scorers, asked_names)
def test_a_part_that_is_not_asked_is_worth_nothing_and_any_other_something(
    scorer: LearnedScorer, asked: frozenset[str]
) -> None:
    most = scorer.most_of(asked)
    best = scorer.points(np.full((1, len(PARTS)), UNIT), most)[0]
    for name, points in zip(PARTS, best, strict=True):
        assert points == most[name]
        assert (points > 0) == (name in asked)


@given(scorers)
def test_parameters_are_plain_json_and_bring_the_same_scorer_back(scorer: LearnedScorer) -> None:
    again = LearnedScorer.from_parameters(json.loads(json.dumps(scorer.parameters)))
    assert (again.curves, again.intercept, again.version) == (
        scorer.curves,
        scorer.intercept,
        scorer.version,
    )


def stated_as_curves(log_odds: int = 8) -> LearnedScorer:
    curves = {
        name: [weight * log_odds * knot // (10 * UNIT) for knot in KNOTS] for name, weight in WEIGHTS.items()
    }
    return LearnedScorer(curves, -400_000)


def test_curves_in_the_shape_of_the_stated_weights_order_as_they_do() -> None:
    fits = np.random.default_rng(1).integers(0, UNIT + 1, (200, len(PARTS)))
    for asked in (frozenset(PARTS), frozenset(PARTS[:4]), frozenset(PARTS[2:9])):
        learned, stated = stated_as_curves(), StatedWeights()
        mine = learned.points(fits, learned.most_of(asked)).sum(axis=1)
        theirs = stated.points(fits, stated.most_of(asked)).sum(axis=1)
        assert np.corrcoef(mine, theirs)[0, 1] > 0.999999


@pytest.mark.parametrize("wrong", [[0, 5, 4, 6, 7, 8], [1, 2, 3, 4, 5, 6], [0, 1, 2]])
def test_a_curve_that_falls_or_begins_elsewhere_is_refused(wrong: list[int]) -> None:
    curves = {name: [0, 1, 2, 3, 4, 5] for name in PARTS}
    with pytest.raises(ValueError, match="must rise from 0"):
        LearnedScorer({**curves, "text": wrong}, 0)


def test_another_format_or_a_missing_part_is_refused() -> None:
    good = stated_as_curves().parameters
    with pytest.raises(ValueError, match="another format"):
        LearnedScorer.from_parameters({**good, "format": 0})
    with pytest.raises(ValueError, match="each part"):
        LearnedScorer({"text": [0, 1, 2, 3, 4, 5]}, 0)


def test_a_ranker_with_learned_points_explains_what_it_lists() -> None:
    on, people, openings, _ = personas.load()
    ranker = Ranker.fit(people)
    before = ranker.version
    ranker.scorer = stated_as_curves()
    assert ranker.version != before
    for opening in openings:
        listed = ranker.ranking(opening, on=on, limit=None).candidates
        for one in listed:
            assert sum(one.parts.values()) == one.score
            told = ranker.explain(opening, one.worker_id, on=on)
            assert (told.score, told.parts, told.rank) == (one.score, one.parts, one.rank)
            assert {name for name, points in one.most.items() if points} == asked_parts(opening)
