"""What anybody may learn from a code: of openings and senders what is public, of a letter no person."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.openings.models import Opening
from portal.openings.senders import row_of
from portal.openings.states import OpeningState
from portal.organisations.models import Organisation
from portal.reference.countries import country_name
from portal.referrals.models import Letter


class Subject(StrEnum):
    LETTER = "letter"
    OPENING = "opening"
    SENDER = "sender"


class Answer(StrEnum):
    GENUINE = "genuine"
    EXPIRED = "expired"
    VOID = "void"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    answer: Answer
    subject = Subject.LETTER
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


@dataclass(frozen=True)
class OpeningVerdict:
    """Of a public opening. Whoever compares an advertisement with it sees what was changed."""

    # EXPIRED: it was here and takes nobody any more.
    answer: Answer
    opening: Opening
    place: str
    subject = Subject.OPENING


@dataclass(frozen=True)
class SenderVerdict:
    """VOID: it may not send anybody now. UNKNOWN: nobody of the centre has looked at its licence."""

    answer: Answer
    sender: Organisation
    licence: Any
    countries: tuple[str, ...]
    subject = Subject.SENDER


AnyVerdict = Verdict | OpeningVerdict | SenderVerdict


def verdict_on(
    found: Letter | Opening | Organisation | None, *, on: dt.date, place_of: Callable[[Opening], str]
) -> AnyVerdict:
    if isinstance(found, Opening):
        is_open = found.state is OpeningState.PUBLISHED and (
            found.expires_on is None or found.expires_on >= on
        )
        return OpeningVerdict(Answer.GENUINE if is_open else Answer.EXPIRED, found, place_of(found))
    if isinstance(found, Organisation):
        row = row_of(found, on)
        answer = {"good": Answer.GENUINE, "stop": Answer.VOID}.get(row.tone, Answer.UNKNOWN)
        return SenderVerdict(
            answer, found, row.licence, tuple(country_name(one.country) for one in row.markets)
        )
    return verdict_of(found, on=on, place_of=place_of)


def initials(name: str) -> str:
    """ "Nguyễn Thị Mai" is "N. T. M."."""
    return " ".join(f"{word[0].upper()}." for word in name.split())
