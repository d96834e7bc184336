"""Sheets and files that leave the portal. Formulas are defused."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from flask import Response

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def defused(value: Any) -> Any:
    """For CSV, where a program takes what begins like a formula for one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([defused(value) for value in row] for row in rows)
    # The byte order mark makes Excel read the Vietnamese letters.
    return file_response(("\ufeff" + out.getvalue()).encode(), filename, "text/csv; charset=utf-8")


def xlsx_bytes(sheet: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    page.write_row(0, 0, header, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, column, value)
            elif value is not None:
                page.write(number, column, value)
    page.set_column(0, max(len(header) - 1, 0), 18)
    book.close()
    return out.getvalue()


def file_response(content: bytes, filename: str, mimetype: str, *, inline: bool = False) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "inline" if inline else "attachment", filename=filename)
    response.headers["Cache-Control"] = "no-store"
    return response
