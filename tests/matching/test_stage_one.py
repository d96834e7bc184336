"""Stage one: the kernels, plain numpy and counting by hand keep the same people in the same order."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import kernels, plain, scan, stage_one
from matching.columns import pack, rows_of
from matching.features import Query
from matching.fields import NONE, NOT_ASKED
from matching.gates import Gates
from matching.index import Ranker
from matching.kernels import Words
from matching.made_up import made_up_workers
from matching.made_up_openings import made_up_openings
from matching.model import SimilarityModel
from matching.numbers import tie_of
from matching.postings import BLOCK, Postings
from matching.segments import Segment
from matching.stage_one import Found, Layout, best, best_by_words
from matching.table import Table
from matching.types import OpeningProfile, WorkerProfile
from tests.matching import slow_reference
from tests.matching.profiles import ON, TEXTS, openings, people

MODEL = SimilarityModel.fit([text.split() for text in TEXTS if text])
TWO_BLOCKS = BLOCK + 700


@pytest.fixture(scope="module")
def crowd() -> Ranker:
    """More people than one block of postings holds."""
    return Ranker.fit(list(made_up_workers(TWO_BLOCKS, 4, ON)))


@pytest.fixture(params=[True, False], ids=["kernels", "plain"])
def compiled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(stage_one, "ON", request.param)
    yield


def by_hand(query: Query, segment: Segment, rows: Any, layout: Layout | None) -> list[int]:
    """The score of stage one, person by person, from the bags and not from the postings."""
    table, fields = segment.table, segment.fields
    weight = dict(zip(query.words.first_terms.tolist(), query.words.first_weights.tolist(), strict=True))
    scores = []
    for row in rows.tolist():
        terms = table.bags.terms[table.bags.starts[row] : table.bags.starts[row + 1]].tolist()
        likeness = sum(weight.get(term, 0) for term in terms) * int(table.bags.first[row])
        if layout is None:
            scores.append(likeness)
            continue
        score = int(layout.text[min(likeness >> layout.shift, len(layout.text) - 1)])
        score += best_of(table, "occupations", fields.all_done, layout.done, row)
        score += best_of(table, "wanted_occupations", fields.all_wanted, layout.wanted, row)
        named = segment.gates.answered(layout.named, ON).yes
        score += int(layout.homes[int(has(named, row)), table.commune[row]])
        score += int(layout.wages[fields.wage[row]]) + int(layout.starting[fields.start[row]])
        score += int(layout.fresh[fields.updated[row]])
        bits = [one for need in layout.flags for one in segment.gates.answered(need, ON)]
        score += sum(
            int(points) for one, points in zip(bits, layout.flag_points, strict=True) if has(one, row)
        )
        scores.append(score)
    return scores


def best_of(table: Table, question: str, codes: Any, points: Any, row: int) -> int:
    starts = getattr(table, question).starts
    held = [int(points[code]) for code in codes[starts[row] : starts[row + 1]]]
    return max(
        held, default=int(points[NONE if table.was_asked(np.array([row]), question)[0] else NOT_ASKED])
    )


def has(bits: Any, row: int) -> bool:
    return bool(int(bits[row // 64]) >> (row % 64) & 1)


def expected(
    scores: list[int], query: Query, segment: Segment, rows: Any, kept: int
) -> list[tuple[int, int]]:
    ties = tie_of(query.opening.id, segment.table.keys[rows]).tolist()
    order = sorted(zip([-score for score in scores], ties, rows.tolist(), strict=True))
    return [(row, -score) for score, _, row in order[:kept]]


def pairs(found: Found) -> list[tuple[int, int]]:
    return list(zip(found.row.tolist(), found.score.tolist(), strict=True))


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("kept", [1, 50, 1000])
def test_a_block_after_the_other_equals_counting_by_hand(crowd: Ranker, kept: int) -> None:
    segment = crowd._state.segments[0]
    for opening in made_up_openings(6, 9, ON):
        query = crowd._query(opening)
        passing = scan.may(scan.counting(crowd._state, ON, scan.EVERYBODY), query, ON)[0][1]
        rows = rows_of(passing, len(segment))
        by_words = by_hand(query, segment, rows, None)
        assert pairs(best_by_words(query, segment, passing, kept)) == expected(
            by_words, query, segment, rows, kept
        )
        by_all = by_hand(query, segment, rows, Layout.of(query, segment, ON))
        assert pairs(best(query, segment, passing, ON, kept)) == expected(by_all, query, segment, rows, kept)


@pytest.mark.usefixtures("compiled")
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(people(smallest=1), openings(), st.integers(1, 5), st.data())
def test_any_people_equal_counting_by_hand(
    profiles: list[WorkerProfile], opening: OpeningProfile, kept: int, data: st.DataObject
) -> None:
    ranker = Ranker.fit(profiles, MODEL)
    segment, query = ranker._state.segments[0], ranker._query(opening)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(profiles), max_size=len(profiles))))
    rows = np.flatnonzero(mask)
    scores = by_hand(query, segment, rows, Layout.of(query, segment, ON))
    found = pairs(best(query, segment, pack(mask), ON, kept)) if mask.any() else []
    assert found == expected(scores, query, segment, rows, kept)


def test_everybody_the_same_is_ordered_by_hash_alone() -> None:
    """Where all scores are equal, a chunk whose maximum equals the threshold must still be walked."""
    same = [WorkerProfile(n, commune="30742", text="thợ may") for n in range(BLOCK + 900)]
    ranker = Ranker.fit(same, MODEL)
    segment, query = (
        ranker._state.segments[0],
        ranker._query(OpeningProfile(5, None, "thợ may", place="30742")),
    )
    everyone = segment.gates.everyone
    ties = tie_of(5, segment.table.keys)
    for found in (
        best(query, segment, everyone, ON, 1000),
        best_by_words(query, segment, everyone, 50),
    ):
        assert len(set(found.score.tolist())) == 1
        assert found.row.tolist() == np.argsort(ties)[: len(found.row)].tolist()


def test_no_occupation_counts_less_for_standing_last_in_a_long_list() -> None:
    """Whoever has done five kinds of work is found for the fifth as for the first."""
    done = tuple((code, 60) for code in ("9111", "9112", "5131", "5223", "4311", "7531"))
    common = {"commune": "30742", "skills": ("may",), "text": "bán hàng"}
    near = [WorkerProfile(n, occupations=(("7532", 60),), **common) for n in range(1, 1006)]
    both = [
        WorkerProfile(5000, occupations=done, **common),
        WorkerProfile(5001, occupations=done[::-1], **common),
    ]
    found = Ranker.fit([*near, *both]).rank(
        OpeningProfile(1, "7531", "thợ may", place="30742"), on=ON, limit=None
    )
    assert {one.worker_id for one in found[:2]} == {5000, 5001}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people(smallest=1), openings())
def test_gates_as_bits_are_the_gates_row_by_row(
    profiles: list[WorkerProfile], opening: OpeningProfile
) -> None:
    table = Table.build(profiles, MODEL)
    gates = Gates(table)
    query = Query.build(opening, MODEL, Ranker.fit([], MODEL).scorer)
    by_id = {worker.id: worker for worker in profiles}
    people_of = [by_id[table.profile(row).id] for row in range(len(table))]
    for at, need in enumerate(query.gates):
        answered = gates.answered(need, ON)
        for row, worker in enumerate(people_of):
            told = slow_reference.gates(worker, opening, ON)[at]
            said = "yes" if has(answered.yes, row) else "unknown" if has(answered.unknown, row) else "no"
            assert said == told


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people(smallest=4), openings(), st.integers(1, 4), st.data())
def test_a_list_cut_short_holds_the_best_of_stage_one(
    profiles: list[WorkerProfile], opening: OpeningProfile, kept: int, data: st.DataObject
) -> None:
    """With room for a few only: updates, removals and where each person would stand agree with the list."""
    old = data.draw(st.sets(st.sampled_from([one.id for one in profiles])))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "KEPT", kept)
        ranker = Ranker.fit([one for one in profiles if one.id in old], MODEL)
        for one in profiles:
            if one.id not in old:
                ranker.update(one)
        whole = Ranker.fit(profiles, MODEL)
        cut = ranker.ranking(opening, on=ON, limit=None)
        assert cut == whole.ranking(opening, on=ON, limit=None)
        assert len(cut.candidates) == min(kept, cut.total_may)
        ranks = {one.worker_id: one.rank for one in cut.candidates}
        for one in profiles:
            told = whole.explain(opening, one.id, on=ON)
            if told.listed == "may":
                assert told.rank == ranks.get(one.id, "below the first 1000")
            for change in told.changes:
                assert change.rank is None or change.rank == "below the first 1000" or change.rank <= kept


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 9), unique=True, max_size=6), max_size=30),
    st.lists(st.integers(0, 9), unique=True, max_size=5),
)
def test_postings_hold_every_term_of_every_document(documents: list[list[int]], asked: list[int]) -> None:
    starts = np.cumsum([0, *(len(one) for one in documents)])
    terms = np.array([term for one in documents for term in sorted(one)], dtype=np.int32)
    flat = np.zeros(len(documents), dtype=np.int32)
    bags = type(MODEL.bags([]))(starts, terms, flat[:, None], flat)
    postings = Postings.build(bags, 10)
    wanted = np.array(sorted(asked), dtype=np.int32)
    weights = np.arange(1, len(wanted) + 1, dtype=np.int32)
    spans = np.stack(postings.spans(wanted, weights))
    sums = plain._sums(Words(spans, postings.ids, postings.starts, postings.blocks, flat, flat))
    weight = dict(zip(wanted.tolist(), weights.tolist(), strict=True))
    assert sums.tolist() == [sum(weight.get(term, 0) for term in one) for one in documents]


def test_the_kernels_know_no_more_than_the_plain_path() -> None:
    """Both take the same arguments, so one can stand in for the other."""
    import inspect

    for name in ("top_by_words", "top_by_all"):
        compiled = getattr(getattr(kernels, name), "py_func", getattr(kernels, name))
        assert list(inspect.signature(compiled).parameters) == list(
            inspect.signature(getattr(plain, name)).parameters
        )
