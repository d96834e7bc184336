"""The worker's service fee: the ceiling, what the receiver has paid, extensions (rules O1 to O7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from portal.openings.check.ceilings import Ceiling, extension_ceiling, service_fee_ceiling
from portal.openings.check.facts import CostKind
from portal.openings.check.figures import Words, figure, thousandth_above, to_one, to_thousandth
from portal.openings.check.findings import Answer, Finding, Verdict, judged, noted
from portal.openings.check.inquiry import ZERO, Inquiry
from portal.openings.check.sentences import named, say, together

# Two ways of writing one fee may differ by what rounding does, not by more.
AGREEMENT = Decimal("0.01")
UNDER_ONE_DONG = Decimal("0.999")
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
    # In months: a sum in whole đồng may lie less than one of them above what was reckoned.
    rounding: Decimal = ZERO

    @property
    def is_asked(self) -> bool:
        return self.unread or bool(self.months) or bool(self.vnd)


def stated_fee(inquiry: Inquiry) -> StatedFee:
    """The highest of what the opening says: in months, in đồng, in its cost lines."""
    facts, wage = inquiry.facts, inquiry.wage_vnd
    sums, unread = _sums(inquiry)
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
        rounding=UNDER_ONE_DONG / wage if wage and sums else ZERO,
    )


def _sums(inquiry: Inquiry) -> tuple[list[Decimal], bool]:
    """The fee in đồng as stated and as its cost lines add up; whether those could not be added."""
    facts, lines = inquiry.facts, inquiry.lines(CostKind.SERVICE_FEE)
    sums = [] if facts.service_fee_vnd is None else [facts.service_fee_vnd]
    in_lines = inquiry.sum_of(lines) if lines else None
    if in_lines is not None:
        sums.append(in_lines)
    return sums, bool(lines) and in_lines is None


def fee_findings(inquiry: Inquiry) -> Iterator[Finding]:
    fee, facts = stated_fee(inquiry), inquiry.facts
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
    yield from _disagreement(inquiry)
    yield from _netting(inquiry, fee)
    yield from _extension(inquiry)


def _against(inquiry: Inquiry, fee: StatedFee, ceiling: Ceiling) -> Finding:
    wage = inquiry.wage_vnd
    answer = _unknown(fee, ceiling) if ceiling.months is None else _compared(fee, ceiling, wage)
    stated = None if fee.months is None else _as_said(fee.months, answer)
    return judged(
        ceiling.rule, ceiling.row, inquiry.on, answer, stated=stated, allowed=ceiling.rounded, unit="months"
    )


def _as_said(months: Decimal, answer: Answer) -> Decimal:
    """With three decimals; a fee above its ceiling is not rounded down to it."""
    return thousandth_above(months) if answer.broken else to_thousandth(months)


def _unknown(fee: StatedFee, ceiling: Ceiling) -> Answer:
    words = say("fee_ceiling_unknown")
    if ceiling.missing:
        words = together(words, say("state_field", field=named(ceiling.missing)))
    return Answer(ceiling.missing or fee.field, None, words)


def _compared(fee: StatedFee, ceiling: Ceiling, wage: Decimal | None) -> Answer:
    assert ceiling.months is not None and ceiling.rounded is not None
    if not fee.is_stated:
        return Answer(fee.field, None, say("fee_missing"))
    if ceiling.months == 0 and fee.is_asked:
        return Answer(fee.field, True, say("fee_forbidden"))
    if fee.months is not None and ceiling.exceeded_by(fee.months, fee.rounding):
        return Answer(fee.field, True, _above(fee.months, ceiling, wage))
    if fee.unread or fee.months is None:
        return Answer(fee.field, None, say("fee_unread"))
    if not fee.is_asked:
        return Answer(fee.field, False, say("fee_none"))
    said = figure(to_thousandth(fee.months), "wage_months")
    if ceiling.full_term is not None and fee.months > ceiling.full_term + fee.rounding:
        words = say("fee_beyond_longer", said=said, limit=figure(ceiling.full_term, "wage_months"))
        return Answer(fee.field, True, words, Verdict.WARNING)
    figures = {"said": said, "limit": figure(ceiling.rounded, "wage_months"), "basis": ceiling.basis}
    return Answer(fee.field, False, say("fee_within", **figures))


def _above(months: Decimal, ceiling: Ceiling, wage: Decimal | None) -> Words:
    """With what may be asked, in the money that people count in."""
    assert ceiling.months is not None and ceiling.rounded is not None
    limit = figure(ceiling.rounded, "wage_months")
    words = say(
        "fee_above", said=figure(thousandth_above(months), "wage_months"), limit=limit, basis=ceiling.basis
    )
    if wage:
        limit = figure(to_one(max(ceiling.months, ceiling.rounded) * wage), "vnd")
    return together(words, say("fee_lower", limit=limit))


def disagree(sums: list[Decimal]) -> bool:
    """Whether one sum was written in ways that differ by more than rounding does."""
    return bool(sums) and max(sums) - min(sums) > AGREEMENT * max(sums)


def _disagreement(inquiry: Inquiry) -> Iterator[Finding]:
    months, wage = inquiry.facts.service_fee_months, inquiry.wage_vnd
    sums, _unread = _sums(inquiry)
    if months is not None and (wage or months == 0):
        sums.append(months * (wage or ZERO))
    if disagree(sums):
        words = say("fee_disagrees")
        yield noted("O33", "service_fee_vnd", Verdict.WARNING, words, stated=to_one(max(sums)), unit="vnd")


def netted(agreed: Decimal, paid_by_receiver: Decimal) -> Decimal:
    """What is left for the worker to pay of an agreed fee; never below nothing."""
    return max(ZERO, agreed - paid_by_receiver)


def _netting(inquiry: Inquiry, fee: StatedFee) -> Iterator[Finding]:
    facts = inquiry.facts
    agreed, paid = facts.agreed_fee_vnd, facts.receiver_paid_fee_vnd
    if not fee.is_stated or (agreed is None and (paid == 0 or not fee.is_asked)):
        return
    allowed = None if agreed is None else netted(agreed, paid or ZERO)
    yield judged(
        "O7",
        inquiry.rules("overseas.fee.netting"),
        inquiry.on,
        _netted(inquiry, fee, allowed),
        stated=None if fee.vnd is None else to_one(fee.vnd),
        allowed=None if allowed is None else to_one(allowed),
        unit="vnd",
    )


def _netted(inquiry: Inquiry, fee: StatedFee, allowed: Decimal | None) -> Answer:
    if not fee.is_asked:
        return Answer(fee.field, False, say("fee_none"))
    if allowed is None and inquiry.facts.receiver_paid_fee_vnd is None:
        return Answer("receiver_paid_fee_vnd", None, say("netting_no_paid"))
    if allowed is None:
        return Answer("agreed_fee_vnd", None, say("netting_no_agreed"))
    limit = figure(to_one(allowed), "vnd")
    if allowed > 0 and fee.vnd is None:
        return Answer(fee.field, None, say("netting_unread"))
    in_months = inquiry.facts.service_fee_months is not None
    spare = max(Decimal(1), ROUNDING * (inquiry.wage_vnd or ZERO) if in_months else ZERO)
    if allowed == 0 or (fee.vnd or ZERO) > allowed + spare:
        return Answer(fee.field, True, say("netting_above", limit=limit))
    if inquiry.facts.receiver_paid_fee_vnd is None:
        return Answer("receiver_paid_fee_vnd", None, say("netting_no_paid"))
    return Answer(fee.field, False, say("netting_within", limit=limit))


def _extension(inquiry: Inquiry) -> Iterator[Finding]:
    facts = inquiry.facts
    if not facts.extension_months and not facts.extension_fee_months:
        return
    ceiling = extension_ceiling(
        inquiry.rules,
        market=facts.market,
        job_class=facts.job_class,
        extension_months=facts.extension_months,
        same_sender=facts.same_sender,
        same_supervising_body=facts.same_supervising_body,
    )
    answer = _extended(facts.extension_fee_months, ceiling)
    yield judged(
        ceiling.rule,
        ceiling.row,
        inquiry.on,
        answer,
        stated=facts.extension_fee_months,
        allowed=ceiling.rounded,
        unit="months",
    )


def _extended(fee: Decimal | None, ceiling: Ceiling) -> Answer:
    field = "extension_fee_months"
    if ceiling.rounded is None:
        words = say("extension_unknown")
        if ceiling.missing:
            words = together(words, say("state_field", field=named(ceiling.missing)))
        return Answer(ceiling.missing or field, None, words)
    limit = figure(ceiling.rounded, "wage_months")
    if fee is None:
        return Answer(field, None, say("extension_missing", limit=limit))
    if fee == 0:
        return Answer(field, False, say("extension_none"))
    figures = {"said": figure(fee, "wage_months"), "limit": limit, "basis": ceiling.basis}
    if ceiling.exceeded_by(fee):
        return Answer(field, True, say("extension_above", **figures))
    return Answer(field, False, say("extension_within", **figures))
