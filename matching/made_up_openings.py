"""Believable made-up openings of An Giang and abroad, for the demo and the bench: nobody real hires here."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from matching.made_up import AN_GIANG
from matching.made_up_jobs import Job, JobAbroad, jobs, jobs_abroad, phrases, pick, rate, slots
from matching.places import communes
from matching.types import OpeningProfile, Requirement

GROWN_UP = (
    Requirement("age", ">=", 18, source="Bộ luật Lao động 2019, Điều 147"),
    Requirement("age", ">=", 18, source="Luật 69/2020/QH14, Điều 44"),
)
"""At home, for work that minors may not do, and abroad."""
MEDIAN_WORDS, SPREAD = 102, 0.54
"""Words of a long opening: log-normal, so that pairs and single words are as many as in real postings of
December 2025, 197 different ones at the median and 416 at the 95th percentile."""
_FEWEST = 40


def needs_at_home(job: Job, has_shifts: bool, rng: Random) -> list[Requirement]:
    """Draw what an opening at home asks for, hard or wished.

    Parameters
    ----------
    job : Job
    has_shifts : bool
        True if the work is done in turns.
    rng : Random

    Returns
    -------
    list of Requirement
    """
    needs = []
    if job.licence:
        needs.append(Requirement("licence", "has", job.licence))
    if job.schooling in ("college", "university", "intermediate"):
        needs.append(Requirement("education", ">=", job.schooling, hard=rng.random() < 0.7))
    elif rng.random() < 0.25:
        needs.append(Requirement("education", ">=", job.schooling, hard=False))
    if rng.random() < 0.45:
        asked = {"code": job.code, "months": pick(rng, (6, 12, 12, 24, 36))}
        needs.append(Requirement("experience", ">=", asked, hard=rng.random() < 0.5))
    needs.append(Requirement("skill", "has", pick(rng, job.skills[:4]), hard=False))
    if has_shifts:
        needs.append(Requirement("shift", "accepts", "rotating", hard=False))
    return needs


def needs_abroad(job: JobAbroad, contract: str) -> list[Requirement]:
    """Return what an opening abroad asks for.

    Parameters
    ----------
    job : JobAbroad
    contract : str
        Number of the approved contract, the source of the ages.

    Returns
    -------
    list of Requirement
    """
    youngest, oldest = job.age
    needs = [Requirement("age", ">=", youngest, source=contract)] if youngest > 18 else []
    needs.append(Requirement("age", "<=", oldest, source=contract))
    if job.certificate:
        scale, level = job.certificate
        # For Japan people learn between selection and departure.
        hard = job.country != "JP"
        needs.append(Requirement("certificate", ">=", {"scale": scale, "level": level}, hard=hard))
    if job.education:
        needs.append(Requirement("education", ">=", job.education))
    if job.experience:
        code, months = job.experience
        needs.append(Requirement("experience", ">=", {"code": code, "months": months}))
    return needs


def made_up_openings(count: int, seed: int, on: date) -> Iterator[OpeningProfile]:
    """Yield openings with short texts, every third abroad.

    Parameters
    ----------
    count : int
    seed : int
    on : date
        The day from which first working days are counted.

    Yields
    ------
    OpeningProfile
        With the legal age as a gate; the other requirements as employers state them.
    """
    rng = Random(f"openings {seed}")
    for number in range(1, count + 1):
        yield _abroad(number, on, rng) if number % 3 == 0 else _at_home(number, pick(rng, jobs()), on, rng)


def long_openings(count: int, seed: int, on: date) -> Iterator[OpeningProfile]:
    """Yield openings at home whose texts are as long as real ones.

    Parameters
    ----------
    count, seed, on
        As in `made_up_openings`.

    Yields
    ------
    OpeningProfile
    """
    rng = Random(f"long openings {seed}")
    for number in range(1, count + 1):
        job = pick(rng, jobs())
        yield _at_home(number, job, on, rng, text=_long_text(job, rng))


def _at_home(number: int, job: Job, on: date, rng: Random, text: str = "") -> OpeningProfile:
    in_shifts = rng.random() < 0.33
    if not text:
        said = (job.text, *_some(job.duties, 1, job, rng), pick(rng, phrases()["asks"]))
        text = "\n".join((*said, pick(rng, phrases()["gives"])))
    low, high = job.wage
    factor = rng.uniform(0.95, 1.2)
    return OpeningProfile(
        id=number,
        occupation=job.code,
        title=job.title if rng.random() < 0.5 else _titled(job, rng),
        text=text,
        place=AN_GIANG if rng.random() < 0.1 else pick(rng, tuple(communes())),
        wage_min=_round(low * factor),
        wage_max=_round(high * factor),
        starts_on=on + timedelta(days=5 + int(rng.random() * 40)),
        requirements=(GROWN_UP[0], *needs_at_home(job, in_shifts, rng)),
    )


def _titled(job: Job, rng: Random) -> str:
    """Return a title as employers write it."""
    words = pick(rng, job.words)
    return pick(rng, ("Tuyển {}", "Cần {} đi làm ngay", "Tuyển gấp {}", "{}", "NV {}")).format(words)


def _abroad(number: int, on: date, rng: Random) -> OpeningProfile:
    job = pick(rng, jobs_abroad())
    contract = f"{100 + int(rng.random() * 900)}/QLLĐNN-{job.country}"
    return OpeningProfile(
        id=number,
        occupation=job.code,
        title=job.title,
        text=job.text,
        country=job.country,
        wage_min=job.wage[0] * rate(job.currency),
        wage_max=job.wage[1] * rate(job.currency),
        starts_on=on + timedelta(days=90 + int(rng.random() * 110)),
        requirements=(GROWN_UP[1], *needs_abroad(job, contract)),
    )


def _some(sentences: tuple[str, ...], count: int, job: Job, rng: Random) -> list[str]:
    """Draw different sentences and fill their slots."""
    drawn = rng.sample(sentences, k=min(count, len(sentences)))
    filled = [one.format_map(slots(job, job.words[0], 0, rng)) for one in drawn]
    return [one[0].upper() + one[1:] for one in filled]


def _long_text(job: Job, rng: Random) -> str:
    """Return sections as postings have them, until as many words are said as were drawn."""
    left = max(_FEWEST, round(rng.lognormvariate(0, SPREAD) * MEDIAN_WORDS))
    parts = {"text": [job.text], **{name: list[str]() for name in _SECTIONS}}
    waiting = {name: _some(_sentences(job, name), 99, job, rng) for name in _SECTIONS}
    left -= len(job.text.split())
    while left > 0 and any(waiting.values()):
        for name in _SECTIONS:
            if left > 0 and waiting[name]:
                one = waiting[name].pop()
                parts[name].append(one)
                left -= len(one.split())
    return "\n".join("\n".join(sentences) for sentences in parts.values() if sentences)


_SECTIONS = ("duties", "asks", "gives", "firms", "hours", "applies")


def _sentences(job: Job, section: str) -> tuple[str, ...]:
    return job.duties if section == "duties" else phrases()[section]


def _round(amount: float) -> int:
    return round(amount / 100_000) * 100_000
