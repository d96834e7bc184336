"""Sheets to take along: the template, and one's own sheet with what has to be mended."""

from typing import Any

from flask import abort, current_app
from flask_babel import gettext as _

from portal.access.states import Role
from portal.common.clock import today
from portal.extensions import db
from portal.files.operations import CSV, XLSX, read
from portal.rosters.parsing import RosterSheet
from portal.rosters.queries import rows_of
from portal.rosters.sentences import cell_sentence, column_label
from portal.rosters.sheets_out import sheet_with_errors, template_csv, template_xlsx
from portal.rosters.states import RosterState
from portal.rosters.views import SEE, bp, visible
from portal.web.access import allow
from portal.web.downloads import csv_response, file_response

__all__ = ["bp"]


@bp.get("/template.xlsx")
@allow(*SEE)
def template() -> Any:
    return file_response(template_xlsx(), "mau-danh-sach.xlsx", XLSX)


@bp.get("/template.csv")
@allow(*SEE)
def template_as_csv() -> Any:
    header, rows = template_csv()
    return csv_response("mau-danh-sach.csv", header, rows)


@bp.get("/<int:roster_id>/errors")
@allow(Role.COLLEGE)
def errors(roster_id: int) -> Any:
    """Only while there is something to mend: later the sheet is gone."""
    roster = visible(roster_id)
    if roster.state is not RosterState.NEEDS_MENDING or roster.file_errors:
        abort(404)
    sentences = {
        row.row_number: "; ".join(
            _("%(column)s: %(sentence)s", column=column_label(error["column"]), sentence=cell_sentence(error))
            for error in row.errors
        )
        for row in db.session.scalars(rows_of(roster))
    }
    content = read(roster.file, folder=current_app.config["UPLOAD_FOLDER"])
    sheet = RosterSheet(content, limit=current_app.config["ROSTER_ROWS"], on=today())
    if sheet.header is None:
        abort(404)
    as_csv = roster.file.content_type == CSV
    made = sheet_with_errors(sheet.header, sentences, as_csv=as_csv)
    name, kind = ("can-sua.csv", "text/csv; charset=utf-8") if as_csv else ("can-sua.xlsx", XLSX)
    return file_response(made, name, kind)
