"""How much a service fee may be, in months of the contract's wage (rules O1 to O6)."""

from dataclasses import dataclass
from decimal import Decimal

from portal.openings.check.facts import JobClass
from portal.openings.check.figures import Words, figure, to_thousandth
from portal.openings.check.sentences import say
from portal.openings.check.tables import lower_fee, markets
from portal.reference.rules import Lookup, RuleValue

# The law counts a fee "for each 12 months"; part years in proportion, as the law gives no rounding.
YEAR = Decimal(12)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """`months` None: not known, for want of a row (`row` None) or of what `missing` names."""

    rule: str
    months: Decimal | None
    row: RuleValue | None
    basis: Words = ("", "")
    missing: str = ""
    # What a full-term contract may ask. The letter of the law lets a slightly shorter one ask more.
    full_term: Decimal | None = None
    # Where the lower ceiling is unknown: what no worker may be asked in any case.
    at_most: "Ceiling | None" = None

    @property
    def rounded(self) -> Decimal | None:
        return None if self.months is None else to_thousandth(self.months)

    def exceeded_by(self, months: Decimal, spare: Decimal = Decimal(0)) -> bool:
        """A fee written with three decimals, or in whole đồng, is not above a ceiling that has more."""
        assert self.months is not None and self.rounded is not None
        return months > max(self.months, self.rounded) + spare

    def beyond_full_term(self, months: Decimal) -> bool:
        return self.full_term is not None and months > self.full_term


def service_fee_ceiling(
    rules: Lookup,
    *,
    market: str | None,
    job_class: str | None,
    term_months: Decimal | None,
    same_sender: bool | None = None,
    same_supervising_body: bool | None = None,
) -> Ceiling:
    """The lower ceiling of the market and job where there is one, else the law's general one."""
    general = _general(rules, job_class, term_months)
    place = markets().get(market or "")
    if place is None or not job_class:
        missing = "market" if place is None else "job_class"
        return Ceiling(general.rule, None, general.row, missing=missing, at_most=general)
    if job_class == JobClass.EPS:
        return _flat(rules("overseas.fee.public_unit"), "O4", general)
    lower = lower_fee(place, job_class)
    if lower is None:
        return general
    key, rule = lower
    if job_class == JobClass.TITP3:
        if same_sender is False or same_supervising_body is False:
            return general
        if same_sender is None or same_supervising_body is None:
            missing = "same_sender" if same_sender is None else "same_supervising_body"
            return Ceiling(rule, None, rules(f"{key}.per_year"), missing=missing, at_most=general)
    return _by_term(rules, key, rule, term_months, general)


def service_fee_ceiling_months(
    rules: Lookup,
    *,
    market: str | None,
    job_class: str | None,
    term_months: Decimal | None,
    same_sender: bool | None = None,
    same_supervising_body: bool | None = None,
) -> Decimal | None:
    """The number alone; None where it is not known."""
    return service_fee_ceiling(
        rules,
        market=market,
        job_class=job_class,
        term_months=term_months,
        same_sender=same_sender,
        same_supervising_body=same_supervising_body,
    ).months


def extension_ceiling(
    rules: Lookup,
    *,
    market: str | None,
    job_class: str | None,
    extension_months: Decimal | None,
    same_sender: bool | None = None,
    same_supervising_body: bool | None = None,
) -> Ceiling:
    """O3; where the worker may be asked nothing at all, nothing for an extension either."""
    row = rules("overseas.fee.extension")
    place = markets().get(market or "")
    lower = lower_fee(place, job_class) if place is not None and job_class else None
    if job_class == JobClass.EPS:
        return _flat(rules("overseas.fee.public_unit"), "O4")
    if lower is not None and (job_class != JobClass.TITP3 or (same_sender and same_supervising_body)):
        none_at_all = rules(f"{lower[0]}.per_year")
        if none_at_all is not None and none_at_all.number == 0:
            return _flat(none_at_all, lower[1])
    if row is None or row.number is None or extension_months is None:
        missing = "extension_months" if extension_months is None else ""
        return Ceiling("O3", None, row, missing=missing)
    return Ceiling(
        "O3", row.number * extension_months / YEAR, row, _in_proportion(row.number, extension_months)
    )


def _general(rules: Lookup, job_class: str | None, term: Decimal | None) -> Ceiling:
    at_sea = job_class == JobClass.TRANSPORT_SHIP
    return _by_term(
        rules, "overseas.fee.ship" if at_sea else "overseas.fee.general", "O2" if at_sea else "O1", term
    )


def _by_term(
    rules: Lookup, key: str, rule: str, term: Decimal | None, upper: Ceiling | None = None
) -> Ceiling:
    row = rules(f"{key}.per_year")
    if row is None or row.number is None:
        return Ceiling(rule, None, None, at_most=upper)
    if row.number == 0:
        return _flat(row, rule)
    most, full_term = rules(f"{key}.most"), rules("overseas.fee.full_term")
    if most is None or most.number is None or full_term is None or full_term.number is None:
        return Ceiling(rule, None, None, at_most=upper)
    if term is None:
        return Ceiling(rule, None, row, missing="term_months", at_most=upper)
    months = row.number * term / YEAR
    if term >= full_term.number and months >= most.number:
        basis = say("basis_full_term", term=figure(term, "months"), limit=figure(most.number, "wage_months"))
        return Ceiling(rule, most.number, most, basis, full_term=most.number)
    return Ceiling(rule, months, row, _in_proportion(row.number, term), full_term=most.number)


def _flat(row: RuleValue | None, rule: str, upper: Ceiling | None = None) -> Ceiling:
    months = None if row is None else row.number
    if months is None:
        return Ceiling(rule, None, None, at_most=upper)
    return Ceiling(rule, months, row, say("basis_nothing"))


def _in_proportion(per_year: Decimal, months: Decimal) -> Words:
    return say("basis_in_proportion", rate=figure(per_year), length=figure(months))
