"""What anybody may learn about a letter from its code: never who it is about."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from portal.openings.models import Opening
from portal.referrals.models import Letter


class Answer(StrEnum):
    GENUINE = "genuine"
    EXPIRED = "expired"
    VOID = "void"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    answer: Answer
    valid_to: dt.date | None = None
    opening: str = ""
    unit: str = ""
    place: str = ""
    initials: str = ""


def verdict_of(letter: Letter | None, *, on: dt.date, place_of: Callable[[Opening], str]) -> Verdict:
    """A letter whose time is over says so and no more; one that was withdrawn says that it is void."""
    if letter is None:
        return Verdict(Answer.UNKNOWN)
    if letter.withdrawn_at is not None:
        return Verdict(Answer.VOID)
    if letter.valid_to < on:
        return Verdict(Answer.EXPIRED, letter.valid_to)
    opening = letter.referral.opening
    return Verdict(
        Answer.GENUINE,
        letter.valid_to,
        opening.title,
        opening.organisation.name,
        place_of(opening),
        initials(letter.facts["name"]),
    )


def initials(name: str) -> str:
    """ "Nguyễn Thị Mai" is "N. T. M."."""
    return " ".join(f"{word[0].upper()}." for word in name.split())
