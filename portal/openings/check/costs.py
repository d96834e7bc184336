"""What the worker pays: sums the law forbids (O10), each line, their sum beside the wage, the fund (O38)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from portal.common.text import fold
from portal.openings.check.facts import Cost, CostKind
from portal.openings.check.figures import Words, figure, to_one, to_tenth
from portal.openings.check.findings import Finding, Verdict, judged, noted
from portal.openings.check.inquiry import ZERO, Inquiry

KINDS = frozenset(CostKind)
# Names under which forbidden money is written, folded; in a kind of its own or in nothing the law knows.
BROKERAGE = r"broker|brokerage|moi gioi|middleman|intermediary|co lo|gioi thieu"
PLACE_KEPT = (
    r"selection|select|reservation|reserve|place|giu cho|tuyen chon|dat coc|coc|chong tron|bao lanh|"
    r"guarantee|security"
)


def cost_findings(inquiry: Inquiry) -> Iterator[Finding]:
    facts = inquiry.facts
    yield _forbidden(inquiry, "brokerage_vnd", facts.brokerage_vnd, "overseas.brokerage", BROKERAGE_WORDS)
    yield _forbidden(
        inquiry, "selection_fee_vnd", facts.selection_fee_vnd, "overseas.selection_fee", SELECTION_WORDS
    )
    for number, line in enumerate(facts.worker_costs or ()):
        yield from _line(inquiry, f"worker_costs[{number}]", line)
    if facts.worker_costs is not None:
        yield _total(inquiry)
    yield from _fund(inquiry)


BROKERAGE_WORDS: Words = (
    "Luật cấm thu tiền môi giới của người lao động, dù bao nhiêu.",
    "The law bars taking brokerage from the worker, whatever the amount.",
)
SELECTION_WORDS: Words = (
    "Luật cấm thu tiền tuyển chọn, tiền giữ chỗ, dù bao nhiêu.",
    "The law bars taking money for selection or for keeping a place, whatever the amount.",
)
NOT_STATED: Words = ("Chưa ghi; nếu không thu thì ghi 0.", "Not stated; write 0 if nothing is taken.")
NOTHING_TAKEN: Words = ("Không thu.", "Nothing is taken.")


def _forbidden(inquiry: Inquiry, field: str, amount: Decimal | None, key: str, words: Words) -> Finding:
    broken = None if amount is None else amount > 0
    said = NOT_STATED if amount is None else words if broken else NOTHING_TAKEN
    row = inquiry.rules(key)
    allowed = None if row is None else row.number
    return judged(
        "O10", field, row, inquiry.on, broken=broken, words=said, stated=amount, allowed=allowed, unit="vnd"
    )


def _line(inquiry: Inquiry, field: str, line: Cost) -> Iterator[Finding]:
    if line.amount is None or not line.currency:
        words = ("Dòng chi phí thiếu số tiền hoặc loại tiền.", "A cost line has no amount or no currency.")
        yield noted("O33", f"{field}.amount", Verdict.UNKNOWN, words, stated=line.kind)
        return
    if line.amount == 0:
        return
    if line.kind in KINDS and line.kind != CostKind.OTHER:
        return
    if line.kind != CostKind.OTHER and (hidden := _forbidden_kind(line.kind)):
        key, words = hidden
        row = inquiry.rules(key)
        yield judged("O10", f"{field}.kind", row, inquiry.on, broken=True, words=words, stated=line.kind)
        return
    if line.kind == CostKind.OTHER:
        row = inquiry.rules("overseas.other_costs")
        sum_vi, sum_en = figure(line.amount)
        words = (
            (
                f"Khoản “khác” {sum_vi} {line.currency}: hãy ghi rõ là tiền gì, trả cho ai. Khoản không tên "
                "thường là tiền luật cấm."
            ),
            (
                f"An “other” sum of {sum_en} {line.currency}: state what it is and who gets it. Nameless "
                "sums are often forbidden ones."
            ),
        )
        yield judged(
            "O33", f"{field}.kind", row, inquiry.on, broken=True, words=words, stated=line.amount,
            unit=line.currency.lower(), at_worst=Verdict.WARNING,
        )  # fmt: skip
        return
    words = (
        f"Không hiểu loại chi phí “{line.kind}”; hãy chọn một loại trong danh sách.",
        f"The kind of cost “{line.kind}” is not understood; choose one of the list.",
    )
    yield noted("O33", f"{field}.kind", Verdict.UNKNOWN, words, stated=line.kind)


def _forbidden_kind(kind: str) -> tuple[str, Words] | None:
    plain = " ".join(re.findall(r"[a-z0-9]+", fold(kind)))
    if re.search(rf"\b(?:{BROKERAGE})\b", plain):
        return "overseas.brokerage", BROKERAGE_WORDS
    if re.search(rf"\b(?:{PLACE_KEPT})\b", plain):
        return "overseas.selection_fee", SELECTION_WORDS
    return None


def _total(inquiry: Inquiry) -> Finding:
    """The sum of every line beside the monthly wage; no rule bounds it, the worker should see it."""
    lines = inquiry.facts.worker_costs or ()
    total = inquiry.sum_of(lines)
    if total is None:
        words = (
            "Chưa cộng được các khoản người lao động trả: thiếu số tiền hoặc tỷ giá.",
            "What the worker pays cannot be added up: an amount or a rate is missing.",
        )
        return noted("O33", "worker_costs", Verdict.UNKNOWN, words, unit="vnd")
    said, wage = figure(to_one(total), "vnd"), inquiry.wage_vnd
    if not wage:
        words = (
            f"Người lao động trả tất cả {said[0]}; chưa biết lương một tháng bằng bao nhiêu đồng.",
            f"The worker pays {said[1]} in all; the monthly wage in đồng is not known.",
        )
        return noted("O33", "worker_costs", Verdict.OK, words, stated=to_one(total), unit="vnd")
    month, times = figure(to_one(wage), "vnd"), figure(to_tenth(total / wage))
    words = (
        f"Người lao động trả tất cả {said[0]}; lương một tháng {month[0]}: bằng {times[0]} tháng lương.",
        f"The worker pays {said[1]} in all; the monthly wage is {month[1]}: {times[1]} months of wage.",
    )
    return noted("O33", "worker_costs", Verdict.OK, words, stated=to_one(total), unit="vnd")


def _fund(inquiry: Inquiry) -> Iterator[Finding]:
    lines = inquiry.lines(CostKind.FUND)
    if not inquiry.is_paid(lines):
        return
    row = inquiry.rules("overseas.fund.worker")
    total, limit = inquiry.sum_of(lines), ZERO if row is None else row.number or ZERO
    said, most = figure(to_one(total or ZERO), "vnd"), figure(limit, "vnd")
    words = (
        f"Đóng Quỹ Hỗ trợ việc làm ngoài nước {said[0]}; mức của người lao động là {most[0]}.",
        f"Contribution to the overseas employment fund: {said[1]}; the worker's is {most[1]}.",
    )
    broken = None if total is None else total > limit
    stated = None if total is None else to_one(total)
    allowed = None if row is None else limit
    yield judged(
        "O38",
        "worker_costs",
        row,
        inquiry.on,
        broken=broken,
        words=words,
        stated=stated,
        allowed=allowed,
        unit="vnd",
    )
