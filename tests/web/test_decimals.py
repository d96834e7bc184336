"""Numbers with parts, as people here write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web.fields import read_decimal, show_decimal


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0,7", "0.7"), ("0.7", "0.7"), ("1,5", "1.5"), ("3", "3"), ("168,35", "168.35"), ("170.5", "170.5"),
        ("26.300", "26300"), ("1.234.567,8", "1234567.8"), ("0,917", "0.917"), ("0.917", "0.917"),
        (" 2 ", "2"), ("10", "10"), ("100", "100"),
    ],
)  # fmt: skip
def test_is_read(typed: str, number: str) -> None:
    assert read_decimal(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["", "ba", "1,2,3", "-1", "1..2", "1.2.3", "1,", ",5", "1e9", "9" * 40, "1.23,4"]
)
def test_nonsense_gets_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="ví dụ"):
        read_decimal(typed)


@given(st.decimals(min_value=0, max_value=999_999_999, places=4, allow_nan=False))
def test_what_is_shown_is_read_back(number: Decimal) -> None:
    assert read_decimal(show_decimal(number)) == number
