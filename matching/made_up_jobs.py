"""The jobs that made-up people and openings are drawn from: data/jobs.toml, and every other everyday word."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any, TypeVar

from matching.occupation_tree import UNIT_LEVEL, data_rows
from matching.scales import DATA

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job:
    """One job at home; the slots of `tells` and `duties` are filled by `slots`.

    Attributes
    ----------
    code : str
        ISCO-08 code, 4 digits.
    share, women : float
        Its weight among the people, and the share of women in it.
    words : tuple of str
        Everyday names of the work.
    wage : tuple of int
        Usual monthly wage in đồng, low and high.
    schooling : str
        Usual level, a code of `matching.scales.education_levels`.
    skills, things, spots : tuple of str
        What people can do, what they handle, where they did it.
    title, text, tells, duties
        An opening for it, what people tell of it, and what the opening asks them to do.
    """

    code: str
    share: float
    women: float
    words: tuple[str, ...]
    wage: tuple[int, int]
    schooling: str
    skills: tuple[str, ...]
    things: tuple[str, ...]
    spots: tuple[str, ...]
    title: str
    text: str
    tells: tuple[str, ...]
    duties: tuple[str, ...]
    field: str = ""
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class JobAbroad:
    """One job abroad; `wage` is a month's, in the money of the country."""

    code: str
    country: str
    currency: str
    wage: tuple[int, int]
    title: str
    text: str
    job_class: str
    term: int
    age: tuple[int, int]
    fee_months: float
    certificate: tuple[str, str] | None = None
    education: str | None = None
    experience: tuple[str, int] | None = None


@lru_cache(maxsize=2)
def _read(name: str) -> dict[str, Any]:
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


def _fixed(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


@lru_cache(maxsize=1)
def jobs() -> tuple[Job, ...]:
    """Return the jobs of the province that have an opening and words of their own."""
    return tuple(Job(**_fixed(row)) for row in _read("jobs.toml")["job"])


@lru_cache(maxsize=1)
def jobs_abroad() -> tuple[JobAbroad, ...]:
    """Return the jobs abroad."""
    return tuple(JobAbroad(**_fixed(row)) for row in _read("jobs.toml")["abroad"])


def rate(currency: str) -> int:
    """Return about how many đồng one unit of a money was worth in November 2026."""
    return int(_read("jobs.toml")["rates"][currency])


@lru_cache(maxsize=1)
def sayings() -> Mapping[str, tuple[str, ...]]:
    """Return what made-up people say of any work, by where in a text it stands."""
    return {key: tuple(value) for key, value in _read("made_up.toml")["people"].items() if key != "short"}


@lru_cache(maxsize=1)
def shortened() -> tuple[tuple[str, str], ...]:
    """Return words and how they are shortened in messages."""
    return tuple(_read("made_up.toml")["people"]["short"].items())


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, tuple[str, ...]]:
    """Return what openings say besides their duties, by section."""
    return {key: tuple(value) for key, value in _read("made_up.toml")["openings"].items()}


# By the first digit of the code: usual schooling and wage in millions.
_USUAL = {
    "1": ("university", (12, 25)),
    "2": ("university", (9, 18)),
    "3": ("college", (8, 14)),
    "4": ("intermediate", (6, 10)),
    "5": ("upper_secondary", (6, 10)),
    "6": ("primary", (6, 10)),
    "7": ("lower_secondary", (7, 12)),
    "8": ("lower_secondary", (7, 12)),
    "9": ("primary", (5, 9)),
}


@lru_cache(maxsize=1)
def rare_jobs() -> tuple[Job, ...]:
    """Return one job for every other occupation that has everyday words, so that words vary as they do."""
    words: dict[str, list[str]] = defaultdict(list)
    for row in data_rows("job_words.csv"):
        if len(row["code"]) == UNIT_LEVEL and row["code"][0] in _USUAL:
            words[row["code"]].append(row["word"])
    common = sayings()
    made = []
    for code in sorted(set(words) - {job.code for job in jobs()}):
        schooling, (low, high) = _USUAL[code[0]]
        named = tuple(words[code])
        made.append(
            Job(
                code, 1.0, 0.45, named, (low * 1_000_000, high * 1_000_000), schooling,
                skills=named, things=named, spots=common["firm_kinds"], title=named[0].capitalize(),
                text="", tells=(), duties=(),
            )
        )  # fmt: skip
    return tuple(made)


def pick(rng: Random, among: Sequence[T]) -> T:
    """Draw one, some times faster than `rng.choice`."""
    return among[int(rng.random() * len(among))]


def slots(job: Job, words: str, months: int, rng: Random) -> dict[str, object]:
    """Draw what fills the slots of sentences about a job."""
    common = sayings()
    kind = pick(rng, common["firm_kinds"])
    town = pick(rng, common["towns"])
    return {
        "word": words,
        "years": max(1, months // 12),
        "months": 2 + int(rng.random() * 20),
        "n": 3 + int(rng.random() * 60),
        "skill": pick(rng, job.skills),
        "skill2": pick(rng, job.skills),
        "thing": pick(rng, job.things),
        "spot": pick(rng, job.spots).replace("{town}", town),
        "town": town,
        "town2": pick(rng, common["towns"]),
        "far": pick(rng, common["fars"]),
        "kind": kind,
        "kind_cap": kind.capitalize(),
        "firm": f"{kind} {pick(rng, common['firm_first'])} {pick(rng, common['firm_second'])}",
        "side": pick(rng, pick(rng, jobs()).words),
    }
