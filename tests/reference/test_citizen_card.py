"""The QR code of a citizen card, as scanners and their input methods type it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.citizen_card import read_card
from portal.reference.telex import read_telex

OF_2021 = (
    "089198000123|351234567|NGUYỄN THỊ MAI|17051998|Nữ|"
    "Tổ 5, Khóm 3, Mỹ Bình, Thành phố Long Xuyên, An Giang|01012021"
)
BORN = dt.date(1998, 5, 17)


def test_the_card_of_2021_is_read():
    card = read_card(OF_2021)
    assert (card.number, card.full_name, card.birth_date, card.sex) == (
        "089198000123",
        "Nguyễn Thị Mai",
        BORN,
        "female",
    )
    assert (card.commune_code, card.address_line) == ("30307", "Tổ 5, Khóm 3")


@pytest.mark.parametrize(
    "text",
    [
        # No old number.
        "089198000123||Nguyễn Thị Mai|17051998|Nữ|Ấp 3, Vĩnh Hanh, Châu Thành, An Giang|01012021",
        # The card of 2024: parents behind, some of it empty, or one field more between.
        (
            "089198000123||Nguyễn Thị Mai|17/05/1998|Nữ|Ấp 3, Xã Vĩnh Hanh, Tỉnh An Giang|01/07/2024||"
            "Nguyễn Văn Ba|Lê Thị Tư|"
        ),
        "089198000123|351234567|Nguyễn Thị Mai|17051998|Nữ|Ấp 3, Xã Vĩnh Hanh, Tỉnh An Giang||||",
        "089198000123|Nguyễn Thị Mai|17051998|Nữ|Ấp 3, Xã Vĩnh Hanh, Tỉnh An Giang",
        # Keyed by a scanner: blanks, a tab and a return at the end; twice in a row; other bars.
        "  089198000123||nguyễn thị mai|17051998|nữ|Ấp 3, Xã Vĩnh Hanh, Tỉnh An Giang|01012021\t\r",
        "089198000123||NGUYỄN THỊ MAI|17051998|Nữ|Ấp 3, Xã Vĩnh Hanh, Tỉnh An Giang|01012021" * 2,
        "089198000123｜｜NGUYỄN THỊ MAI｜17051998｜Nữ｜Ấp 3, Xã Vĩnh Hanh, Tỉnh An Giang｜01012021",
        # An input method was off, or another set of letters on.
        "089198000123||NGUYEEXN THIJ MAI|17051998|Nuwx|Aaps 3, Xax Vixnh Hanh, Tirnh An Giang|01012021",
        "089198000123||Nguyễn Thị Mai|17051998|Nữ|Ấp 3, Xã Vĩnh Hanh, Tỉnh An Giang".encode().decode(
            "latin-1"
        ),
    ],
)
def test_other_versions_and_scanners_say_the_same(text):
    card = read_card(text)
    assert (card.number, card.full_name, card.birth_date, card.sex) == (
        "089198000123",
        "Nguyễn Thị Mai",
        BORN,
        "female",
    )
    assert (card.commune_code, card.address_line) == ("30619", "Ấp 3")


def test_without_marks_the_name_stays_as_typed_and_the_number_tells_the_sex():
    card = read_card(
        "089198000123||NGUYEN THI MAI|17051998|N?|Ap 3, Vinh Hanh, Chau Thanh, An Giang|01012021"
    )
    assert (card.full_name, card.sex, card.commune_code) == ("Nguyen Thi Mai", "female", "30619")


def test_a_place_that_is_not_certain_is_left_in_the_words_of_the_card():
    card = read_card(
        "079198000123||Lê Văn Tám|17051998|Nam|12 Lê Lợi, Bến Nghé, Quận 1, TP Hồ Chí Minh|01012021"
    )
    assert (card.commune_code, card.address_line) == (None, "12 Lê Lợi, Bến Nghé, Quận 1, TP Hồ Chí Minh")


def test_an_empty_address_is_not_filled_with_the_name_of_a_parent():
    card = read_card("089198000123||Nguyễn Thị Mai|17051998|Nữ||01012021|Nguyễn Văn Ba|Lê Thị Tư")
    assert card.address == "" and card.birth_date == BORN


def test_a_year_alone_is_a_year():
    card = read_card("089150000123||Thạch Thị Sa Rây|1950|Nữ|Ô Lâm, An Giang|01012021")
    assert (card.birth_date, card.birth_year, card.birth_words) == (None, 1950, "1950")


@pytest.mark.parametrize(
    "text",
    ["", "xin chào", "0901234567", "089198000123", "089198000123|||||", "351234567||Nguyễn Thị Mai|17051998"],
)
def test_what_is_no_card_is_none(text):
    assert read_card(text) is None


@given(st.text())
def test_no_text_makes_it_crash(text):
    read_card(text)


@given(st.lists(st.one_of(st.text(max_size=12), st.sampled_from(OF_2021.split("|"))), max_size=10))
def test_no_order_of_fields_makes_it_crash(fields):
    card = read_card("|".join(fields))
    assert card is None or (card.number and card.full_name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Nguyeexn Vawn Uts", "Nguyễn Văn Út"),
        ("DDaof Thij Quys", "Đào Thị Quý"),
        ("TRAANF QUOOCS HUY", "TRẦN QUỐC HUY"),
        ("Huyfnh Hoaf Thuwowngj", "Huỳnh Hòa Thượng"),
        ("Phuowng Giangf Giar", "Phương Giàng Giả"),
    ],
)
def test_telex_letters_are_taken_up(typed, name):
    assert read_telex(typed) == name
