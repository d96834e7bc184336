"""Lodging and food in the minimum terms of a contract (TT 02/2024, Annexes II to IX)."""

from collections.abc import Iterator
from decimal import Decimal

from portal.openings.check.figures import Words, figure, to_thousandth
from portal.openings.check.findings import Finding, Verdict, judged
from portal.openings.check.inquiry import Inquiry
from portal.openings.check.lodging import Lodging, lodging_of

HUNDRED = Decimal(100)
A_YEAR = Decimal(12)


def keep_findings(inquiry: Inquiry) -> Iterator[Finding]:
    if inquiry.asks("lodging_free"):
        yield _free_lodging(inquiry)
    if inquiry.asks("lodging_arranged"):
        yield _arranged(inquiry)
    if inquiry.asks("lodging_deduction"):
        yield _share_of_wage(inquiry)
    if inquiry.asks("deduction_most"):
        yield _deducted_sum(inquiry)
    if inquiry.asks("meals_least"):
        yield _meals(inquiry)


def _lodging(inquiry: Inquiry) -> Lodging | None:
    """Lodging for which wage is deducted is not free, whatever it is called."""
    meaning = lodging_of(inquiry.facts.lodging)
    return Lodging.CHARGED if meaning is Lodging.FREE and inquiry.facts.lodging_deduction_pct else meaning


def _free_lodging(inquiry: Inquiry) -> Finding:
    lodging = _lodging(inquiry)
    words: Words = ("Người sử dụng lao động phải cho ở miễn phí.", "The employer must provide free lodging.")
    broken = None if lodging is None else lodging is not Lodging.FREE
    if broken:
        enough, floor = _wage_makes_up(inquiry)
        if enough or (enough is None and floor is not None):
            broken = False if enough else None
        if floor is not None:
            words = (
                f"{words[0]} Chỉ khi lương từ {floor[0]} thì không phải.",
                f"{words[1]} Only with a wage from {floor[1]} it need not be.",
            )
    return _said(inquiry, "lodging_free", "lodging", broken, words, inquiry.facts.lodging)


def _wage_makes_up(inquiry: Inquiry) -> tuple[bool | None, Words | None]:
    """Whether the wage is so high that lodging need not be free; None where that cannot be known."""
    facts, thing = inquiry.facts, "wage_without_lodging"
    if facts.term_months is not None and facts.term_months < A_YEAR:
        thing = "wage_without_lodging_short"
    if not inquiry.asks(thing):
        return False, None
    row = inquiry.term_rule(thing)
    if row is None or row.number is None:
        return None, None
    floor = figure(row.number, row.unit.value)
    wage = inquiry.exchanged(facts.wage_amount, facts.wage_currency, row.unit.value.upper())
    return (None if wage is None else wage >= row.number), floor


def _arranged(inquiry: Inquiry) -> Finding:
    lodging = _lodging(inquiry)
    broken = None if lodging is None else lodging is Lodging.OWN
    words: Words = ("Người sử dụng lao động phải bố trí chỗ ở.", "The employer must arrange lodging.")
    return _said(inquiry, "lodging_arranged", "lodging", broken, words, inquiry.facts.lodging)


def _said(
    inquiry: Inquiry, thing: str, field: str, broken: bool | None, words: Words, stated: str | None
) -> Finding:
    row = inquiry.term_rule(thing)
    if broken is None:
        words = (
            f"{words[0]} Chưa rõ tin này cho ở thế nào.",
            f"{words[1]} What this opening offers is not clear.",
        )
    allowed = None if row is None else row.value
    return judged(
        f"TT02.{thing}", field, row, inquiry.on, broken=broken, words=words, stated=stated, allowed=allowed
    )


def _share(inquiry: Inquiry) -> Decimal | None:
    """Percent of the wage that lodging costs; nothing where it is free and no figure stands."""
    share = inquiry.facts.lodging_deduction_pct
    return Decimal(0) if share is None and _lodging(inquiry) is Lodging.FREE else share


