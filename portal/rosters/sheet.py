"""Bytes of an upload to tables of plain values. Knows no request, no database and no roster."""

import csv
import datetime as dt
import io
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from charset_normalizer import from_bytes
from python_calamine import CalamineWorkbook

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

# The letters that Vietnamese alone has: proof that a text was decoded as what it is.
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
# Fonts of before Unicode drew Vietnamese over other letters. In no Vietnamese word does a capital with a mark
# follow a small letter (TCVN3 "NguyÔn"), a symbol touch a letter ("V¨n", "Hoµng"), or a or e stand before a
# vowel with a mark (VNI "Nguyeãn", "Vaên"). Read as cp1258, marks are left over on consonants.
_LEGACY = (
    re.compile("[a-z\u00df-\u00ff][ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝÇÑÖ×ØÞÆËÎÏÜÛ]"),
    re.compile("[A-Za-z][µ¸¶·¹¨»¾¼½©®ª«¬\u00ad×÷þß]|[µ¸¶·¹¨»¾¼½©®ª«¬\u00ad×÷þß][A-Za-z]"),
    re.compile("[aAeE][\u00c0-\u00ff\u0102\u0103]"),
    re.compile("[bcdđghklmnpqrstvx][\u0300-\u0303\u0309\u0323]", re.IGNORECASE),
)
_WORD = re.compile(r"\S+")
# How much of a text is read to judge its letters: enough for certainty, little enough to be quick.
_JUDGED = 200_000
_DELIMITERS = ",;\t|"


class Unreadable(StrEnum):
    BROKEN = "broken"
    LEGACY_FONT = "legacy_font"
    UNKNOWN_LETTERS = "unknown_letters"


class SheetError(Exception):
    def __init__(self, why: Unreadable) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `rows[0]` is row 1 of the file."""

    name: str
    rows: list[list[Value]]

    @property
    def is_empty(self) -> bool:
        return not any(shown(value) for row in self.rows for value in row)


def shown(value: Value) -> str:
    """A cell as a person reads it: NFC, single spaces, whole numbers without ".0", dates as dd/mm/yyyy."""
    if value is None:
        return ""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def tidy(text: str) -> str:
    """One Unicode form, the old eth as đ, no invisible characters, single spaces."""
    plain = unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").replace("\u00f0", "đ")
    return " ".join(re.sub("[\u200b-\u200f\u202a-\u202e\ufeff\x00-\x08\x0e-\x1f]", "", plain).split())


def read_tables(content: bytes) -> list[Table]:
    """All sheets of an XLSX file, or the one table of a CSV file."""
    tables = _read_xlsx(content) if content.startswith(b"PK") else [_read_csv(content)]
    if _looks_legacy(_sample(tables)):
        raise SheetError(Unreadable.LEGACY_FONT)
    return tables


def _read_xlsx(content: bytes) -> list[Table]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets: list[tuple[str, list[list[Any]]]] = [
            (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    # A broken file may make the foreign reader panic, and its panic is no Exception.
    except BaseException as error:
        raise SheetError(Unreadable.BROKEN) from error
    return [Table(name, rows) for name, rows in sheets]


def _read_csv(content: bytes) -> Table:
    text = decode(content).lstrip("\ufeff").replace("\x00", "")
    lines = text.splitlines()
    sample = "\n".join(lines[:50])
    # The delimiter that cuts the head of the file into the most parts; Excel here writes semicolons.
    delimiter = max(_DELIMITERS, key=sample.count)
    try:
        rows: list[list[Any]] = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise SheetError(Unreadable.BROKEN) from error
    return Table("", rows)


def decode(content: bytes) -> str:
    """UTF-8, UTF-16 or cp1258; what looks like neither is asked of charset-normalizer."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    windows = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    if _looks_legacy(windows):
        raise SheetError(Unreadable.LEGACY_FONT)
    if _VIETNAMESE.search(windows):
        return windows
    guess = from_bytes(content).best()
    if guess is None:
        raise SheetError(Unreadable.UNKNOWN_LETTERS)
    return str(guess)


def _sample(tables: list[Table]) -> str:
    parts: list[str] = []
    length = 0
    for table in tables:
        for row in table.rows:
            parts += [value for value in row if isinstance(value, str)]
            length += sum(len(value) for value in row if isinstance(value, str))
            if length > _JUDGED:
                break
    return unicodedata.normalize("NFC", " ".join(parts))


def _looks_legacy(text: str) -> bool:
    """Words that no Unicode text has, more of them than words that only Unicode text has."""
    odd = right = 0
    for word in _WORD.findall(text[:_JUDGED]):
        if word.isascii():
            continue
        odd += any(pattern.search(word) for pattern in _LEGACY)
        right += bool(_VIETNAMESE.search(word))
    return odd >= 2 and odd > right
