"""The job that reads an upload: slow parsing outside any transaction, then its rows in chunks."""

from collections.abc import Iterator
from typing import Any

from flask import current_app
from sqlalchemy import delete, insert

from portal.common.clock import local_date
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import read
from portal.jobs.handlers import HANDLERS, JobContext
from portal.rosters.models import Roster, RosterRow
from portal.rosters.operations import CHECK, lock
from portal.rosters.parsing import ParsedRow, RosterSheet, Wrong
from portal.rosters.proposals import group_proposals
from portal.rosters.sealing import row_place, seal_json, summary_place
from portal.rosters.states import RosterState

# Between two signs of life the lease must not end: reading so many rows takes about a second.
HEARTBEAT = 250
CHUNK = 500
# As many row numbers are kept of a remark; the count tells the rest.
MOST_NAMED = 50


@HANDLERS.add(CHECK)
def check_roster(context: JobContext) -> None:
    roster_id = context.payload["roster_id"]
    content = _content(roster_id, context.job_id)
    if content is None:
        return
    limit = current_app.config["ROSTER_ROWS"]
    sheet = RosterSheet(content, limit=limit, on=local_date(context.now()))
    total = min(sheet.total, limit)
    for done in sheet.check():
        if done % HEARTBEAT == 0:
            with context.writing(done, total):
                pass
    _write(context, roster_id, sheet, total)


def _content(roster_id: int, job_id: int) -> bytes | None:
    """None where this work is done already, or another upload took its place."""
    roster = db.session.get(Roster, roster_id)
    if roster is None or not _is_ours(roster, job_id):
        return None
    content = read(db.session.get_one(StoredFile, roster.file_id), folder=current_app.config["UPLOAD_FOLDER"])
    db.session.rollback()
    return content


def _is_ours(roster: Roster, job_id: int) -> bool:
    return roster.state is RosterState.CHECKING and roster.job_id == job_id


def _write(context: JobContext, roster_id: int, sheet: RosterSheet, total: int) -> None:
    """Rows with errors alone where there are any: the others are of no use until the sheet is mended."""
    wrong = sheet.wrong_rows
    kept = [] if sheet.file_errors else (wrong or sheet.rows)
    groups, places = ([], {}) if wrong or sheet.file_errors else group_proposals(sheet.rows)
    for number, chunk in enumerate(_chunks(kept)):
        with context.writing(total, total):
            if not _is_ours(lock(roster_id), context.job_id):
                return
            if number == 0:
                db.session.execute(delete(RosterRow).where(RosterRow.roster_id == roster_id))
            if chunk:
                db.session.execute(insert(RosterRow), [_row(roster_id, row, places) for row in chunk])
    with context.writing(total, total):
        roster = lock(roster_id)
        if not _is_ours(roster, context.job_id):
            return
        roster.file_errors = [error.as_dict() for error in sheet.file_errors]
        roster.row_count, roster.error_count = sheet.total, len(wrong)
        summary = {**_remarks(sheet), "groups": [group.as_dict() for group in groups]}
        roster.summary = seal_json(summary, summary_place(roster_id))
        bad = wrong or sheet.file_errors
        roster.state = RosterState.NEEDS_MENDING if bad else RosterState.READY


def _chunks(rows: list[ParsedRow]) -> Iterator[list[ParsedRow]]:
    """At least one, even empty: the rows of an earlier try are removed in it."""
    yield rows[:CHUNK]
    for at in range(CHUNK, len(rows), CHUNK):
        yield rows[at : at + CHUNK]


def _row(roster_id: int, row: ParsedRow, places: dict[tuple[int, str], str]) -> dict[str, Any]:
    proposed = {p.column: p.value for p in row.proposals if p.kind == "lost_zero"}
    cells = {"values": row.values, "texts": row.texts, "proposed": proposed}
    return {
        "roster_id": roster_id,
        "row_number": row.number,
        "cells": seal_json(cells, row_place(roster_id, row.number)),
        "errors": [_error(wrong) for wrong in row.errors],
        "proposals": [
            {"column": p.column, "kind": p.kind, "group": places[row.number, p.column]}
            for p in row.proposals
            if (row.number, p.column) in places
        ],
    }


def _error(wrong: Wrong) -> dict[str, Any]:
    return {"column": wrong.column, "code": wrong.code, "other": wrong.other}


def _remarks(sheet: RosterSheet) -> dict[str, Any]:
    """What a person should know of the file beside errors: what was left out, and what looks odd."""
    warned = {
        code: [row.number for row in sheet.rows if code in row.warnings]
        for code in ("id_differs", "address_unknown")
    }
    return {
        "ignored": sheet.ignored[:MOST_NAMED],
        "unused": list(sheet.unused_columns)[:MOST_NAMED],
        "warnings": {
            code: {"count": len(numbers), "rows": numbers[:MOST_NAMED]}
            for code, numbers in warned.items()
            if numbers
        },
    }
