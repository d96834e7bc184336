"""Files stay short, and nothing is left for later."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST = 400
SOURCES = sorted(path for folder in ("portal", "matching", "tests") for path in (ROOT / folder).rglob("*.py"))
VAGUE = {"utils", "helpers", "misc", "services", "common_utils", "helper", "util", "service"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_enough_to_be_read(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST, f"{len(lines)} lines: split it by what it does"


def test_a_file_is_named_for_what_it_does() -> None:
    assert [path for path in SOURCES if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplemented\b")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in SOURCES
        if path != Path(__file__)
        for line in path.read_text(encoding="utf-8").splitlines()
        if marks.search(line)
    ]
    assert found == []
