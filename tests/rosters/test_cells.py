"""What one cell means: a value, an error that says what to do, or a proposal; never a guess."""

import datetime as dt
from typing import Any

import pytest

from tests.rosters.reading import one, read_rows, wrong

# Names, birth, sex


def test_family_and_given_name_may_stand_in_two_columns() -> None:
    header = ["Họ đệm", "Tên", "Ngày sinh", "SĐT"]
    (row,) = read_rows([header, ["Nguyễn Thị  Kim", "Ngân", "05/09/2004", "0901234567"]]).rows
    assert row.values["full_name"] == "Nguyễn Thị Kim Ngân"


def test_a_name_merged_over_two_columns_is_one_name() -> None:
    (row,) = read_rows([["Họ và tên", None, "Ngày sinh", "SĐT"], ["Trần Văn", "Bé", 2004, "0901234567"]]).rows
    assert row.values["full_name"] == "Trần Văn Bé"


def test_a_name_in_capitals_becomes_a_name() -> None:
    assert one(**{"Họ và tên": "NGUYỄN THỊ ÁNH"}).values["full_name"] == "Nguyễn Thị Ánh"


@pytest.mark.parametrize("text", ["Nguyễn Văn 2", "...", "0901234567"])
def test_a_name_is_made_of_letters(text: str) -> None:
    assert wrong(one(**{"Họ và tên": text})) == [("full_name", "name_letters")]


@pytest.mark.parametrize(
    ("cell", "date", "year"),
    [
        ("05/09/2004", dt.date(2004, 9, 5), 2004),
        ("5-9-2004", dt.date(2004, 9, 5), 2004),
        ("5.9.2004", dt.date(2004, 9, 5), 2004),
        ("2004-09-05", dt.date(2004, 9, 5), 2004),
        ("5/9/98", dt.date(1998, 9, 5), 1998),
        ("ngày 5 tháng 9 năm 2004", dt.date(2004, 9, 5), 2004),
        (dt.date(2004, 9, 5), dt.date(2004, 9, 5), 2004),
        (38235, dt.date(2004, 9, 5), 2004),
        ("38235", dt.date(2004, 9, 5), 2004),
        (2004, None, 2004),
        ("2004", None, 2004),
        ("00/00/2004", None, 2004),
    ],
)
def test_birth_dates_as_sheets_write_them(cell: Any, date: dt.date | None, year: int) -> None:
    row = one(**{"Ngày sinh": cell})
    assert not row.errors and (row.values["birth_date"], row.values["birth_year"]) == (date, year)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "birth_missing"),
        ("5-9-04", "birth_short_year"),
        ("01/02/03", "birth_short_year"),
        ("31/02/2004", "birth_not_in_calendar"),
        ("05/17/2004", "birth_not_in_calendar"),
        ("tháng 9", "birth_unreadable"),
        (99, "birth_unreadable"),
        (5092004, "birth_unreadable"),
        ("01/01/1890", "birth_old"),
        ("01/01/2030", "birth_future"),
        ("22/11/2012", "birth_young"),
        (2011, "birth_young_year"),
    ],
)
def test_a_doubtful_birth_is_an_error_and_never_guessed(cell: Any, code: str) -> None:
    assert wrong(one(**{"Ngày sinh": cell})) == [("birth", code)]


def test_the_fifteenth_birthday_counts() -> None:
    assert not one(**{"Ngày sinh": "22/11/2011"}).errors
    assert wrong(one(**{"Ngày sinh": "23/11/2011"})) == [("birth", "birth_young")]


@pytest.mark.parametrize(
    ("word", "sex"),
    [("Nam", "male"), ("NỮ", "female"), ("nu", "female"), ("F", "female"), ("m", "male"), ("", None)],
)
def test_sex_in_words(word: str, sex: str | None) -> None:
    row = one(**{"Giới tính": word})
    assert not row.errors and row.values["sex"] == sex


def test_an_x_under_the_column_of_women() -> None:
    header = ["Họ và tên", "Ngày sinh", "Nữ", "SĐT"]
    rows = [["Lê Thị Út", 2004, "x", "0901234567"], ["Trần Văn Bé", 2004, None, "0901234568"]]
    assert [row.values["sex"] for row in read_rows([header, *rows]).rows] == ["female", "male"]
    # A column in which nobody made a mark says nothing.
    rows[0][2] = None
    assert [row.values["sex"] for row in read_rows([header, *rows]).rows] == [None, None]


def test_a_year_under_the_column_of_a_sex_is_birth_and_sex() -> None:
    header = ["Họ và tên", "Ngày sinh", "Nam", "Nữ", "SĐT"]
    (row,) = read_rows([header, ["Lê Thị Út", None, None, 2004, "0901234567"]]).rows
    assert (row.values["birth_year"], row.values["sex"]) == (2004, "female") and not row.errors


def test_doubtful_sex_is_an_error() -> None:
    assert wrong(one(**{"Giới tính": "0"})) == [("sex", "sex_unknown")]
    header = ["Họ và tên", "Ngày sinh", "Nam", "Nữ", "SĐT"]
    (row,) = read_rows([header, ["Lê Thị Út", 2004, "x", "x", "0901234567"]]).rows
    assert wrong(row) == [("sex", "sex_twice")]


