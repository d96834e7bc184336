"""No money before its lawful moment: service fee (O8), deposit (O13), selection and training (O10, O17)."""

from collections.abc import Iterator

from portal.openings.check.facts import Cost, CostKind
from portal.openings.check.fees import stated_fee
from portal.openings.check.figures import Words
from portal.openings.check.findings import Finding, Verdict, judged, noted
from portal.openings.check.inquiry import ZERO, Inquiry
from portal.openings.check.moments import WHILE_CHOOSING, WITHOUT_A_CONTRACT, Moment, moment_of

# A person's own papers, paid to whoever issues them: they may be made at any time.
OWN_PAPERS = (CostKind.PASSPORT, CostKind.HEALTH, CostKind.JUDICIAL_RECORD)
WITH_THEIR_OWN_GATE = (CostKind.SERVICE_FEE, CostKind.DEPOSIT)
AFTER_SIGNING = (Moment.AFTER_CONTRACT, Moment.AFTER_ACCEPTANCE, Moment.AFTER_DEPARTURE)


def timing_findings(inquiry: Inquiry) -> Iterator[Finding]:
    yield from _service_fee(inquiry)
    yield from _deposit(inquiry)
    yield from _early_lines(inquiry)


def _moments(inquiry: Inquiry, kind: CostKind) -> list[Moment | None]:
    """One for each line with a sum in it."""
    lines = [line for line in inquiry.lines(kind) if line.amount is None or line.amount > 0]
    return [_moment(inquiry, line) for line in lines]


def _moment(inquiry: Inquiry, line: Cost) -> Moment | None:
    return moment_of(line.payable_when, inquiry.facts.approval_date)


def _service_fee(inquiry: Inquiry) -> Iterator[Finding]:
    if not stated_fee(inquiry).is_asked:
        return
    moments = _moments(inquiry, CostKind.SERVICE_FEE)
    field, broken, words = _fee_moment(inquiry, moments)
    row = inquiry.rules("overseas.fee.moment")
    said = ", ".join(sorted({moment.value for moment in moments if moment})) or None
    yield judged("O8", field, row, inquiry.on, broken=broken, words=words, stated=said)


def _fee_moment(inquiry: Inquiry, moments: list[Moment | None]) -> tuple[str, bool | None, Words]:
    facts = inquiry.facts
    if any(moment in WITHOUT_A_CONTRACT for moment in moments):
        return (
            "worker_costs",
            True,
            (
                "Tiền dịch vụ được thu trước khi ký hợp đồng đưa đi.",
                "The service fee is taken before the sending contract is signed.",
            ),
        )
    if facts.supply_contract_approved is False:
        return (
            "supply_contract_approved",
            True,
            (
                "Hợp đồng cung ứng chưa được chấp thuận: chưa được thu tiền dịch vụ.",
                "The supply contract is not approved: no service fee may be taken yet.",
            ),
        )
    if facts.supply_contract_approved is None:
        return (
            "supply_contract_approved",
            None,
            (
                "Chưa ghi hợp đồng cung ứng đã được chấp thuận chưa.",
                "Whether the supply contract is approved is not stated.",
            ),
        )
    if facts.sending_contract_signed or (moments and all(moment in AFTER_SIGNING for moment in moments)):
        return (
            "worker_costs",
            False,
            (
                "Tiền dịch vụ chỉ thu sau khi hợp đồng cung ứng được chấp thuận và hợp đồng đưa đi đã ký.",
                (
                    "The service fee is taken only after the supply contract is approved and the sending "
                    "contract signed."
                ),
            ),
        )
    if facts.sending_contract_signed is False and not any(moments):
        return (
            "sending_contract_signed",
            True,
            (
                "Hợp đồng đưa đi chưa ký mà tin đã ghi thu tiền dịch vụ, không nói thu sau khi ký.",
                (
                    "The sending contract is not signed, and the opening asks a service fee without saying: "
                    "after signing."
                ),
            ),
        )
    return (
        "sending_contract_signed",
        None,
        (
            "Chưa rõ tiền dịch vụ thu trước hay sau khi ký hợp đồng đưa đi; hãy ghi lúc thu (payable_when).",
            "It is not clear whether the fee is taken before or after signing; state payable_when.",
        ),
    )


