"""Why something ended, kept apart by who ended it: the person, the employer, the Centre.

Mixing them would spoil the history and teach the ranking that a busy person was a bad match.
"""

from dataclasses import dataclass
from functools import lru_cache

from portal.reference.datafiles import read_rows
from portal.reference.named import Named, in_page_language

SIDES = ("person", "employer", "centre")
OCCASIONS = ("declined", "no_show", "left_work", "not_hired", "closed", "not_now", "returned")


@dataclass(frozen=True, slots=True)
class Reason(Named):
    """`label` is for staff to choose, `sentence` is what the other side reads."""

    side: str
    occasion: str
    sentence_vi: str
    sentence_en: str

    @property
    def sentence(self) -> str:
        return in_page_language(self.sentence_vi, self.sentence_en)


@lru_cache(maxsize=1)
def all_reasons() -> dict[str, Reason]:
    return {
        row["code"]: Reason(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            side=row["side"],
            occasion=row["occasion"],
            sentence_vi=row["sentence_vi"],
            sentence_en=row["sentence_en"],
        )
        for row in read_rows("reasons.csv")
    }


def reasons(side: str | None = None, occasion: str | None = None) -> list[Reason]:
    return [
        reason
        for reason in all_reasons().values()
        if side in (None, reason.side) and occasion in (None, reason.occasion)
    ]


def reason(code: str | None) -> Reason | None:
    return all_reasons().get(code or "")
