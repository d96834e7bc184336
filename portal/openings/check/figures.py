"""Figures as people read them, in both languages, and rounding."""

import datetime as dt
from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal

# A pair of sentences: Vietnamese, English.
Words = tuple[str, str]

# Room for sums that nobody means seriously: they are compared, not refused by the arithmetic.
WIDE = Context(prec=150, rounding=ROUND_HALF_UP)

# One of them, where English then says it in another way.
SINGLE = {
    "months": "month",
    "wage_months": "month of wage",
    "meals": "meal a day",
    "times": "air ticket",
    "hours": "hour a week",
    "days": "day",
    "years": "year",
    "people": "person",
}
UNITS: dict[str, Words] = {
    "months": ("tháng", "months"),
    "wage_months": ("tháng lương", "months of wage"),
    "vnd": ("đồng", "VND"),
    "usd": ("đô la Mỹ", "USD"),
    "twd": ("Đài tệ", "TWD"),
    "mop": ("pataca Ma Cao", "MOP"),
    "aud": ("đô la Úc", "AUD"),
    "percent": ("%", "%"),
    "meals": ("bữa một ngày", "meals a day"),
    "times": ("lượt", "air tickets"),
    "hours": ("giờ một tuần", "hours a week"),
    "days": ("ngày", "days"),
    "years": ("tuổi", "years"),
    "people": ("người", "people"),
}


def to_thousandth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.001"), context=WIDE)


def thousandth_above(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.001"), rounding=ROUND_CEILING, context=WIDE)


def to_tenth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), context=WIDE)


def to_one(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1), context=WIDE)


def plain(number: Decimal) -> str:
    """ "3", "0.667": no exponent and no zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(number: Decimal, unit: str = "") -> Words:
    """ "12.000.000 đồng" and "12,000,000 VND"."""
    whole, _, part = plain(number).partition(".")
    english = f"{int(whole):,}" + (f".{part}" if part else "")
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    vi, en = UNITS.get(unit, ("", ""))
    if number == 1:
        en = SINGLE.get(unit, en)
    return f"{vietnamese} {vi}".strip().replace(" %", "%"), f"{english} {en}".strip().replace(" %", "%")


def day(date: dt.date) -> str:
    return date.strftime("%d/%m/%Y")