# Numbers


def test_a_lost_zero_is_a_proposal_and_not_a_value() -> None:
    row = one(**{"Số CCCD": 89200000001, "Số ĐT": 900000001})
    assert not row.errors
    assert (row.values["national_id"], row.values["phone"]) == (None, None)
    proposed = {p.column: p.value for p in row.proposals if p.kind == "lost_zero"}
    assert proposed == {"national_id": "089200000001", "phone": "0900000001"}


def test_a_number_with_its_zero_is_taken_as_it_is() -> None:
    row = one(**{"Số CCCD": "089 200 000 001", "Số ĐT": "+84 900.000.001"})
    assert (row.values["national_id"], row.values["phone"]) == ("089200000001", "0900000001")


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("Số CCCD", "8.9E+10", "id_shortened"),
        ("Số CCCD", "8,9204E+10", "id_shortened"),
        ("Số CCCD", "352123456", "id_old"),
        ("Số CCCD", "000200000001", "id_unknown"),
        ("Số CCCD", "08920000", "id_length"),
        ("Số CCCD", "08920000000x", "id_letters"),
        ("Số ĐT", "9.0E+08", "phone_shortened"),
        ("Số ĐT", "0901234567 - 0912345678", "phone_two"),
        ("Số ĐT", "12345", "phone_unknown"),
    ],
)
def test_a_number_that_is_not_sure_is_an_error(column: str, cell: str, code: str) -> None:
    assert [error for _column, error in wrong(one(**{column: cell}))] == [code]


def test_somebody_who_cannot_be_told_is_an_error() -> None:
    assert wrong(one(**{"Số ĐT": ""})) == [("phone", "contact_missing")]
    header = ["Họ và tên", "Ngày sinh", "Email"]
    (row,) = read_rows([header, ["Lê Thị Út", 2004, "ut@vidu.vn"]]).rows
    assert not row.errors and row.values["email"] == "ut@vidu.vn"


def test_a_number_that_differs_from_birth_or_sex_is_a_remark_and_no_error() -> None:
    row = one(**{"Ngày sinh": "01/01/1999"})
    assert not row.errors and row.warnings == ["id_differs"]


# Places, schooling, field


def test_an_address_with_a_district_finds_the_commune_of_today() -> None:
    row = one(**{"Địa chỉ": "ấp 3, xã Vĩnh Hanh, huyện Châu Thành, An Giang"})
    assert row.values["commune_code"] == "30619"


def test_an_address_that_may_be_several_communes_is_a_question() -> None:
    row = one(**{"Địa chỉ": "Chợ Mới, An Giang"})
    (question,) = [p for p in row.proposals if p.kind == "place"]
    assert row.values["commune_code"] is None and len(question.choices) > 1 and not row.errors


def test_an_address_in_three_columns_is_one_address() -> None:
    header = ["Họ và tên", "Ngày sinh", "SĐT", "Xã", "Huyện", "Tỉnh"]
    (row,) = read_rows(
        [header, ["Lê Thị Út", 2004, "0901234567", "Vĩnh Hanh", "Châu Thành", "An Giang"]]
    ).rows
    assert row.values["commune_code"] == "30619"


def test_where_somebody_lives_is_taken_before_where_they_are_registered() -> None:
    header = ["Họ và tên", "Ngày sinh", "SĐT", "HKTT", "Chỗ ở hiện nay"]
    (row,) = read_rows([header, ["Lê Thị Út", 2004, "0901234567", "Huế", "phường Mỹ Bình, Long Xuyên"]]).rows
    assert row.values["address_line"] == "phường Mỹ Bình, Long Xuyên"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cao đẳng", "college"),
        ("cao đẳng nghề", "college"),
        ("CĐ", "college"),
        ("Trung cấp chính quy", "intermediate"),
        ("TC", "intermediate"),
        ("Sơ cấp", "elementary_vocational"),
        ("12/12", "upper_secondary"),
    ],
)
def test_words_for_schooling(text: str, code: str) -> None:
    assert one(**{"Trình độ": text}).values["education_code"] == code


def test_an_unknown_word_for_schooling_is_an_error() -> None:
    assert wrong(one(**{"Trình độ": "giỏi"})) == [("education", "education_unknown")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hàn", "7212"),
        ("Công nghệ ô tô", "7231"),
        ("Kế toán DN", "3313"),
        ("Chăn nuôi - Thú y", "3240"),
        ("Kỹ thuật hàn", "7212"),
        ("Tiếng Hàn", "2643"),
        ("Kế toán xây dựng", "3313"),
        ("MAY CONG NGHIEP", "8153"),
        ("Vận hành nhà máy thủy điện", "3131"),
    ],
)
def test_a_field_of_study_proposes_an_occupation(text: str, code: str) -> None:
    (question,) = [p for p in one(**{"Ngành nghề": text}).proposals if p.kind == "occupation"]
    assert question.choices[0] == code and question.sure