def _share_of_wage(inquiry: Inquiry) -> Finding:
    """Where lodging and food together may cost more than lodging alone, it matters whether meals are free."""
    facts, share, thing = inquiry.facts, _share(inquiry), "lodging_deduction"
    if inquiry.asks("lodging_meals_deduction") and facts.meals_count == 0:
        thing = "lodging_meals_deduction"
    row = inquiry.term_rule(thing)
    most = None if row is None else row.number
    if share is None or most is None:
        words: Words = (
            "Chưa ghi bị trừ mấy phần trăm lương cho chỗ ở.",
            "The percent of wage deducted for lodging is not stated.",
        )
        return judged(
            f"TT02.{thing}",
            "lodging_deduction_pct",
            row,
            inquiry.on,
            broken=None,
            words=words,
            allowed=most,
            unit="percent",
        )
    broken: bool | None = share > most
    said, limit = figure(share, "percent"), figure(most, "percent")
    words = (
        f"Trừ lương cho chỗ ở {said[0]}; nhiều nhất {limit[0]}.",
        f"Deducted for lodging: {said[1]}; at most {limit[1]}.",
    )
    if (
        broken
        and thing == "lodging_deduction"
        and inquiry.asks("lodging_meals_deduction")
        and facts.meals_count is None
    ):
        both = inquiry.term_rule("lodging_meals_deduction")
        if both is not None and both.number is not None and share <= both.number:
            broken, words = (
                None,
                ("Chưa ghi có được ăn miễn phí không.", "Whether meals are free is not stated."),
            )
            return judged(
                f"TT02.{thing}",
                "meals_count",
                row,
                inquiry.on,
                broken=broken,
                words=words,
                stated=share,
                allowed=most,
                unit="percent",
            )
    return judged(
        f"TT02.{thing}",
        "lodging_deduction_pct",
        row,
        inquiry.on,
        broken=broken,
        words=words,
        stated=share,
        allowed=most,
        unit="percent",
    )


def _deducted_sum(inquiry: Inquiry) -> Finding:
    facts, share = inquiry.facts, _share(inquiry)
    row, compensated = inquiry.term_rule("deduction_most"), inquiry.term_rule("deduction_compensated")
    currency = "TWD" if row is None else row.unit.value.upper()
    wage = inquiry.exchanged(facts.wage_amount, facts.wage_currency, currency)
    if share == 0:
        wage = Decimal(0)
    if share is None or wage is None or row is None or row.number is None:
        words: Words = (
            "Chưa rõ bị trừ bao nhiêu tiền cho ăn ở.",
            "What is deducted for food and lodging is not clear.",
        )
        field = "lodging_deduction_pct" if share is None else "stored_rate"
        return judged(
            "TT02.deduction_most", field, row, inquiry.on, broken=None, words=words, unit=currency.lower()
        )
    taken = to_thousandth(wage * share / HUNDRED)
    said, most = figure(taken, currency.lower()), figure(row.number, currency.lower())
    ceiling = row.number if compensated is None or compensated.number is None else compensated.number
    words = (
        f"Trừ lương cho ăn ở {said[0]} một tháng; nhiều nhất {most[0]}.",
        f"Deducted for food and lodging: {said[1]} a month; at most {most[1]}.",
    )
    worst = Verdict.BREACH
    if row.number < taken <= ceiling:
        worst = Verdict.WARNING
        words = (
            f"{words[0]} Phần vượt phải được bù đủ; hãy xem hợp đồng.",
            f"{words[1]} The excess must be made good: see the contract.",
        )
    return judged(
        "TT02.deduction_most",
        "lodging_deduction_pct",
        row,
        inquiry.on,
        broken=taken > row.number,
        words=words,
        stated=taken,
        allowed=row.number,
        unit=currency.lower(),
        at_worst=worst,
    )


def _meals(inquiry: Inquiry) -> Finding:
    meals, row = inquiry.facts.meals_count, inquiry.term_rule("meals_least")
    least = None if row is None else row.number
    if meals is None or least is None:
        words: Words = (
            "Chưa ghi mấy bữa ăn miễn phí một ngày.",
            "The number of free meals a day is not stated.",
        )
        return judged(
            "TT02.meals_least",
            "meals_count",
            row,
            inquiry.on,
            broken=None,
            words=words,
            stated=meals,
            allowed=least,
            unit="meals",
        )
    said, limit = figure(meals, "meals"), figure(least, "meals")
    words = (
        f"Ăn miễn phí {said[0]}; phải ít nhất {limit[0]}.",
        f"Free meals: {said[1]}; at least {limit[1]}.",
    )
    return judged(
        "TT02.meals_least",
        "meals_count",
        row,
        inquiry.on,
        broken=meals < least,
        words=words,
        stated=meals,
        allowed=least,
        unit="meals",
    )
