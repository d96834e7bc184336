"""Which column of a list means what, found from the names in its header."""

import re
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.common.text import fold
from portal.errors import Invalid
from portal.openings.sheets import Sheet

# field → (label, header names without case, marks and signs; the first ones are the commonest)
# ruff: noqa: E501 (a table)
FIELDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "title": (_l("Tên công việc"), (
        "title", "ten cong viec", "cong viec", "vi tri", "vi tri tuyen dung", "vi tri viec lam", "chuc danh",
        "ten vi tri", "job title", "position", "tieu de")),
    "employer": (_l("Nơi tuyển dụng"), (
        "employer", "cong ty", "ten cong ty", "doanh nghiep", "ten doanh nghiep", "don vi", "noi tuyen dung",
        "nha tuyen dung", "company", "don vi tuyen dung")),
    "place": (_l("Nơi làm việc"), (
        "place", "locations", "location", "noi lam viec", "dia diem", "dia diem lam viec", "dia chi lam viec",
        "dia chi")),
    "country": (_l("Nước đến làm việc"), (
        "country", "quoc gia", "nuoc", "nuoc den", "nuoc den lam viec", "thi truong")),
    "wage": (_l("Tiền lương"), (
        "wage", "salary", "luong", "muc luong", "tien luong", "thu nhap", "luong thang")),
    "wage_min": (_l("Lương thấp nhất"), (
        "salary min", "wage min", "luong tu", "luong thap nhat", "luong toi thieu")),
    "wage_max": (_l("Lương cao nhất"), (
        "salary max", "wage max", "luong den", "luong cao nhat", "luong toi da")),
    "experience": (_l("Kinh nghiệm"), (
        "experience", "kinh nghiem", "yeu cau kinh nghiem", "so nam kinh nghiem")),
    "experience_months": (_l("Kinh nghiệm (tháng)"), (
        "exp months", "experience months", "kinh nghiem thang", "so thang kinh nghiem")),
    "education": (_l("Học vấn"), ("education", "hoc van", "trinh do", "trinh do hoc van", "bang cap")),
    "quantity": (_l("Số người cần"), (
        "quantity", "so luong", "so nguoi", "so nguoi can", "sl", "so luong tuyen", "so luong can tuyen", "chi tieu")),
    "description": (_l("Mô tả công việc"), (
        "description", "mo ta", "mo ta cong viec", "noi dung cong viec", "job description", "cong viec can lam")),
    "requirements": (_l("Yêu cầu"), ("requirements", "yeu cau", "yeu cau cong viec", "yeu cau khac")),
    "benefits": (_l("Quyền lợi"), ("benefits", "quyen loi", "phuc loi", "che do", "che do dai ngo")),
    "working_time": (_l("Giờ làm việc"), (
        "working time", "thoi gian lam viec", "gio lam viec", "ca lam viec", "thoi gian")),
    "deadline": (_l("Hạn nhận hồ sơ"), (
        "deadline", "han nop", "han nop ho so", "han nhan ho so", "ngay het han", "han cuoi")),
    "occupation": (_l("Mã nghề"), ("occupation", "occupation code", "ma nghe", "ma nghe nghiep", "vsco", "isco")),
    "contact_name": (_l("Người liên hệ"), ("contact", "contact name", "nguoi lien he", "lien he")),
    "contact_phone": (_l("Điện thoại"), ("phone", "contact phone", "dien thoai", "so dien thoai", "sdt")),
    "contact_email": (_l("Thư điện tử"), ("email", "e mail", "contact email", "thu dien tu")),
}  # fmt: skip
# Lists often begin with the name of the list and its date.
HEADER_WITHIN = 10


@dataclass(frozen=True)
class Mapping:
    """field → column (0 is the first), and the line of the file the header stands in."""

    columns: dict[str, int]
    header_row: int
    header: list[str]

    def names(self) -> dict[str, str]:
        """field → the column's name in the file, to be kept with the batch."""
        return {field: self.header[column] for field, column in self.columns.items()}


def plain_name(name: Any) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(str(name or ""))))


_BY_NAME = {name: field for field, (_label, names) in FIELDS.items() for name in names}


def propose_mapping(sheet: Sheet, given: dict[str, str] | None = None) -> Mapping:
    """The header is the line that names the most fields; `given` (field → column name) goes first."""
    best: tuple[int, int, list[Any]] | None = None
    for number, row in sheet.rows[:HEADER_WITHIN]:
        found = len({_BY_NAME[name] for cell in row if (name := plain_name(cell)) in _BY_NAME})
        if best is None or found > best[0]:
            best = (found, number, row)
    assert best is not None
    header = [str(cell or "") for cell in best[2]]
    columns = {} if given else _found_columns(header)
    for field, name in (given or {}).items():
        columns[field] = _column_named(header, field, name)
    if "title" not in columns:
        raise Invalid(
            _("Không tìm thấy cột tên công việc. Hãy chọn cột, hoặc đặt tên cột là “Tên công việc”."),
            field="mapping",
        )
    return Mapping(columns, best[1], header)


def _found_columns(header: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, cell in enumerate(header):
        field = _BY_NAME.get(plain_name(cell))
        if field and field not in columns:
            columns[field] = column
    return columns


def _column_named(header: list[str], field: str, name: str) -> int:
    if field not in FIELDS:
        raise Invalid(_("Không có mục “%(name)s” để nối cột.", name=field), field="mapping")
    wanted = plain_name(name)
    for column, cell in enumerate(header):
        if plain_name(cell) == wanted:
            return column
    raise Invalid(_("Tệp không có cột “%(name)s”.", name=name), field="mapping")
