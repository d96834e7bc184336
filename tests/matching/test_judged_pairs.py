"""Pairs of people and one opening: who should stand first, and why (tests/data/judged_pairs.json)."""

import json
from typing import Any

import pytest

from matching.index import Ranker
from matching.types import RankedCandidate
from tests.matching.personas import FILE, day, opening_from, worker_from

TOLD = json.loads((FILE.parent / "judged_pairs.json").read_text(encoding="utf-8"))
ON = day(TOLD["on"])
OPENINGS = {name: opening_from(row) for name, row in TOLD["openings"].items()}


def changed(change: dict[str, Any]) -> dict[str, Any]:
    """The base profile with some fields changed; "wanted.places" is a field of the wishes."""
    row = {**TOLD["base"], "wanted": dict(TOLD["base"]["wanted"])}
    for name, value in change.items():
        place = row["wanted"] if name.startswith("wanted.") else row
        place[name.removeprefix("wanted.")] = value
    return row


def ranked(opening: str, *changes: dict[str, Any]) -> list[RankedCandidate]:
    """Both people alone, best first, whether they may or may once something is known."""
    people = [worker_from({"id": str(number), **changed(one)}) for number, one in enumerate(changes)]
    found = Ranker.fit(people).ranking(OPENINGS[opening], on=ON, limit=None)
    both = [*found.candidates, *found.unknowns]
    assert len(both) == 2
    return sorted(both, key=lambda one: -one.score)


@pytest.mark.parametrize("pair", TOLD["pairs"], ids=lambda one: f"{one['opening']}: {one['why']}")
def test_the_better_one_stands_first(pair: dict[str, Any]) -> None:
    first, second = ranked(pair["opening"], pair["better"], pair["worse"])
    assert first.worker_id == "0" and first.score > second.score


@pytest.mark.parametrize("pair", TOLD["alike"], ids=lambda one: one["why"])
def test_who_differs_by_this_alone_has_the_same_score(pair: dict[str, Any]) -> None:
    first, second = ranked(pair["opening"], pair["one"], pair["other"])
    assert first.parts == second.parts
