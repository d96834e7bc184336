"""Twenty people and their openings by name, read from `tests/data/personas.json`."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from matching.types import OpeningProfile, Requirement, Wanted, WorkerProfile

FILE = Path(__file__).parents[1] / "data" / "personas.json"


def _tuple(value: Any) -> Any:
    return tuple(_tuple(one) for one in value) if isinstance(value, list) else value


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def worker_from(row: dict[str, Any]) -> WorkerProfile:
    told = {name: _tuple(value) for name, value in row.items() if name not in ("wanted", "certificates")}
    if "certificates" in row:
        told["certificates"] = tuple((scale, level, day(end)) for scale, level, end in row["certificates"])
    if "wanted" in row:
        wanted = {name: _tuple(value) for name, value in row["wanted"].items()}
        told["wanted"] = Wanted(**wanted | {"from_date": day(row["wanted"]["from_date"])})
    return WorkerProfile(**told | {name: day(row.get(name)) for name in ("birth_date", "updated_on")})


def _need(row: dict[str, Any]) -> Requirement:
    return Requirement(**row | {"any_of": tuple(map(_need, row.get("any_of", ())))})


def opening_from(row: dict[str, Any]) -> OpeningProfile:
    needs = tuple(map(_need, row["requirements"]))
    return OpeningProfile(**row | {"requirements": needs, "starts_on": day(row["starts_on"])})


def load() -> tuple[date, list[WorkerProfile], list[OpeningProfile], list[dict[str, Any]]]:
    """Return the day, the people, the openings, and what must be said of them."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    people = list(map(worker_from, told["workers"]))
    return (
        date.fromisoformat(told["on"]),
        people,
        list(map(opening_from, told["openings"])),
        told["expectations"],
    )
