"""English is complete: a missing sentence is a failing test."""

from tests.translations import problems


def test_every_sentence_has_its_english() -> None:
    assert problems() == []
