"""English is complete: a missing sentence is a failing test."""

from typing import Any

from tests.translations import problems


def test_every_sentence_has_its_english() -> None:
    assert problems() == []


def test_who_asks_for_english_gets_it(client: Any) -> None:
    # Babel leaves a catalogue out without a word when its head is marked fuzzy.
    client.get("/language/en", status=302)
    assert "Find jobs" in client.get("/").text
