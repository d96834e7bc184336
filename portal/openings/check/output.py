"""A report as the command prints it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from portal.openings.check.figures import day, to_thousandth
from portal.openings.check.findings import Finding, Report, Said


def as_json(report: Report) -> dict[str, Any]:
    return {"publishable": report.publishable, "findings": [as_row(finding) for finding in report.findings]}


def unreadable(findings: Iterable[Finding]) -> dict[str, Any]:
    return {"publishable": False, "findings": [as_row(finding) for finding in findings]}


def as_row(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "stated": _value(finding.stated),
        "allowed": _value(finding.allowed),
        "unit": finding.unit,
        "source": _source(finding),
        "message_vi": finding.message_vi,
        "message_en": finding.message_en,
    }


def _source(finding: Finding) -> str:
    return (
        f"{finding.source} (từ {day(finding.since)})" if finding.source and finding.since else finding.source
    )


def _value(said: Said) -> int | float | str | None:
    if not isinstance(said, Decimal):
        return said
    number = to_thousandth(said)
    return int(number) if number == number.to_integral_value() else float(number)
