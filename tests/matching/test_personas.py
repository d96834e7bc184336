"""What each ranking must say of twenty people by name (tests/data/personas.json), in order and in words."""

from dataclasses import replace
from typing import Any

import pytest

from matching.index import Ranker
from matching.types import BELOW, Explanation
from matching.weights import TOP
from tests.matching.personas import load

ON, WORKERS, OPENINGS, EXPECTED = load()
BY_ID = {opening.id: opening for opening in OPENINGS}


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return Ranker.fit(WORKERS)


def told(ranker: Ranker, expected: dict[str, Any], who: str) -> Explanation:
    return ranker.explain(BY_ID[expected["opening"]], who, on=ON)


def every(*names: str) -> list[Any]:
    """(expectation, person, what is said) for the named entries of every expectation."""
    return [
        pytest.param(expected, who, said, id=f"{expected['opening']}: {who}")
        for expected in EXPECTED
        for name in names
        for who, said in expected[name].items()
    ]


def test_every_opening_has_its_expectation() -> None:
    assert [expected["opening"] for expected in EXPECTED] == [opening.id for opening in OPENINGS]
    assert len(WORKERS) >= 20


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: one["opening"])
def test_the_lists_name_the_right_people(ranker: Ranker, expected: dict[str, Any]) -> None:
    opening = BY_ID[expected["opening"]]
    found = ranker.ranking(opening, on=ON, limit=None)
    assert [one.worker_id for one in found.candidates][: len(expected["first"])] == expected["first"]
    assert {one.worker_id for one in found.unknowns} == set(expected["unknown"])
    misses = [one.worker_id for one in ranker.nearest_misses(opening, on=ON)]
    assert set(misses) == set(expected["misses"])
    assert found.total_may + found.total_unknown + found.total_barred == len(WORKERS)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: one["opening"])
