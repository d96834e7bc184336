"""The minimum terms of a contract by market and job: length, wage, tickets, hours, age (TT 02/2024)."""

from collections.abc import Iterator
from decimal import Decimal

from portal.openings.check.facts import CostKind
from portal.openings.check.fees import stated_fee
from portal.openings.check.figures import Words, figure, to_one, to_thousandth
from portal.openings.check.findings import Finding, Verdict, judged, noted
from portal.openings.check.inquiry import HOME_MONEY, Inquiry
from portal.openings.check.keep import keep_findings
from portal.openings.check.lodging import Payer, lodging_of, payer_of

# The annexes for Europe and the Americas have two columns: contracts from one year, and shorter ones.
A_YEAR = Decimal(12)


def term_findings(inquiry: Inquiry) -> Iterator[Finding]:
    if inquiry.market is None or not inquiry.job:
        return
    if inquiry.terms is None:
        words: Words = (
            (
                "Thông tư 02/2024 không ghi điều kiện tối thiểu cho thị trường và công việc này; hãy hỏi tư "
                "vấn viên."
            ),
            "Circular 02/2024 names no minimum terms for this market and job: ask an adviser.",
        )
        # Hangs on no field: nobody can state what the circular does not ask.
        yield noted("TT02", "", Verdict.UNKNOWN, words)
        return
    yield from _length(inquiry)
    yield from _extension(inquiry)
    yield from _wage(inquiry)
    yield from keep_findings(inquiry)
    yield from _airfare(inquiry)
    yield from _hours_rest_age(inquiry)
    yield from _paid_by_the_receiver(inquiry)


def _bound(
    inquiry: Inquiry, thing: str, field: str, stated: Decimal | None, names: Words, unit: str, least: bool
) -> Iterator[Finding]:
    """One figure against its bound."""
    if not inquiry.asks(thing):
        return
    row = inquiry.term_rule(thing)
    bound = None if row is None else row.number
    rule = f"TT02.{thing}"
    if stated is None or bound is None:
        words: Words = (f"Chưa ghi {names[0]}.", f"{names[1].capitalize()}: not stated.")
        yield judged(
            rule, field, row, inquiry.on, broken=None, words=words, stated=stated, allowed=bound, unit=unit
        )
        return
    broken = stated < bound if least else stated > bound
    said, limit = figure(stated, unit), figure(bound, unit)
    word = ("ít nhất", "at least") if least else ("nhiều nhất", "at most")
    words = (
        f"{names[0].capitalize()} {said[0]}; phải {word[0]} {limit[0]}.",
        f"{names[1].capitalize()}: {said[1]}; it must be {word[1]} {limit[1]}.",
    )
    yield judged(
        rule, field, row, inquiry.on, broken=broken, words=words, stated=stated, allowed=bound, unit=unit
    )


def _length(inquiry: Inquiry) -> Iterator[Finding]:
    term, short = inquiry.facts.term_months, inquiry.term_rule("short_term_least")
    least = inquiry.term_rule("term_least")
    if not _between(term, short and short.number, least and least.number):
        yield from _bound(
            inquiry,
            "term_least",
            "term_months",
            term,
            ("thời hạn hợp đồng", "length of the contract"),
            "months",
            True,
        )
        return
    assert term is not None and least is not None
    met = _ways(inquiry)[0] >= 2
    said, limit = figure(term, "months"), figure(least.number or A_YEAR, "months")
    words: Words = (
        (
            f"Hợp đồng {said[0]}, ngắn hơn {limit[0]}: bên nước ngoài phải trả vé cả hai lượt và ít nhất "
            "một tháng lương, hoặc trả toàn bộ chi phí xuất cảnh. Hãy xem hợp đồng."
        ),
        (
            f"A contract of {said[1]}, shorter than {limit[1]}: the receiver must pay both tickets and at "
            "least one month of wage, or every cost of leaving. See the contract."
        ),
    )
    yield judged(
        "TT02.term_least",
        "term_months",
        least,
        inquiry.on,
        broken=True,
        words=words,
        stated=term,
        allowed=least.number,
        unit="months",
        at_worst=Verdict.WARNING if met or _nothing_paid(inquiry) else Verdict.BREACH,
    )


def _between(term: Decimal | None, low: Decimal | None, high: Decimal | None) -> bool:
    return term is not None and low is not None and high is not None and low <= term < high


def _nothing_paid(inquiry: Inquiry) -> bool:
    costs = inquiry.facts.worker_costs
    return costs is not None and not inquiry.is_paid(costs) and not stated_fee(inquiry).is_asked


def _extension(inquiry: Inquiry) -> Iterator[Finding]:
    if inquiry.facts.extension_months:
        yield from _bound(
            inquiry, "extension_most", "extension_months", inquiry.facts.extension_months,
            ("thời gian gia hạn", "length of the extension"), "months", False,
        )  # fmt: skip


def is_short(inquiry: Inquiry) -> bool:
    term = inquiry.facts.term_months
    return term is not None and term < A_YEAR


