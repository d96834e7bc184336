"""Money as people type it: read right, or not at all."""

from typing import Any

import pytest

from portal.web.fields import read_money


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8.000.000", 8_000_000), ("8,000,000 đ", 8_000_000), ("8 000 000", 8_000_000),
        ("8000000", 8_000_000),
        ("8 triệu", 8_000_000), ("8tr", 8_000_000), ("8tr5", 8_500_000), ("8,5 triệu", 8_500_000),
        ("8.25 triệu", 8_250_000), ("0,125 triệu", 125_000), ("200.000 đồng", 200_000), ("0", 0),
        ("8\u00a0000\u00a0000 ₫", 8_000_000), ("500", 500), ("1200 triệu", 1_200_000_000),
    ],
)  # fmt: skip
def test_is_read(app: Any, typed: str, read: int) -> None:
    with app.test_request_context():
        assert read_money(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        # A part of a đồng: read as one long number it would be a hundred times the sum.
        "1000000.00", "1.000.000,00", "1.000.000,5", "8.5", "1,50", "1000.000",
        "1.200 triệu", "8,500tr", "1.2.3 triệu", "8tr55", "8,5tr5", "1..0", ".5", "5.", "1 0 0", "",
    ],
)  # fmt: skip
def test_what_can_be_read_two_ways_is_asked_again(app: Any, typed: str) -> None:
    with app.test_request_context(), pytest.raises(ValueError, match=r"ví dụ 8\.000\.000"):
        read_money(typed)
