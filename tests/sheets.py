"""Sheets that tests upload."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter


def xlsx_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("Sheet1")
    for number, row in enumerate((header, *rows)):
        page.write_row(number, 0, row)
    book.close()
    return out.getvalue()
