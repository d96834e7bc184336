"""What the opening check says, as pages show it: in people's words, without the names of its input."""

import datetime as dt
import json

import pytest
from flask_babel import force_locale

from portal.openings.check.facts import OpeningFacts
from portal.openings.check.reading import read
from portal.openings.check.run import check
from portal.openings.finding_words import message_of
from portal.reference.rule_files import of_files
from tests.openings.check.held_out import OPENINGS, ROWS

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_name_of_the_input_reaches_a_page(app, language: str) -> None:  # type: ignore[no-untyped-def]
    facts = [OpeningFacts(), OpeningFacts(job_class="titp3", market="JP", service_fee_months=None)]
    for name, changes, *_expected in ROWS:
        read_ = read(json.dumps(OPENINGS[name] | changes).encode()).facts
        assert read_ is not None
        facts.append(read_)
    with app.test_request_context("/"), force_locale(language):
        said = {
            message_of(one)
            for one_facts in facts
            for one in check(one_facts, of_files(TODAY), TODAY).findings
        }
    left_over = [
        text for text in said if "_" in text.replace("tea_money", "") or "()" in text or "( " in text
    ]
    assert left_over == []
    assert "Tin chưa ghi số ngày nghỉ một tuần." in said or language == "en"
