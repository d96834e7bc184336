"""The check against openings whose verdicts were written down from the rules alone (held_out.py)."""

import json
from typing import Any

import pytest

from portal.openings.check.findings import Finding, Verdict
from portal.openings.check.reading import read
from portal.openings.check.run import check
from portal.reference.rule_files import of_files
from tests.openings.check.held_out import OPENINGS, REFUSED, ROWS
from tests.openings.check.lawful import RATES

GRAVEST = (Verdict.BREACH, Verdict.UNKNOWN, Verdict.WARNING, Verdict.OK)


def asked(given: dict[str, Any]) -> tuple[bool, list[Finding]]:
    reading = read(json.dumps(given).encode())
    assert reading.facts is not None and reading.facts.on_date is not None, reading.findings
    report = check(reading.facts, of_files(reading.facts.on_date), reading.facts.on_date, (), RATES)
    return report.publishable, [*reading.findings, *report.findings]


@pytest.mark.parametrize(("name", "changes", "expected", "publishable"), ROWS)
def test_an_opening_is_judged_as_the_rules_say(
    name: str, changes: dict[str, Any], expected: str, publishable: bool
) -> None:
    is_publishable, findings = asked(OPENINGS[name] | changes)
    for pair in expected.split():
        rule, verdict = pair.split("=")
        said = [finding.verdict for finding in findings if finding.rule == rule]
        assert min(said, key=GRAVEST.index) == verdict, (rule, said)
    assert is_publishable is publishable, [one for one in findings if one.verdict is not Verdict.OK]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_what_is_no_such_value_is_refused_with_its_field(name: str, value: Any) -> None:
    reading = read(json.dumps(OPENINGS["TW"] | {name: value}).encode())
    assert reading.facts is None
    assert [finding.field for finding in reading.findings] == [name]
