"""English is complete: a missing sentence is a failing test."""

import re
from pathlib import Path
from typing import Any

from tests.translations import problems


def test_every_sentence_has_its_english() -> None:
    assert problems() == []


def test_who_asks_for_english_gets_it(client: Any) -> None:
    # Babel leaves a catalogue out without a word when its head is marked fuzzy.
    client.get("/language/en", status=302)
    assert "Find jobs" in client.get("/").text


def test_no_sentence_hides_in_an_f_string() -> None:
    # The collector of sentences does not look into them: such a sentence never gets its English.
    hidden = [
        f"{path}:{number}"
        for path in sorted(Path("portal").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"""\bf["'].*\{_l?\(""", line)
    ]
    assert hidden == []
