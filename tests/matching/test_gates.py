"""What may be asked, and what each gate says on its edge."""

from datetime import date
from typing import Any

import pytest

from matching.eligibility import check
from matching.index import Ranker
from matching.model import SimilarityModel
from matching.types import OpeningProfile, Requirement, Wanted, WorkerProfile

ON = date(2026, 11, 22)
MODEL = SimilarityModel.fit([])
AT_HOME: dict[str, Any] = {"occupation": "7531", "title": "Thợ may", "place": "30742"}
ABROAD: dict[str, Any] = {"occupation": "7531", "title": "Thợ may", "country": "JP"}


def opening(*needs: Requirement, **fields: Any) -> OpeningProfile:
    return OpeningProfile(
        id=1, **({**AT_HOME, **fields} if "country" not in fields else fields), requirements=needs
    )


def verdict(worker: WorkerProfile, need: Requirement, **fields: Any) -> str:
    told = Ranker.fit([worker], MODEL).explain(opening(need, **fields), worker.id, on=ON)
    return told.verdicts[0].verdict


def where(worker: WorkerProfile, **fields: Any) -> str:
    told = Ranker.fit([worker], MODEL).explain(opening(**fields), worker.id, on=ON)
    return told.verdicts[-1].verdict


@pytest.mark.parametrize(
    ("need", "fields", "named"),
    [
        (Requirement("sex", "=", "female", source="HĐ 1"), AT_HOME, "'sex'"),
        (Requirement("age", "<=", 35, source="HĐ 1"), AT_HOME, "'age'"),
        (Requirement("age", ">=", 21, source="Luật"), AT_HOME, "'age'"),
        (Requirement("age", ">=", 18), AT_HOME, "'age'"),
        (Requirement("sex", "=", "female"), ABROAD, "approved contract"),
        (Requirement("age", "<=", 35), ABROAD, "approved contract"),
        (Requirement("age", ">=", 20), ABROAD, "approved contract"),
        (Requirement("age", ">=", 18, hard=False, source="Luật"), AT_HOME, "wish"),
        (Requirement("sex", "=", "female", hard=False, source="HĐ 1"), ABROAD, "wish"),
        (Requirement("ethnicity", "=", "kinh"), AT_HOME, "'ethnicity'"),
        (Requirement("health", "=", "good"), ABROAD, "'health'"),
        (Requirement("wants", "in", {}), AT_HOME, "'wants'"),
        (Requirement("skill", ">=", "may"), AT_HOME, "'skill'"),
        (Requirement("certificate", ">=", {"scale": "jlpt", "level": "N9"}), ABROAD, "N9"),
        (Requirement("licence", "has", "Z"), AT_HOME, "Z"),
        (Requirement("education", ">=", None), AT_HOME, "education"),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_what_may_not_be_asked_is_refused_by_name(
    need: Requirement, fields: dict[str, Any], named: str, wrapped: bool
) -> None:
    if wrapped:
        need = Requirement("any_of", "in", hard=need.hard, any_of=(need, Requirement("skill", "has", "may")))
    asked = OpeningProfile(id=1, requirements=(need,), **fields)
    with pytest.raises(ValueError, match=named):
        check(asked)
    ranker = Ranker.fit([WorkerProfile(1)], MODEL)
    for question in (ranker.rank, ranker.ranking, ranker.eligible, ranker.nearest_misses):
        with pytest.raises(ValueError, match=named):
            question(asked, on=ON)


@pytest.mark.parametrize(
    ("need", "fields"),
    [
        (Requirement("age", ">=", 15), AT_HOME),
        (Requirement("age", ">=", 18, source="BLLĐ 147"), AT_HOME),
        (Requirement("age", ">=", 18), ABROAD),
        (Requirement("age", "<=", 39, source="HĐ 12/2026"), ABROAD),
        (Requirement("sex", "=", "female", source="HĐ 12/2026"), ABROAD),
    ],
)
def test_what_the_law_or_an_approved_contract_asks_is_accepted(
    need: Requirement, fields: dict[str, Any]
) -> None:
    check(OpeningProfile(id=1, requirements=(need,), **fields))


@pytest.mark.parametrize(
    ("born", "answer"),
    [
        ({"birth_date": date(2008, 11, 22)}, "yes"),
        ({"birth_date": date(2008, 11, 23)}, "no"),
        ({"birth_year": 2007}, "yes"),
        ({"birth_year": 2008}, "no"),  # 31 December is the latest possible date
        ({}, "unknown"),
    ],
)
def test_eighteen_on_the_day_of_the_ranking(born: dict[str, Any], answer: str) -> None:
    assert verdict(WorkerProfile(1, **born), Requirement("age", ">=", 18, source="BLLĐ 147")) == answer


def test_the_sex_gate_of_an_approved_contract() -> None:
    need = Requirement("sex", "=", "female", source="HĐ 12/2026")
    assert verdict(WorkerProfile(1, sex="female"), need, **ABROAD) == "yes"
    assert verdict(WorkerProfile(1, sex="male"), need, **ABROAD) == "no"
    assert verdict(WorkerProfile(1), need, **ABROAD) == "unknown"


@pytest.mark.parametrize(
    ("done", "answer"),
    [
        ((("7531", 7), ("7533", 5)), "yes"),  # months under one prefix add up
        ((("7531", 11),), "no"),
        ((("7531", 11), ("7533", None)), "unknown"),
        ((("7212", 90),), "no"),
        ((), "no"),
        (None, "unknown"),
    ],
)
def test_experience_under_a_prefix(done: Any, answer: str) -> None:
    need = Requirement("experience", ">=", {"code": "753", "months": 12})
    assert verdict(WorkerProfile(1, occupations=done), need) == answer


@pytest.mark.parametrize(
    ("held", "answer"),
    [
        ((("jlpt", "N4", None),), "yes"),
        ((("jlpt", "N3", ON),), "yes"),  # the last valid day counts
        ((("jlpt", "N3", date(2026, 11, 21)),), "no"),  # expired counts as none
        ((("jlpt", "N5", None),), "no"),
        ((("jlpt", None, None),), "unknown"),
        ((("topik", "6", None),), "no"),
        ((), "no"),
        (None, "unknown"),
    ],
)
def test_a_certificate_of_at_least_a_level(held: Any, answer: str) -> None:
    need = Requirement("certificate", ">=", {"scale": "jlpt", "level": "N4"})
    assert verdict(WorkerProfile(1, certificates=held), need, **ABROAD) == answer


def test_a_higher_licence_covers_a_lower_one_and_old_classes_count() -> None:
    need = Requirement("licence", "has", "B")
    assert verdict(WorkerProfile(1, certificates=(("driving", "C", None),)), need) == "yes"
    assert verdict(WorkerProfile(1, certificates=(("driving", "B2", None),)), need) == "yes"
    assert verdict(WorkerProfile(1, certificates=(("driving", "A", None),)), need) == "no"


def test_skills_compare_without_case_and_diacritics() -> None:
    need = Requirement("skill", "has", "Hàn TIG")
    assert verdict(WorkerProfile(1, skills=("han tig",)), need) == "yes"
    assert verdict(WorkerProfile(1, skills=("hàn que",)), need) == "no"
    assert verdict(WorkerProfile(1), need) == "unknown"


def test_any_of_counts_as_one_thing() -> None:
    need = Requirement(
        "any_of",
        "in",
        any_of=(
            Requirement("certificate", ">=", {"scale": "jlpt", "level": "N4"}),
            Requirement("certificate", ">=", {"scale": "jft", "level": "A2"}),
        ),
    )
    assert verdict(WorkerProfile(1, certificates=(("jft", "A2", None),)), need, **ABROAD) == "yes"
    assert verdict(WorkerProfile(1, certificates=()), need, **ABROAD) == "no"
    assert verdict(WorkerProfile(1, certificates=(("jlpt", None, None),)), need, **ABROAD) == "unknown"


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        (Wanted(countries=("JP", "KR")), "yes"),
        (Wanted(countries=("KR",)), "no"),
        (Wanted(places=("91",)), "no"),
        (Wanted(), "unknown"),
    ],
)
def test_abroad_only_for_who_said_so(wanted: Wanted, answer: str) -> None:
    assert where(WorkerProfile(1, commune="30742", wanted=wanted), **ABROAD) == answer


