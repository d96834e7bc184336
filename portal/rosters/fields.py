"""Fields of study to occupations: first our own list of what colleges here teach, then the classification."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from matching.taxonomy import exists, propose_occupations
from portal.common.text import fold

FILE = Path(__file__).parent / "data" / "fields_of_study.csv"
# Below this share the words of a field say too little about a kind of work to be shown.
LEAST_SHARE = 0.1
MOST = 4
UNIT = 4


@dataclass(frozen=True, slots=True)
class FieldProposal:
    codes: tuple[str, ...]
    # Our list knows this field: the first code may stand chosen.
    sure: bool


@lru_cache(maxsize=1)
def _known() -> list[tuple[str, tuple[str, ...]]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [(fold(row["field"]), tuple(row["codes"].split())) for row in csv.DictReader(file)]
    return sorted(rows, key=lambda row: -len(row[0]))


@lru_cache(maxsize=4096)
def occupations_for(field: str) -> FieldProposal:
    folded = f" {' '.join(fold(field).replace(',', ' ').replace('-', ' ').split())} "
    for name, codes in _known():
        if f" {name} " in folded:
            return FieldProposal(codes, sure=True)
    found = propose_occupations(field, limit=MOST)
    codes = tuple(
        one.code for one in found if one.share >= LEAST_SHARE and len(one.code) == UNIT and exists(one.code)
    )
    return FieldProposal(codes, sure=False)
