"""Every rule row that the check asks: a case that passes and one that does not, on both sides of its date."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from portal.openings.check.facts import OpeningFacts
from portal.openings.check.tables import contract_terms, known_rules, markets
from portal.reference.datafiles import read_rows
from portal.reference.models import BarReason
from portal.reference.rule_files import BarredPlace
from tests.openings.check.lawful import RATES, TODAY, a_country_of, lawful, line, run

DAY = dt.timedelta(days=1)
MONTH = 1300 * RATES["USD"]


@dataclass(frozen=True)
class Case:
    rule: str
    good: OpeningFacts
    bad: OpeningFacts
    # "breach", or "warning" where the row is not verified or the rule only warns.
    worst: str = "breach"


FEE = {"service_fee_months": 1}
EARLY = (line("service_fee", float(MONTH), "selection"),)


def deposit(market: str, job: str, limit: int) -> Case:
    good, bad = lawful(market, job, deposit_vnd=limit), lawful(market, job, deposit_vnd=limit + 1)
    return Case("O14" if job == "eps" else "O12", good, bad, "warning")


FIRST_OF_A_KIND: dict[str, Case] = {
    "overseas.fee.general.per_year": Case(
        "O1", lawful(term_months=12, service_fee_months=1), lawful(term_months=12, service_fee_months=1.01)
    ),
    "overseas.fee.general.most": Case("O1", lawful(service_fee_months=3), lawful(service_fee_months=3.01)),
    "overseas.fee.full_term": Case(
        "O1", lawful(term_months=60, service_fee_months=3), lawful(term_months=60, service_fee_months=4)
    ),
    "overseas.fee.ship.per_year": Case(
        "O2",
        lawful("SG", "transport_ship", term_months=12, service_fee_months=1.5),
        lawful("SG", "transport_ship", term_months=12, service_fee_months=1.51),
    ),
    "overseas.fee.ship.most": Case(
        "O2",
        lawful("SG", "transport_ship", service_fee_months=3),
        lawful("SG", "transport_ship", service_fee_months=3.01),
    ),
    "overseas.fee.extension": Case(
        "O3",
        lawful(extension_months=12, extension_fee_months=0.5),
        lawful(extension_months=12, extension_fee_months=0.51),
    ),
    "overseas.fee.public_unit": Case("O4", lawful("KR", "eps"), lawful("KR", "eps", service_fee_months=0.1)),
    "overseas.fee.netting": Case(
        "O7",
        lawful(**FEE, agreed_fee_vnd=MONTH * 2, receiver_paid_fee_vnd=MONTH),
        lawful(service_fee_months=2, agreed_fee_vnd=MONTH * 2, receiver_paid_fee_vnd=MONTH),
    ),
    "overseas.fee.moment": Case("O8", lawful(**FEE), lawful(**FEE, worker_costs=EARLY)),
    "overseas.deposit.TW": deposit("TW", "manufacturing", 12_000_000),
    "overseas.deposit.KR": deposit("KR", "skilled_e7", 36_000_000),
    "overseas.deposit.JP": deposit("JP", "ssw", 0),
    "overseas.deposit.americas": deposit("CA", "general", 0),
    "overseas.deposit.southeast_asia": deposit("SG", "general", 0),
    "overseas.deposit.middle_east": deposit("SA", "general", 0),
    "overseas.deposit.crews": deposit("TW", "offshore_fishing", 0),
    "overseas.deposit.eps": deposit("KR", "eps", 100_000_000),
    "overseas.deposit.elsewhere": Case(
        "O12",
        lawful(
            "RO",
            airfare_back_paid_by="worker",
            deposit_vnd=15_000_000,
            worker_costs=(line("airfare", 15_000_000),),
        ),
        lawful(
            "RO",
            airfare_back_paid_by="worker",
            deposit_vnd=15_000_001,
            worker_costs=(line("airfare", 15_000_000),),
        ),
        "warning",
    ),
    "overseas.deposit.moment": Case(
        "O13",
        lawful(
            "TW",
            deposit_vnd=12_000_000,
            worker_costs=(line("deposit", 12_000_000, "after_acceptance_or_visa"),),
        ),
        lawful("TW", deposit_vnd=12_000_000, worker_costs=(line("deposit", 12_000_000, "before_contract"),)),
        "warning",
    ),
    "overseas.brokerage": Case("O10", lawful(), lawful(brokerage_vnd=1)),
    "overseas.selection_fee": Case("O10", lawful(), lawful(selection_fee_vnd=1)),
    "overseas.fund.worker": Case(
        "O38",
        lawful(worker_costs=(line("fund", 100_000),)),
        lawful(worker_costs=(line("fund", 100_001),)),
        "warning",
    ),
    "overseas.supply_contract": Case("O16", lawful(), lawful(supply_contract_approved=False)),
    "overseas.quantity": Case("O34", lawful(departed_quantity=40), lawful(departed_quantity=51)),
    "overseas.licence": Case("O31", lawful(), lawful(sender_licence_status="revoked"), "warning"),
    "overseas.sending_function": Case("O35", lawful(), lawful(sender_licence_status="suspended")),
    "overseas.market_permission": Case("O32", lawful(), lawful(sender_market_permission=False), "warning"),
    "overseas.age_sex": Case("C14", lawful(sex="female"), lawful(sex="female", age_sex_source=None)),
    "overseas.min_age": Case("O25", lawful(age_min=18), lawful(age_min=17), "warning"),
    "overseas.barred_jobs": Case("O29", lawful(), lawful(occupation_code="5163")),
}

# Rows that no single case can break, and why.
TOLD_ONLY = {
    "overseas.posting": "what is not stated is unknown, never a breach (test_required.py)",
    "overseas.other_costs": "a sum without a name is asked about (test_costs.py)",
    "overseas.pre_sourcing": "a training fee before the contract is asked about (test_timing.py)",
    "overseas.fund.days_before": "the case has the day of departure, the opening has not",
    "overseas.barred_areas": "the rows are the Centre's own (test_bars.py)",
}


def lower_fee_cases() -> dict[str, Case]:
    found = {}
    for row in read_rows("lower_fees.csv"):
        market, job = a_country_of(row["place"]), row["job_class"]
        key = f"overseas.fee.{row['place']}.{job}"
        rates = {
            r["key"]: float(r["value"])
            for r in read_rows("legal_rules.csv")
            if r["key"].startswith(key + ".")
        }
        for name, value in rates.items():
            term = 12 if name.endswith(".per_year") else 36
            good = lawful(market, job, term_months=term, service_fee_months=value)
            bad = lawful(market, job, term_months=term, service_fee_months=value + 0.01)
            found[name] = Case(row["rule"], good, bad)
    return found


Change = dict[str, Any]
# For each thing a contract must have: what meets it, what does not.
THINGS: dict[str, Callable[[float], tuple[Change, Change]]] = {
    "term_least": lambda v: ({"term_months": v}, {"term_months": 0.5}),
    "extension_most": lambda v: ({"extension_months": v}, {"extension_months": v + 1}),
    "wage_least": lambda v: ({"wage_amount": v}, {"wage_amount": v - 1}),
    "wage_least_short": lambda v: (
        {"term_months": 8, "wage_amount": v},
        {"term_months": 8, "wage_amount": v - 1},
    ),
    "wage_least_own_costs": lambda v: (
        {"lodging": "charged", "wage_amount": v},
        {"lodging": "charged", "wage_amount": v - 1},
    ),
    "lodging_deduction": lambda v: (
        {"lodging": "charged", "lodging_deduction_pct": v},
        {"lodging": "charged", "lodging_deduction_pct": v + 1},
    ),
    "lodging_meals_deduction": lambda v: (
        {"lodging": "charged", "meals_count": 0, "lodging_deduction_pct": v},
        {"lodging": "charged", "meals_count": 0, "lodging_deduction_pct": v + 1},
    ),
    "deduction_most": lambda v: (
        {"lodging": "charged", "wage_amount": 50_000, "lodging_deduction_pct": 5},
        {"lodging": "charged", "wage_amount": 50_000, "lodging_deduction_pct": 11},
    ),
    "lodging_free": lambda v: ({"lodging": "free"}, {"lodging": "own", "wage_amount": 700}),
    "lodging_arranged": lambda v: ({"lodging": "charged"}, {"lodging": "own"}),
    "meals_least": lambda v: ({"meals_count": v}, {"meals_count": v - 1}),
    "airfare_ways": lambda v: (
        {"airfare_back_paid_by": "receiver" if v == 2 else "worker"},
        {"airfare_out_paid_by": "worker", "airfare_back_paid_by": "receiver" if v == 2 else "worker"},
    ),
    "airfare_ways_short": lambda v: (
        {"term_months": 15, "service_fee_months": 0.3},
        {"term_months": 15, "service_fee_months": 0.3, "airfare_back_paid_by": "worker"},
    ),
    "airfare_out": lambda v: ({"airfare_out_paid_by": "receiver"}, {"airfare_out_paid_by": "worker"}),
    "airfare_share": lambda v: ({"airfare_out_paid_by": "receiver"}, {"airfare_out_paid_by": "worker"}),
    "weekly_hours_most": lambda v: ({"weekly_hours": v}, {"weekly_hours": v + 1}),
    "rest_days_least": lambda v: ({"rest_days": v}, {"rest_days": v - 1}),
    "age_most": lambda v: ({"age_max": v}, {"age_max": v + 1}),
    "service_fee": lambda v: ({"service_fee_months": 0}, {"service_fee_months": 0.1}),
    "training": lambda v: ({}, {"worker_costs": (line("training", 1_000_000, "after_contract"),)}),
    "visa": lambda v: ({}, {"worker_costs": (line("visa", 500_000, "after_contract"),)}),
    "training_most": lambda v: (
        {"worker_costs": (line("training", v, "after_departure", "USD"),)},
        {"worker_costs": (line("training", v + 1, "after_departure", "USD"),)},
    ),
}
# Parts of another rule: what softens or tightens it is asked under that rule's name.
PARTS = ("short_term_least", "wage_without_lodging", "wage_without_lodging_short", "deduction_compensated")


def where(terms: str) -> tuple[str, str]:
    """A market and job that meet these terms."""
    jobs = [
        *{row["job_class"] for row in read_rows("contract_terms.csv")} - {"*"},
        "general",
        "manufacturing",
    ]
    places = [row["place"] for row in read_rows("contract_terms.csv") if row["terms"] == terms]
    for place in places:
        country = a_country_of(place)
        for job in sorted(jobs):
            if contract_terms(markets()[country], job) == terms:
                return country, job
    raise AssertionError(terms)


def term_cases() -> dict[str, Case]:
    found = {}
    for row in read_rows("legal_rules.csv"):
        if not row["key"].startswith("overseas.terms."):
            continue
        terms, thing = row["key"].removeprefix("overseas.terms.").split(".")
        if thing in PARTS:
            continue
        market, job = where(terms)
        number = float(row["value"]) if row["unit"] != "text" else 0.0
        good, bad = THINGS[thing](number)
        found[row["key"]] = Case(f"TT02.{thing}", lawful(market, job, **good), lawful(market, job, **bad))
    return found


CASES = {**FIRST_OF_A_KIND, **lower_fee_cases(), **term_cases()}
STARTS = {
    row["key"]: dt.date.fromisoformat(row["valid_from"]) for row in reversed(read_rows("legal_rules.csv"))
}
LAST_STARTS = {row["key"]: dt.date.fromisoformat(row["valid_from"]) for row in read_rows("legal_rules.csv")}


def said(facts: OpeningFacts, case: Case, on: dt.date) -> set[str]:
    return {finding.verdict.value for finding in run(facts, on).findings if finding.rule == case.rule}


@pytest.mark.parametrize("key", sorted(CASES))
def test_a_rule_row_is_met_and_broken_from_its_day_and_unknown_before(key: str) -> None:
    case = CASES[key]
    for on in {STARTS[key], LAST_STARTS[key], TODAY}:
        assert "ok" in said(case.good, case, on) and case.worst not in said(case.good, case, on), on
        assert case.worst in said(case.bad, case, on), on
        if case.worst == "warning":
            assert "breach" not in said(case.bad, case, on)
    assert said(case.good, case, STARTS[key] - DAY) <= {"unknown"}
    # What a short contract is was not known either: the rule of the longer ones is asked.
    asked = replace(case, rule=case.rule.removesuffix("_short")) if "airfare" in key else case
    before = said(case.bad, asked, STARTS[key] - DAY)
    assert before and before <= {"unknown"}


def test_every_row_of_work_abroad_has_its_case() -> None:
    asked = {key for key in known_rules() if key.startswith("overseas.")}
    parts = {key for key in asked if key.rpartition(".")[2] in PARTS and key.startswith("overseas.terms.")}
    # Rows of other capabilities may stand beside these; what the check reads is all here.
    mine = {key for key in asked if key in STARTS and _read_by_the_check(key)}
    assert mine - parts - set(TOLD_ONLY) == set(CASES)
    assert not set(TOLD_ONLY) & set(CASES)


def _read_by_the_check(key: str) -> bool:
    starts = (
        "overseas.fee.",
        "overseas.deposit.",
        "overseas.terms.",
        "overseas.brokerage",
        "overseas.selection_fee",
        "overseas.fund.",
        "overseas.supply_contract",
        "overseas.pre_sourcing",
        "overseas.quantity",
        "overseas.licence",
        "overseas.market_permission",
        "overseas.sending_function",
        "overseas.posting",
        "overseas.age_sex",
        "overseas.barred_",
        "overseas.other_costs",
        "overseas.min_age",
    )
    return key.startswith(starts)


def test_a_short_contract_for_taiwan_needs_both_tickets_or_no_cost_at_all() -> None:
    for job in ("manufacturing", "agriculture", "home_care"):
        fees = {"service_fee_months": 0.3, "term_months": 15}
        case = Case("TT02.term_least", *(lawful("TW", job, **fees),) * 2)
        assert said(lawful("TW", job, **fees), case, TODAY) == {"warning"}
        one_way = lawful("TW", job, airfare_back_paid_by="worker", **fees)
        assert said(one_way, case, TODAY) == {"breach"}
        free = lawful("TW", job, airfare_back_paid_by="worker", term_months=15)
        assert said(free, case, TODAY) == {"warning"}
        assert said(lawful("TW", job, term_months=11.9), case, TODAY) == {"breach"}
        assert said(lawful("TW", job, term_months=18), case, TODAY) == {"ok"}


@pytest.mark.parametrize(("market", "year", "short"), [("RO", 900, 1200), ("CA", 750, 1200)])
def test_a_high_wage_makes_up_for_lodging(market: str, year: float, short: float) -> None:
    case = Case("TT02.lodging_free", lawful(market), lawful(market))
    for term, enough in ((12, year), (36, year), (11, short)):
        own = {"lodging": "own", "term_months": term}
        assert said(lawful(market, wage_amount=enough, **own), case, TODAY) == {"ok"}
        assert said(lawful(market, wage_amount=enough - 1, **own), case, TODAY) == {"breach"}


def test_a_deduction_above_2500_is_asked_about_and_above_5000_a_breach() -> None:
    case = Case("TT02.deduction_most", lawful("TW"), lawful("TW"))
    for percent, verdict in ((5, "ok"), (5.1, "warning"), (10, "warning"), (10.1, "breach")):
        facts = lawful("TW", wage_amount=50_000, lodging="charged", lodging_deduction_pct=percent)
        assert said(facts, case, TODAY) == {verdict}, percent


def test_a_barred_area_stops_where_it_is_verified_and_warns_where_it_is_not() -> None:
    sure = BarredPlace("SA", "", BarReason.WAR, "Công văn thử", dt.date(2026, 1, 1), True)
    for place, verdict in (
        (sure, "breach"),
        (replace(sure, verified=False), "warning"),
        (replace(sure, area="Biên giới"), "warning"),
        (replace(sure, country="RO"), "ok"),
    ):
        [finding] = [f for f in run(lawful("SA"), barred=(place,)).findings if f.rule == "O30"]
        assert finding.verdict == verdict
