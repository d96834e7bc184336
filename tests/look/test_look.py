"""What docs/look.md promises, held."""

import gzip
import re
from pathlib import Path

import pytest

PORTAL = Path(__file__).parents[2] / "portal"
SHEETS = sorted((PORTAL / "static" / "css").glob("*.css"))
TEMPLATES = sorted((PORTAL / "templates").rglob("*.html"))
COLOURS = dict(
    re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", (PORTAL / "static" / "css" / "tokens.css").read_text())
)

TEXT_ON_GROUND = [
    ("ink", "paper"), ("ink-soft", "paper"), ("ink-soft", "silt-50"), ("ink-soft", "sun-50"),
    ("ink-soft", "water-50"), ("ink-soft", "brick-50"), ("water-700", "paper"), ("water-700", "water-50"),
    ("water-700", "silt-50"), ("white", "water-700"), ("white", "water-800"), ("water-100", "water-800"),
    ("water-800", "water-100"), ("water-100", "water-900"), ("sun-300", "water-900"),
    ("silt-900", "sun-500"), ("silt-900", "sun-300"), ("silt-900", "silt-100"), ("silt-700", "silt-100"),
    ("rice-700", "paper"), ("sun-700", "sun-50"), ("sun-700", "silt-50"), ("brick-700", "brick-50"),
    ("brick-700", "paper"),
]  # fmt: skip
EDGE_ON_GROUND = [
    ("line-strong", "white"), ("line-strong", "paper"), ("line-strong", "silt-50"), ("focus", "paper"),
    ("focus", "silt-50"), ("focus", "water-50"), ("focus", "sun-50"), ("sun-300", "water-800"),
    ("water-500", "silt-100"), ("water-500", "white"), ("brick-500", "white"),
]  # fmt: skip


def _light(name: str) -> float:
    digits = COLOURS[name][1:]
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted((_light(one), _light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_is_legible_on_its_ground(text: str, ground: str) -> None:
    assert _contrast(text, ground) >= 5.8


@pytest.mark.parametrize(("edge", "ground"), EDGE_ON_GROUND)
def test_edges_and_focus_are_seen_on_their_ground(edge: str, ground: str) -> None:
    assert _contrast(edge, ground) >= 3


def test_all_style_sheets_together_stay_small() -> None:
    assert len(gzip.compress(b"".join(sheet.read_bytes() for sheet in SHEETS))) < 20_000


def test_every_class_in_a_template_is_known_to_a_style_sheet() -> None:
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", "".join(sheet.read_text() for sheet in SHEETS)))
    unknown = {
        f"{template.name}: {name}"
        for template in TEMPLATES
        for classes in re.findall(r'class="([^"]*)"', template.read_text())
        if "{" not in classes
        for name in classes.split()
        if name not in known
    }
    assert not unknown


def test_nothing_comes_from_elsewhere() -> None:
    for file in (*SHEETS, *TEMPLATES, *(PORTAL / "static" / "js").glob("*.js")):
        text = file.read_text()
        assert not re.search(r"(?:src|href|url\(|import)\W{0,3}https?://", text), file.name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text), file.name
