"""What the check says of an opening, for tests of its terms."""

from typing import Any

from portal.openings.standing import Checker
from tests.factories import NOW


def standing(opening: Any) -> Any:
    return Checker(NOW.date()).standing(opening)


def verdicts(findings: Any, field: str) -> set[str]:
    return {one.verdict.value for one in findings if one.field == field}
