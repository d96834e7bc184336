"""Many profiles from the database as plain rows: objects of the session cost three times as much."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from matching.types import WorkerProfile
from portal.ranking.profiles import worker_profile
from portal.workers.models import WantedPlace, Worker, WorkerCertificate, WorkerOccupation, WorkExperience
from portal.workers.queries import Workers

COLUMNS: tuple[InstrumentedAttribute[Any], ...] = (
    Worker.id, Worker.full_name, Worker.birth_date, Worker.birth_year, Worker.sex, Worker.commune_code,
    Worker.education_code, Worker.field_of_study, Worker.skills_text, Worker.skills, Worker.shifts,
    Worker.wants_home, Worker.wants_other_provinces, Worker.wants_abroad, Worker.wage_min,
    Worker.available_from, Worker.step_reached, Worker.updated_at,
)  # fmt: skip
LISTS: dict[str, tuple[InstrumentedAttribute[Any], ...]] = {
    # In the order in which `Worker` itself lists them.
    "occupations": (
        WorkerOccupation.worker_id, WorkerOccupation.position, WorkerOccupation.id, WorkerOccupation.code,
        WorkerOccupation.months, WorkerOccupation.words, WorkerOccupation.is_wanted,
    ),
    "experiences": (
        WorkExperience.worker_id, WorkExperience.id, WorkExperience.title, WorkExperience.months,
        WorkExperience.occupation_code,
    ),
    "certificates": (
        WorkerCertificate.worker_id, WorkerCertificate.id, WorkerCertificate.scale, WorkerCertificate.level,
        WorkerCertificate.expires_on,
    ),
    "wanted_places": (
        WantedPlace.worker_id, WantedPlace.id, WantedPlace.place_code, WantedPlace.country,
    ),
}  # fmt: skip
NOBODY: list[Any] = []


@dataclass(slots=True)
class PlainWorker:
    """What `worker_profile` reads of a `Worker`, under the same names."""

    id: int
    full_name: str
    birth_date: dt.date | None
    birth_year: int | None
    sex: Any
    commune_code: str | None
    education_code: str | None
    field_of_study: str
    skills_text: str
    skills: list[str]
    shifts: list[str]
    wants_home: bool | None
    wants_other_provinces: bool | None
    wants_abroad: bool | None
    wage_min: int | None
    available_from: dt.date | None
    step_reached: str
    updated_at: dt.datetime
    occupations: list[Any] = field(default_factory=list)
    experiences: list[Any] = field(default_factory=list)
    certificates: list[Any] = field(default_factory=list)
    wanted_places: list[Any] = field(default_factory=list)

    @property
    def wanted_countries(self) -> list[str]:
        return [place.country for place in self.wanted_places if place.country]


def profiles(reader: Session, workers: Workers, ids: Iterable[int]) -> list[WorkerProfile]:
    """Of those ids who are among `workers`, in the order of their ids; then the transaction ends."""
    asked = list(ids)
    query = workers.where(Worker.id.in_(asked)).query.with_only_columns(*COLUMNS).order_by(Worker.id)
    people = [PlainWorker(*row) for row in reader.execute(query)]
    for name, columns in LISTS.items():
        of = _lists(reader, columns, columns[0].in_(asked))
        for person in people:
            setattr(person, name, of.get(person.id, NOBODY))
    reader.rollback()
    return [worker_profile(person) for person in people]


def _lists(
    reader: Session, columns: tuple[InstrumentedAttribute[Any], ...], which: ColumnElement[bool]
) -> dict[int, list[Any]]:
    of: dict[int, list[Any]] = defaultdict(list)
    upto = [column.key for column in columns].index("id") + 1
    for row in reader.execute(select(*columns).where(which).order_by(*columns[:upto])):
        of[row[0]].append(row)
    return of