def _wage(inquiry: Inquiry) -> Iterator[Finding]:
    thing = "wage_least"
    if is_short(inquiry) and inquiry.asks("wage_least_short"):
        thing = "wage_least_short"
    elif inquiry.asks("wage_least_own_costs") and _pays_own_costs(inquiry):
        thing = "wage_least_own_costs"
    if not inquiry.asks(thing):
        return
    row = inquiry.term_rule(thing)
    rule, facts = f"TT02.{thing}", inquiry.facts
    currency = "" if row is None else row.unit.value.upper()
    wage = None if row is None else inquiry.exchanged(facts.wage_amount, facts.wage_currency, currency)
    if row is None or row.number is None or wage is None:
        yield _wage_unknown(inquiry, rule, currency)
        return
    said, limit = figure(to_thousandth(wage), row.unit.value), figure(row.number, row.unit.value)
    words: Words = (
        f"Lương cơ bản một tháng {said[0]}; phải ít nhất {limit[0]}.",
        f"Basic wage a month: {said[1]}; it must be at least {limit[1]}.",
    )
    yield judged(
        rule,
        "wage_amount",
        row,
        inquiry.on,
        broken=wage < row.number,
        words=words,
        stated=to_thousandth(wage),
        allowed=row.number,
        unit=row.unit.value,
    )


def _wage_unknown(inquiry: Inquiry, rule: str, currency: str) -> Finding:
    facts = inquiry.facts
    row = inquiry.term_rule(rule.removeprefix("TT02."))
    words: Words = ("Chưa ghi lương một tháng và loại tiền.", "Monthly wage or currency is not stated.")
    field = "wage_amount"
    if row is not None and facts.wage_amount is not None and facts.wage_currency:
        own = facts.wage_currency != HOME_MONEY and facts.fx_rate is None
        field = "fx_rate" if own else "stored_rate"
        words = (
            f"Chưa so được lương với mức tối thiểu bằng {currency}: thiếu tỷ giá.",
            f"The wage cannot be compared with the minimum in {currency}: a rate is missing.",
        )
    return judged(rule, field, row, inquiry.on, broken=None, words=words, unit=currency.lower())


def _pays_own_costs(inquiry: Inquiry) -> bool:
    """Lodging or food at the worker's cost, as far as that is stated."""
    facts = inquiry.facts
    lodging = lodging_of(facts.lodging)
    charged = lodging is not None and lodging != "free"
    return (
        charged
        or bool(facts.lodging_deduction_pct)
        or (facts.meals_count is not None and facts.meals_count < 3)
    )


def _ways(inquiry: Inquiry) -> tuple[int, int]:
    """Tickets that the receiver pays; and those of which nobody knows who pays."""
    payers = [
        payer_of(text) for text in (inquiry.facts.airfare_out_paid_by, inquiry.facts.airfare_back_paid_by)
    ]
    return payers.count(Payer.RECEIVER), payers.count(None)


def _airfare(inquiry: Inquiry) -> Iterator[Finding]:
    if inquiry.asks("airfare_ways"):
        yield _tickets(inquiry)
    for thing in ("airfare_out", "airfare_share"):
        if inquiry.asks(thing):
            yield _outbound(inquiry, thing)


def _tickets(inquiry: Inquiry) -> Finding:
    short, least = inquiry.term_rule("short_term_least"), inquiry.term_rule("term_least")
    thing = "airfare_ways"
    if inquiry.asks("airfare_ways_short") and _between(
        inquiry.facts.term_months, short and short.number, least and least.number
    ):
        thing = "airfare_ways_short"
    row = inquiry.term_rule(thing)
    needed = Decimal(1) if row is None or row.number is None else row.number
    paid, open_ways = _ways(inquiry)
    broken: bool | None = paid + open_ways < needed
    if not broken and paid < needed:
        broken = None
    worst = Verdict.BREACH
    if thing == "airfare_ways_short" and _nothing_paid(inquiry):
        broken = False
    limit = figure(needed, "times")
    words: Words = (
        f"Bên nước ngoài trả {paid} lượt vé máy bay; phải trả ít nhất {limit[0]}.",
        f"The receiver pays {paid} air tickets; it must pay at least {limit[1]}.",
    )
    if broken is None:
        words = (
            f"Chưa rõ ai trả vé máy bay; bên nước ngoài phải trả ít nhất {limit[0]}.",
            f"Who pays the air tickets is not known; the receiver must pay at least {limit[1]}.",
        )
    field = (
        "airfare_out_paid_by"
        if payer_of(inquiry.facts.airfare_out_paid_by) is None
        else "airfare_back_paid_by"
    )
    if paid >= 2 and inquiry.is_paid(inquiry.lines(CostKind.AIRFARE)):
        broken, worst = True, Verdict.BREACH if needed >= 2 else Verdict.WARNING
        words = (
            "Bên nước ngoài trả vé cả hai lượt mà bảng chi phí vẫn có tiền vé.",
            "The receiver pays both tickets, yet the cost lines have airfare.",
        )
        field = "worker_costs"
    return judged(
        f"TT02.{thing}", field, row, inquiry.on, broken=broken, words=words, stated=Decimal(paid),
        allowed=None if row is None else row.number, unit="times", at_worst=worst,
    )  # fmt: skip


