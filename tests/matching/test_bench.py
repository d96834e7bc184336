"""The bench compares like with like, and says what was reached, missed or not measured."""

from typing import Any

import numpy as np
import pytest

from matching import bench_peers
from matching.__main__ import main
from matching.bench import Bench, figures
from matching.bench_table import printed

MS = {"p50": 2.0, "p95": 4.0, "n": 3}


@pytest.fixture(scope="module")
def small() -> Bench:
    return Bench(1_000, 10, lambda _text: None)


def test_the_ways_of_scikit_learn_find_the_people_that_stage_one_finds(small: Bench) -> None:
    asked, gates = small.questions()
    documents = bench_peers.matrix(small.segment.table.bags.take(small.as_they_come), small.segment.columns)
    place = np.argsort(small.as_they_come)
    assert gates and {name for one in asked for name in one.gates} == set(gates)
    for at, query in enumerate(small.queries):
        dense = np.zeros(documents.shape[1], dtype=np.float32)
        dense[asked[at].terms] = asked[at].weights
        likeness = documents @ dense
        mine = np.sort(likeness[place[small.filtered(query).row]])
        for name, search in bench_peers.scikit_learn(documents, asked).items():
            if len(asked[at].rows) < bench_peers.TOP:
                continue
            theirs = np.sort(likeness[np.asarray(search(at))])
            if name != "cosine_similarity":  # which makes every length 1, stage one a little less
                np.testing.assert_allclose(mine, theirs, rtol=1e-4)


def told(**figures_: float) -> dict[str, Any]:
    ways = ("filtered", "unfiltered", "only adding", "rank()", "change", "cosine_similarity", "filter first")
    return {
        "workers": 1_000,
        "openings": 10,
        "machine": "here",
        "compiled": True,
        "missing peers": ["tantivy"],
        "shares that pass": [0.0, 0.1, 0.6],
        "ms": {way: dict(MS) for way in (*ways, "column slices")},
        "figures": {"stage one bytes": 200.0, "batch 1": 900.0, "open s": 0.05, **figures_},
    }


def test_a_goal_is_reached_missed_or_not_measured() -> None:
    by_name = {one.name: one.reached for one in figures(told())}
    assert by_name["memory of stage one"] is True and by_name["batch, one core"] is False
    assert by_name["tantivy / filtered, p50"] is None
    table = printed(told(), figures(told()))
    assert "MISSED" in table and "reached" in table and "not installed, so not measured: tantivy" in table


def test_too_small_a_bench_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--workers", "10"]) == 2
    assert "at least 1,000 workers" in capsys.readouterr().err
