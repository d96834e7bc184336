"""Believable made-up job seekers: plain values, no database. The same seed gives the same people."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from matching.scales import education_levels
from portal.demo.names import made_up_name, read
from portal.demo.reach import add_reach
from portal.reference.places import places
from portal.workers.states import Purpose

SCHOOLING = [level.code for level in education_levels()]
COUNTRIES = {"JP": 60, "KR": 25, "TW": 10, "DE": 3, "AU": 2}
LANGUAGES = {
    "JP": ("jlpt", ("N5", "N4", "N3"), (5, 4, 1)),
    "KR": ("eps-topik", ("95", "115", "140"), (3, 4, 2)),
    "DE": ("goethe", ("A2", "B1"), (3, 1)),
}


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
    jobs = read("jobs")["job"]
    shares = [job["share"] for job in jobs]
    communes = [place.code for place in places().communes()]
    neighbour: dict[str, Any] | None = None
    for _ in range(count):
        job = rng.choices(jobs, shares)[0]
        person = made_up_person(job, jobs, communes, rng, on)
        if add_reach(person.columns, neighbour):
            person.consents = (*person.consents, Purpose.RELATIVE.value)
        neighbour = person.columns
        yield person


def made_up_person(
    job: dict[str, Any], jobs: list[dict[str, Any]], communes: list[str], rng: random.Random, on: dt.date
) -> Person:
    female = rng.random() < job["women"]
    age = min(62, max(18, round(rng.gammavariate(4, 3.6) + 17)))
    born = on - dt.timedelta(days=age * 365 + rng.randrange(1, 364))
    months = 0 if rng.random() < 0.15 else min((age - 17) * 12, round(rng.expovariate(1 / 40)) + 3)
    updated = on - dt.timedelta(days=min(700, round(rng.expovariate(1 / 90))))
    name = made_up_name(rng, female)
    person = Person(
        {
            "full_name": name.full_name,
            "sex": ("female" if female else "male") if rng.random() < 0.97 else None,
            # One in twelve gives the year only.
            "birth_date": born if rng.random() > 0.08 else None,
            "birth_year": born.year,
            "phone": f"0{rng.choice('3789')}{rng.randrange(10**8):08d}" if rng.random() > 0.04 else None,
            "commune_code": rng.choice(communes),
            "education_code": _schooling(job, rng),
            "field_of_study": job.get("field", "") if rng.random() < 0.8 else "",
            "skills": rng.sample(job["skills"], k=rng.randint(1, len(job["skills"]))),
            "skills_text": _own_words(job, months, rng),
            "shifts": _shifts(rng),
            "wage_min": _wage(job, rng) if rng.random() < 0.9 else None,
            "available_from": on + dt.timedelta(days=rng.randrange(60)) if rng.random() < 0.3 else None,
            "updated_at": updated,
        },
        people=name.people,
    )
    _add_occupations(person, job, jobs, months, rng)
    _add_wishes(person, age, rng, on)
    _add_licence(person, job, rng, on)
    _add_consents(person, rng)
    return person


def _schooling(job: dict[str, Any], rng: random.Random) -> str | None:
    if rng.random() < 0.05:
        return None
    usual = SCHOOLING.index(job["schooling"])
    return SCHOOLING[min(len(SCHOOLING) - 1, max(0, usual + rng.choice((-1, 0, 0, 0, 0, 1))))]


def _own_words(job: dict[str, Any], months: int, rng: random.Random) -> str:
    if rng.random() < 0.35:
        return ""
    word = rng.choice(job["words"])
    did = (
        f"Tôi làm {word} được {months // 12} năm." if months >= 12 else f"Tôi mới làm {word}, muốn học thêm."
    )
    return f"{did} Biết {', '.join(rng.sample(job['skills'], k=min(2, len(job['skills']))))}."


def _shifts(rng: random.Random) -> list[str]:
    if rng.random() < 0.3:
        return []
    return ["day", *(shift for shift in ("night", "rotating", "weekend") if rng.random() < 0.35)]


def _wage(job: dict[str, Any], rng: random.Random) -> int:
    low, high = job["wage"]
    return int(round(rng.triangular(low * 0.9, high * 1.1, low) / 500_000)) * 500_000


def _add_occupations(
    person: Person, job: dict[str, Any], jobs: list[dict[str, Any]], months: int, rng: random.Random
) -> None:
    person.occupations.append(
        {
            "code": job["code"],
            "words": rng.choice(job["words"]),
            "months": months,
            "is_wanted": True,
            "position": 0,
        }
    )
    if months:
        person.experiences.append(
            {"title": rng.choice(job["words"]), "occupation_code": job["code"], "months": months}
        )
    if rng.random() < 0.25:
        other = rng.choice(jobs)
        if other["code"] != job["code"]:
            person.occupations.append(
                {
                    "code": other["code"],
                    "words": rng.choice(other["words"]),
                    "months": rng.randrange(0, 36),
                    "is_wanted": rng.random() < 0.6,
                    "position": 1,
                }
            )


def _add_wishes(person: Person, age: int, rng: random.Random, on: dt.date) -> None:
    asked = rng.random() < 0.95
    abroad = asked and rng.random() < (0.28 if age < 36 else 0.06)
    person.columns["wants_home"] = (rng.random() < 0.92) if asked else None
    person.columns["wants_other_provinces"] = (rng.random() < 0.35) if asked else None
    person.columns["wants_abroad"] = abroad if asked else None
    if not abroad:
        return
    countries = set(rng.choices(list(COUNTRIES), list(COUNTRIES.values()), k=rng.choice((1, 1, 2))))
    for country in sorted(countries):
        person.places.append({"country": country, "place_code": None})
        if country in LANGUAGES and rng.random() < 0.45:
            scale, levels, shares = LANGUAGES[country]
            expires = on + dt.timedelta(days=rng.randrange(-120, 700)) if scale == "eps-topik" else None
            person.certificates.append(
                {"scale": scale, "level": rng.choices(levels, shares)[0], "expires_on": expires}
            )


def _add_licence(person: Person, job: dict[str, Any], rng: random.Random, on: dt.date) -> None:
    if "licence" in job and rng.random() < 0.85:
        expires = on + dt.timedelta(days=rng.randrange(-60, 2_000))
        person.certificates.append({"scale": "driving", "level": job["licence"], "expires_on": expires})
    elif rng.random() < 0.5:
        person.certificates.append({"scale": "driving", "level": "A1", "expires_on": None})


def _add_consents(person: Person, rng: random.Random) -> None:
    given = [
        purpose
        for purpose, share in (("matching", 0.93), ("sharing", 0.86), ("messages", 0.9))
        if rng.random() < share
    ]
    person.consents = tuple(given)
