"""Sheets as colleges really send them, made in the test: no binary files."""

import csv
import datetime as dt
import io
import random
from collections.abc import Sequence
from typing import Any

import xlsxwriter

HEADER = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Số ĐT",
    "Địa chỉ",
    "Ngành nghề",
    "Trình độ",
]
FAMILIES = (
    "Nguyễn Thị",
    "Trần Văn",
    "Lê Hoàng",
    "Neáng Sóc",
    "Chau Kim",
    "Phạm Ngọc",
    "Huỳnh Minh",
    "Danh Thanh",
)
GIVEN = ("Mai", "Bé", "Út", "Kha", "Hiền", "Phúc", "Tâm", "Lợi", "Thảo", "Duy", "Ngân", "Khoa")
FIELDS = ("Hàn", "Kế toán doanh nghiệp", "Điện công nghiệp", "May thời trang", "Kỹ thuật chế biến món ăn")
ADDRESSES = (
    "ấp 3, xã Vĩnh Hanh, huyện Châu Thành, An Giang",
    "xã Thạnh Đông, huyện Tân Hiệp, Kiên Giang",
    "phường Mỹ Bình, TP Long Xuyên, An Giang",
    "Chợ Mới, An Giang",
)

Rows = Sequence[Sequence[Any]]


def xlsx(
    rows: Rows, *, sheet: str = "DS", before: dict[str, Rows] | None = None, dates: str = "dd/mm/yyyy"
) -> bytes:
    """Values as given: numbers stay numbers, dates become date cells; `before` are sheets in front."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    date = book.add_format({"num_format": dates})
    for name, content in {**(before or {}), sheet: rows}.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(content):
            for place, value in enumerate(row):
                if isinstance(value, dt.date):
                    page.write_datetime(number, place, dt.datetime(value.year, value.month, value.day), date)
                elif isinstance(value, str):
                    page.write_string(number, place, value)
                elif value is not None:
                    page.write(number, place, value)
    book.close()
    return out.getvalue()


def csv_text(rows: Rows, delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def person(number: int, **given: Any) -> list[Any]:
    """One right row under HEADER, different for every number."""
    row = {
        "STT": number,
        "Họ và tên": f"{FAMILIES[number % 8]} {GIVEN[number % 12]} {GIVEN[number // 12 % 12]}",
        "Ngày sinh": dt.date(2000 + number % 6, 1 + number % 12, 1 + number % 28),
        "Giới tính": "Nam" if number % 2 else "Nữ",
        "Số CCCD": f"089{2 + (number + 1) % 2}{number % 6:02d}{number:06d}",
        "Số ĐT": f"09{number:08d}",
        "Địa chỉ": ADDRESSES[number % 3],
        "Ngành nghề": FIELDS[number % 5],
        "Trình độ": "Cao đẳng" if number % 3 else "Trung cấp",
        **given,
    }
    return [row[name] for name in HEADER]


def graduates(count: int, first: int = 1) -> list[list[Any]]:
    return [person(number) for number in range(first, first + count)]


def good_sheet(count: int = 6, first: int = 1) -> bytes:
    return xlsx([HEADER, *graduates(count, first)])


def messy_sheet(count: int, seed: int = 1) -> bytes:
    """Title rows, a cover sheet, lost zeros, serial dates, years alone, old addresses, a sum, a signature."""
    rng = random.Random(seed)
    rows: list[list[Any]] = [
        ["UBND TỈNH AN GIANG"], ["TRƯỜNG CAO ĐẲNG NGHỀ"], [], ["DANH SÁCH TỐT NGHIỆP"],
        ["STT", "HỌ VÀ TÊN", None, "NGÀY SINH", "NỮ", "SỐ CCCD (12 số)", "SĐT*", "HKTT",
         "NGÀNH / NGHỀ", "BẬC ĐÀO TẠO"],
    ]  # fmt: skip
    for number in range(1, count + 1):
        row = person(number)
        family, given = row[1].rsplit(" ", 1)
        birth: Any = row[2]
        how = rng.random()
        if how < 0.3:
            birth = (birth - dt.date(1899, 12, 30)).days
        elif how < 0.4:
            birth = birth.year
        elif how < 0.7:
            birth = birth.strftime("%d/%m/%Y")
        rows.append(
            [
                number, family, given, birth, "x" if row[3] == "Nữ" else None,
                int(row[4]) if rng.random() < 0.5 else row[4], int(row[5]) if rng.random() < 0.5 else row[5],
                rng.choice(ADDRESSES), row[7], row[8],
            ]
        )  # fmt: skip
    rows += [
        [],
        [f"Tổng cộng: {count} người học"],
        [None, None, None, None, None, None, "An Giang, ngày 20/6/2026"],
    ]
    return xlsx(rows, before={"Bìa": [["Bìa"], ["Danh sách kèm theo"]]})
