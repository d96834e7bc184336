"""What a profile leaves open is named, and nothing is asked that may not be."""

from dataclasses import replace

import pytest

from matching.eligibility import check
from matching.types import OpeningProfile, Requirement
from tests.matching.test_structured_fit import LAN, SEWING, told

PLAIN = replace(SEWING, requirements=())
EXPERIENCED = replace(
    SEWING, requirements=(Requirement("experience", ">=", {"code": "8153", "months": 6}, hard=False),)
)


def test_who_wrote_nothing_is_told_so_and_not_held_for_a_stranger_to_the_work() -> None:
    silent = told(replace(LAN, text="", skills=None, occupations=None), PLAIN)
    assert "text" in {one.code for one in silent.missing}


def test_unknown_months_are_named() -> None:
    vague = told(replace(LAN, occupations=(("8153", None),)), PLAIN)
    assert vague.parts["experience"] == told(LAN, PLAIN).parts["experience"] or vague.missing


def test_an_occupation_left_open_weighs_what_it_costs() -> None:
    silent, full = (told(one, EXPERIENCED) for one in (replace(LAN, occupations=None), LAN))
    lost = full.parts["occupation"] - silent.parts["occupation"]
    assert silent.missing[0].weight >= lost


def test_who_was_not_asked_where_at_home_is_not_barred_at_home() -> None:
    nowhere = replace(LAN, wanted=replace(LAN.wanted, places=None, countries=()))
    assert told(nowhere, PLAIN).listed != "barred"


@pytest.mark.parametrize(
    "words",
    ["nữ", "phụ nữ", "nam giới", "dân tộc Kinh", "theo đạo Phật", "độc thân", "chưa có con", "khuyết tật",
     "ưu tiên nữ", "nữ, chưa có con", "chỉ tuyển lao động nữ", "tuổi 18-30", "nu"],
)  # fmt: skip
def test_what_may_not_be_asked_may_not_be_asked_as_a_skill_either(words: str) -> None:
    with pytest.raises(ValueError):
        check(
            OpeningProfile("o", "8153", "Công nhân may", requirements=(Requirement("skill", "has", words),))
        )


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("cắt tóc nam", "cắt tóc"),
        ("may áo dài", "may áo dài nữ"),
        ("may quần áo nam", "May quần áo"),
        ("chăm sóc phụ nữ sau sinh", "chăm sóc sau sinh"),
        ("nấu món chay Phật giáo", "nấu món chay"),
    ],
)
def test_a_trade_that_names_its_customers_is_a_trade(asked: str, held: str) -> None:
    opening = replace(PLAIN, requirements=(Requirement("skill", "has", asked),))
    verdicts = {one.rule: one.verdict for one in told(replace(LAN, skills=(held,)), opening).verdicts}
    assert verdicts["skill"] == "yes"


def test_skills_of_which_nothing_is_left_are_not_the_same() -> None:
    opening = replace(PLAIN, requirements=(Requirement("skill", "has", "..."),))
    verdicts = {one.rule: one.verdict for one in told(replace(LAN, skills=("nữ",)), opening).verdicts}
    assert verdicts["skill"] == "no"