def test_who_fits_stands_far_above_who_does_not(ranker: Ranker, expected: dict[str, Any]) -> None:
    """Who is named as near stands between: an adviser may look at them when nobody better is there."""
    found = ranker.rank(BY_ID[expected["opening"]], on=ON, limit=None)
    first, others = found[: len(expected["first"])], found[len(expected["first"]) :]
    least = TOP * expected.get("least", 50) // 100
    assert all(one.score > least for one in first)
    near = expected.get("near", ())
    assert all(one.score < (least if one.worker_id in near else TOP // 3) for one in others)
    assert {one.worker_id for one in others[: len(near)]} == set(near)


@pytest.mark.parametrize(("expected", "who", "rules"), every("barred"))
def test_the_rules_that_bar_are_named(ranker: Ranker, expected: dict[str, Any], who: str, rules: str) -> None:
    answer = told(ranker, expected, who)
    assert answer.listed == "barred" and answer.rank is None
    assert [one.rule for one in answer.verdicts if one.hard and one.verdict == "no"] == rules.split()


@pytest.mark.parametrize(("expected", "who", "sentences"), every("reasons"))
def test_the_reasons_in_words(
    ranker: Ranker, expected: dict[str, Any], who: str, sentences: list[str]
) -> None:
    assert set(sentences) <= {one.text_vi for one in told(ranker, expected, who).reasons}


@pytest.mark.parametrize(("expected", "who", "sentences"), every("missing"))
def test_what_is_missing_in_words(
    ranker: Ranker, expected: dict[str, Any], who: str, sentences: list[str]
) -> None:
    answer = told(ranker, expected, who)
    hard = [one for one in answer.verdicts if one.verdict != "yes"]
    assert set(sentences) <= {one.text_vi for one in (*answer.missing, *hard)}


@pytest.mark.parametrize(("expected", "who", "sentence"), every("changes"))
def test_a_change_that_lets_in_is_told_and_none_to_who_cannot_change(
    ranker: Ranker, expected: dict[str, Any], who: str, sentence: str | None
) -> None:
    changes = told(ranker, expected, who).changes
    if sentence is None:
        assert changes == ()
        return
    change = next(one for one in changes if one.text_vi == sentence)
    assert change.opens and (isinstance(change.rank, int) or change.rank == BELOW)


def test_a_told_change_comes_true(ranker: Ranker) -> None:
    """Kiệt takes the N4 that he was told would let him in: score and rank are what he was told."""
    opening = BY_ID["Hộ lý, Nhật Bản"]
    before = ranker.explain(opening, "Kiệt", on=ON)
    change = next(one for one in before.changes if one.text_vi == "Lấy chứng chỉ tiếng Nhật JLPT N4")
    kiet = next(worker for worker in WORKERS if worker.id == "Kiệt")
    later = Ranker.fit(WORKERS, ranker.model)
    later.update(replace(kiet, certificates=(*(kiet.certificates or ()), ("jlpt", "N4", None))))
    after = later.explain(opening, "Kiệt", on=ON)
    assert (after.listed, after.rank, after.score) == ("may", change.rank, before.score + change.gain)


def test_the_other_direction_says_the_same(ranker: Ranker) -> None:
    for worker in WORKERS:
        for one in ranker.openings_for(worker, OPENINGS, on=ON):
            answer = ranker.explain(BY_ID[one.opening_id], worker.id, on=ON)
            assert (one.score, one.reasons, one.missing) == (answer.score, answer.reasons, answer.missing)
            assert answer.listed == ("unknown" if one.unknowns else "may")


def test_every_sentence_is_whole_and_in_two_languages(ranker: Ranker) -> None:
    for opening in OPENINGS:
        for worker in WORKERS:
            answer = ranker.explain(opening, worker.id, on=ON)
            for one in (*answer.reasons, *answer.missing, *answer.verdicts, *answer.changes):
                for text in (one.text_vi, one.text_en):
                    assert (
                        text[0].isupper() and text == text.strip() and "None" not in text and "  " not in text
                    )
                assert one.text_vi != one.text_en


def test_protected_words_in_a_text_change_nothing(ranker: Ranker) -> None:
    protected = "Nữ. Dân tộc Khmer. Đã kết hôn, có con. Phật giáo"
    other = Ranker.fit([replace(one, text=f"{one.text}\n{protected}") for one in WORKERS], ranker.model)
    for opening in OPENINGS:
        assert other.ranking(opening, on=ON) == ranker.ranking(opening, on=ON)


@pytest.mark.parametrize(
    ("who", "name", "hamlet", "worship"),
    [
        ("Neáng Sóc Kha", "Nguyễn Thị Mai", "ấp Bình Hòa", "nhà thờ Năng Gù"),
        ("Neáng Sóc Kha", "Mohamad Salêh", "ấp Châu Giang", "thánh đường Mubarak"),
    ],
)
def test_another_name_another_hamlet_another_temple_the_same_list(
    ranker: Ranker, who: str, name: str, hamlet: str, worship: str
) -> None:
    """Also for the opening that asks for a people, a sex and a pagoda in its text."""
    told_by = next(worker for worker in WORKERS if worker.id == who)
    text = told_by.text.replace(who, name).replace("ấp Phước Lợi", hamlet).replace("chùa Sà Lôn", worship)
    text = text.replace("dân tộc Khmer", "dân tộc Kinh")
    assert text != told_by.text
    others = [replace(one, text=text) if one.id == who else one for one in WORKERS]
    changed = Ranker.fit(others, ranker.model)
    for opening in OPENINGS:
        assert changed.ranking(opening, on=ON) == ranker.ranking(opening, on=ON)


def test_without_diacritics_the_same_words_are_found(ranker: Ranker) -> None:
    """Tí writes on an old phone: with his words in full he gains a little and stands where he stood."""
    opening = BY_ID["Bảo vệ ca đêm"]
    bare = next(one for one in WORKERS if one.id == "Ti viet khong dau")
    full = replace(bare, text="bảo vệ kho 2 năm, đi tuần ca đêm, bộ đội về", skills=("tuần tra",))
    marked = Ranker.fit([full if one is bare else one for one in WORKERS], ranker.model)
    before, after = (one.explain(opening, bare.id, on=ON) for one in (ranker, marked))
    assert before.rank == after.rank and before.parts["text"] > after.parts["text"] * 3 // 5
    assert [one.text_vi for one in before.reasons] == [one.text_vi for one in after.reasons]
