"""Believable made-up people of An Giang, for the demo and the bench: nobody real is meant, nobody has a name.

The same count, seed and day give the same people. What they write varies as on real phones: three in ten
leave the diacritics out, some shorten words, some slip on a key, one in eight writes nothing.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random

from matching.made_up_jobs import Job, jobs, pick, rare_jobs, sayings, shortened, slots
from matching.places import communes
from matching.scales import education_levels
from matching.spelling import fold
from matching.types import HOME, Wanted, WorkerProfile

RARE = 0.2
"""Share of people whose work is none of the common jobs of the province."""
BARE, SHORTENED, SLIPPED, SILENT = 0.3, 0.12, 0.15, 0.12
"""Shares of people who write without diacritics, with short forms, with a slip of the key, or not at all."""
AN_GIANG = "91"
_ABROAD = (("JP", 60), ("KR", 85), ("TW", 95), ("DE", 98), ("AU", 100))
_LANGUAGES = {
    "JP": ("jlpt", ("N5", "N5", "N5", "N5", "N5", "N4", "N4", "N4", "N4", "N3")),
    "KR": ("eps-topik", ("95", "95", "95", "115", "115", "115", "115", "140", "140")),
    "DE": ("goethe", ("A2", "A2", "A2", "B1")),
}

Certificate = tuple[str, str | None, date | None]


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One person, with more than the ranking may know.

    Attributes
    ----------
    job : Job
        What they have done, or would like to do if `months` is 0.
    words : str
        How they call it.
    other : tuple of (Job, str, int, bool) or None
        A second occupation: its words, the months, whether it is wanted too.
    knows_day : bool
        False if they gave the year of birth only.
    home, elsewhere, abroad : bool or None
        Would work in the province, in another, in another country; None if not asked.
    """

    job: Job
    words: str
    months: int
    other: tuple[Job, str, int, bool] | None
    sex: str | None
    is_woman: bool
    born: date
    knows_day: bool
    commune: str
    education: str | None
    field_of_study: str
    skills: tuple[str, ...]
    text: str
    shifts: tuple[str, ...]
    wage_min: int | None
    from_date: date | None
    updated_on: date
    home: bool | None
    elsewhere: bool | None
    abroad: bool | None
    countries: tuple[str, ...]
    certificates: tuple[Certificate, ...]

    def profile(self, number: int) -> WorkerProfile:
        """Return what the ranking sees of the person, under a number as id."""
        done: tuple[tuple[str, int | None], ...] = ((self.job.code, self.months),) if self.months else ()
        wanted, said = [self.job.code], [self.text, self.field_of_study, self.words]
        if self.other:
            job, words, months, is_wanted = self.other
            done += ((job.code, months),) if months else ()
            wanted += [job.code] if is_wanted else []
            said.append(words)
        asked = self.home is not None
        return WorkerProfile(
            id=number,
            birth_date=self.born if self.knows_day else None,
            birth_year=self.born.year,
            sex=self.sex,
            commune=self.commune,
            occupations=done or None,
            skills=self.skills or None,
            certificates=self.certificates,
            education=self.education,
            wanted=Wanted(
                occupations=tuple(wanted),
                places=((AN_GIANG,) if self.home else ()) if asked else None,
                countries=((HOME, *self.countries) if self.elsewhere else self.countries) if asked else None,
                wage_min=self.wage_min,
                from_date=self.from_date,
                shifts=self.shifts or None,
            ),
            text="\n".join(filter(None, said)),
            updated_on=self.updated_on,
        )


def made_up_workers(count: int, seed: int, on: date, first: int = 1) -> Iterator[WorkerProfile]:
    """Yield believable profiles, some 30 distinct words and pairs of words each.

    Parameters
    ----------
    count : int
    seed : int
    on : date
        The day on which they are as old, and their papers as valid, as is usual.
    first : int
        Id of the first; the others follow.

    Yields
    ------
    WorkerProfile
    """
    rng = Random(f"workers {seed}")
    for number in range(first, first + count):
        yield made_up_person(rng, on).profile(number)


@lru_cache(maxsize=1)
def _choices() -> tuple[tuple[Job, ...], list[float], tuple[str, ...]]:
    return jobs(), list(accumulate(job.share for job in jobs())), tuple(communes())


