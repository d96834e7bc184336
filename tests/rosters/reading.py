"""Shorthands for the tests of the parser."""

import datetime as dt
from typing import Any

from portal.rosters.parsing import ParsedRow, RosterSheet
from tests.rosters.messy import HEADER, person, xlsx

ON = dt.date(2026, 11, 22)


def read(content: bytes, limit: int = 1000) -> RosterSheet:
    sheet = RosterSheet(content, limit=limit, on=ON)
    for _done in sheet.check():
        pass
    return sheet


def read_rows(rows: list[list[Any]]) -> RosterSheet:
    return read(xlsx(rows))


def one(**given: Any) -> ParsedRow:
    (row,) = read_rows([HEADER, person(1, **given)]).rows
    return row


def wrong(row: ParsedRow) -> list[tuple[str, str]]:
    return [(error.column, error.code) for error in row.errors]


def codes(sheet: RosterSheet) -> list[str]:
    return [error.code for error in sheet.file_errors]