@pytest.mark.parametrize(
    ("commune", "wanted", "answer"),
    [
        ("30742", Wanted(), "yes"),  # at home in the province, and nothing said against it
        ("26506", Wanted(), "unknown"),
        (None, Wanted(), "unknown"),
        ("26506", Wanted(places=("91",)), "yes"),
        ("30742", Wanted(places=("30760",)), "yes"),  # a short ride from the commune they named
        ("30742", Wanted(places=("31078",)), "no"),
        ("30742", Wanted(countries=("JP",)), "no"),
        ("30742", Wanted(countries=("JP", "VN")), "yes"),
        ("30742", Wanted(places=()), "no"),  # asked, and wants no work at home
    ],
)
def test_at_home_where_people_live_or_want_to_work(commune: str | None, wanted: Wanted, answer: str) -> None:
    assert where(WorkerProfile(1, commune=commune, wanted=wanted)) == answer


def test_somebody_barred_by_age_is_never_a_near_miss() -> None:
    need = Requirement("age", "<=", 35, source="HĐ 12/2026")
    skill = Requirement("skill", "has", "may")
    wanted = Wanted(countries=("JP",))
    old = WorkerProfile("old", birth_date=date(1980, 1, 1), skills=("may",), wanted=wanted)
    unskilled = WorkerProfile("unskilled", birth_date=date(2000, 1, 1), skills=(), wanted=wanted)
    both = WorkerProfile("both", birth_date=date(1980, 1, 1), skills=(), wanted=wanted)
    asked = opening(need, skill, **ABROAD)
    found = Ranker.fit([old, unskilled, both], MODEL).nearest_misses(asked, on=ON)
    assert [(one.worker_id, one.barred_by.rule if one.barred_by else "") for one in found] == [
        ("unskilled", "skill")
    ]
