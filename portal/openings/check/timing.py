"""No money before its lawful moment: service fee (O8), deposit (O13), selection and training (O10, O17)."""

from collections.abc import Callable, Iterator

from portal.openings.check.facts import Cost, CostKind
from portal.openings.check.fees import stated_fee
from portal.openings.check.findings import Answer, Finding, Verdict, judged
from portal.openings.check.inquiry import ZERO, Inquiry
from portal.openings.check.moments import WHILE_CHOOSING, WITHOUT_A_CONTRACT, Moment, moment_of
from portal.openings.check.sentences import say

# A person's own papers, paid to whoever issues them: they may be made at any time.
OWN_PAPERS = (CostKind.PASSPORT, CostKind.HEALTH, CostKind.JUDICIAL_RECORD)
WITH_THEIR_OWN_GATE = (CostKind.SERVICE_FEE, CostKind.DEPOSIT)
AFTER_SIGNING = (Moment.AFTER_CONTRACT, Moment.AFTER_ACCEPTANCE, Moment.AFTER_DEPARTURE)
AFTER_ACCEPTING = (Moment.AFTER_ACCEPTANCE, Moment.AFTER_DEPARTURE)

Moments = list[Moment | None]


def timing_findings(inquiry: Inquiry) -> Iterator[Finding]:
    fee_lines, deposit_lines = inquiry.lines(CostKind.SERVICE_FEE), inquiry.lines(CostKind.DEPOSIT)
    if stated_fee(inquiry).is_asked:
        yield _at_its_moment(inquiry, "O8", "overseas.fee.moment", _moments(inquiry, fee_lines), _fee)
    if inquiry.facts.deposit_vnd or inquiry.is_paid(deposit_lines):
        moments = _moments(inquiry, deposit_lines)
        yield _at_its_moment(inquiry, "O13", "overseas.deposit.moment", moments, _deposit)
    for number, line in enumerate(inquiry.facts.worker_costs or ()):
        yield from _early(inquiry, number, line)


def _moments(inquiry: Inquiry, lines: tuple[Cost, ...]) -> Moments:
    """One for each line with a sum in it."""
    return [_moment(inquiry, line) for line in lines if line.amount is None or line.amount > 0]


def _moment(inquiry: Inquiry, line: Cost) -> Moment | None:
    return moment_of(line.payable_when, inquiry.facts.approval_date)


def _at_its_moment(
    inquiry: Inquiry, rule: str, key: str, moments: Moments, asked: Callable[[Inquiry, Moments], Answer]
) -> Finding:
    said = ", ".join(sorted({moment.value for moment in moments if moment})) or None
    return judged(rule, inquiry.rules(key), inquiry.on, asked(inquiry, moments), stated=said)


def _fee(inquiry: Inquiry, moments: Moments) -> Answer:
    approved, signed = inquiry.facts.supply_contract_approved, inquiry.facts.sending_contract_signed
    if any(moment in WITHOUT_A_CONTRACT for moment in moments):
        return Answer("worker_costs", True, say("moment_fee_early"))
    if approved is False:
        return Answer("supply_contract_approved", True, say("moment_fee_unapproved"))
    if approved is None:
        return Answer("supply_contract_approved", None, say("moment_fee_approval_missing"))
    if signed or _all_in(moments, AFTER_SIGNING):
        return Answer("worker_costs", False, say("moment_fee_lawful"))
    # A sum with no word of later is asked now.
    if signed is False and not any(moments):
        return Answer("sending_contract_signed", True, say("moment_fee_unsigned"))
    return Answer("sending_contract_signed", None, say("moment_fee_unclear"))


def _deposit(inquiry: Inquiry, moments: Moments) -> Answer:
    signed, accepted = inquiry.facts.sending_contract_signed, inquiry.facts.foreign_acceptance_or_visa
    words, early = say("moment_deposit"), say("moment_deposit_early")
    if any(moment in (*WITHOUT_A_CONTRACT, Moment.BEFORE_ACCEPTANCE) for moment in moments):
        return Answer("worker_costs", True, early)
    if _all_in(moments, AFTER_ACCEPTING) or (accepted and (signed or _all_in(moments, AFTER_SIGNING))):
        return Answer("worker_costs", False, words)
    if signed is False or accepted is False:
        field = "sending_contract_signed" if signed is False else "foreign_acceptance_or_visa"
        return Answer(field, True, early)
    field = "sending_contract_signed" if signed is None else "foreign_acceptance_or_visa"
    return Answer(field, None, say("moment_deposit_unclear"))


def _all_in(moments: Moments, lawful: tuple[Moment, ...]) -> bool:
    return bool(moments) and all(moment in lawful for moment in moments)


def _early(inquiry: Inquiry, number: int, line: Cost) -> Iterator[Finding]:
    """Money asked while people are being chosen, or for training before there is a contract."""
    if (line.amount or ZERO) <= 0 or line.kind in (*OWN_PAPERS, *WITH_THEIR_OWN_GATE):
        return
    moment = _moment(inquiry, line)
    field = f"worker_costs[{number}].payable_when"
    if line.kind == CostKind.TRAINING and moment in WITHOUT_A_CONTRACT:
        rule, key, words = "O17", "overseas.pre_sourcing", say("moment_training")
    elif moment in WHILE_CHOOSING:
        rule, key, words = "O10", "overseas.selection_fee", say("moment_choosing", number=str(number + 1))
    else:
        return
    # What the sum is for decides; the line does not tell that for certain.
    answer = Answer(field, True, words, Verdict.WARNING)
    yield judged(rule, inquiry.rules(key), inquiry.on, answer, stated=moment.value if moment else None)
