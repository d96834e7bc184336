"""The sentences of the check: each is used, each stands in both languages with the same figures in it."""

import datetime as dt
import json
import re
import string
from pathlib import Path

from portal.openings.check.bars import BarredPlace
from portal.openings.check.facts import FIELD_NAMES
from portal.openings.check.reading import read
from portal.openings.check.run import check
from portal.openings.check.sentences import say, sentences
from portal.reference.models import BarReason
from portal.reference.rule_files import of_files
from tests.openings.check.held_out import OPENINGS, REFUSED, ROWS
from tests.openings.check.lawful import RATES

FOLDER = Path(__file__).parents[3] / "portal" / "openings" / "check"
# Chosen by a value: a verdict, a reason, a kind of cost.
BY_VALUE = ("licence_", "permission_", "approval_", "reason_", "receiver_", "brokerage_", "selection_",
            "about_", "field_", "programme_", "country_")  # fmt: skip
SAME_IN_BOTH = ("basis_in_proportion", "named", "programme_eps")
# What has a capital wherever it stands: names, and what sentences quote or count in.
NAMES = set(
    "Hỗ Quỹ Việt Nam Thông Trung Luật Nhật Bản Hàn Quốc Mỹ Ma Cao Úc Đài Circular Centre Japan Korea Vietnam "
    "EPS JP JPY VND TWD USD AUD MOP KRW EUR NZD SGD MYR DONG TAIWAN HĐ QLLĐNN".split()
)


def test_every_sentence_is_used_and_every_used_one_is_there() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))
    said = set(re.findall(r'"([a-z_]+)"', code))
    assert {one for one in sentences() if one not in said and not one.startswith(BY_VALUE)} == set()
    assert set(re.findall(r'say\(\s*"([a-z_]+)"', code)) <= set(sentences())
    assert all(say(f"reason_{reason.value}") for reason in BarReason)


def test_both_languages_name_the_same_figures() -> None:
    for code, (vi, en) in sentences().items():
        names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (vi, en)]
        assert names[0] == names[1], code
        assert vi != en or code in SAME_IN_BOTH


def said_of_everything() -> set[str]:
    """Every sentence that the openings of held_out.py bring about, on the days before the rules, too."""
    found: set[str] = set()
    for name, changes, *_expected in ROWS:
        for day in ({}, {"on_date": "2021-12-31"}):
            reading = read(json.dumps(OPENINGS[name] | changes | day).encode())
            assert reading.facts is not None and reading.facts.on_date is not None
            on = reading.facts.on_date
            findings = (*reading.findings, *check(reading.facts, of_files(on), on, (), RATES).findings)
            found |= {said for one in findings for said in (one.message_vi, one.message_en)}
    for name, value in REFUSED:
        findings = read(json.dumps({name: value}).encode()).findings
        found |= {said for one in findings for said in (one.message_vi, one.message_en)}
    return found


def test_every_message_is_made_of_whole_sentences() -> None:
    for said in said_of_everything():
        assert said.endswith("."), said
        assert said[0].isupper() or said[0] in "“0123456789" or said.split(":")[0] in FIELD_NAMES, said
        assert "  " not in said and ".." not in said and "{" not in said.replace("{ … }", ""), said


def test_no_word_inside_a_sentence_begins_with_a_capital() -> None:
    wrong: dict[str, set[str]] = {}
    for said in said_of_everything():
        words = re.findall(r"(?<![.!?“] )(?<!^)(?<!“)\b[^\W\d_]+", said)
        capitals = {word for word in words if word[0].isupper() and len(word) > 1} - NAMES
        wrong |= {said: capitals} if capitals else {}
    assert wrong == {}


def test_one_is_singular_in_english() -> None:
    assert not [
        said
        for said in said_of_everything()
        if re.search(r"(?<![.,\d])1 (months|days|years|tickets|meals)", said)
    ]


def test_before_its_day_a_rule_says_what_it_is_about_and_claims_nothing() -> None:
    before = {**OPENINGS["TW"], "on_date": "2021-12-31"}
    reading = read(json.dumps(before).encode())
    assert reading.facts is not None
    on = dt.date(2021, 12, 31)
    said = {one.rule: one.message_vi for one in check(reading.facts, of_files(on), on, (), RATES).findings}
    # No amount that only a row could tell, and nothing called missing that is stated.
    assert said["O1"] == (
        "Vào ngày 31/12/2021 chưa biết quy định về mức trần tiền dịch vụ nên chưa kết luận được."
    )
    assert "0 đồng" not in said["O38"] and "Quỹ Hỗ trợ việc làm ngoài nước" in said["O38"]
    assert "Chưa ghi" not in said["TT02.term_least"] and "thời hạn hợp đồng" in said["TT02.term_least"]
    assert "0 tuổi" not in said["O25"]


def test_what_is_missing_is_named_as_people_call_it_with_the_field_beside_it() -> None:
    reading = read(json.dumps({**OPENINGS["TW home"], "rest_days": None}).encode())
    assert reading.facts is not None
    on = dt.date(2026, 11, 22)
    said = [
        one for one in check(reading.facts, of_files(on), on, (), RATES).findings if one.field == "rest_days"
    ]
    assert [one.message_vi for one in said] == ["Tin chưa ghi số ngày nghỉ một tuần (rest_days)."]
    assert [one.message_en for one in said] == [
        "The opening does not state the rest days a week (rest_days)."
    ]


def test_what_people_wrote_is_never_read_as_a_pattern() -> None:
    assert say("occupation_unknown", code="{name} 100 %")[1].startswith(
        "There is no occupation “{name} 100 %”."
    )


def test_a_barred_place_is_what_both_the_database_and_the_release_give() -> None:
    from portal.reference.models import BarredArea
    from portal.reference.rule_files import BarredPlace as Released

    for name in BarredPlace.__annotations__ or (
        "country",
        "area",
        "reason",
        "source",
        "valid_from",
        "verified",
    ):
        assert hasattr(BarredArea, name) and name in Released.__slots__
