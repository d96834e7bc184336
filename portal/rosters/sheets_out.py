"""Sheets that leave: the template, and the college's own sheet with what has to be mended beside each row."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from portal.reference.education import levels
from portal.rosters.columns import COLUMNS, Header
from portal.rosters.sheet import Value, shown
from portal.web.downloads import defused

# Rows that get the list of allowed values and the text format; more can be written all the same.
PREPARED_ROWS = 5_000
TAUGHT = ("elementary_vocational", "intermediate", "college")
TEXT_COLUMNS = ("national_id", "phone", "birth")
WIDTHS = {"full_name": 26, "address": 46, "field": 30, "skills": 30, "email": 24}
NARROW, WIDE = 16, 60
BOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def template_columns() -> list[Any]:
    return [column for column in COLUMNS if column.example]


def allowed_values() -> dict[str, list[str]]:
    """Vietnamese in both languages: it is what the sheet itself is written in."""
    return {"sex": ["Nam", "Nữ"], "education": [levels()[code].name_vi for code in TAUGHT]}


def template_xlsx() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, BOOK)
    head = book.add_format({"bold": True, "bg_color": "#E3EEF0", "bottom": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    page = book.add_worksheet(_("Danh sách"))
    for place, column in enumerate(template_columns()):
        page.write_string(0, place, str(column.label), head)
        style = text if column.name in TEXT_COLUMNS else None
        page.set_column(place, place, WIDTHS.get(column.name, NARROW), style)
        page.write_string(1, place, column.example, style)
        if column.name in allowed_values():
            allowed = {"validate": "list", "source": allowed_values()[column.name], "ignore_blank": True}
            page.data_validation(1, place, PREPARED_ROWS, place, allowed)
    page.freeze_panes(1, 1)
    _write_notes(book, head)
    _write_lists(book, head)
    book.close()
    return out.getvalue()


def _write_notes(book: Any, head: Any) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(_("Cách ghi"))
    page.set_column(0, 0, NARROW + 4, wrapped)
    page.set_column(1, 1, WIDE + 20, wrapped)
    page.write_row(0, 0, [_("Cột"), _("Cách ghi")], head)
    notes = [(str(column.label), str(column.hint)) for column in template_columns()]
    notes.append((_("Lưu ý"), _("Dòng thứ hai là ví dụ: hãy xóa trước khi gửi. Mỗi người học một dòng.")))
    for number, note in enumerate(notes, start=1):
        page.write_row(number, 0, note)


def _write_lists(book: Any, head: Any) -> None:
    page = book.add_worksheet(_("Danh mục"))
    page.set_column(0, 3, NARROW + 4)
    labels = {column.name: str(column.label) for column in COLUMNS}
    for place, (name, values) in enumerate(allowed_values().items()):
        page.write_string(0, place, labels[name], head)
        page.write_column(1, place, values)


def template_csv() -> tuple[list[str], list[list[str]]]:
    columns = template_columns()
    return [str(column.label) for column in columns], [[column.example for column in columns]]


def sheet_with_errors(header: Header, sentences: Mapping[int, str], *, as_csv: bool) -> bytes:
    """The sheet as it came, one column more. Rows above the header stay, so that numbers stay the same."""
    rows = _with_column(header, sentences)
    return _csv(rows) if as_csv else _xlsx(rows, header, set(sentences))


def _with_column(header: Header, sentences: Mapping[int, str]) -> list[list[Value]]:
    names = [shown(value) for value in header.table.rows[header.at]]
    # A sheet that was mended from an earlier download has the column already.
    known = names.index(_("Cần sửa")) if _("Cần sửa") in names else None
    at = max(len(row) for row in header.table.rows) if known is None else known
    rows: list[list[Value]] = []
    for number, row in enumerate(header.table.rows, start=1):
        added = _("Cần sửa") if number == header.at + 1 else sentences.get(number, "")
        rows.append([*row[:at], *[None] * (at - len(row)), added])
    return rows


def _csv(rows: Iterable[Sequence[Value]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([defused(shown(value)) for value in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(rows: list[list[Value]], header: Header, wrong: set[int]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, BOOK)
    page = book.add_worksheet((header.table.name or "Sheet1")[:31])
    bold, red = book.add_format({"bold": True}), book.add_format({"bg_color": "#F8E3DF", "text_wrap": True})
    for number, row in enumerate(rows):
        style = bold if number == header.at else None
        for place, value in enumerate(row):
            last = place == len(row) - 1 and number + 1 in wrong
            _write(page, number, place, value, red if last else style)
    width = max((len(row) for row in rows), default=1)
    page.set_column(0, width - 2, NARROW)
    page.set_column(width - 1, width - 1, WIDE)
    book.close()
    return out.getvalue()


def _write(page: Any, row: int, column: int, value: Value, style: Any) -> None:
    """Text stays text, whatever it begins with; dates become the text people read."""
    if value is None or value == "":
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(row, column, value, style)
    elif isinstance(value, dt.date | dt.datetime | bool | str):
        page.write_string(row, column, shown(value) if not isinstance(value, str) else value, style)
    else:
        page.write_string(row, column, str(value), style)
