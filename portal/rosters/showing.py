"""What the pages of a roster show, out of its sealed rows."""

from dataclasses import dataclass
from typing import Any

from portal.reference.education import education_label
from portal.reference.places import places
from portal.rosters.models import Roster, RosterRow
from portal.rosters.proposals import EXAMPLES
from portal.rosters.sealing import open_json, row_place, summary_place
from portal.rosters.sentences import cell_sentence, column_label
from portal.rosters.states import RosterState
from portal.workers.rules import mask_number
from portal.workers.states import Sex

TONES = {
    RosterState.CHECKING: "water",
    RosterState.NEEDS_MENDING: "warn",
    RosterState.READY: "wait",
    RosterState.COMMITTING: "water",
    RosterState.COMMITTED: "good",
    RosterState.WITHDRAWING: "water",
    RosterState.WITHDRAWN: "calm",
}
# Partners are shown no count below this, nor one whose complement is below it.
SMALLEST_COUNT = 5


@dataclass(frozen=True, slots=True)
class WrongCell:
    label: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WrongRow:
    number: int
    name: str
    cells: list[WrongCell]


def cells_of(row: RosterRow) -> dict[str, Any]:
    return open_json(row.cells, row_place(row.roster_id, row.row_number)) or {
        "values": {}, "texts": {}, "proposed": {}
    }  # fmt: skip


def summary_of(roster: Roster) -> dict[str, Any]:
    empty: dict[str, Any] = {"groups": [], "ignored": [], "unused": [], "warnings": {}}
    return {**empty, **(open_json(roster.summary, summary_place(roster.id)) or {})}


def wrong_row(row: RosterRow) -> WrongRow:
    cells = cells_of(row)
    wrong = [
        WrongCell(column_label(e["column"]), cells["texts"].get(e["column"], ""), cell_sentence(e))
        for e in row.errors
    ]
    return WrongRow(row.row_number, cells["values"].get("full_name") or "", wrong)


def preview_row(row: RosterRow) -> dict[str, Any]:
    """As it will be written, but for what is still asked."""
    cells = cells_of(row)
    values, proposed = cells["values"], cells["proposed"]
    year, date = values.get("birth_year"), values.get("birth_date")
    number = values.get("national_id") or proposed.get("national_id") or ""
    return {
        "number": row.row_number,
        "name": values.get("full_name"),
        "birth": "/".join(reversed(date.split("-"))) if date else str(year or ""),
        "sex": Sex(values["sex"]).label if values.get("sex") else "",
        "national_id": mask_number(number),
        "phone": values.get("phone") or proposed.get("phone"),
        "email": values.get("email"),
        "commune": places().name(values["commune_code"]) if values.get("commune_code") else "",
        "address": values.get("address_line"),
        "education": education_label(values.get("education_code")),
        "field": values.get("field_of_study"),
    }


def examples_of(group: dict[str, Any], rows: dict[int, RosterRow]) -> list[tuple[int, str, str]]:
    """Row number, as in the file, as proposed: the first few rows of a question about lost zeros."""
    found = []
    for number in group["rows"][:EXAMPLES]:
        proposed = cells_of(rows[number])["proposed"].get(group["column"], "") if number in rows else ""
        if proposed:
            found.append((number, proposed.lstrip("0"), proposed))
    return found


def told(count: int, total: int) -> int | None:
    """A count a partner may know, or None."""
    return count if count >= SMALLEST_COUNT and total - count >= SMALLEST_COUNT else None