def made_up_person(rng: Random, on: date) -> MadeUp:
    """Draw one person.

    Parameters
    ----------
    rng : Random
        Moved on; two generators in the same state give the same person.
    on : date
        As in `made_up_workers`.

    Returns
    -------
    MadeUp
    """
    draw = rng.random
    common, shares, places = _choices()
    job = pick(rng, rare_jobs()) if draw() < RARE else rng.choices(common, cum_weights=shares)[0]
    is_woman = draw() < job.women
    age = min(62, max(18, round(rng.gammavariate(4, 3.6) + 17)))
    months = 0 if draw() < 0.15 else min((age - 17) * 12, round(rng.expovariate(1 / 40)) + 3)
    words = pick(rng, job.words)
    write = _bare if draw() < BARE else str
    home, elsewhere, abroad, countries = _wishes(age, rng)
    skills = tuple(dict.fromkeys(pick(rng, job.skills) for _ in range(1 + int(draw() * 3))))
    return MadeUp(
        job,
        write(words),
        months,
        _other(job, write, rng) if draw() < 0.25 else None,
        ("female" if is_woman else "male") if draw() < 0.97 else None,
        is_woman,
        born=on - timedelta(days=age * 365 + 1 + int(draw() * 363)),
        knows_day=draw() > 0.08,
        commune=pick(rng, places),
        education=_schooling(job, rng),
        field_of_study=write(job.field) if draw() < 0.8 else "",
        skills=tuple(map(write, skills)),
        text=_own_words(job, words, months, write, rng),
        shifts=_shifts(rng),
        wage_min=_wage(job, rng) if draw() < 0.9 else None,
        from_date=on + timedelta(days=int(draw() * 60)) if draw() < 0.3 else None,
        updated_on=on - timedelta(days=min(700, round(rng.expovariate(1 / 90)))),
        home=home,
        elsewhere=elsewhere,
        abroad=abroad,
        countries=countries,
        certificates=_papers(job, countries, on, rng),
    )


def _other(first: Job, write: Callable[[str], str], rng: Random) -> tuple[Job, str, int, bool] | None:
    job = pick(rng, jobs())
    drawn = job, write(pick(rng, job.words)), int(rng.random() * 36), rng.random() < 0.6
    return drawn if job.code != first.code else None


@lru_cache(maxsize=16)
def _levels(usual: str) -> tuple[str, ...]:
    """Return the usual schooling, mostly, and the levels beside it."""
    codes = [level.code for level in education_levels()]
    at = codes.index(usual)
    beside = (codes[max(0, at - 1)], codes[min(len(codes) - 1, at + 1)])
    return (*beside, *[usual] * 4)


def _schooling(job: Job, rng: Random) -> str | None:
    return None if rng.random() < 0.05 else pick(rng, _levels(job.schooling))


def _shifts(rng: Random) -> tuple[str, ...]:
    if rng.random() < 0.3:
        return ()
    return ("day", *(shift for shift in ("night", "rotating", "weekend") if rng.random() < 0.35))


def _wage(job: Job, rng: Random) -> int:
    low, high = job.wage
    return round(rng.triangular(low * 0.9, high * 1.1, low) / 500_000) * 500_000


def _wishes(age: int, rng: Random) -> tuple[bool | None, bool | None, bool | None, tuple[str, ...]]:
    draw = rng.random
    if draw() > 0.95:
        return None, None, None, ()
    countries: tuple[str, ...] = ()
    if draw() < (0.28 if age < 36 else 0.06):
        wished = [draw() * 100 for _ in range(1 if draw() < 0.67 else 2)]
        found = {next(country for country, up_to in _ABROAD if at < up_to) for at in wished}
        countries = tuple(sorted(found))
    return draw() < 0.92, draw() < 0.35, bool(countries), countries


def _papers(job: Job, countries: tuple[str, ...], on: date, rng: Random) -> tuple[Certificate, ...]:
    draw = rng.random
    papers: list[Certificate] = []
    for country in countries:
        if country in _LANGUAGES and draw() < 0.45:
            scale, levels = _LANGUAGES[country]
            expires = on + timedelta(days=int(draw() * 820) - 120) if scale == "eps-topik" else None
            papers.append((scale, pick(rng, levels), expires))
    if job.licence and draw() < 0.85:
        papers.append(("driving", job.licence, on + timedelta(days=int(draw() * 2_060) - 60)))
    elif draw() < 0.5:
        papers.append(("driving", "A1", None))
    return tuple(papers)


def _without_marks() -> dict[int, str]:
    """Return every Vietnamese letter that carries a mark, and the plain one."""
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    marked = unicodedata.normalize("NFC", "".join(vowel + mark for vowel in "aăâeêioôơuưy" for mark in marks))
    pairs = [*zip(marked, fold(marked), strict=True), ("đ", "d")]
    both = [*pairs, *((letter.upper(), bare.upper()) for letter, bare in pairs)]
    return {ord(letter): bare for letter, bare in both}


_BARE = _without_marks()


def _bare(text: str) -> str:
    """Write without diacritics, as `fold` does but with capitals, and much faster."""
    return text.translate(_BARE)


def _own_words(job: Job, words: str, months: int, write: Callable[[str], str], rng: Random) -> str:
    draw = rng.random
    if draw() < SILENT:
        return ""
    common = sayings()
    filled = slots(job, words, months, rng)
    said = [pick(rng, common["opens" if months >= 12 else "fresh"])]
    if job.tells and draw() < 0.25:
        said.append(pick(rng, job.tells))
    if draw() < 0.3:
        said.append(pick(rng, common["middles"]))
    if draw() < 0.2:
        said.append(pick(rng, common["ends"]))
    text = " ".join(said).format_map(filled)
    text = write(text[0].upper() + text[1:])
    if draw() < SHORTENED:
        for long, short in shortened():
            text = text.replace(long, short)
    return _slip(text, rng) if draw() < SLIPPED else text


def _slip(text: str, rng: Random) -> str:
    """Leave a letter out, or turn two around."""
    at = 1 + int(rng.random() * (len(text) - 2))
    if rng.random() < 0.5:
        return text[:at] + text[at + 1 :]
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
