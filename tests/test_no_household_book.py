"""The household book has been abolished: no form, page or letter asks for one."""

import re
import unicodedata
from pathlib import Path

from matching.text import fold

ROOT = Path(__file__).parents[1]
WORDS = re.compile(r"so ho khau|ho khau|so tam tru|household book|family book")
# They read what others write: columns of a school's sheet, and openings that want people of one place only.
READING = {"column_names.csv", "wording_patterns.py"}
SHOWN = (".py", ".html", ".typ", ".txt", ".csv", ".toml", ".js", ".po")


def test_nothing_asks_for_a_household_book():
    files = [
        path for path in (ROOT / "portal").rglob("*") if path.suffix in SHOWN and path.name not in READING
    ]
    assert len(files) > 200
    asking = [
        str(path.relative_to(ROOT))
        for path in files
        if WORDS.search(fold(unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))))
    ]
    assert asking == []
