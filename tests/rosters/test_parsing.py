"""Reading a sheet: pure, one depth of errors at a time, never a guess and never an exception."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rosters.sheet import SheetError, decode, read_tables
from tests.rosters.messy import FIELDS, HEADER, csv_text, good_sheet, graduates, messy_sheet, person, xlsx
from tests.rosters.reading import codes, one, read, read_rows, wrong

# The file, one depth at a time


def test_a_right_sheet_has_no_errors() -> None:
    sheet = read(good_sheet(8))
    assert not sheet.file_errors and not sheet.wrong_rows
    assert [row.number for row in sheet.rows] == list(range(2, 10))


def test_an_unreadable_file_says_only_that() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "no xml")
    assert codes(read(out.getvalue())) == ["broken"]


@pytest.mark.parametrize("rows", [[], [[None, ""]], [HEADER], [["Danh sách"], HEADER, [None]]])
def test_a_sheet_without_people_says_only_that(rows: list[list[Any]]) -> None:
    assert codes(read_rows(rows)) == ["no_rows"]


def test_a_sheet_without_a_header_names_the_columns_it_needs() -> None:
    (error,) = read_rows([["a", "b"], ["c", "d"]]).file_errors
    assert (error.code, error.columns) == ("no_header", ("full_name", "birth", "phone"))


def test_missing_columns_are_named_before_any_cell_is_judged() -> None:
    (error,) = read_rows([["Họ và tên", "Giới tính"], ["Nguyễn Văn 1", "gì"]]).file_errors
    assert (error.code, error.columns) == ("missing_columns", ("birth", "phone"))


def test_a_column_named_twice_is_named_before_any_cell_is_judged() -> None:
    sheet = read_rows([[*HEADER, "SĐT"], [*person(1, **{"Ngày sinh": "gì"}), "0"]])
    assert codes(sheet) == ["columns_twice"] and sheet.rows == []
    assert sheet.file_errors[0].columns == ("phone",)


def test_the_limit_is_told_after_the_cells_are_right() -> None:
    rows = graduates(6)
    sheet = read(xlsx([HEADER, *rows]), limit=4)
    assert codes(sheet) == ["too_many_rows"] and sheet.file_errors[0].count == 6
    rows[0] = person(1, **{"Ngày sinh": "gì"})
    sheet = read(xlsx([HEADER, *rows]), limit=4)
    assert sheet.file_errors == [] and len(sheet.wrong_rows) == 1


# The header


def test_column_names_are_known_in_capitals_without_marks_and_with_punctuation() -> None:
    header = ["stt", "HO VA TEN:", "ngày, tháng, năm sinh", "Phái", "CCCD/CMND (*)", "Điện-thoại"]
    header += ["Hộ khẩu thường trú", "Tên nghề", "Hệ đào tạo"]
    (row,) = read_rows([header, person(3)]).rows
    values = row.values
    assert not row.errors and row.number == 2
    assert (values["national_id"], values["phone"]) == ("089203000003", "0900000003")
    assert (values["field_of_study"], values["education_code"]) == (FIELDS[3], "intermediate")


def test_title_rows_above_the_header_keep_the_numbers_of_the_file() -> None:
    sheet = read_rows([["UBND TỈNH"], [], ["DANH SÁCH LỚP Hàn K20"], HEADER, person(1), person(2)])
    assert [row.number for row in sheet.rows] == [5, 6]


def test_of_several_sheets_the_one_with_the_header_is_read() -> None:
    content = xlsx([HEADER, person(1)], before={"Bìa": [["Họ và tên"]], "Ghi chú": [["Lưu ý", "x"]]})
    assert len(read(content).rows) == 1


def test_a_header_of_two_rows_and_a_row_of_column_numbers_are_understood() -> None:
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", None, "SĐT"],
        [None, None, None, "Nam", "Nữ", None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "Trần Văn Bé", "01/02/2003", "x", None, "0901234567"],
        [2, "Lê Thị Út", "01/02/2003", None, "x", "0901234568"],
    ]
    sheet = read_rows(rows)
    assert [(row.number, row.values["sex"]) for row in sheet.rows] == [(4, "male"), (5, "female")]
    assert not sheet.wrong_rows


def test_rows_that_are_no_people_are_left_out_and_named() -> None:
    rows = [
        HEADER,
        person(1),
        ["Lớp Hàn"],
        person(2),
        [],
        ["Tổng cộng: 2"],
        [None, "Người lập", None, None, None, "HT"],
    ]
    sheet = read_rows(rows)
    assert [row.number for row in sheet.rows] == [2, 4] and sheet.ignored == [3, 6, 7]
    assert not sheet.wrong_rows


def test_the_example_of_the_template_is_no_person() -> None:
    from portal.rosters.sheets_out import template_csv

    header, (example,) = template_csv()
    sheet = read_rows([header, example])
    assert codes(sheet) == ["no_rows"]


# Rows against rows


def test_a_number_that_stands_twice_names_both_rows() -> None:
    rows = [person(1), person(2, **{"Số CCCD": person(1)[4]})]
    first, second = read_rows([HEADER, *rows]).rows
    assert [(e.code, e.column, e.other) for e in first.errors] == [("double", "national_id", 3)]
    assert [(e.code, e.column, e.other) for e in second.errors] == [("double", "national_id", 2)]


def test_a_lost_zero_does_not_hide_a_double() -> None:
    rows = [person(1), person(2, **{"Số CCCD": int(person(1)[4])})]
    assert all(row.errors for row in read_rows([HEADER, *rows]).rows)


def test_the_same_name_and_birthday_are_a_double_unless_two_numbers_tell_them_apart() -> None:
    twin = {"Họ và tên": "Nguyễn Văn An", "Ngày sinh": "01/02/2003", "Giới tính": "Nam"}
    apart = [person(1, **twin), person(3, **twin)]
    assert not read_rows([HEADER, *apart]).wrong_rows
    alike = [person(1, **twin), person(3, **twin, **{"Số CCCD": ""})]
    assert [wrong(row) for row in read_rows([HEADER, *alike]).rows] == [[("full_name", "double")]] * 2


def test_a_family_may_share_a_phone() -> None:
    rows = [person(1), person(2, **{"Số ĐT": person(1)[5]})]
    assert not read_rows([HEADER, *rows]).wrong_rows


# Letters


TEXT_ROWS = [["Họ và tên", "Ngày sinh", "SĐT"], ["Nguyễn Thị Ngọc Ánh", "05/09/2004", "0901234567"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_unicode(encoding: str, delimiter: str) -> None:
    text = csv_text(TEXT_ROWS, delimiter)
    content = b"\xff\xfe" + text.encode("utf-16-le") if encoding.endswith("bom") else text.encode(encoding)
    (row,) = read(content).rows
    assert row.values["full_name"] == "Nguyễn Thị Ngọc Ánh" and row.values["phone"] == "0901234567"


def test_csv_in_the_old_windows_letters_is_read_as_whole_letters() -> None:
    import unicodedata

    # cp1258 writes base letters and marks apart; which letters stand whole is its own choice.
    text = csv_text(TEXT_ROWS)
    content = b"".join(_cp1258(letter) for letter in unicodedata.normalize("NFC", text))
    (row,) = read(content).rows
    assert row.values["full_name"] == "Nguyễn Thị Ngọc Ánh"


def _cp1258(letter: str) -> bytes:
    import unicodedata

    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize(
            "NFC", "".join(p for p in parts if p not in "\u0300\u0301\u0303\u0309\u0323")
        )
        return (base + "".join(p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323")).encode("cp1258")


TCVN3 = ["NguyÔn V¨n H­ng", "TrÇn ThÞ BÝch Ngäc", "Lª Hoµng Phóc", "Ph¹m ThÞ Thu Th¶o"]
VNI = ["Nguyeãn Vaên Höng", "Traàn Thò Bích Ngoïc", "Leâ Hoaøng Phuùc", "Phaïm Thò Thu Thaûo"]


@pytest.mark.parametrize("names", [TCVN3, VNI], ids=["tcvn3", "vni"])
@pytest.mark.parametrize("kind", ["xlsx", "csv-utf8", "csv-latin"])
def test_letters_of_old_fonts_are_refused_and_not_stored_as_nonsense(names: list[str], kind: str) -> None:
    rows: list[list[Any]] = [["Ho ten", "Ngay sinh", "SDT"], *([name, 2004, "0901234567"] for name in names)]
    text = csv_text(rows)
    content = xlsx(rows) if kind == "xlsx" else text.encode("utf-8" if kind == "csv-utf8" else "latin-1")
    assert codes(read(content)) == ["legacy_font"]


def test_foreign_names_and_names_without_marks_are_no_old_font() -> None:
    rows = [
        ["Ho ten", "Ngay sinh", "SDT"],
        ["Jürgen Müller", 2004, "0901234567"],
        ["Le Thi Ut", 2004, "0901234568"],
    ]
    assert read_rows(rows).file_errors == []
    assert len(read(messy_sheet(40)).rows) == 40


def test_the_old_eth_is_read_as_d_with_a_stroke() -> None:
    assert one(**{"Họ và tên": "Ðặng Văn Ðức"}).values["full_name"] == "Đặng Văn Đức"


# Whatever comes


def test_a_messy_sheet_is_understood_whole() -> None:
    sheet = read(messy_sheet(200))
    assert not sheet.file_errors and not sheet.wrong_rows and len(sheet.rows) == 200
    assert sheet.rows[0].number == 6 and len(sheet.ignored) == 2


WORDS = ["x", "Nam", "8.9E+10", "05/09/2004", "5-9-04", "089200000001", "=1+1", "Chợ Mới", "Hàn", "CĐ"]
CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=40),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.sampled_from(WORDS),
)
NAMES = st.sampled_from([*HEADER, "Nữ", "Nam", "Họ", "Tên", "Năm sinh", "Email", "Xã", "Huyện", None, "Lớp"])


@settings(max_examples=150, deadline=None)
@given(st.lists(NAMES, max_size=12), st.lists(st.lists(CELL, max_size=12), max_size=8))
def test_no_sheet_makes_the_parser_fail(header: list[Any], rows: list[list[Any]]) -> None:
    sheet = read(xlsx([header, *rows]))
    assert sheet.file_errors or len(sheet.rows) + len(sheet.ignored) <= len(rows)
    for row in sheet.rows:
        assert row.errors or (row.values["full_name"] and row.values["birth_year"])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_parser_fail(content: bytes) -> None:
    read(content)
    try:
        decode(content)
        read_tables(b"PK\x03\x04" + content)
    except SheetError:
        pass


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16"]))
def test_no_text_makes_the_parser_fail(text: str, encoding: str) -> None:
    read(text.encode(encoding, errors="replace"))
