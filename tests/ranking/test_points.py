"""What is shown of a score adds up, whatever the numbers are."""

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import weights
from portal.extensions import db
from portal.ranking.points import of_hundred, rounded, shown_points
from portal.workers.changes import log_change

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


@st.composite
def scored(draw: Any) -> tuple[dict[str, int], dict[str, int]]:
    """What an opening asks about, its points as `scoring.StatedWeights` gives them, and somebody."""
    asked = draw(st.sets(st.sampled_from(weights.PARTS), min_size=1))
    total = sum(weights.WEIGHTS[name] for name in asked)
    most = {
        name: weight * weights.TOP // total if name in asked else 0
        for name, weight in weights.WEIGHTS.items()
    }
    values = {name: draw(st.integers(0, weights.UNIT)) for name in weights.PARTS}
    return {name: most[name] * values[name] // weights.UNIT for name in weights.PARTS}, most


@given(scored())
def test_both_columns_add_up_and_no_part_has_more_than_it_may(
    given_: tuple[dict[str, int], dict[str, int]],
) -> None:
    parts, most = given_
    shown = shown_points(parts, most)
    assert sum(points for points, _ in shown.values()) == of_hundred(sum(parts.values()), most)
    assert sum(possible for _, possible in shown.values()) == 100
    assert all(0 <= points <= possible for points, possible in shown.values())
    assert shown.keys() == {name for name in parts if most[name]}


@given(
    st.dictionaries(
        st.sampled_from(weights.PARTS),
        st.tuples(st.integers(0, 90_000), st.integers(0, 4_000_000)),
        min_size=1,
    )
)
def test_each_part_is_its_own_number_rounded_up_or_down(given_: dict[str, tuple[int, int]]) -> None:
    """Also of learned points, whose most has no round sum."""
    most = {name: part + more for name, (part, more) in given_.items()}
    parts = {name: part for name, (part, _more) in given_.items()}
    shown, whole = rounded(parts, most), sum(most.values())
    assert sum(shown.values()) == of_hundred(sum(parts.values()), most)
    assert all(abs(shown[name] * whole - 100 * points) <= whole for name, points in parts.items())


def test_three_thirds_are_a_hundred_and_not_ninety_nine() -> None:
    third = {"a": 333_333, "b": 333_333, "c": 333_334}
    assert rounded(third, third) == {"a": 33, "b": 33, "c": 34}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_parts_on_the_pages_add_up_to_the_number_beside_them(
    make: Any, as_role: Any, language: str
) -> None:
    opening = make.opening(
        "Công nhân may", occupation_code="8153", requirements=[("education", ">=", "university", False)]
    )
    for months in (3, 7, 11, 19, 31, 60):
        log_change(make.worker(f"Nguyễn Thị {months}", occupations=(("8153", months),)), now=NOW)
    db.session.commit()
    client = as_role("adviser", make.account("adviser", locale=language))
    client.inner.get(f"/language/{language}")
    page = client.get(f"/openings/{opening.id}/candidates")
    sums = page.texts("details.sum")
    scores = [int(re.findall(r"(\d+) (?:trên|of|out of) 100", text)[0]) for text in page.texts("div.score")]
    assert len(sums) == len(scores) == 6
    for text, score in zip(sums, scores, strict=True):
        told, total = text.rsplit("=", 1)
        assert sum(int(number) for number in re.findall(r" (\d+)(?= \+|\s*$)", told)) == int(total) == score
