"""The exchange rate that the opening states, beside the Centre's own (rule FX)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from portal.openings.check.figures import Words, day, figure, to_tenth
from portal.openings.check.findings import Finding, Verdict, noted
from portal.openings.check.inquiry import HOME_MONEY, Inquiry

# Banks' rates of one day lie within about one percent of each other; three is no bank's rate any more.
TOLERANCE = Decimal("0.03")
# No field of the opening: nobody who posts one can mend it.
STORED_RATE = "stored_rate"


def exchange_findings(inquiry: Inquiry) -> Iterator[Finding]:
    facts = inquiry.facts
    currency, rate = facts.wage_currency, facts.fx_rate
    if currency is None or currency == HOME_MONEY:
        return
    if not re.fullmatch("[A-Z]{3}", currency):
        words: Words = (
            f"“{currency}” không phải mã một loại tiền, ví dụ JPY.",
            f"“{currency}” is no currency code such as JPY.",
        )
        yield noted("FX", "wage_currency", Verdict.UNKNOWN, words, stated=currency)
        return
    if rate is None:
        words = (
            f"Lương bằng {currency} mà chưa ghi tỷ giá: chưa biết bằng bao nhiêu đồng.",
            f"The wage is in {currency} without a rate: its value in đồng is not known.",
        )
        yield noted("FX", "fx_rate", Verdict.UNKNOWN, words, stated=currency)
        return
    yield _beside_the_stored(inquiry, currency, rate)
    if facts.fx_date is None or not facts.fx_source:
        missing = "fx_date" if facts.fx_date is None else "fx_source"
        words = (
            "Chưa ghi tỷ giá này của ngày nào, lấy ở đâu.",
            "The day or the source of this rate is not stated.",
        )
        yield noted("FX", missing, Verdict.UNKNOWN, words)
    elif facts.fx_date > inquiry.on:
        words = (
            f"Ngày của tỷ giá {day(facts.fx_date)} còn ở phía trước.",
            f"The rate is dated {day(facts.fx_date)}, which is still to come.",
        )
        yield noted("FX", "fx_date", Verdict.WARNING, words, stated=facts.fx_date.isoformat())


def _beside_the_stored(inquiry: Inquiry, currency: str, rate: Decimal) -> Finding:
    stored = inquiry.rates.get(currency)
    said = figure(rate, "vnd")
    if not stored:
        words: Words = (
            f"Trung tâm chưa có tỷ giá {currency} để so với {said[0]}.",
            f"The Centre has no rate of {currency} to compare with {said[1]}.",
        )
        return noted("FX", STORED_RATE, Verdict.UNKNOWN, words, stated=rate, unit="vnd")
    own = figure(stored, "vnd")
    apart = abs(rate - stored) / stored
    far = figure(to_tenth(apart * 100), "percent")
    verdict = Verdict.WARNING if apart > TOLERANCE else Verdict.OK
    words = (
        f"Tỷ giá {said[0]} cho 1 {currency}; Trung tâm ghi {own[0]}: lệch {far[0]}.",
        f"Rate of {said[1]} for 1 {currency}; the Centre's is {own[1]}: {far[1]} apart.",
    )
    return Finding("FX", verdict, rate, stored, "vnd", "", None, *words, "fx_rate")
