"""What the cells of real lists mean."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from portal.openings import reading
from portal.openings.states import WagePeriod

FORTY = Path(__file__).parent.parent / "data" / "postings_40.csv"

M = 1_000_000
WAGES = [
    ("7 - 10 triệu", 7 * M, 10 * M, "VND", "month"),
    ("15-20tr", 15 * M, 20 * M, "VND", "month"),
    ("Trên 10 triệu", 10 * M, None, "VND", "month"),
    ("Từ 11 triệu", 11 * M, None, "VND", "month"),
    ("Tới 17 triệu", None, 17 * M, "VND", "month"),
    ("Up to 30 triệu", None, 30 * M, "VND", "month"),
    ("6.7 - 9.7 triệu", 6_700_000, 9_700_000, "VND", "month"),
    ("8,5 triệu", 8_500_000, 8_500_000, "VND", "month"),
    ("8tr5", 8_500_000, 8_500_000, "VND", "month"),
    ("500 USD", 500, 500, "USD", "month"),
    ("Tới 1,300 USD", None, 1300, "USD", "month"),
    ("500 - 700 USD", 500, 700, "USD", "month"),
    ("350k/ngày", 350_000, 350_000, "VND", "day"),
    ("25.000đ/giờ", 25_000, 25_000, "VND", "hour"),
    ("8.000.000", 8 * M, 8 * M, "VND", "month"),
    ("8000000", 8 * M, 8 * M, "VND", "month"),
    ("7-10", 7 * M, 10 * M, "VND", "month"),
    ("9 triệu trở lên", 9 * M, None, "VND", "month"),
    ("Lương: 12tr - 15tr/tháng", 12 * M, 15 * M, "VND", "month"),
]


@pytest.mark.parametrize(("text", "least", "most", "currency", "period"), WAGES)
def test_a_wage_is_understood(text, least, most, currency, period):
    wage = reading.read_wage(text)
    assert (wage.least, wage.most, wage.currency, wage.period) == (least, most, currency, WagePeriod(period))
    assert wage.understood


@pytest.mark.parametrize("text", ["Thoả thuận", "Thỏa thuận", "Lương cạnh tranh", "Negotiable"])
def test_an_agreed_wage_is_kept_in_words(text):
    wage = reading.read_wage(text)
    assert (wage.least, wage.most, wage.note, wage.understood) == (None, None, text, True)


def test_pay_by_the_piece_is_its_own_period():
    assert reading.read_wage("theo sản phẩm").period == WagePeriod.PIECE
    assert reading.read_wage("khoán sản phẩm: 18.000đ/giỏ").least == 18_000


@pytest.mark.parametrize("text", ["", "hấp dẫn", "xem tin", "999"])
def test_what_is_no_wage_is_not_guessed(text):
    wage = reading.read_wage(text)
    assert (wage.least, wage.most, wage.understood) == (None, None, False)


@pytest.mark.parametrize(
    ("text", "province", "commune", "country", "more"),
    [
        ("Hà Nội | Hà Nội: Số 5 Phạm Hùng, Phường Cầu Giấy", "01", None, None, 0),
        ("An Giang | An Giang: JW Marriott Phú Quốc - Bãi Khem, Đặc khu Phú Quốc", "91", "31078", None, 0),
        ("Hồ Chí Minh & 9 nơi khác", "79", None, None, 9),
        ("Hà Nội & 3 nơi khác", "01", None, None, 3),
        ("Hà Nội, Kiên Giang", "01", None, None, 1),
        (
            "Hồ Chí Minh | Hồ Chí Minh: 8 Tạ Hiện, Phường Cát Lái - Đà Nẵng: 75 Nguyễn Phước Lan",
            "79",
            None,
            None,
            1,
        ),
        (
            "Hà Nội | Hà Nội: Phường Ba Đình - Hà Nội: 61 Trung Hoà ...và 1 địa điểm khác Thu gọn",
            "01",
            None,
            None,
            2,
        ),
        ("Vĩnh Long | Vĩnh Long: 17 Hai Bà Trưng, Phường An Hội", "86", None, None, 0),
        ("Bình Dương", "79", None, None, 0),
        ("Kiên Giang", "91", None, None, 0),
        ("xa Tri Ton", "91", "30544", None, 0),
        ("Nhật Bản (Chiba)", None, None, "JP", 0),
    ],
)
def test_a_place_is_understood(text, province, commune, country, more):
    where = reading.read_place(text)
    assert (where.province, where.commune, where.country, where.more_places) == (
        province,
        commune,
        country,
        more,
    )


def test_what_is_no_place_is_not_guessed():
    assert not reading.read_place("gần chợ").understood


@pytest.mark.parametrize(
    ("value", "months"),
    [("2 năm", 24), ("Dưới 1 năm", 0), ("Không yêu cầu", 0), ("1-2 năm", 12), ("6 tháng", 6),
     ("Trên 5 năm", 60), ("1,5 năm", 18), (2, 24), ("khong can", 0)],
)  # fmt: skip
def test_experience_is_read_in_months(value, months):
    assert reading.read_experience(value) == (months, True)


def test_a_bare_number_in_a_column_of_months_is_months():
    assert reading.read_experience("36.0", in_months=True) == (36, True)
    assert reading.read_experience("có tay nghề") == (None, False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Đại học", "university"),
        ("Cao đẳng, đại học", "college"),
        ("12/12", "upper_secondary"),
        ("Không yêu cầu", None),
        ("Tốt nghiệp THCS", "lower_secondary"),
        ("", None),
        ("Trung cấp trở lên", "intermediate"),
    ],
)
def test_the_least_schooling_is_read(text, code):
    assert reading.read_education(text) == code


@pytest.mark.parametrize(
    "value",
    ["31/12/2026", "31-12-2026", "31.12.2026", "31/12/26", "2026-12-31T16:59:59+00:00", 46387, 46387.0,
     dt.date(2026, 12, 31), dt.datetime(2026, 12, 31)],
)  # fmt: skip
def test_a_day_is_read(value):
    assert reading.read_day(value) == dt.date(2026, 12, 31)


@pytest.mark.parametrize("value", ["", "32/13/2026", "sớm", 12, None])
def test_no_day_is_guessed(value):
    assert reading.read_day(value) is None


@pytest.mark.parametrize(
    ("value", "number"), [("15 người", 15), ("01", 1), (3.0, 3), ("", None), ("1.200", 1200)]
)
def test_quantities(value, number):
    assert reading.read_quantity(value) == number


def rows():
    with FORTY.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return int(text) if text else None


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["title"][:30])
def test_our_forty_postings_are_understood(row):
    wage = reading.read_wage(row["wage"])
    assert (wage.least, wage.most) == (number(row["expected_wage_min"]), number(row["expected_wage_max"]))
    if wage.least or wage.most:
        assert (wage.currency, wage.period) == (row["expected_wage_currency"], row["expected_wage_period"])
    where = reading.read_place(row["place"])
    assert (where.province or "") == row["expected_province_code"]
    assert (where.commune or "") == row["expected_commune_code"]
    assert (where.country or "") == row["expected_country"]
    months, _understood = reading.read_experience(row["experience"])
    assert months == number(row["expected_experience_months"])