def _deposit(inquiry: Inquiry) -> Iterator[Finding]:
    lines = inquiry.lines(CostKind.DEPOSIT)
    if not inquiry.facts.deposit_vnd and not inquiry.is_paid(lines):
        return
    moments = _moments(inquiry, CostKind.DEPOSIT)
    field, broken, words = _deposit_moment(inquiry, moments)
    row = inquiry.rules("overseas.deposit.moment")
    said = ", ".join(sorted({moment.value for moment in moments if moment})) or None
    yield judged("O13", field, row, inquiry.on, broken=broken, words=words, stated=said)


def _deposit_moment(inquiry: Inquiry, moments: list[Moment | None]) -> tuple[str, bool | None, Words]:
    signed, taken = inquiry.facts.sending_contract_signed, inquiry.facts.foreign_acceptance_or_visa
    too_early = (
        "Tiền ký quỹ chỉ gửi sau khi ký hợp đồng đưa đi và phía nước ngoài đã nhận hoặc đã có thị thực.",
        (
            "A deposit is made only after the contract is signed and the receiver has accepted or the visa "
            "is there."
        ),
    )
    if any(moment in (*WITHOUT_A_CONTRACT, Moment.BEFORE_ACCEPTANCE) for moment in moments):
        return "worker_costs", True, too_early
    if moments and all(moment in (Moment.AFTER_ACCEPTANCE, Moment.AFTER_DEPARTURE) for moment in moments):
        return "worker_costs", False, too_early
    if signed and taken:
        return "foreign_acceptance_or_visa", False, too_early
    if taken and moments and all(moment in AFTER_SIGNING for moment in moments):
        return "worker_costs", False, too_early
    if signed is False or taken is False:
        return "sending_contract_signed" if signed is False else "foreign_acceptance_or_visa", True, too_early
    field = "sending_contract_signed" if signed is None else "foreign_acceptance_or_visa"
    return (
        field,
        None,
        (
            "Chưa rõ tiền ký quỹ gửi lúc nào; hãy ghi lúc gửi (payable_when).",
            "It is not clear when the deposit is made; state payable_when.",
        ),
    )


def _early_lines(inquiry: Inquiry) -> Iterator[Finding]:
    """Money asked while people are being chosen, or for training before there is a contract."""
    for number, line in enumerate(inquiry.facts.worker_costs or ()):
        if (line.amount or ZERO) <= 0 or line.kind in (*OWN_PAPERS, *WITH_THEIR_OWN_GATE):
            continue
        moment = _moment(inquiry, line)
        field = f"worker_costs[{number}].payable_when"
        if line.kind == CostKind.TRAINING and moment in WITHOUT_A_CONTRACT:
            words = (
                (
                    "Phí đào tạo thu trước khi có hợp đồng: chỉ khi việc chuẩn bị nguồn đã được chấp thuận "
                    "bằng văn bản."
                ),
                "A training fee before the contract: only where pre-sourcing was approved in writing.",
            )
            row = inquiry.rules("overseas.pre_sourcing")
        elif moment in WHILE_CHOOSING:
            words = (
                (
                    "Khoản này thu khi đăng ký hoặc tuyển chọn; luật cấm thu tiền cho việc tuyển chọn. Hãy "
                    "hỏi rõ."
                ),
                "This sum is taken at registration or selection; the law bars money for selection. Ask.",
            )
            row = inquiry.rules("overseas.selection_fee")
        else:
            continue
        rule = "O17" if line.kind == CostKind.TRAINING else "O10"
        if row is None:
            yield noted(rule, field, Verdict.UNKNOWN, words, stated=line.payable_when)
            continue
        yield judged(
            rule,
            field,
            row,
            inquiry.on,
            broken=True,
            words=words,
            stated=moment.value,
            at_worst=Verdict.WARNING,
        )
