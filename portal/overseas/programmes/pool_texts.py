"""The sentences people agree to when they prepare for a programme. A changed sentence is a new row."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal.reference.named import in_page_language

FILE = Path(__file__).parents[1] / "data" / "pool_consents.csv"
KEEPING, PRIORITY = "keeping", "priority"


@dataclass(frozen=True, slots=True)
class PoolText:
    version: str
    sentence_vi: str
    sentence_en: str

    @property
    def sentence(self) -> str:
        """As it is shown or read out."""
        return in_page_language(self.sentence_vi, self.sentence_en)


@lru_cache(maxsize=1)
def _newest() -> dict[str, PoolText]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["version"])
    return {row["purpose"]: PoolText(row["version"], row["sentence_vi"], row["sentence_en"]) for row in rows}


def text_of(purpose: str) -> PoolText:
    return _newest()[purpose]
