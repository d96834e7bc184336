"""The columns of a roster: their names, and how the header is found among title rows and sheets."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.common.text import fold
from portal.rosters.sheet import Table, Value, shown

NAMES = Path(__file__).parent / "data" / "column_names.csv"
# Title rows, a letterhead, a blank line: the header of a real sheet stands within these.
HEADER_WITHIN = 40
# One word may stand in a title by chance; two columns of ours in one row are a header.
FEWEST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Column:
    """With an example it stands in the template; the others are understood where a college has them."""

    name: str
    label: Any
    hint: Any = ""
    example: str = ""


COLUMNS = (
    Column(
        "full_name",
        _l("Họ và tên"),
        hint=_l("Ghi đủ họ, tên đệm và tên. Có thể ghi ở hai cột “Họ và tên đệm” và “Tên”."),
        example="Neáng Sóc Kha",
    ),
    Column("family_name", _l("Họ và tên đệm")),
    Column("given_name", _l("Tên")),
    Column(
        "birth",
        _l("Ngày sinh"),
        hint=_l("Ngày/tháng/năm, ví dụ 05/09/2004. Không rõ ngày thì chỉ ghi năm."),
        example="05/09/2004",
    ),
    Column("birth_year", _l("Năm sinh")),
    Column("sex", _l("Giới tính"), hint=_l("Nam hoặc Nữ. Có thể để trống."), example="Nữ"),
    Column("female", _l("Nữ")),
    Column("male", _l("Nam")),
    Column(
        "national_id",
        _l("Số căn cước"),
        hint=_l("12 chữ số. Ô phải ở dạng chữ (Text), nếu không bảng tính sẽ bỏ mất số 0 ở đầu."),
        example="089304001234",
    ),
    Column(
        "phone",
        _l("Số điện thoại"),
        hint=_l("Của chính người học. Cần số điện thoại hoặc thư điện tử để Trung tâm báo cho người học."),
        example="0901234567",
    ),
    Column("email", _l("Thư điện tử"), hint=_l("Của chính người học."), example="soc.kha@vidu.vn"),
    Column(
        "address",
        _l("Địa chỉ"),
        hint=_l("Xã, phường hiện nay, hoặc địa chỉ cũ có huyện: cổng tự tìm xã, phường hiện nay."),
        example="Ấp Tô Bình, xã Cô Tô, huyện Tri Tôn, An Giang",
    ),
    Column("commune", _l("Xã, phường")),
    Column("district", _l("Huyện")),
    Column("province", _l("Tỉnh")),
    Column("education", _l("Trình độ"), hint=_l("Sơ cấp, Trung cấp hoặc Cao đẳng."), example="Trung cấp"),
    Column(
        "field",
        _l("Ngành, nghề"),
        hint=_l("Ngành, nghề đã học. Cổng đề xuất công việc hợp với ngành, trường xem lại."),
        example="Kỹ thuật chế biến món ăn",
    ),
    Column("skills", _l("Kỹ năng"), hint=_l("Cách nhau bằng dấu phẩy."), example="Nấu món Khmer, nấu tiệc"),
)
BY_NAME = {column.name: column for column in COLUMNS}
NAMED = ("full_name",), ("family_name", "given_name")
BORN = ("birth",), ("birth_year",)
REACHED = ("phone",), ("email",)
# What a sheet cannot do without, each with the ways to have it and the column to name when it lacks.
NEEDED = (("full_name", NAMED), ("birth", BORN), ("phone", REACHED))


def key_of(text: str) -> str:
    """ "SỐ CCCD/CMND (12 số) *" is "so cccd cmnd"."""
    without_notes = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", fold(text))
    return " ".join(re.findall(r"[a-z0-9]+", without_notes))


def _read_names() -> dict[str, str]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["column"] for row in csv.DictReader(file)}


# How sheets call our columns, as keys. Of several addresses in a sheet the first in this order is taken:
# where somebody lives before where they are registered or come from.
_BY_KEY = _read_names()


def column_named(value: Value) -> str | None:
    text = shown(value)
    return _BY_KEY.get(key_of(text)) if text and len(text) <= 80 else None


@dataclass(frozen=True, slots=True)
class Header:
    table: Table
    # Index of the header among the rows of the table, and of the first row under it.
    at: int
    data_at: int
    # Which of our columns stands where; several places for one name is an error of the file.
    places: dict[str, list[int]]
    unused: tuple[str, ...]

    @property
    def twice(self) -> list[str]:
        return [name for name, places in self.places.items() if len(places) > 1]

    @property
    def missing(self) -> list[str]:
        def has(ways: tuple[tuple[str, ...], ...]) -> bool:
            return any(all(name in self.places for name in way) for way in ways)

        return [name for name, ways in NEEDED if not has(ways)]


def find_header(tables: list[Table]) -> Header | None:
    """The row, in any sheet, in which most of our columns are named."""
    best: tuple[int, Header] | None = None
    for table in tables:
        for at, row in enumerate(table.rows[:HEADER_WITHIN]):
            found = {name for name in map(column_named, row) if name}
            if len(found) >= FEWEST_NAMES and (best is None or len(found) > best[0]):
                best = (len(found), _header(table, at))
    return best[1] if best else None


def _header(table: Table, at: int) -> Header:
    names = [column_named(value) for value in table.rows[at]]
    below = table.rows[at + 1] if at + 1 < len(table.rows) else []
    data_at = at + 1
    if _is_second_row(below):
        data_at += 1
        for place, value in enumerate(below):
            if place < len(names) and column_named(value):
                names[place] = column_named(value)
    if data_at < len(table.rows) and _only_counts(table.rows[data_at]):
        data_at += 1
    _split_name(names, table, at, data_at)
    _keep_one_address(names, table.rows[at])
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        if name:
            places.setdefault(name, []).append(place)
    unused = tuple(
        shown(value) for value, name in zip(table.rows[at], names, strict=False) if not name and shown(value)
    )
    return Header(table, at, data_at, places, unused)


def _is_second_row(row: list[Value]) -> bool:
    """ "Giới tính" above, "Nam" and "Nữ" below: a header of two rows."""
    filled = [value for value in row if shown(value)]
    return len(filled) >= 2 and all(column_named(value) in ("female", "male") for value in filled)


def _only_counts(row: list[Value]) -> bool:
    """The row (1) (2) (3) … under the header of official forms."""
    filled = [re.sub(r"\D", "", shown(value)) for value in row if shown(value)]
    return len(filled) >= 3 and filled == [str(number) for number in range(1, len(filled) + 1)]


def _keep_one_address(names: list[str | None], row: list[Value]) -> None:
    """A sheet may say where somebody lives and where they are registered; the same name twice is an error."""
    order = list(_BY_KEY)
    ranked = sorted(
        (order.index(key_of(shown(row[place]))), place)
        for place, name in enumerate(names)
        if name == "address"
    )
    for rank, place in ranked:
        if rank != ranked[0][0]:
            names[place] = None


def _split_name(names: list[str | None], table: Table, at: int, data_at: int) -> None:
    """ "Họ và tên" merged over two columns: the second has no name of its own, and holds given names."""
    for place in range(len(names) - 1):
        if names[place] != "full_name" or shown(table.rows[at][place + 1]) or names[place + 1]:
            continue
        beside = [shown(row[place + 1]) for row in table.rows[data_at : data_at + 50] if place + 1 < len(row)]
        named = [text for text in beside if text and not any(letter.isdigit() for letter in text)]
        if beside and len(named) * 2 > len(beside):
            names[place], names[place + 1] = "family_name", "given_name"
        return


def data_rows(header: Header) -> Iterator[tuple[int, dict[str, Value], int]]:
    """Number as in the file, our cells, how many cells of the row are filled; empty rows are left out."""
    for at in range(header.data_at, len(header.table.rows)):
        row = header.table.rows[at]
        filled = sum(1 for value in row if shown(value))
        if not filled:
            continue
        cells = {
            name: row[places[0]] if places[0] < len(row) else None for name, places in header.places.items()
        }
        yield at + 1, cells, filled
