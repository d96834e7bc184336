"""The fast columns against the slow reference, and what must hold for any profile and any opening."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.index import Ranker
from matching.model import SimilarityModel
from matching.types import OpeningProfile, Ranking, WorkerProfile
from tests.matching import slow_reference
from tests.matching.profiles import ON, TEXTS, openings, people, workers

MODEL = SimilarityModel.fit([text.split() for text in TEXTS if text])
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def whole(ranker: Ranker, opening: OpeningProfile) -> Ranking:
    return ranker.ranking(opening, on=ON, limit=None)


@quick
@given(people(), openings())
def test_the_fast_list_is_the_slow_list(profiles: list[WorkerProfile], opening: OpeningProfile) -> None:
    found = whole(Ranker.fit(profiles, MODEL), opening)
    may, unknown = slow_reference.ranking(profiles, opening, ON, MODEL)
    assert [(one.score, one.worker_id) for one in found.candidates] == may
    assert [(one.score, one.worker_id) for one in found.unknowns] == unknown
    assert (found.total_may, found.total_unknown) == (len(may), len(unknown))
    assert found.total_barred == len(profiles) - len(may) - len(unknown)


@quick
@given(people(smallest=1), openings())
def test_parts_agree_with_the_reference_and_sum_to_the_score(
    profiles: list[WorkerProfile], opening: OpeningProfile
) -> None:
    found = whole(Ranker.fit(profiles, MODEL), opening)
    by_id = {worker.id: worker for worker in profiles}
    for one in (*found.candidates, *found.unknowns):
        assert sum(one.parts.values()) == one.score
        assert dict(one.parts) == slow_reference.parts(by_id[one.worker_id], opening, ON, MODEL)
        assert bool(one.unknowns) == (one in found.unknowns)


changes = st.lists(
    workers(st.integers(1, 12)) | st.integers(1, 12), max_size=10
)  # a profile is an update, a number a removal


@quick
@given(people(), changes, openings(), st.booleans())
def test_updates_and_removals_equal_a_new_index_with_the_same_model(
    profiles: list[WorkerProfile], later: list[Any], opening: OpeningProfile, in_one: bool
) -> None:
    ranker = Ranker.fit(profiles, MODEL)
    now = {worker.id: worker for worker in profiles}
    for change in later:
        if isinstance(change, WorkerProfile):
            now[change.id] = change
            ranker.update(change)
        else:
            now.pop(change, None)
            ranker.remove(change)
        if not in_one:
            assert len(ranker) == len(now)
    assert whole(ranker, opening) == whole(Ranker.fit(now.values(), MODEL), opening)
    assert {one for one in range(1, 41) if one in ranker} == set(now)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people(), workers(st.integers(1, 40)), openings())
def test_a_saved_index_is_the_same_index(
    tmp_path: Path, profiles: list[WorkerProfile], changed: WorkerProfile, opening: OpeningProfile
) -> None:
    ranker = Ranker.fit(profiles)
    ranker.update(changed)
    before = whole(ranker, opening)
    ranker.save(tmp_path / "index")
    opened = Ranker.load(tmp_path / "index")
    assert whole(ranker, opening) == before
    assert whole(opened, opening) == before
    assert opened.version == ranker.version
    opened.update(replace(changed, text="thợ hàn"))
    ranker.update(replace(changed, text="thợ hàn"))
    assert whole(opened, opening) == whole(ranker, opening)


@quick
@given(people(smallest=2), openings(), st.data())
def test_pages_among_and_exclude_cut_the_one_list(
    profiles: list[WorkerProfile], opening: OpeningProfile, data: st.DataObject
) -> None:
    ranker = Ranker.fit(profiles, MODEL)
    everyone = [one.worker_id for one in ranker.rank(opening, on=ON, limit=None)]
    offset, limit = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 5))
    shown = ranker.rank(opening, on=ON, limit=limit, offset=offset)
    assert [one.worker_id for one in shown] == everyone[offset : offset + limit]
    assert [one.rank for one in shown] == list(range(offset + 1, offset + 1 + len(shown)))
    chosen = data.draw(st.sets(st.sampled_from([worker.id for worker in profiles])))
    among = ranker.rank(opening, on=ON, limit=None, among=chosen)
    assert [one.worker_id for one in among] == [one for one in everyone if one in chosen]
    without = ranker.rank(opening, on=ON, limit=None, exclude=chosen)
    assert [one.worker_id for one in without] == [one for one in everyone if one not in chosen]


@quick
@given(people(smallest=1), openings())
def test_explain_agrees_with_the_list(profiles: list[WorkerProfile], opening: OpeningProfile) -> None:
    ranker = Ranker.fit(profiles, MODEL)
    found = whole(ranker, opening)
    ranked = {one.worker_id: one for one in found.candidates}
    apart = {one.worker_id: one for one in found.unknowns}
    for worker in profiles:
        told = ranker.explain(opening, worker.id, on=ON)
        verdicts = [one.verdict for one in told.verdicts if one.hard]
        assert verdicts == slow_reference.gates(worker, opening, ON)
        assert sum(told.parts.values()) == told.score
        row = ranked.get(worker.id) or apart.get(worker.id)
        assert told.rank == (ranked[worker.id].rank if worker.id in ranked else None)
        assert told.listed == ("may" if worker.id in ranked else "unknown" if row else "barred")
        if row:
            assert (told.score, told.reasons, told.missing) == (row.score, row.reasons, row.missing)
        for change in told.changes:
            assert change.gain > 0 or change.opens or told.listed != "may"
            assert change.rank is None or told.rank is None or change.gain > 0


@quick
@given(people(smallest=1), openings())
def test_nearest_misses_are_barred_by_one_thing_a_person_can_change(
    profiles: list[WorkerProfile], opening: OpeningProfile
) -> None:
    found = Ranker.fit(profiles, MODEL).nearest_misses(opening, on=ON, limit=None)
    kinds = [need.kind for need in opening.requirements if need.hard] + ["wants"]
    expected = set()
    for worker in profiles:
        gates = slow_reference.gates(worker, opening, ON)
        if gates.count("no") == 1 and kinds[gates.index("no")] not in ("age", "sex"):
            expected.add(worker.id)
    assert {one.worker_id for one in found} == expected
    for one in found:
        assert one.barred_by is not None and one.barred_by.verdict == "no" and one.barred_by.changeable
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@quick
@given(people(smallest=1, most=4), st.lists(openings(), max_size=6, unique_by=lambda one: one.id))
def test_openings_for_a_person_carry_the_same_score_and_sentences(
    profiles: list[WorkerProfile], several: list[OpeningProfile]
) -> None:
    ranker = Ranker.fit(profiles, MODEL)
    worker = profiles[0]
    found = ranker.openings_for(worker, several, on=ON, limit=None)
    expected = {}
    for opening in several:
        both = whole(ranker, opening)
        for row in (*both.candidates, *both.unknowns):
            if row.worker_id == worker.id:
                expected[opening.id] = row
    assert {one.opening_id for one in found} == set(expected)
    for one in found:
        row = expected[one.opening_id]
        assert (one.score, one.parts, one.reasons, one.missing) == (
            row.score,
            row.parts,
            row.reasons,
            row.missing,
        )
        assert one.unknowns == row.unknowns
    assert [(bool(one.unknowns), -one.score) for one in found] == sorted(
        (bool(one.unknowns), -one.score) for one in found
    )


@quick
@given(people(smallest=1), openings(), st.sampled_from(("female", "male", None)), st.integers(1955, 1990))
def test_sex_and_age_never_move_a_score(
    profiles: list[WorkerProfile], opening: OpeningProfile, sex: str | None, year: int
) -> None:
    gateless = replace(
        opening, requirements=tuple(n for n in opening.requirements if n.kind not in ("age", "sex"))
    )
    flipped = [replace(one, sex=sex, birth_date=None, birth_year=year) for one in profiles]
    assert whole(Ranker.fit(flipped, MODEL), gateless) == whole(Ranker.fit(profiles, MODEL), gateless)


def test_the_score_does_not_depend_on_who_else_is_indexed() -> None:
    opening = OpeningProfile(1, "7531", "thợ may", "may áo", place="91")
    one = WorkerProfile(7, commune="30742", occupations=(("7531", 12),), text="thợ may")
    alone = Ranker.fit([one], MODEL).rank(opening, on=ON)[0]
    crowd = [WorkerProfile(n, commune="30742", text=TEXTS[n % len(TEXTS)]) for n in range(100, 160)]
    among_many = Ranker.fit([one, *crowd], MODEL).rank(opening, on=ON)[0]
    assert (among_many.worker_id, among_many.score, among_many.parts) == (7, alone.score, alone.parts)


def test_equal_scores_are_ordered_differently_for_each_opening() -> None:
    crowd = [WorkerProfile(n, commune="30742") for n in range(60)]
    ranker = Ranker.fit(crowd, MODEL)
    lists = [
        [one.worker_id for one in ranker.rank(OpeningProfile(n, "7531", place="30742"), on=ON, limit=None)]
        for n in range(3)
    ]
    assert sorted(lists[0]) == sorted(lists[1]) == list(range(60))
    assert lists[0] != lists[1] != lists[2] != lists[0]
    page = ranker.rank(OpeningProfile(0, "7531", place="30742"), on=ON, limit=10, offset=10)
    assert [one.worker_id for one in page] == lists[0][10:20]
    assert lists[0] == [
        one.worker_id
        for one in Ranker.fit(reversed(crowd), MODEL).rank(
            OpeningProfile(0, "7531", place="30742"), on=ON, limit=None
        )
    ]


def test_a_rank_below_the_first_thousand_is_said_so() -> None:
    crowd = [WorkerProfile(n, commune="30742", occupations=(("7531", 60),), text="thợ") for n in range(1001)]
    last = WorkerProfile("x", commune="30742", occupations=())
    ranker = Ranker.fit([*crowd, last], MODEL)
    told = ranker.explain(OpeningProfile(1, "7531", "thợ", place="30742"), "x", on=ON)
    assert told.rank == "below the first 1000"
