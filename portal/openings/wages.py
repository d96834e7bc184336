"""Comparing wages that are written in different money and for different times."""

from sqlalchemy import ColumnElement, case, func

from portal.openings.models import Opening
from portal.openings.states import WagePeriod

# Đồng for one unit of foreign money, rounded, November 2026. For comparing and sorting only: no page
# shows an amount made with them.
ROUGH_RATES = {
    "VND": 1, "USD": 26_300, "JPY": 170, "KRW": 18, "TWD": 850, "EUR": 30_500, "AUD": 17_300, "SGD": 20_300,
    "CNY": 3_700, "MOP": 3_250, "MYR": 6_300, "RON": 6_000, "HUF": 78, "PLN": 7_200, "CZK": 1_250,
    "BGN": 15_600, "SAR": 7_000, "AED": 7_150, "NZD": 15_000, "CAD": 18_900, "THB": 810,
}  # fmt: skip
# 26 working days of 8 hours a month, the usual count in wage tables here.
PER_MONTH = {WagePeriod.MONTH: 1, WagePeriod.DAY: 26, WagePeriod.HOUR: 208}


def monthly_vnd(amount: int | None, currency: str, period: WagePeriod) -> int | None:
    """About how many đồng a month; None where the pay is by the piece or the money is not known."""
    if amount is None or currency not in ROUGH_RATES or period not in PER_MONTH:
        return None
    return amount * ROUGH_RATES[currency] * PER_MONTH[period]


def dots(amount: int) -> str:
    """As figures stand in the kept sentences, whatever the language of the page: "4.140.000"."""
    return f"{amount:,}".replace(",", ".")


def monthly_vnd_column() -> ColumnElement[int]:
    """The best wage of an opening in đồng a month, as `monthly_vnd` counts it."""
    rate = case(ROUGH_RATES, value=Opening.wage_currency, else_=0)
    times = case({period.value: n for period, n in PER_MONTH.items()}, value=Opening.wage_period, else_=0)
    return func.coalesce(Opening.wage_max, Opening.wage_min, 0) * rate * times
