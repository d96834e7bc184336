"""A profile as compact JSON and back: what the index keeps of it for sentences and for trying changes."""

import json
from datetime import date

from matching.types import Wanted, WorkerProfile


def to_json(worker: WorkerProfile) -> bytes:
    """Return a profile as compact JSON, in the order of its fields."""
    wanted = worker.wanted
    return json.dumps(
        [
            worker.id,
            _iso(worker.birth_date),
            worker.sex,
            worker.commune,
            worker.occupations,
            worker.skills,
            [(s, v, _iso(d)) for s, v, d in worker.certificates] if worker.certificates is not None else None,
            worker.education,
            [wanted.occupations, wanted.places, wanted.countries, wanted.wage_min, _iso(wanted.from_date)],
            wanted.shifts,
            worker.text,
            _iso(worker.updated_on),
            worker.birth_year,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def from_json(blob: bytes) -> WorkerProfile:
    """Return the profile that `to_json` wrote."""
    (number, born, sex, commune, done, skills, held, education, wanted, shifts, text, updated, year) = (
        json.loads(blob)
    )
    return WorkerProfile(
        id=number,
        birth_date=_day(born),
        sex=sex,
        commune=commune,
        occupations=None if done is None else tuple((code, months) for code, months in done),
        skills=_tuple(skills),
        certificates=None if held is None else tuple((s, v, _day(d)) for s, v, d in held),
        education=education,
        wanted=Wanted(
            occupations=_tuple(wanted[0]),
            places=_tuple(wanted[1]),
            countries=_tuple(wanted[2]),
            wage_min=wanted[3],
            from_date=_day(wanted[4]),
            shifts=_tuple(shifts),
        ),
        text=text,
        updated_on=_day(updated),
        birth_year=year,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)
