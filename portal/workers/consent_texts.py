"""The sentences people consent to, by purpose and version. A changed sentence is a new row, never an edit."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask_babel import get_locale

from portal.workers.states import Purpose

FILE = Path(__file__).parent / "data" / "consents.csv"


@dataclass(frozen=True, slots=True)
class ConsentText:
    purpose: Purpose
    version: str
    sentence_vi: str
    sentence_en: str

    def sentence(self, language: str) -> str:
        return self.sentence_en if language == "en" else self.sentence_vi


@lru_cache(maxsize=1)
def current_texts() -> dict[Purpose, ConsentText]:
    """The newest version of each purpose."""
    newest: dict[Purpose, ConsentText] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = ConsentText(
                Purpose(row["purpose"]), row["version"], row["sentence_vi"], row["sentence_en"]
            )
            known = newest.get(text.purpose)
            if known is None or known.version < text.version:
                newest[text.purpose] = text
    return newest


def sentence(purpose: Purpose) -> str:
    """What is shown or read out, in the language of the page."""
    locale = get_locale()
    return current_texts()[purpose].sentence(locale.language if locale is not None else "vi")
