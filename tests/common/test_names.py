"""Names sort as Vietnamese does: given name, then family and middle name; đ after d, tones last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.text import name_sort_key, tidy_name


def in_order(*names: str) -> bool:
    keys = [name_sort_key(name) for name in names]
    return keys == sorted(keys) and len(set(keys)) == len(keys)


def test_the_given_name_decides_then_the_family_name() -> None:
    assert in_order("Trần Văn An", "Lê Thị Bình", "Nguyễn Thị Bình", "Cao Văn Dũng", "An Văn Đức")


def test_letters_follow_the_vietnamese_alphabet() -> None:
    assert in_order(
        *(
            "Lê A",
            "Lê Ă",
            "Lê Â",
            "Lê B",
            "Lê D",
            "Lê Đ",
            "Lê E",
            "Lê Ê",
            "Lê O",
            "Lê Ô",
            "Lê Ơ",
            "Lê U",
            "Lê Ư",
        )
    )


def test_tones_come_last_in_the_order_of_the_dictionary() -> None:
    assert in_order("Lê Ma", "Lê Mà", "Lê Mả", "Lê Mã", "Lê Má", "Lê Mạ", "Lê Mai")


@pytest.mark.parametrize("name", ["Út", "Y Sa", "Néang Srây Mom", "Mohamad Sa Lếs", "Lê-Nguyễn Kim", ""])
def test_short_long_and_other_peoples_names_have_a_place(name: str) -> None:
    assert isinstance(name_sort_key(name), str)


def test_the_same_name_typed_on_two_phones_sorts_alike() -> None:
    composed, decomposed = "Huỳnh Thị Tuyết", "Huỳnh Thị Tuyết"
    assert name_sort_key(composed) == name_sort_key(decomposed)
    assert tidy_name("  Huỳnh   Thị Tuyết ") == "Huỳnh Thị Tuyết"


@given(st.text(max_size=60))
def test_blanks_around_a_name_and_capitals_do_not_move_it(text: str) -> None:
    assert name_sort_key(f"  {text.lower()} ") == name_sort_key(text.lower())
