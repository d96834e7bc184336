"""Sheets and files that leave the portal. Formulas are defused."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

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


def file_response(content: bytes, filename: str, mimetype: str, *, inline: bool = False) -> Response:
    response = Response(content, content_type=mimetype)
    response.headers.set("Content-Disposition", "inline" if inline else "attachment", filename=filename)
    response.headers["Cache-Control"] = "no-store"
    return response
