"""Believable made-up job seekers in the columns of the portal. The same seed gives the same people."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from matching.made_up import MadeUp, made_up_person
from portal.demo.names import made_up_name
from portal.demo.reach import add_reach
from portal.workers.states import Purpose


@dataclass
class Person:
    """One made-up person, in the columns of `Worker` and of its lists."""

    columns: dict[str, Any]
    occupations: list[dict[str, Any]] = field(default_factory=list)
    experiences: list[dict[str, Any]] = field(default_factory=list)
    certificates: list[dict[str, Any]] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)
    consents: tuple[str, ...] = ()
    # Told by about half of them, and by nobody else.
    people: str = "kinh"


def made_up_people(count: int, rng: random.Random, on: dt.date) -> Iterator[Person]:
    neighbour: dict[str, Any] | None = None
    for _ in range(count):
        person = _in_columns(made_up_person(rng, on), rng)
        if add_reach(person.columns, neighbour):
            person.consents = (*person.consents, Purpose.RELATIVE.value)
        neighbour = person.columns
        yield person


def _in_columns(made: MadeUp, rng: random.Random) -> Person:
    name = made_up_name(rng, made.is_woman)
    columns = {
        "full_name": name.full_name,
        "sex": made.sex,
        "birth_date": made.born if made.knows_day else None,
        "birth_year": made.born.year,
        "phone": f"0{rng.choice('3789')}{rng.randrange(10**8):08d}" if rng.random() > 0.04 else None,
        "commune_code": made.commune,
        "education_code": made.education,
        "field_of_study": made.field_of_study,
        "skills": list(made.skills),
        "skills_text": made.text,
        "shifts": list(made.shifts),
        "wage_min": made.wage_min,
        "available_from": made.from_date,
        "updated_at": made.updated_on,
        "wants_home": made.home,
        "wants_other_provinces": made.elsewhere,
        "wants_abroad": made.abroad,
    }
    return Person(
        columns,
        _occupations(made),
        _experiences(made, rng),
        [{"scale": scale, "level": level, "expires_on": end} for scale, level, end in made.certificates],
        [{"country": country, "place_code": None} for country in made.countries],
        _consents(rng),
        people=name.people,
    )


def _occupations(made: MadeUp) -> list[dict[str, Any]]:
    stated = [(made.job, made.words, made.months, True), *([made.other] if made.other else [])]
    return [
        {"code": job.code, "words": words, "months": months, "is_wanted": is_wanted, "position": position}
        for position, (job, words, months, is_wanted) in enumerate(stated)
    ]


def _experiences(made: MadeUp, rng: random.Random) -> list[dict[str, Any]]:
    if not made.months:
        return []
    return [
        {
            "title": rng.choice(made.job.words),
            "occupation_code": made.job.code,
            "months": made.months,
        }
    ]


def _consents(rng: random.Random) -> tuple[str, ...]:
    shares = (("matching", 0.93), ("sharing", 0.86), ("messages", 0.9))
    return tuple(purpose for purpose, share in shares if rng.random() < share)