def _outbound(inquiry: Inquiry, thing: str) -> Finding:
    row, payer = inquiry.term_rule(thing), payer_of(inquiry.facts.airfare_out_paid_by)
    broken = None if payer is None else payer is not Payer.RECEIVER
    worst = Verdict.BREACH
    words: Words = (
        "Bên nước ngoài phải trả vé máy bay lượt đi.",
        "The receiver must pay the outbound ticket.",
    )
    if thing == "airfare_share":
        share = figure(Decimal(0) if row is None or row.number is None else row.number, "aud")
        words = (
            f"Bên nước ngoài phải trả ít nhất {share[0]} tiền vé lượt đi.",
            f"The receiver must pay at least {share[1]} of the outbound ticket.",
        )
        worst = Verdict.WARNING if payer is Payer.SHARED else Verdict.BREACH
    if broken is None:
        words = (
            f"Chưa rõ ai trả vé lượt đi. {words[0]}",
            f"Who pays the outbound ticket is not known. {words[1]}",
        )
    unit = "aud" if thing == "airfare_share" else "times"
    return judged(
        f"TT02.{thing}",
        "airfare_out_paid_by",
        row,
        inquiry.on,
        broken=broken,
        words=words,
        stated=inquiry.facts.airfare_out_paid_by,
        allowed=None if row is None else row.number,
        unit=unit,
        at_worst=worst,
    )


def _hours_rest_age(inquiry: Inquiry) -> Iterator[Finding]:
    facts = inquiry.facts
    yield from _bound(
        inquiry,
        "weekly_hours_most",
        "weekly_hours",
        facts.weekly_hours,
        ("giờ làm", "working hours"),
        "hours",
        False,
    )
    yield from _bound(
        inquiry,
        "rest_days_least",
        "rest_days",
        facts.rest_days,
        ("ngày nghỉ một tuần", "rest days a week"),
        "days",
        True,
    )
    yield from _bound(
        inquiry, "age_most", "age_max", facts.age_max, ("tuổi cao nhất", "highest age"), "years", False
    )


def _paid_by_the_receiver(inquiry: Inquiry) -> Iterator[Finding]:
    """What the annex says the receiver pays stands in no line of the worker's."""
    if inquiry.asks("service_fee"):
        fee = stated_fee(inquiry)
        words: Words = (
            "Bên nước ngoài trả toàn bộ tiền dịch vụ.",
            "The receiver pays the whole service fee.",
        )
        broken = fee.is_asked if fee.is_stated else None
        stated = None if fee.vnd is None else to_one(fee.vnd)
        row = inquiry.term_rule("service_fee")
        allowed = None if row is None else row.number
        yield judged(
            "TT02.service_fee",
            fee.field,
            row,
            inquiry.on,
            broken=broken,
            words=words,
            stated=stated,
            allowed=allowed,
            unit="vnd",
        )
    for thing, name in (
        ("training", ("học nghề, học tiếng", "skill and language training")),
        ("visa", ("thị thực", "the visa")),
    ):
        lines = inquiry.lines(thing)
        if inquiry.asks(thing) and inquiry.facts.worker_costs is not None:
            words = (f"Bên nước ngoài trả chi phí {name[0]}.", f"The receiver pays for {name[1]}.")
            row, total = inquiry.term_rule(thing), inquiry.sum_of(lines)
            yield judged(
                f"TT02.{thing}",
                "worker_costs",
                row,
                inquiry.on,
                broken=inquiry.is_paid(lines),
                words=words,
                stated=None if total is None else to_one(total),
                allowed=None if row is None else row.number,
                unit="vnd",
            )
    if inquiry.asks("training_most"):
        yield from _training_after_entry(inquiry)


def _training_after_entry(inquiry: Inquiry) -> Iterator[Finding]:
    """Only lines in the rule's own money: those in đồng are for classes at home."""
    row = inquiry.term_rule("training_most")
    currency = "USD" if row is None else row.unit.value.upper()
    lines = [line for line in inquiry.lines(CostKind.TRAINING) if line.currency == currency and line.amount]
    if not lines:
        return
    total = sum((line.amount or Decimal(0) for line in lines), Decimal(0))
    limit = Decimal(0) if row is None or row.number is None else row.number
    said, most = figure(total, currency.lower()), figure(limit, currency.lower())
    words: Words = (
        f"Phí đào tạo sau khi nhập cảnh {said[0]}; nhiều nhất {most[0]}.",
        f"Training after entry: {said[1]}; at most {most[1]}.",
    )
    yield judged(
        "TT02.training_most",
        "worker_costs",
        row,
        inquiry.on,
        broken=total > limit,
        words=words,
        stated=total,
        allowed=limit,
        unit=currency.lower(),
    )
