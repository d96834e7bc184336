"""Openings that break no rule, for every market and class of job; a test changes one thing."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from portal.openings.check.facts import Cost, OpeningFacts
from portal.openings.check.findings import Finding, Report
from portal.openings.check.inquiry import BarredPlace
from portal.openings.check.run import check
from portal.openings.check.tables import markets
from portal.reference.rule_files import of_files

TODAY = dt.date(2026, 11, 22)
RATES = {
    "USD": Decimal(26000),
    "JPY": Decimal(170),
    "TWD": Decimal(820),
    "KRW": Decimal(18),
    "AUD": Decimal(17000),
    "MOP": Decimal(3250),
    "EUR": Decimal(30000),
}
# A monthly wage above every floor of its market.
WAGES = {"JP": (200_000, "JPY"), "TW": (29_500, "TWD"), "KR": (2_100_000, "KRW"), "MO": (5_000, "MOP")}


def line(kind: str, amount: float | None, when: str | None = None, currency: str | None = "VND") -> Cost:
    return Cost(
        kind, None if amount is None else Decimal(str(amount)), currency, when, "doanh nghiệp dịch vụ"
    )


def lawful(market: str = "RO", job_class: str = "general", /, **changes: Any) -> OpeningFacts:
    wage, currency = WAGES.get(market, (1_300, "USD"))
    facts = OpeningFacts(
        on_date=TODAY,
        market=market,
        job_class=job_class,
        occupation_code="8219",
        term_months=Decimal(36),
        wage_amount=Decimal(wage),
        wage_currency=currency,
        fx_rate=RATES[currency],
        fx_date=dt.date(2026, 11, 20),
        fx_source="Vietcombank",
        service_fee_months=Decimal(0),
        receiver_paid_fee_vnd=Decimal(0),
        deposit_vnd=Decimal(0),
        brokerage_vnd=Decimal(0),
        selection_fee_vnd=Decimal(0),
        worker_costs=(),
        airfare_out_paid_by="receiver",
        airfare_back_paid_by="receiver",
        lodging="free",
        lodging_deduction_pct=Decimal(0),
        meals_count=Decimal(3),
        weekly_hours=Decimal(40),
        rest_days=Decimal(1),
        approved_quantity=Decimal(50),
        selected_quantity=Decimal(10),
        departed_quantity=Decimal(5),
        approval_number="123/QLLĐNN-NB",
        approval_date=dt.date(2021, 12, 1),
        supply_contract_number="HĐ-77",
        supply_contract_approved=True,
        sending_contract_signed=True,
        foreign_acceptance_or_visa=True,
        sender_licence_status="valid",
        sender_market_permission=True,
        age_max=Decimal(45),
        age_sex_source="123/QLLĐNN-NB",
        **({"same_sender": True, "same_supervising_body": True} if job_class == "titp3" else {}),
    )
    return replace(facts, **{name: decimal(value) for name, value in changes.items()})


def decimal(value: Any) -> Any:
    """Numbers of a test as the check takes them."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return Decimal(str(value))


def run(facts: OpeningFacts, on: dt.date = TODAY, barred: tuple[BarredPlace, ...] = ()) -> Report:
    return check(facts, of_files(on), on, barred, RATES)


def found(facts: OpeningFacts, rule: str, on: dt.date = TODAY) -> list[Finding]:
    return [finding for finding in run(facts, on).findings if finding.rule == rule]


def verdicts(facts: OpeningFacts, rule: str, on: dt.date = TODAY) -> list[str]:
    return [finding.verdict.value for finding in found(facts, rule, on)]


def one(facts: OpeningFacts, rule: str, on: dt.date = TODAY) -> Finding:
    [finding] = found(facts, rule, on)
    return finding


def a_country_of(place: str) -> str:
    """A country where the rules of that place, and none closer, are met."""
    if place == "*":
        return "SG"
    if len(place) == 2 and place.isupper():
        return place
    wanted = {"southeast_asia": "SG", "west_asia": "SA", "central_asia": "KZ", "africa": "DZ", "europe": "RO",
              "americas": "CA", "oceania": "NZ", "middle_east": "SA"}  # fmt: skip
    assert wanted[place] in markets()
    return wanted[place]
