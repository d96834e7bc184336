"""The data files of this package: plain facts, their sources named in data/README.md."""

import csv
import datetime as dt
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


def read_rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def date_or_none(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
