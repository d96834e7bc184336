"""Fields of study to occupations: first our own list of what colleges here teach, then the classification."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from matching.taxonomy import exists, propose_occupations
from matching.text import fold, normalise

FILE = Path(__file__).parent / "data" / "fields_of_study.csv"
# Below this share the words of a field say too little about a kind of work to be shown.
LEAST_SHARE = 0.15
MOST = 4
# Words that stand before the name of a trade.
LEADING = frozenset({"nghe", "nganh", "ky", "thuat", "cong", "tho", "nghiep", "vu", "chuyen"})
UNIT = 4


@dataclass(frozen=True, slots=True)
class FieldProposal:
    codes: tuple[str, ...]
    # Our list knows this field: the first code may stand chosen.
    sure: bool


@lru_cache(maxsize=2)
def _known(with_marks: bool) -> dict[tuple[str, ...], tuple[str, ...]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {_words(row["field"], with_marks): tuple(row["codes"].split()) for row in csv.DictReader(file)}


def _words(text: str, with_marks: bool) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", normalise(text) if with_marks else fold(text)))


@lru_cache(maxsize=4096)
def occupations_for(field: str) -> FieldProposal:
    codes = _codes_of_known(field)
    if codes:
        return FieldProposal(codes, sure=True)
    found = propose_occupations(field, limit=MOST)
    likely = (one.code for one in found if one.share >= LEAST_SHARE)
    return FieldProposal(tuple(code for code in likely if len(code) == UNIT and exists(code)), sure=False)


def _codes_of_known(field: str) -> tuple[str, ...]:
    """The earliest name of ours in it, the longest of those there: "Kế toán xây dựng" is accounting.

    Who writes no marks is compared without; else "nhà máy" would be sewing ("may").
    """
    with_marks = not field.isascii()
    known = _known(with_marks)
    words = _words(field, with_marks)
    first = next((at for at, word in enumerate(words) if fold(word) not in LEADING), 0)
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            # One word alone says enough only where it leads: "Tiếng Hàn" is no welding.
            if end - start == 1 and start != first:
                continue
            codes = known.get(words[start:end])
            if codes:
                return codes
    return ()
