"""Islands are a move and no commute; every field that was left open is named."""

from dataclasses import replace
from datetime import date

import pytest

from matching.index import Ranker
from matching.places import communes, crosses_water, distance_km, is_near
from matching.types import Explanation, OpeningProfile, Requirement, Wanted, WorkerProfile
from matching.values import ride
from matching.weights import UNIT

ON = date(2026, 11, 22)
ISLANDS = {
    "31078": "Phú Quốc",
    "31105": "Thổ Châu",
    "31108": "Kiên Hải (Hòn Tre, Lại Sơn, Nam Du)",
    "30781": "Tiên Hải (Hải Tặc)",
    "30811": "Sơn Hải (Bà Lụa)",
    "30814": "Hòn Nghệ",
}
MAINLAND_WITH_A_HILL_IN_THE_NAME = ("30817", "30823", "30835", "30787", "30313", "30643")
"""Hòn Đất, Bình Sơn, Sơn Kiên, Kiên Lương; and the river islands Mỹ Hòa Hưng and Cù Lao Giêng."""
SEWING = OpeningProfile(
    "o",
    "8153",
    "Công nhân may",
    "May áo sơ mi",
    "30742",
    wage_min=7_000_000,
    wage_max=9_000_000,
    starts_on=date(2026, 12, 1),
    requirements=(
        Requirement("skill", "has", "vắt sổ", hard=False),
        Requirement("certificate", ">=", {"scale": "jlpt", "level": "N5"}, hard=False),
        Requirement("education", ">=", "college", hard=False),
        Requirement("shift", "accepts", "night", hard=False),
    ),
)
LAN = WorkerProfile(
    "lan",
    date(1995, 1, 1),
    "female",
    "30742",
    (("8153", 60),),
    ("vắt sổ",),
    (("jlpt", "N4", None),),
    "college",
    Wanted(("8153",), ("91",), (), 7_000_000, ON, ("night",)),
    "Công nhân may áo sơ mi, vắt sổ",
    ON,
)


def told(worker: WorkerProfile, opening: OpeningProfile = SEWING) -> Explanation:
    return Ranker.fit([worker]).explain(opening, worker.id, on=ON)


def test_exactly_six_units_of_the_province_lie_in_the_sea() -> None:
    assert {code for code, place in communes().items() if place.island} == set(ISLANDS)
    assert not any(communes()[code].island for code in MAINLAND_WITH_A_HILL_IN_THE_NAME)


@pytest.mark.parametrize("island", ISLANDS, ids=ISLANDS.get)
def test_no_island_is_a_commute_from_anywhere_nor_to_anywhere(island: str) -> None:
    for other in communes():
        if other == island:
            continue
        assert crosses_water(island, other) and crosses_water(other, island)
        assert ride(island, other) == ride(other, island) == 0
        assert not is_near(island, other)
    assert ride(island, island) == UNIT


@pytest.mark.parametrize("island", ISLANDS, ids=ISLANDS.get)
def test_an_island_lies_where_it_lies(island: str) -> None:
    """West of the mainland's shore, and Thổ Châu the farthest out."""
    assert communes()[island].lon < 104.7 and 9.2 < communes()[island].lat < 10.5
    assert (distance_km("30742", island) or 0) <= (distance_km("30742", "31105") or 0)


@pytest.mark.parametrize("island", ISLANDS, ids=ISLANDS.get)
def test_who_lives_across_the_sea_is_told_that_it_means_moving_unless_they_want_to(island: str) -> None:
    there = replace(SEWING, place=island)
    stays = told(replace(LAN, wanted=replace(LAN.wanted, places=None, countries=None)), there)
    assert "Phải qua biển, cần chuyển chỗ ở" in [one.text_vi for one in stays.missing]
    goes = told(replace(LAN, wanted=replace(LAN.wanted, places=(island,))), there)
    assert "Ở xa nhưng muốn làm việc ở đây" in [one.text_vi for one in goes.reasons]
    assert goes.parts["distance"] > stays.parts["distance"] == 0


OPEN_FIELDS = {
    "commune": "Chưa ghi nơi đang ở",
    "occupations": "Chưa ghi đã làm nghề gì",
    "skills": "Chưa ghi mình biết thêm việc gì",
    "certificates": "Chưa ghi có chứng chỉ tiếng Nhật JLPT N5 không",
    "education": "Chưa ghi trình độ học vấn",
    "updated_on": "Hồ sơ đã lâu chưa cập nhật",
}
OPEN_WISHES = {
    "occupations": "Chưa ghi muốn làm nghề gì",
    "wage_min": "Chưa ghi mức lương mong muốn",
    "from_date": "Chưa ghi khi nào đi làm được",
    "shifts": "Chưa ghi có nhận làm ca đêm không",
}


def test_who_stated_everything_misses_nothing() -> None:
    assert told(LAN).missing == ()


@pytest.mark.parametrize(("field", "sentence"), OPEN_FIELDS.items())
def test_a_field_left_open_is_named(field: str, sentence: str) -> None:
    open_one = told(replace(LAN, **{field: None}))
    assert sentence in [one.text_vi for one in open_one.missing]
    assert open_one.score < told(LAN).score


@pytest.mark.parametrize(("field", "sentence"), OPEN_WISHES.items())
def test_a_wish_left_open_is_named(field: str, sentence: str) -> None:
    open_one = told(replace(LAN, wanted=replace(LAN.wanted, **{field: None})))
    assert sentence in [one.text_vi for one in open_one.missing]
    assert open_one.score < told(LAN).score


def test_where_one_wants_to_work_left_open_is_asked_for() -> None:
    elsewhere = replace(LAN, commune="26506", wanted=replace(LAN.wanted, places=None, countries=None))
    rules = [one.rule for one in told(elsewhere).verdicts if one.hard and one.verdict == "unknown"]
    assert rules == ["wants"]


def test_age_and_sex_left_open_cost_nothing_where_nothing_asks() -> None:
    for field in ("birth_date", "sex"):
        assert told(replace(LAN, **{field: None})).score == told(LAN).score


@pytest.mark.parametrize("level", ["N5", "N4", "N3", "N2"])
def test_a_certificate_above_the_minimum_is_worth_more_step_by_step(level: str) -> None:
    above = {"N5": "N4", "N4": "N3", "N3": "N2", "N2": "N1"}[level]
    parts = [
        told(replace(LAN, certificates=(("jlpt", one, None),))).parts["certificate"] for one in (level, above)
    ]
    assert 0 < parts[0] < parts[1]
