"""Sheets and files that leave the portal. Formulas are defused."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response

from portal.common.text import fold

# At the beginning of a value; and behind a semicolon, where a Vietnamese Excel begins a new cell. The wide
# signs are what an East Asian keyboard writes.
_RISKY = re.compile(r"(^|[;\t\r\n] *)(?=[=+\-@＝＋－＠\t\r\n])")


def defused(value: Any) -> Any:
    """For CSV, where a program takes what begins like a formula for one."""
    return _RISKY.sub(r"\1'", value) if isinstance(value, str) else value


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([defused(value) for value in row] for row in rows)
    # The byte order mark makes Excel read the Vietnamese letters.
    return file_response(("\ufeff" + out.getvalue()).encode(), filename, "text/csv; charset=utf-8")


def file_response(content: bytes, filename: str, mimetype: str, *, inline: bool = False) -> Response:
    response = Response(content, content_type=mimetype)
    names = _names(filename)
    response.headers.set("Content-Disposition", "inline" if inline else "attachment", **names)
    response.headers["Cache-Control"] = "no-store"
    return response


def _names(filename: str) -> dict[str, str]:
    """A header is Latin-1: other letters travel encoded, beside a plain name for old programs."""
    if filename.isascii():
        return {"filename": filename}
    plain = "".join(letter for letter in fold(filename) if letter.isascii())
    return {"filename": plain, "filename*": f"UTF-8''{quote(filename, safe='')}"}
