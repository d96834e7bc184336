"""The worker's service fee: the ceiling, what the receiver has paid, extensions (rules O1 to O7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from portal.openings.check.ceilings import Ceiling, extension_ceiling, service_fee_ceiling
from portal.openings.check.facts import CostKind
from portal.openings.check.figures import figure, to_one, to_thousandth
from portal.openings.check.findings import Finding, Verdict, judged, noted
from portal.openings.check.inquiry import ZERO, Inquiry

# Two ways of writing one fee may differ by what rounding does, not by more.
AGREEMENT = Decimal("0.01")
# Half a thousandth of a month: what a fee in months loses when it is written with three decimals.
ROUNDING = Decimal("0.0005")


@dataclass(frozen=True, slots=True)
class StatedFee:
    """The worker's fee, as far as it can be read: in months, in đồng, and whether some of it cannot."""

    field: str
    is_stated: bool
    months: Decimal | None
    vnd: Decimal | None
    # A sum above zero that could not be turned into months.
    unread: bool

    @property
    def is_asked(self) -> bool:
        return self.unread or bool(self.months) or bool(self.vnd)


def stated_fee(inquiry: Inquiry) -> StatedFee:
    """The highest of what the opening says: in months, in đồng, in its cost lines."""
    facts, wage = inquiry.facts, inquiry.wage_vnd
    lines = inquiry.lines(CostKind.SERVICE_FEE)
    sums = [] if facts.service_fee_vnd is None else [facts.service_fee_vnd]
    in_lines = inquiry.sum_of(lines)
    if lines and in_lines is not None:
        sums.append(in_lines)
    unread = bool(lines) and in_lines is None
    months = [] if facts.service_fee_months is None else [facts.service_fee_months]
    vnd = list(sums)
    for amount in sums:
        if amount == 0:
            months.append(ZERO)
        elif wage:
            months.append(amount / wage)
        else:
            unread = True
    if facts.service_fee_months is not None and (wage or facts.service_fee_months == 0):
        vnd.append(facts.service_fee_months * (wage or ZERO))
    only_vnd = facts.service_fee_months is None and facts.service_fee_vnd is not None
    return StatedFee(
        field="service_fee_vnd" if only_vnd else "service_fee_months",
        is_stated=bool(months or sums or unread),
        months=max(months, default=None),
        vnd=max(vnd, default=None),
        unread=unread,
    )


def fee_findings(inquiry: Inquiry) -> Iterator[Finding]:
    fee = stated_fee(inquiry)
    facts = inquiry.facts
    ceiling = service_fee_ceiling(
        inquiry.rules,
        market=facts.market,
        job_class=facts.job_class,
        term_months=facts.term_months,
        same_sender=facts.same_sender,
        same_supervising_body=facts.same_supervising_body,
    )
    yield _against(inquiry, fee, ceiling)
    if ceiling.months is None and ceiling.at_most is not None and ceiling.at_most.months is not None:
        general = _against(inquiry, fee, ceiling.at_most)
        # Only what is certain whatever the lower ceiling is: above the general one nobody may go.
        if general.verdict not in (Verdict.OK, Verdict.UNKNOWN):
            yield general
    yield from _disagreement(inquiry, fee)
    yield from _netting(inquiry, fee)
    yield from _extension(inquiry)


def _against(inquiry: Inquiry, fee: StatedFee, ceiling: Ceiling) -> Finding:
    stated = None if fee.months is None else to_thousandth(fee.months)
    common = {"stated": stated, "allowed": ceiling.rounded, "unit": "months"}
    if ceiling.months is None:
        words = ("Chưa biết mức trần tiền dịch vụ.", "The ceiling of the service fee is not known.")
        if ceiling.missing:
            words = (f"{words[0]} Hãy ghi {ceiling.missing}.", f"{words[1]} State {ceiling.missing}.")
        field = ceiling.missing or fee.field
        return judged(ceiling.rule, field, ceiling.row, inquiry.on, broken=None, words=words, **common)
    broken, words = _verdict(fee, ceiling)
    worst = Verdict.BREACH
    if broken is False and fee.months is not None and ceiling.beyond_full_term(fee.months):
        broken, worst, words = True, Verdict.WARNING, _more_than_a_longer_one(fee.months, ceiling)
    return judged(
        ceiling.rule, fee.field, ceiling.row, inquiry.on, broken=broken, words=words, at_worst=worst, **common
    )


