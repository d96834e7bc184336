"""Rates between groups: what they say, and what small numbers keep them from saying."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import fairness
from matching.fairness import exposure, hide_sealed, hide_small, rates, ratio_interval, wilson

Z = 1.96
pairs = st.integers(1, 400).flatmap(lambda among: st.tuples(st.integers(0, among), st.just(among)))
tables = st.dictionaries(st.sampled_from("abcdefgh"), pairs, min_size=1)


def found(counts: dict[str, tuple[int, int]]) -> dict[str, str]:
    return {one.group: one.finding for one in rates(counts)}


def test_a_group_chosen_a_third_as_often_is_named() -> None:
    assert found({"women": (30, 300), "men": (90, 300)}) == {"women": "low", "men": "fair"}


def test_the_same_rates_with_few_people_are_too_few_to_tell() -> None:
    assert found({"women": (1, 10), "men": (3, 10)}) == {"women": "few", "men": "fair"}


def test_a_little_less_is_not_flagged_however_many_people_there_are() -> None:
    assert found({"women": (8_500, 100_000), "men": (10_000, 100_000)})["women"] == "fair"


def test_where_nobody_else_was_chosen_there_is_nothing_to_compare() -> None:
    one, other = rates({"women": (4, 9), "men": (0, 7)})
    assert (one.ratio, one.finding, one.high) == (None, "fair", math.inf)
    assert (other.ratio, other.finding) == (0.0, "few")
    assert found({"women": (0, 9), "men": (0, 7)}) == {"women": "few", "men": "few"}


def test_a_group_alone_is_compared_with_nobody() -> None:
    assert [(one.ratio, one.finding) for one in rates({"all": (5, 9)})] == [(None, "few")]


def test_groups_without_people_are_left_out() -> None:
    assert [one.group for one in rates({"none": (0, 0), "some": (1, 2)})] == ["some"]


def test_a_table_of_a_hundred_groups_of_equal_chances_hardly_ever_raises_an_alarm() -> None:
    rng = random.Random(5)
    alarms = 0
    for _month in range(40):
        counts = {str(n): (sum(rng.random() < 0.3 for _ in range(40)), 40) for n in range(100)}
        alarms += "low" in found(counts).values()
    assert alarms <= 6


@given(pairs)
def test_the_interval_holds_the_share(pair: tuple[int, int]) -> None:
    low, high = wilson(*pair, Z)
    assert 0 <= low <= pair[0] / pair[1] <= high <= 1


@given(pairs, pairs)
def test_the_interval_of_a_ratio_holds_the_ratio(one: tuple[int, int], other: tuple[int, int]) -> None:
    low, high = ratio_interval(*one, *other, Z)
    assert 0 <= low <= high
    if other[0]:
        ratio = (one[0] / one[1]) / (other[0] / other[1])
        assert low <= ratio * (1 + 1e-9) and ratio <= high * (1 + 1e-9)


@given(pairs, pairs)
def test_ten_times_as_many_people_narrow_the_interval(one: tuple[int, int], other: tuple[int, int]) -> None:
    wide = ratio_interval(*one, *other, Z)
    narrow = ratio_interval(*(10 * n for n in one), *(10 * n for n in other), Z)
    if wide[1] < math.inf:
        assert narrow[1] - narrow[0] <= wide[1] - wide[0] + 1e-9


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    rng = random.Random(7)
    covered = 0
    for _ in range(2_000):
        one, other = (sum(rng.random() < p for _ in range(60)) for p in (0.2, 0.4))
        low, high = ratio_interval(one, 60, other, 60, Z)
        covered += low <= 0.5 <= high
    assert 0.93 <= covered / 2_000 <= 0.99


@given(tables)
def test_what_is_flagged_is_below_four_fifths_and_surely_below_the_others(
    counts: dict[str, tuple[int, int]],
) -> None:
    for one in rates(counts):
        if one.finding == "low":
            assert one.ratio is not None and one.ratio < fairness.LEAST_RATIO and one.high < 1


@given(tables, st.permutations(list("abcdefgh")))
def test_the_order_of_the_groups_changes_nothing(
    counts: dict[str, tuple[int, int]], order: list[str]
) -> None:
    turned = {group: counts[group] for group in order if group in counts}
    assert {one.group: one for one in rates(counts)} == {one.group: one for one in rates(turned)}


def test_more_chosen_than_there_are_is_an_error() -> None:
    with pytest.raises(ValueError, match="cannot be chosen"):
        rates({"women": (3, 2), "men": (1, 2)})


def test_the_first_place_is_seen_wholly_and_each_later_one_less() -> None:
    seen = [exposure(place) for place in range(1, 30)]
    assert seen[0] == 1 and seen == sorted(seen, reverse=True) and seen[2] == 0.5
    with pytest.raises(ValueError, match="no place 0"):
        exposure(0)


def test_small_counts_and_what_would_give_them_away_are_hidden() -> None:
    assert hide_small([3, 40, 60]) == [None, None, 60]
    assert hide_small([3, 4, 60]) == [None, None, 60]
    assert hide_small([1, 1, 9, 60]) == [None, None, None, 60]
    assert hide_small([0, 40, 60]) == [0, 40, 60]
    assert hide_small([3, 0, 0]) == [None, None, None]


@given(st.lists(st.integers(0, 40), max_size=8))
def test_nobody_finds_a_hidden_count_by_subtracting(counts: list[int]) -> None:
    shown = hide_small(counts)
    gone = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    assert all(seen is None or seen == 0 or seen >= 5 for seen in shown)
    if gone and any(seen is not None for seen in shown):
        assert len(gone) >= 2 and sum(gone) >= 5


def test_of_what_is_sealed_a_group_that_holds_nearly_everybody_who_told_is_hidden() -> None:
    told = [True, True, False]
    assert hide_sealed([0, 6, 0], told) == [None, None, None]
    # It is known who told: those who did not are no cover.
    assert hide_sealed([0, 6, 90], told) == [None, None, None]
    # One of another group, who may be known; four as well.
    assert hide_sealed([1, 6, 90], told) == hide_sealed([4, 60, 90], told) == [None, None, None]
    assert hide_sealed([5, 60, 90], told) == [5, 60, 90]
    assert hide_sealed([0, 0, 90], told) == [0, 0, 90]
    assert hide_sealed([6, 30, 3], told) == [None, 30, None]


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=8))
def test_whoever_reads_a_sealed_column_finds_two_groups_among_those_who_told(
    column: list[tuple[int, bool]],
) -> None:
    counts, told = [count for count, _said in column], [said for _count, said in column]
    shown = hide_sealed(counts, told)
    known = sorted(count for count, said in column if said)
    if any(one is not None for one in shown) and any(known):
        assert sum(known[:-1]) >= 5
        assert shown == hide_small(counts)
