"""Numbers of rows in addresses and forms: what no table can hold is nobody's row, not an error."""

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

# A PostgreSQL integer; SQLite could hold more, but its driver stops at 64 bits.
LARGEST = 2_147_483_647


class RowNumber(IntegerConverter):
    """`<int:opening_id>` beyond it leads nowhere: 404 instead of an error of the database."""

    def to_python(self, value: str) -> int:
        number: int = super().to_python(value)
        if number > LARGEST:
            raise ValidationError
        return number


def may_be_row(number: int) -> bool:
    return 0 < number <= LARGEST


def row_number(text: str) -> int | None:
    """What somebody wrote as the number of a row; None where it can be nobody's."""
    if not text.isdecimal() or len(text) > len(str(LARGEST)):
        return None
    return int(text) if may_be_row(int(text)) else None


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
