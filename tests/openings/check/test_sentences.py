"""The sentences of the check: each is used, each stands in both languages with the same figures in it."""

import re
import string
from pathlib import Path

from portal.openings.check.bars import BarredPlace
from portal.openings.check.sentences import say, sentences
from portal.reference.models import BarReason

FOLDER = Path(__file__).parents[3] / "portal" / "openings" / "check"
# Chosen by a value: a verdict, a reason, a kind of cost.
BY_VALUE = ("licence_", "permission_", "approval_", "reason_", "receiver_", "brokerage_", "selection_")


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
        assert vi != en or code == "basis_in_proportion"


def test_what_people_wrote_is_never_read_as_a_pattern() -> None:
    assert say("occupation_unknown", code="{name} 100 %")[1] == "There is no occupation “{name} 100 %”."


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