def _verdict(fee: StatedFee, ceiling: Ceiling) -> tuple[bool | None, tuple[str, str]]:
    assert ceiling.months is not None and ceiling.rounded is not None
    if not fee.is_stated:
        return None, (
            "Chưa ghi tiền dịch vụ; nếu không thu thì ghi 0.",
            "The service fee is not stated; write 0 if there is none.",
        )
    limit = figure(ceiling.rounded, "wage_months")
    basis = f" ({ceiling.basis[0]})", f" ({ceiling.basis[1]})"
    if ceiling.months == 0 and fee.is_asked:
        return True, (
            "Việc này không được thu tiền dịch vụ của người lao động.",
            "No service fee may be taken from the worker for this job.",
        )
    if fee.months is not None and ceiling.exceeded_by(fee.months):
        said = figure(to_thousandth(fee.months), "wage_months")
        return True, (
            f"Tiền dịch vụ {said[0]} cao hơn mức trần {limit[0]}{basis[0]}.",
            f"The service fee of {said[1]} is above the ceiling of {limit[1]}{basis[1]}.",
        )
    if fee.unread or fee.months is None:
        return None, (
            "Chưa đổi được tiền dịch vụ ra tháng lương: thiếu lương hoặc tỷ giá.",
            "The service fee cannot be counted in months of wage: wage or rate is missing.",
        )
    said = figure(to_thousandth(fee.months), "wage_months")
    return False, (
        f"Tiền dịch vụ {said[0]}, trong mức trần {limit[0]}{basis[0]}.",
        f"The service fee of {said[1]} is within the ceiling of {limit[1]}{basis[1]}.",
    )


def _more_than_a_longer_one(months: Decimal, ceiling: Ceiling) -> tuple[str, str]:
    assert ceiling.full_term is not None
    said, most = figure(to_thousandth(months), "wage_months"), figure(ceiling.full_term, "wage_months")
    return (
        (
            f"Tiền dịch vụ {said[0]} chưa quá mức tính theo tỷ lệ, nhưng cao hơn mức {most[0]} của hợp đồng "
            "dài hơn. Hãy hỏi lại."
        ),
        (
            f"The service fee of {said[1]} is within the proportional ceiling but above the {most[1]} of a "
            "longer contract. Ask."
        ),
    )


def _disagreement(inquiry: Inquiry, fee: StatedFee) -> Iterator[Finding]:
    facts, wage = inquiry.facts, inquiry.wage_vnd
    if facts.service_fee_months is None or fee.vnd is None or not wage:
        return
    others = [facts.service_fee_vnd] if facts.service_fee_vnd is not None else []
    in_lines = inquiry.sum_of(inquiry.lines(CostKind.SERVICE_FEE))
    if inquiry.lines(CostKind.SERVICE_FEE) and in_lines is not None:
        others.append(in_lines)
    from_months = facts.service_fee_months * wage
    if all(abs(other - from_months) <= AGREEMENT * max(other, from_months) for other in others):
        return
    words = (
        (
            "Tiền dịch vụ ghi theo tháng lương, ghi bằng đồng và trong bảng chi phí không khớp nhau; mức "
            "cao nhất được đem so."
        ),
        "The fee in months, in đồng and in the cost lines do not agree; the highest was compared.",
    )
    yield noted("O33", "service_fee_vnd", Verdict.WARNING, words, stated=to_one(max(others)), unit="vnd")


def netted(agreed: Decimal, paid_by_receiver: Decimal) -> Decimal:
    """What is left for the worker to pay of an agreed fee; never below nothing."""
    return max(ZERO, agreed - paid_by_receiver)


