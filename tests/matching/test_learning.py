"""Learning from outcomes, in a made-up market whose taste is known (`matching.simulation`)."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import clone
from sklearn.pipeline import make_pipeline

from matching import held_out, simulation
from matching.held_out import Eligible, Objection, fairness, objections, train
from matching.learned import KNOTS, LearnedScorer
from matching.learning import fit
from matching.monotone import STATED, MonotoneBins, MonotoneLogit
from matching.outcomes import CENTRE, EMPLOYER, SHOWN, Outcomes, scores
from matching.position_bias import EVERY_PLACE, Reading, reading_of
from matching.scoring import StatedWeights
from matching.simulation import HANDS, PREJUDICED, STATED_TASTE, WILL, Market
from matching.weights import PARTS, UNIT, WEIGHTS

STATED_SCORER = StatedWeights()


@pytest.fixture(scope="module")
def learned_from() -> Outcomes:
    return Market(0).outcomes(HANDS, STATED_SCORER, 500)


# --- what 500 outcomes bring ------------------------------------------------------------------------------


def test_five_hundred_outcomes_make_the_ranking_measurably_better() -> None:
    won = simulation.gains(HANDS, 500, range(3))
    assert won.min() > 0.08, won


def test_where_nothing_is_to_be_learned_little_is_lost_and_the_version_is_refused() -> None:
    assert simulation.gains(STATED_TASTE, 500, range(1)).min() > -0.04
    assert "not_better" in [one.code for one in simulation.tried(STATED_TASTE, 500, seed=0).against]


def test_a_changed_taste_is_followed() -> None:
    old, soon, later = simulation.followed(HANDS, WILL, (200, 500), seed=0)
    stated = simulation.quality(STATED_SCORER, WILL, simulation.FRESH)
    assert old < stated, "what was learned of the old taste misleads at first"
    assert soon > stated
    assert later > stated + 0.07


def test_an_outcome_of_long_ago_counts_less() -> None:
    market = Market(4)
    old, new = market.outcomes(HANDS, STATED_SCORER, 300), market.outcomes(WILL, STATED_SCORER, 300, week=100)
    both = simulation.joined([old, new])
    level = simulation.joined([replace(old, week=np.full_like(old.week, 100)), new])
    recent, blind = (simulation.quality(fit(one).scorer, WILL, simulation.FRESH) for one in (both, level))
    assert recent > blind + 0.015


# --- the verdict -------------------------------------------------------------------------------------------


def test_a_version_that_is_better_on_weeks_it_has_not_seen_passes() -> None:
    trial = simulation.tried(HANDS, 700, seed=3)
    gain, share = trial.figures["ndcg"], trial.figures["calibration"]
    assert trial.against == ()
    assert 0 < gain["low"] < gain["difference"] < gain["high"]
    assert gain["difference"] == pytest.approx(gain["new"] - gain["present"], abs=2e-4)
    assert share["error"] <= share["by_chance"]
    assert abs(share["told"] - share["came"]) < 0.06


def test_the_same_outcomes_give_the_same_version_and_verdict() -> None:
    outcomes = Market(2).outcomes(HANDS, STATED_SCORER, 320)
    first, again = (train(outcomes, STATED_SCORER) for _ in range(2))
    assert first.scorer is not None and again.scorer is not None
    assert first.scorer.version == again.scorer.version
    assert (first.figures, first.against) == (again.figures, again.against)


def test_no_week_is_tested_by_what_has_seen_it(learned_from: Outcomes) -> None:
    parts = held_out.blocks(learned_from)
    assert len(parts) == held_out.BLOCKS
    for older, newer in parts:
        assert older.week.max() < newer.week.min()
    for (_, newer), (older, _) in zip(parts, parts[1:], strict=False):
        assert newer.week.max() == older.week.max()
    assert parts[-1][1].week.max() == learned_from.week.max()


def test_a_wish_that_nobody_answered_is_not_measured(learned_from: Outcomes) -> None:
    scorer = fit(learned_from).scorer
    wish = replace(
        learned_from.take(learned_from.kind == SHOWN),
        kind=np.full(int((learned_from.kind == SHOWN).sum()), CENTRE),
        label=np.ones(int((learned_from.kind == SHOWN).sum()), dtype=np.int64),
    )
    with_wishes = simulation.joined([learned_from, wish])
    alone, beside = (
        held_out.compared([(scorer, one)], STATED_SCORER, np.random.default_rng(0))
        for one in (learned_from, with_wishes)
    )
    assert alone == beside


def test_with_few_outcomes_nothing_is_learned_and_it_says_what_is_short() -> None:
    few = Market(1).outcomes(HANDS, STATED_SCORER, 60)
    trial = train(few, STATED_SCORER)
    assert trial.scorer is None
    (objection,) = trial.against
    assert objection.code == "few"
    assert objection.figures["outcomes"]["need"] == held_out.LEAST_OUTCOMES
    assert objection.figures["outcomes"]["have"] < held_out.LEAST_OUTCOMES


def test_nothing_at_all_is_few_too() -> None:
    nothing = Market(1).outcomes(HANDS, STATED_SCORER, 10).take(np.zeros(0, dtype=np.int64))
    assert [one.code for one in train(nothing, STATED_SCORER).against] == ["few"]


def oldest(outcomes: Outcomes, share: float) -> NDArray[np.bool_]:
    """The whole weeks in which the oldest of all answers of employers were given, and whatever else."""
    weeks = np.sort(outcomes.week[outcomes.decided])
    return outcomes.week <= weeks[int(share * len(weeks))]


def test_a_beginning_of_one_answer_alone_is_not_learned_from_and_the_rest_is_tested(
    learned_from: Outcomes,
) -> None:
    first = oldest(learned_from, 0.45) & learned_from.decided
    begun = replace(learned_from, label=np.where(first, 1, learned_from.label))
    assert len(held_out.blocks(begun)) < held_out.BLOCKS
    trial = train(begun, STATED_SCORER)
    assert trial.scorer is not None
    assert held_out.LEAST_TESTED <= trial.figures["tested"] < trial.figures["outcomes"] / 2


def test_a_beginning_at_two_openings_is_not_learned_from(learned_from: Outcomes) -> None:
    opening = learned_from.opening
    two = replace(learned_from, opening=np.where(oldest(learned_from, 0.45), -1 - opening % 2, opening))
    assert len(held_out.blocks(two)) < held_out.BLOCKS
    assert train(two, STATED_SCORER).scorer is not None


def test_answers_that_nearly_all_came_in_the_last_week_leave_nothing_to_test_and_it_says_so(
    learned_from: Outcomes,
) -> None:
    week = learned_from.week
    rush = replace(learned_from, week=np.where(oldest(learned_from, 0.25), week, week.max()))
    trial = train(rush, STATED_SCORER)
    assert (trial.scorer, trial.figures["tested"]) == (None, 0)
    assert trial.against == (Objection("few", {"tested": {"have": 0, "need": held_out.LEAST_TESTED}}),)


def test_one_who_is_too_sure_of_the_shares_is_refused(learned_from: Outcomes) -> None:
    scorer = fit(learned_from).scorer
    sure = LearnedScorer(
        {name: [4 * one for one in curve] for name, curve in scorer.curves.items()}, 4 * scorer.intercept
    )
    rng = np.random.default_rng(0)
    good, bad = (held_out.calibration([(one, learned_from)], rng) for one in (scorer, sure))
    assert good["error"] < held_out.LEAST_CALIBRATION_ERROR
    figures = {"ndcg": {"low": 0.1}, "calibration": bad, "fairness": []}
    assert [one.code for one in objections(figures)] == ["calibration"]


# --- a protected trait ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
def test_a_prejudice_that_no_part_tells_of_is_not_learned(seed: int) -> None:
    trial = simulation.tried(PREJUDICED, 700, seed)
    assert "fairness" not in [one.code for one in trial.against]
    assert all(one["ratio"] > 0.9 for one in trial.figures["fairness"])


@pytest.mark.parametrize("seed", range(2))
def test_a_prejudice_that_a_lawful_part_would_carry_is_refused_with_the_group_named(seed: int) -> None:
    trial = simulation.tried(PREJUDICED, 700, seed, linked=0.3)
    against = {one.code: one for one in trial.against}
    figures = against["fairness"].figures
    assert figures["group"] == "a"
    assert figures["ratio"] < held_out.FOUR_FIFTHS <= figures["present"] + 0.1


def test_a_group_too_small_to_say_is_left_out() -> None:
    market = Market(2)
    people = market.eligible(20)
    few = np.where(np.arange(len(people.opening)) < held_out.LEAST_GROUP - 1, "few", "many")
    assert fairness(STATED_SCORER, STATED_SCORER, replace(people, groups={"trait": few})) == []


def test_one_person_in_thirty_lists_is_no_group() -> None:
    people = Market(2).eligible(40)
    size = len(people.opening) // 40
    head = np.arange(len(people.opening)) % size < 2
    groups = {"trait": np.where(head, "few", "many")}
    person = np.where(head, np.arange(len(head)) % size, np.arange(len(head)))
    alike, told = (
        fairness(STATED_SCORER, STATED_SCORER, replace(people, groups=groups, person=one))
        for one in (None, person)
    )
    assert {row["group"]: row["people"] for row in alike}["few"] == 80
    assert told == []


def test_of_many_groups_some_always_lose_a_little_and_that_is_chance(learned_from: Outcomes) -> None:
    people, scorer = Market(5).eligible(100), fit(learned_from).scorer
    drawn = np.random.default_rng(1).integers(0, 60, len(people.opening)).astype(str)
    rows = fairness(scorer, STATED_SCORER, replace(people, groups={"commune": drawn}))
    lower = [row for row in rows if row["ratio"] < held_out.FOUR_FIFTHS and row["ratio"] < row["present"]]
    assert lower, "so that there is something to be careful with"
    figures = {"ndcg": {"low": 0.1}, "calibration": {"error": 0.0, "by_chance": 0.1}, "fairness": rows}
    assert objections(figures) == []


def test_one_of_many_groups_that_surely_loses_its_places_is_named() -> None:
    people = Market(5).eligible(100)
    distance = PARTS.index("distance")
    worse = LearnedScorer(
        {name: [0] + [1 if name != "distance" else 900_000] * 5 for name in PARTS}, -300_000
    )
    near = people.values[:, distance] > 3_000
    spread = np.random.default_rng(1).integers(0, 12, len(near)).astype(str)
    commune = np.where(near, spread, np.where(spread < "5", "far", spread))
    rows = fairness(worse, STATED_SCORER, replace(people, groups={"commune": commune}))
    figures = {"ndcg": {"low": 0.1}, "calibration": {"error": 0.0, "by_chance": 0.1}, "fairness": rows}
    assert [one.figures["group"] for one in objections(figures)] == ["far"]


def test_a_group_that_stood_as_low_before_is_no_reason() -> None:
    row = {"trait": "sex", "group": "female", "people": 99, "ratio": 0.7, "present": 0.7}
    figures = {"ndcg": {"low": 0.1}, "calibration": {"error": 0.0, "by_chance": 0.1}, "fairness": [row]}
    assert objections(figures) == []
    worse = {**figures, "fairness": [{**row, "ratio": 0.69}]}
    assert objections(worse) == [Objection("fairness", {**row, "ratio": 0.69})]


def test_the_ratio_is_read_within_each_list() -> None:
    """A group that stands in long lists is not passed over for that."""
    values = np.zeros((120, len(PARTS)), dtype=np.int64)
    values[:, 0] = np.tile(np.arange(10), 12)
    opening = np.repeat([1, 2], [100, 20])
    group = np.where(opening == 1, "long", "short")
    told = fairness(STATED_SCORER, STATED_SCORER, Eligible(values, values >= 0, opening, {"list": group}))
    assert told == [] or all(one["ratio"] == 1.0 for one in told)


# --- the place in the list -----------------------------------------------------------------------------


@pytest.mark.parametrize("steepness", [0.0, 0.5, 1.0, 1.5])
def test_how_a_list_is_read_is_found_again(steepness: float) -> None:
    outcomes = Market(5, steepness=steepness).outcomes(HANDS, STATED_SCORER, 400)
    assert fit(outcomes).reading.steepness == pytest.approx(steepness, abs=0.25)


def test_the_correction_makes_what_is_learned_better(learned_from: Outcomes) -> None:
    corrected, not_corrected = (
        simulation.quality(fit(learned_from, reading).scorer, HANDS, simulation.FRESH)
        for reading in (None, EVERY_PLACE)
    )
    assert corrected > not_corrected + 0.01


def test_nobody_chosen_says_nothing_of_how_the_list_was_read() -> None:
    place, nobody = np.arange(1, 21), np.zeros(20, dtype=bool)
    assert reading_of(place, nobody, np.linspace(1, 0, 20), np.ones(20)) == EVERY_PLACE


def test_a_no_from_far_down_says_less() -> None:
    reading = Reading(1.0, level=-2.0, slope=3.0)
    place = np.arange(1, 51)
    says = reading.looked_at_and_passed(place, np.full(50, 0.5))
    assert says[0] == pytest.approx(1.0)
    assert (np.diff(says) < 0).all()


# --- the estimators ------------------------------------------------------------------------------------


def test_the_estimators_are_scikit_learns(learned_from: Outcomes) -> None:
    rows = learned_from.take(learned_from.decided)
    pipeline = clone(make_pipeline(MonotoneBins(), MonotoneLogit(ridge=2.0)))
    pipeline.fit(rows.inputs(), rows.label)
    shares = pipeline.predict_proba(rows.inputs())
    assert shares.shape == (len(rows), 2)
    assert shares.sum(axis=1) == pytest.approx(1.0)
    assert shares[:, 1].mean() == pytest.approx(rows.label.mean(), abs=0.02)
    assert set(pipeline.predict(rows.inputs())) <= {0, 1}


def test_without_evidence_the_order_is_the_stated_one(learned_from: Outcomes) -> None:
    rows = learned_from.take(learned_from.decided)
    columns = MonotoneBins().fit_transform(rows.inputs())
    held = MonotoneLogit(ridge=1e6).fit(columns, rows.label)
    assert held.coef_ == pytest.approx(held.base_ * STATED, abs=1e-3)
    stated = scores(STATED_SCORER, rows.values, rows.asked)
    assert np.corrcoef(held.decision_function(columns), stated)[0, 1] > 0.99999


def test_who_answered_and_which_opening_do_not_enter_the_score() -> None:
    rng = np.random.default_rng(3)
    n = 3_000
    values = rng.integers(0, UNIT + 1, (n, len(PARTS)))
    opening = rng.integers(0, 30, n)
    kind = np.where(rng.random(n) < 0.3, CENTRE, EMPLOYER)
    odds = 4 * values[:, 0] / UNIT - 2 + rng.normal(0, 1.5, 30)[opening] + 3 * (kind == CENTRE)
    made = Outcomes(
        values=values, asked=np.ones((n, len(PARTS)), dtype=bool),
        label=(rng.random(n) < expit(odds)).astype(np.int64), weight=np.ones(n),
        gain=np.zeros(n, dtype=np.int64), kind=kind, opening=opening,
        week=np.zeros(n, dtype=np.int64), position=np.zeros(n, dtype=np.int64),
    )  # fmt: skip
    scorer = fit(made).scorer
    tops = {name: curve[-1] for name, curve in scorer.curves.items()}
    assert max(tops, key=tops.__getitem__) == PARTS[0]
    middle = np.full((1, len(PARTS)), UNIT // 2)
    score = int(scorer.points(middle, scorer.most_of(frozenset(PARTS))).sum())
    assert scorer.share(score, {}) == pytest.approx(0.5, abs=0.1)


def test_a_part_not_asked_teaches_nothing() -> None:
    columns = MonotoneBins().fit_transform(np.array([[UNIT, np.nan] + [0.0] * (len(PARTS) - 2)]))
    bins = columns.reshape(len(PARTS), len(KNOTS) - 1)
    raised = sum(WEIGHTS.values()) / (sum(WEIGHTS.values()) - WEIGHTS[PARTS[1]])
    assert bins[0] == pytest.approx(raised)
    assert not bins[1:].any()


def test_outcomes_must_fit_together(learned_from: Outcomes) -> None:
    with pytest.raises(ValueError, match="one column a part"):
        replace(learned_from, values=learned_from.values[:, :3])
    assert set(learned_from.kind) == {EMPLOYER, SHOWN}
