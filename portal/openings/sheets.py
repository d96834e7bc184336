"""A list of openings as a file: bytes in, numbered rows of cells out. XLSX, or CSV in any charset."""

import csv
import io
import unicodedata
from dataclasses import dataclass
from typing import Any

from charset_normalizer import from_bytes
from flask_babel import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from portal.errors import Invalid
from portal.files.operations import CSV, sheet_type

# One person looks through a preview; a longer list is better sent in parts.
# Written in one transaction: this many hold up other writers for about three seconds.
MOST_ROWS = 1_000
MOST_COLUMNS = 60
MOST_BYTES = 8 * 1024 * 1024
# A cell longer than this is a whole document pasted by mistake.
LONGEST_CELL = 20_000
# Letters that only Vietnamese has: seen after decoding, the charset was right.
_VIETNAMESE = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")

Row = tuple[int, list[Any]]


@dataclass(frozen=True)
class Sheet:
    """Rows with the numbers they have in the file, the first line being 1."""

    rows: list[Row]


def read_sheet(content: bytes) -> Sheet:
    """Raises Invalid with a sentence where the file cannot be read."""
    if len(content) > MOST_BYTES:
        raise Invalid(_("Tệp lớn quá. Nhiều nhất là %(n)s MB.", n=MOST_BYTES // 1024 // 1024), field="file")
    cells = _csv_rows(content) if sheet_type(content) == CSV else _xlsx_rows(content)
    rows = [
        (number, [_tidy(cell) for cell in row[:MOST_COLUMNS]])
        for number, row in enumerate(cells, start=1)
        if any(str(cell).strip() for cell in row if cell is not None)
    ]
    if len(rows) < 2:
        raise Invalid(_("Tệp không có dòng nào dưới dòng tiêu đề."), field="file")
    if len(rows) > MOST_ROWS + 1:
        raise Invalid(
            _("Tệp có quá nhiều dòng. Nhiều nhất là %(n)s tin một lần, hãy chia nhỏ tệp.", n=MOST_ROWS),
            field="file",
        )
    return Sheet(rows)


def _tidy(cell: Any) -> Any:
    if isinstance(cell, str):
        return unicodedata.normalize("NFC", cell).strip()[:LONGEST_CELL]
    return cell


def _xlsx_rows(content: bytes) -> list[list[Any]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError) as error:
        raise Invalid(
            _("Tệp này bị hỏng, không mở được. Hãy lưu lại và gửi lần nữa."), field="file"
        ) from error


def _csv_rows(content: bytes) -> list[list[Any]]:
    text = decode(content)
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Invalid(_("Tệp CSV này không đọc được. Hãy lưu lại dạng UTF-8."), field="file") from error


def decode(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16, the Vietnamese Windows page, then whatever fits best."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # cp1258 writes letter and tone apart; any other page would show the tones as stray signs.
    windows = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    if sum(letter in _VIETNAMESE for letter in windows.lower()) * 50 >= len(windows):
        return windows
    best = from_bytes(content).best()
    if best is None:
        raise Invalid(_("Không nhận ra bảng mã của tệp. Hãy lưu lại dạng UTF-8."), field="file")
    return str(best)
