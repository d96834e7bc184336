"""From rows of the portal to the plain values that `matching` takes. Names and addresses stay here."""

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias

from matching.neutral import without_name
from matching.types import OpeningProfile, Requirement, Wanted, WorkerProfile
from portal.common.clock import local_date
from portal.extensions import db
from portal.openings.models import Opening, OpeningRequirement
from portal.openings.states import RequirementKind, Sphere
from portal.openings.wages import monthly_vnd
from portal.ranking.legal_gates import legal_gates
from portal.reference.countries import HOME, MARKETS
from portal.reference.rules import Lookup, of_day
from portal.workers.models import Worker
from portal.workers.steps import has_passed

if TYPE_CHECKING:
    from portal.ranking.reading import PlainWorker

Person: TypeAlias = "Worker | PlainWorker"

AN_GIANG = "91"


def worker_profile(worker: Person) -> WorkerProfile:
    """A `Worker` with `Workers().with_profile_data()` loaded, or every relation costs a query."""
    words = [worker.skills_text, worker.field_of_study]
    words += [row.words for row in worker.occupations]
    words += [row.title for row in worker.experiences]
    return WorkerProfile(
        id=worker.id,
        birth_date=worker.birth_date,
        birth_year=worker.birth_year,
        sex=worker.sex.value if worker.sex else None,
        commune=worker.commune_code,
        occupations=_occupations(worker),
        skills=tuple(worker.skills) or None,
        certificates=_certificates(worker),
        education=worker.education_code,
        wanted=_wanted(worker),
        text=without_name("\n".join(word for word in words if word), worker.full_name),
        updated_on=local_date(worker.updated_at),
    )


def _occupations(worker: Person) -> tuple[tuple[str, int | None], ...] | None:
    """The months of one code, stated in either list, count once: the larger number."""
    months: dict[str, int | None] = {row.code: row.months for row in worker.occupations if row.months}
    for row in worker.experiences:
        if row.occupation_code and row.months:
            months[row.occupation_code] = max(months.get(row.occupation_code) or 0, row.months)
    return tuple(months.items()) or None


def _certificates(
    worker: "Person",
) -> tuple[tuple[str, str | None, dt.date | None], ...] | None:
    """Who has passed that step of the registration and named none has none; before it, nobody knows."""
    named = tuple((row.scale, row.level, row.expires_on) for row in worker.certificates)
    return named if named or has_passed(worker, "languages") else None


def _wanted(worker: Person) -> Wanted:
    return Wanted(
        occupations=tuple(row.code for row in worker.occupations if row.is_wanted) or None,
        places=_wanted_places(worker),
        countries=_wanted_countries(worker),
        wage_min=worker.wage_min,
        from_date=worker.available_from,
        shifts=tuple(worker.shifts) or None,
    )


def _wanted_places(worker: Person) -> tuple[str, ...] | None:
    if worker.wants_home is None and worker.wants_other_provinces is None:
        return None
    named = tuple(row.place_code for row in worker.wanted_places if row.place_code)
    return (AN_GIANG, *named) if worker.wants_home else named


def _wanted_countries(worker: Person) -> tuple[str, ...] | None:
    """Who would go abroad and names no country may be asked for any of the usual markets."""
    if worker.wants_abroad is None and worker.wants_other_provinces is None:
        return None
    named = tuple(worker.wanted_countries) if worker.wants_abroad else ()
    abroad = named or (MARKETS if worker.wants_abroad else ())
    anywhere_at_home = worker.wants_other_provinces and not any(
        row.place_code for row in worker.wanted_places
    )
    return (HOME, *abroad) if anywhere_at_home else tuple(abroad)


def opening_profile(opening: Opening, on: dt.date, rule: Lookup | None = None) -> OpeningProfile:
    """`opening` with its requirements loaded. The legal gates come with their source; who makes many
    profiles of one day gives the same `rule` to all."""
    asked = tuple(_requirement(row) for row in _grouped(opening.requirements))
    return OpeningProfile(
        id=opening.id,
        occupation=opening.occupation_code,
        title=opening.title,
        text="\n".join(part for part in (opening.text, opening.requirements_text) if part),
        place=opening.commune_code or opening.province_code,
        country=opening.country if opening.sphere == Sphere.OVERSEAS else None,
        wage_min=monthly_vnd(opening.wage_min, opening.wage_currency, opening.wage_period),
        wage_max=monthly_vnd(opening.wage_max, opening.wage_currency, opening.wage_period),
        starts_on=opening.starts_on,
        requirements=(*legal_gates(opening, rule or of_day(db.session, on)), *asked),
    )


def _grouped(rows: list[OpeningRequirement]) -> list[list[OpeningRequirement]]:
    """Rows that share an `any_of` number count as one thing; the others stand alone."""
    groups: dict[tuple[str, int], list[OpeningRequirement]] = {}
    for row in rows:
        name = ("any", row.any_of) if row.any_of is not None else ("one", row.id)
        groups.setdefault(name, []).append(row)
    return list(groups.values())


def _requirement(rows: list[OpeningRequirement]) -> Requirement:
    if len(rows) == 1:
        return stated_requirement(rows[0])
    return Requirement(
        kind="any_of",
        op="in",
        hard=any(row.is_hard for row in rows),
        any_of=tuple(stated_requirement(row) for row in rows),
    )


def stated_requirement(row: OpeningRequirement) -> Requirement:
    value = row.value
    if row.kind == RequirementKind.LICENCE and isinstance(value, dict):
        value = value.get("level")
    return Requirement(
        kind=row.kind.value, op=row.op, value=value, hard=row.is_hard, source=row.source or None
    )