def _netting(inquiry: Inquiry, fee: StatedFee) -> Iterator[Finding]:
    facts = inquiry.facts
    agreed, paid = facts.agreed_fee_vnd, facts.receiver_paid_fee_vnd
    if not fee.is_asked or (agreed is None and not paid):
        return
    row = inquiry.rules("overseas.fee.netting")
    if agreed is None:
        words = (
            "Bên nước ngoài có trả tiền dịch vụ nhưng chưa ghi mức đã thỏa thuận.",
            "The receiver pays a part of the service fee, but the agreed fee is not stated.",
        )
        yield judged("O7", "agreed_fee_vnd", row, inquiry.on, broken=None, words=words, unit="vnd")
        return
    allowed = netted(agreed, paid or ZERO)
    broken, words = _netted_words(inquiry, fee, allowed)
    if broken is False and paid is None:
        broken, words = (
            None,
            (
                "Chưa ghi bên nước ngoài trả bao nhiêu tiền dịch vụ.",
                "What the receiver pays of the fee is not stated.",
            ),
        )
    stated = None if fee.vnd is None else to_one(fee.vnd)
    field = "receiver_paid_fee_vnd" if paid is None else fee.field
    yield judged(
        "O7",
        field,
        row,
        inquiry.on,
        broken=broken,
        words=words,
        stated=stated,
        allowed=to_one(allowed),
        unit="vnd",
    )


def _netted_words(inquiry: Inquiry, fee: StatedFee, allowed: Decimal) -> tuple[bool | None, tuple[str, str]]:
    limit = figure(to_one(allowed), "vnd")
    if allowed > 0 and fee.vnd is None:
        return None, (
            "Chưa đổi được tiền dịch vụ ra đồng: thiếu lương hoặc tỷ giá.",
            "The service fee cannot be counted in đồng: wage or rate is missing.",
        )
    spare = ZERO if inquiry.facts.service_fee_months is None else ROUNDING * (inquiry.wage_vnd or ZERO)
    if allowed == 0 or (fee.vnd or ZERO) > allowed + max(spare, Decimal(1)):
        return True, (
            (
                "Bên nước ngoài đã trả một phần tiền dịch vụ: người lao động chỉ trả phần còn thiếu, nhiều "
                f"nhất {limit[0]}."
            ),
            (
                "The receiver has paid a part of the fee: the worker pays only what is missing, at most "
                f"{limit[1]}."
            ),
        )
    return False, (
        f"Người lao động chỉ trả phần bên nước ngoài chưa trả, nhiều nhất {limit[0]}.",
        f"The worker pays only what the receiver has not paid, at most {limit[1]}.",
    )


def _extension(inquiry: Inquiry) -> Iterator[Finding]:
    facts = inquiry.facts
    length, fee = facts.extension_months, facts.extension_fee_months
    if not length and not fee:
        return
    ceiling = extension_ceiling(
        inquiry.rules, market=facts.market, job_class=facts.job_class, extension_months=length
    )
    common = {"stated": fee, "allowed": ceiling.rounded, "unit": "months"}
    if ceiling.months is None:
        words = ("Chưa biết mức trần khi gia hạn.", "The ceiling for the extension is not known.")
        field = ceiling.missing or "extension_fee_months"
        yield judged(ceiling.rule, field, ceiling.row, inquiry.on, broken=None, words=words, **common)
        return
    assert ceiling.rounded is not None
    limit = figure(ceiling.rounded, "wage_months")
    if fee is None:
        broken: bool | None = None
        words = (
            f"Chưa ghi tiền dịch vụ khi gia hạn; nhiều nhất {limit[0]}.",
            f"The fee for the extension is not stated; at most {limit[1]}.",
        )
    else:
        broken = ceiling.exceeded_by(fee)
        said = figure(fee, "wage_months")
        words = (
            (
                f"Tiền dịch vụ gia hạn {said[0]} cao hơn mức trần {limit[0]} ({ceiling.basis[0]}).",
                f"The extension fee of {said[1]} is above the ceiling of {limit[1]} ({ceiling.basis[1]}).",
            )
            if broken
            else (
                f"Tiền dịch vụ gia hạn {said[0]}, trong mức trần {limit[0]}.",
                f"The extension fee of {said[1]} is within the ceiling of {limit[1]}.",
            )
        )
    yield judged(
        ceiling.rule, "extension_fee_months", ceiling.row, inquiry.on, broken=broken, words=words, **common
    )
