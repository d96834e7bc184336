"""An opening's facts and the rules of a day as the opening's side of the cost sheet. Plain arithmetic."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from portal.openings.check.ceilings import service_fee_ceiling
from portal.openings.check.deposits import deposit_limit, deposit_rule
from portal.openings.check.facts import Cost, CostKind, OpeningFacts
from portal.openings.check.fees import netted, stated_fee
from portal.openings.check.inquiry import ZERO, Inquiry
from portal.openings.check.lodging import Lodging, Payer, lodging_in, payer_of
from portal.openings.check.moments import moment_of
from portal.overseas.costs.reckoning import Maximum, OpeningSide, Stated
from portal.overseas.costs.states import Moment, PaidFor
from portal.reference.rules import Lookup, RuleValue

HUNDRED = Decimal(100)
NO_RATES: Mapping[str, Decimal] = {}
# Sums that no worker may be asked, and the one that everybody pays, each by its rule.
FIXED = {
    PaidFor.BROKERAGE: "overseas.brokerage",
    PaidFor.SELECTION: "overseas.selection_fee",
    PaidFor.FUND: "overseas.fund.worker",
}
# Where the minimum terms of a market say that the receiver pays them: nothing is left to the worker.
BY_RECEIVER = {PaidFor.TRAINING: "training", PaidFor.VISA: "visa"}
BOTH_WAYS = 2
# Stated in a field of their own; a line of the same kind is the same sum once more.
OWN_FIELDS = {PaidFor.BROKERAGE: "brokerage_vnd", PaidFor.SELECTION: "selection_fee_vnd"}


def opening_side(
    facts: OpeningFacts,
    rules: Lookup,
    on: dt.date,
    *,
    rates: Mapping[str, Decimal] = NO_RATES,
    departs_on: dt.date | None = None,
) -> OpeningSide:
    """`rates`: the stored ones, đồng for one unit; they count where the opening states no rate itself."""
    inquiry = _inquiry(facts, rules, on, rates)
    wage = inquiry.wage_vnd
    days = rules("overseas.fund.days_before")
    return OpeningSide(
        stated=tuple(_stated(inquiry)),
        maxima=_limits(inquiry),
        receiver_pays=_receiver_pays(facts),
        wage=_down(wage),
        net_wage=_down(_after_deductions(facts, wage)),
        term_months=None if facts.term_months is None else int(facts.term_months),
        departs_on=departs_on,
        fund_days=None if days is None or days.number is None else days.whole,
        is_complete=facts.worker_costs is not None,
    )


def limits_anywhere(rules: Lookup) -> dict[PaidFor, Maximum]:
    """What holds whatever the job and the country: for money paid for work that does not stand here."""
    return {kind: _fixed(rules(key)) for kind, key in FIXED.items()}


def _inquiry(facts: OpeningFacts, rules: Lookup, on: dt.date, rates: Mapping[str, Decimal]) -> Inquiry:
    if facts.fx_rate is None:
        facts = replace(facts, fx_rate=rates.get(facts.wage_currency or ""))
    return Inquiry(facts, rules, on, rates=rates)


def _stated(inquiry: Inquiry) -> list[Stated]:
    """The fee and the deposit may stand in a field or in a line: the higher of the two is what people pay."""
    facts = inquiry.facts
    fee = stated_fee(inquiry)
    found = []
    if fee.is_stated:
        found.append(_one(inquiry, PaidFor.SERVICE_FEE, _up(fee.vnd)))
    deposit = _higher(facts.deposit_vnd, inquiry, CostKind.DEPOSIT)
    if facts.deposit_vnd is not None or inquiry.lines(CostKind.DEPOSIT):
        found.append(_one(inquiry, PaidFor.DEPOSIT, deposit))
    for kind, field in OWN_FIELDS.items():
        amount = getattr(facts, field)
        if amount:
            found.append(Stated(kind, _up(amount)))
    for line in facts.worker_costs or ():
        if line.kind not in (CostKind.SERVICE_FEE, CostKind.DEPOSIT):
            amount = _up(inquiry.in_vnd(line.amount, line.currency))
            found.append(Stated(_kind(line.kind), amount, _moment(inquiry, line), line.receipt_by or ""))
    return found


def _kind(written: str) -> PaidFor:
    return PaidFor(written) if written in PaidFor.values() else PaidFor.OTHER


def _one(inquiry: Inquiry, kind: PaidFor, amount: int | None) -> Stated:
    """With the earliest moment that one of its lines names."""
    lines = inquiry.lines(kind.value)
    moments = [moment for line in lines if (moment := _moment(inquiry, line)) is not None]
    receipts = [line.receipt_by for line in lines if line.receipt_by]
    order = list(Moment)
    when = min(moments, key=order.index, default=None)
    return Stated(kind, amount, when, receipts[0] if receipts else "")


def _higher(amount: Decimal | None, inquiry: Inquiry, kind: CostKind) -> int | None:
    lines = inquiry.lines(kind)
    if not lines:
        return _up(amount)
    in_lines = inquiry.sum_of(lines)
    return None if in_lines is None else _up(max(in_lines, amount or ZERO))


def _moment(inquiry: Inquiry, line: Cost) -> Moment | None:
    read = moment_of(line.payable_when, inquiry.facts.approval_date)
    return None if read is None else Moment(read.value)


def _limits(inquiry: Inquiry) -> dict[PaidFor, Maximum]:
    found = limits_anywhere(inquiry.rules)
    found[PaidFor.SERVICE_FEE] = _service_fee(inquiry)
    _rule, row = deposit_rule(inquiry)
    found[PaidFor.DEPOSIT] = _maximum(deposit_limit(inquiry, row), row)
    for kind, thing in BY_RECEIVER.items():
        if inquiry.asks(thing):
            found[kind] = _fixed(inquiry.term_rule(thing))
    if inquiry.asks("airfare_ways"):
        ways = inquiry.term_rule("airfare_ways")
        if ways is None or (ways.number is not None and ways.number >= BOTH_WAYS):
            found[PaidFor.AIRFARE] = _maximum(None if ways is None else ZERO, ways)
    return found


def _service_fee(inquiry: Inquiry) -> Maximum:
    facts = inquiry.facts
    ceiling = service_fee_ceiling(
        inquiry.rules,
        market=facts.market,
        job_class=facts.job_class,
        term_months=facts.term_months,
        same_sender=facts.same_sender,
        same_supervising_body=facts.same_supervising_body,
    )
    amount = None
    if ceiling.months is not None and ceiling.rounded is not None:
        # A fee written with three decimals is not above a ceiling that has more of them.
        months = max(ceiling.months, ceiling.rounded)
        amount = ZERO if months == 0 else None if inquiry.wage_vnd is None else months * inquiry.wage_vnd
    return _after_the_receiver(inquiry, _maximum(amount, ceiling.row, ceiling.basis))


def _after_the_receiver(inquiry: Inquiry, maximum: Maximum) -> Maximum:
    """What the receiver has paid of the agreed fee is not asked of the worker once more."""
    facts, row = inquiry.facts, inquiry.rules("overseas.fee.netting")
    if not facts.receiver_paid_fee_vnd or facts.agreed_fee_vnd is None or row is None:
        return maximum
    left = _maximum(netted(facts.agreed_fee_vnd, facts.receiver_paid_fee_vnd), row)
    if maximum.amount is not None and (left.amount is None or maximum.amount <= left.amount):
        return maximum
    return left


def _receiver_pays(facts: OpeningFacts) -> dict[PaidFor, int | None]:
    found: dict[PaidFor, int | None] = {}
    if facts.receiver_paid_fee_vnd:
        found[PaidFor.SERVICE_FEE] = _down(facts.receiver_paid_fee_vnd)
    if payer_of(facts.airfare_out_paid_by) is Payer.RECEIVER:
        found[PaidFor.AIRFARE] = None
    return found


def _after_deductions(facts: OpeningFacts, wage: Decimal | None) -> Decimal | None:
    """By the figures the opening states; who pays for their own room keeps less, how much is not known."""
    if wage is None or lodging_in(facts) in (None, Lodging.OWN):
        return None
    if facts.lodging_deduction_pct is not None:
        return wage * (HUNDRED - facts.lodging_deduction_pct) / HUNDRED
    return wage if lodging_in(facts) is Lodging.FREE else None


def _fixed(row: RuleValue | None) -> Maximum:
    return _maximum(None if row is None else row.number, row)


def _maximum(amount: Decimal | None, row: RuleValue | None, basis: tuple[str, str] = ("", "")) -> Maximum:
    if row is None:
        return Maximum(None)
    return Maximum(_up(amount), row.source, row.since, row.verified, basis)


def _up(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount.to_integral_value(ROUND_CEILING))


def _down(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount.to_integral_value(ROUND_FLOOR))
