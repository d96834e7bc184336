"""The first filling of the programmes. Run again, it adds what is new and touches nothing of the staff's."""

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from portal.overseas.models import Programme
from portal.overseas.programmes.models import (
    ProgrammeDocument,
    ProgrammeFact,
    ProgrammePriority,
    ProgrammeRequirement,
    ProgrammeStages,
    Slotted,
)
from portal.overseas.programmes.round_models import ProgrammeRound
from portal.overseas.programmes.states import AskedKind, DocumentNeed, FactKind, Way
from portal.overseas.states import ProgrammeChannel
from portal.reference.datafiles import date_or_none
from portal.reference.queries import AnySession
from portal.reference.rules import end_of_the_one_before

FOLDER = Path(__file__).parents[1] / "data"
Cells = dict[str, str]


def load_programmes(session: AnySession, *, now: dt.datetime) -> int:
    """Insert the rows that are missing; how many. The caller commits."""
    fresh = _load_heads(session)
    ids: dict[str, int | None] = dict(session.execute(select(Programme.code, Programme.id)).all())
    ids[""] = None
    count = len(fresh)
    for name, (model, columns) in _PARTS.items():
        count += _load_part(session, name, model, columns, ids, now)
    # Rounds come with their programme: later they are the staff's.
    for row in _read("programme_rounds"):
        if row["programme"] in fresh:
            session.add(_round(row, ids[row["programme"]], now))
            count += 1
    session.flush()
    return count


def _read(name: str) -> list[Cells]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load_heads(session: AnySession) -> set[str]:
    known = set(session.scalars(select(Programme.code)))
    fresh = [row for row in _read("programmes") if row["code"] not in known]
    session.add_all(
        Programme(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            country=row["country"] or None,
            channel=ProgrammeChannel(row["channel"]),
            is_open_here=row["is_open_here"] == "1",
            starts_on=date_or_none(row["starts_on"]),
            ends_on=date_or_none(row["ends_on"]),
            dates_source=row["dates_source"],
            dates_verified=row["dates_verified"] == "1",
            about_vi=row["about_vi"],
            about_en=row["about_en"],
        )
        for row in fresh
    )
    session.flush()
    return {row["code"] for row in fresh}


def _load_part(
    session: AnySession,
    name: str,
    model: type[Slotted],
    columns: Callable[[Cells], dict[str, Any]],
    ids: dict[str, int | None],
    now: dt.datetime,
) -> int:
    """A slot in which staff have entered a row belongs to them: the file adds nothing to it."""
    standing: dict[tuple[int | None, str], list[Any]] = {}
    for row in session.scalars(select(model)):
        standing.setdefault((row.programme_id, row.slot), []).append(row)
    count = 0
    for cells in _read(name):
        place = (ids[cells["programme"]], cells["slot"])
        start = dt.date.fromisoformat(cells["valid_from"])
        rows = standing.setdefault(place, [])
        if any(row.entered_by_id is not None or row.valid_from >= start for row in rows):
            continue
        for row in rows:
            if row.valid_to is None or row.valid_to >= start:
                row.valid_to = end_of_the_one_before(start)
        made = model(
            programme_id=place[0],
            slot=place[1],
            source=cells["source"],
            valid_from=start,
            valid_to=date_or_none(cells["valid_to"]),
            verified=cells["verified"] == "1",
            created_at=now,
            **columns(cells),
        )
        session.add(made)
        rows.append(made)
        count += 1
    session.flush()
    return count


def _number(text: str) -> int | None:
    return int(text) if text else None


def _requirement(row: Cells) -> dict[str, Any]:
    return {
        "kind": AskedKind(row["kind"]),
        "position": int(row["position"]),
        "value": json.loads(row["value"]),
        "words_vi": row["words_vi"],
        "words_en": row["words_en"],
        "for_sex": row["for_sex"] or None,
        "any_of": row["any_of"],
        "way": Way(row["way"]) if row["way"] else None,
        "way_vi": row["way_vi"],
        "way_en": row["way_en"],
        "way_months": _number(row["way_months"]),
    }


def _document(row: Cells) -> dict[str, Any]:
    return {
        "position": int(row["position"]),
        "name_vi": row["name_vi"],
        "name_en": row["name_en"],
        "need": DocumentNeed(row["need"]),
        "valid_months": _number(row["valid_months"]),
        "months_beyond": _number(row["months_beyond"]),
        "note_vi": row["note_vi"],
        "note_en": row["note_en"],
    }


def _fact(row: Cells) -> dict[str, Any]:
    return {
        "kind": FactKind(row["kind"]),
        "position": int(row["position"]),
        "words_vi": row["words_vi"],
        "words_en": row["words_en"],
    }


def _stages(row: Cells) -> dict[str, Any]:
    return {"stages": row["stages"].split()}


def _priority(row: Cells) -> dict[str, Any]:
    return {"group_code": row["group_code"], "words_vi": row["words_vi"], "words_en": row["words_en"]}


_PARTS: dict[str, tuple[type[Slotted], Callable[[Cells], dict[str, Any]]]] = {
    "programme_requirements": (ProgrammeRequirement, _requirement),
    "programme_documents": (ProgrammeDocument, _document),
    "programme_facts": (ProgrammeFact, _fact),
    "programme_stages": (ProgrammeStages, _stages),
    "programme_priorities": (ProgrammePriority, _priority),
}


def _round(row: Cells, programme_id: int | None, now: dt.datetime) -> ProgrammeRound:
    return ProgrammeRound(
        programme_id=programme_id,
        name=row["name"],
        year=int(row["year"]),
        apply_from=date_or_none(row["apply_from"]),
        apply_to=date_or_none(row["apply_to"]),
        places=_number(row["places"]),
        applicants=_number(row["applicants"]),
        source=row["source"],
        verified=row["verified"] == "1",
        note=row["note"],
        created_at=now,
        updated_at=now,
    )
