"""The worker's service fee: three layers, part years, netting, extensions, both sides of each row's date."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.openings.check.ceilings import extension_ceiling, service_fee_ceiling, service_fee_ceiling_months
from portal.openings.check.facts import JobClass
from portal.openings.check.fees import netted
from portal.openings.check.output import as_row
from portal.reference.rule_files import of_files
from tests.openings.check.lawful import RATES, TODAY, lawful, line, one, run, verdicts

DAY_BEFORE = dt.date(2024, 5, 14)
FIRST_DAY = dt.date(2024, 5, 15)
PAIRS = [
    ("JP", "titp3", "O4", "0", None),
    ("JP", "ssw_after_titp", "O4", "0", None),
    ("SG", "domestic_work", "O4", "0", None),
    ("SA", "domestic_work", "O4", "0", None),
    ("AU", "agriculture", "O4", "0", None),
    ("JP", "engineer", "O5", "0.7", "2"),
    ("JP", "designated_construction_shipbuilding", "O5", "0.7", "2"),
    ("TW", "institution_care", "O5", "0.7", "2"),
    ("KR", "nearshore_fishing", "O5", "0.7", "2"),
    ("TW", "home_care", "O6", "0.4", "1"),
    ("TW", "domestic_work", "O6", "0.4", "1"),
    ("TW", "agriculture", "O6", "0.4", "1"),
    ("TW", "nearshore_fishing", "O6", "0.4", "1"),
]


def ceiling(job: str, term: float, market: str = "RO") -> float:
    months = service_fee_ceiling(
        of_files(TODAY), market=market, job_class=job, term_months=Decimal(str(term)),
        same_sender=True, same_supervising_body=True,
    ).rounded  # fmt: skip
    assert months is not None
    return float(months)


@pytest.mark.parametrize(
    ("market", "job", "term", "months"),
    [
        ("RO", "general", 36, 3.0), ("RO", "general", 24, 2.0), ("RO", "general", 12, 1.0),
        ("RO", "general", 8, 0.667), ("RO", "general", 60, 3.0),
        ("SG", "transport_ship", 12, 1.5), ("SG", "transport_ship", 36, 3.0),
        ("JP", "engineer", 36, 2.0), ("JP", "engineer", 24, 1.4),
        ("TW", "home_care", 36, 1.0), ("TW", "home_care", 24, 0.8),
        ("AU", "agriculture", 9, 0.0), ("JP", "titp3", 24, 0.0),
    ],
)  # fmt: skip
def test_the_ceilings_are_those_of_the_law(market: str, job: str, term: int, months: float) -> None:
    assert ceiling(job, term, market) == months


def test_an_extension_has_a_ceiling_of_its_own_beside_the_contracts() -> None:
    facts = lawful(service_fee_months=3, extension_months=22, extension_fee_months=0.917)
    assert (one(facts, "O1").allowed, one(facts, "O3").allowed) == (Decimal(3), Decimal("0.917"))
    assert verdicts(facts, "O3") == ["ok"]
    assert verdicts(lawful(extension_months=22, extension_fee_months=0.92), "O3") == ["breach"]
    assert verdicts(lawful(extension_months=22), "O3") == ["unknown"]
    assert verdicts(lawful(extension_fee_months=0.5), "O3") == ["unknown"]
    assert verdicts(lawful(), "O3") == []


def test_where_nothing_may_be_taken_nothing_is_taken_for_an_extension_either() -> None:
    facts = lawful("AU", "agriculture", extension_months=12, extension_fee_months=0.5)
    assert [
        finding.verdict for finding in run(facts).findings if finding.field == "extension_fee_months"
    ] == ["breach"]


@pytest.mark.parametrize(("market", "job", "rule", "per_year", "most"), PAIRS)
def test_each_lower_ceiling_holds_from_its_day(
    market: str, job: str, rule: str, per_year: str, most: str | None
) -> None:
    limit = Decimal(per_year) * 2
    within = lawful(market, job, term_months=24, service_fee_months=limit, receiver_paid_fee_vnd=None)
    above = lawful(market, job, term_months=24, service_fee_months=limit + Decimal("0.002"))
    assert verdicts(within, rule, FIRST_DAY) == ["ok"]
    assert verdicts(above, rule, FIRST_DAY) == ["breach"]
    # The day before, the circular's own ceiling is unknown; what is above the law's is a breach all the same.
    assert verdicts(above, rule, DAY_BEFORE) == ["unknown"]
    assert verdicts(lawful(market, job, service_fee_months=3.1), "O1", DAY_BEFORE) == ["breach"]
    if most:
        full = Decimal(most)
        assert verdicts(lawful(market, job, service_fee_months=full), rule, FIRST_DAY) == ["ok"]
        assert verdicts(lawful(market, job, service_fee_months=full + Decimal("0.01")), rule, FIRST_DAY) == [
            "breach"
        ]


@pytest.mark.parametrize(
    ("job", "rule", "year", "full"), [("general", "O1", 1, 3), ("transport_ship", "O2", 1.5, 3)]
)
def test_the_laws_own_ceiling_holds_from_the_day_of_the_law(
    job: str, rule: str, year: float, full: float
) -> None:
    first, before = dt.date(2022, 1, 1), dt.date(2021, 12, 31)
    for term, limit in ((12, year), (36, full), (48, full)):
        assert verdicts(lawful("SG", job, term_months=term, service_fee_months=limit), rule, first) == ["ok"]
        above = lawful("SG", job, term_months=term, service_fee_months=limit + 0.002)
        assert verdicts(above, rule, first) == ["breach"]
        assert verdicts(above, rule, before) == ["unknown"]
        assert not run(lawful("SG", job, term_months=term, service_fee_months=limit), before).publishable


def test_a_fee_with_three_decimals_is_not_above_a_ceiling_that_has_more() -> None:
    assert verdicts(lawful(term_months=8, service_fee_months=0.667), "O1") == ["ok"]
    assert verdicts(lawful(term_months=8, service_fee_months=0.668), "O1") == ["breach"]


def test_a_shorter_contract_that_asks_more_than_a_longer_one_is_asked_about() -> None:
    """The letter allows 0.7 × 35 ÷ 12 = 2.042, while a contract of 36 months may ask 2.0."""
    assert verdicts(lawful("JP", "engineer", term_months=35, service_fee_months=2), "O5") == ["ok"]
    assert verdicts(lawful("JP", "engineer", term_months=35, service_fee_months=2.03), "O5") == ["warning"]
    assert verdicts(lawful("JP", "engineer", term_months=35, service_fee_months=2.05), "O5") == ["breach"]


def test_technical_interns_of_the_third_kind_pay_nothing_only_with_the_same_sender_and_body() -> None:
    def of(**changes: object) -> list[tuple[str, str]]:
        facts = lawful("JP", "titp3", service_fee_months=2, **changes)
        return [(f.rule, f.verdict.value) for f in run(facts).findings if f.rule in ("O1", "O4")]

    assert of() == [("O4", "breach")]
    assert of(same_sender=False) == [("O1", "ok")]
    assert of(same_supervising_body=False, same_sender=None) == [("O1", "ok")]
    assert of(same_sender=None) == [("O4", "unknown")]
    assert of(same_sender=None, same_supervising_body=None) == [("O4", "unknown")]
    for missing in ("same_sender", "same_supervising_body"):
        assert not run(lawful("JP", "titp3", **{missing: None})).publishable
    assert run(lawful("JP", "titp3")).publishable


def test_a_public_unit_takes_no_service_fee() -> None:
    assert verdicts(lawful("KR", "eps"), "O4") == ["ok"]
    assert verdicts(lawful("KR", "eps", service_fee_months=0.1), "O4") == ["breach"]
    assert verdicts(lawful("KR", "eps", service_fee_months=0.1), "O4", dt.date(2021, 12, 31)) == ["unknown"]


def test_a_fee_in_dong_is_counted_in_months_by_wage_and_rate() -> None:
    month = 1300 * RATES["USD"]
    facts = lawful(service_fee_months=None, service_fee_vnd=month * 3)
    assert (one(facts, "O1").verdict, one(facts, "O1").stated) == ("ok", Decimal(3))
    assert verdicts(lawful(service_fee_months=None, service_fee_vnd=month * 3 + 100_000), "O1") == ["breach"]
    for missing in ({"fx_rate": None}, {"wage_amount": None}):
        assert verdicts(lawful(service_fee_months=None, service_fee_vnd=month, **missing), "O1") == [
            "unknown"
        ]
        # Nothing is nothing in any money; and where nothing may be taken, any sum is too much.
        assert verdicts(lawful(service_fee_months=None, service_fee_vnd=0, **missing), "O1") == ["ok"]
        domestic = lawful("SA", "domestic_work", service_fee_months=None, service_fee_vnd=1, **missing)
        assert verdicts(domestic, "O4") == ["breach"]


def test_a_wage_in_dong_needs_no_rate() -> None:
    facts = lawful(
        wage_amount=30_000_000,
        wage_currency="VND",
        fx_rate=None,
        service_fee_months=None,
        service_fee_vnd=90_000_000,
    )
    assert one(facts, "O1").stated == Decimal(3)
    assert not any(finding.rule == "FX" for finding in run(facts).findings)


def test_the_highest_of_two_ways_of_writing_the_fee_counts_and_the_difference_is_said() -> None:
    month = 1300 * RATES["USD"]
    facts = lawful(service_fee_months=2, service_fee_vnd=month * 4)
    assert one(facts, "O1").verdict == "breach"
    assert "warning" in [f.verdict for f in run(facts).findings if f.field == "service_fee_vnd"]
    hidden = lawful(
        service_fee_months=1, worker_costs=(line("service_fee", float(month * 4), "after_contract"),)
    )
    assert one(hidden, "O1").verdict == "breach"
    agreeing = lawful(service_fee_months=2, service_fee_vnd=month * 2)
    assert [f.verdict for f in run(agreeing).findings if f.field == "service_fee_vnd"] == []


def test_the_worker_pays_only_what_the_receiver_has_not_paid() -> None:
    month = 1300 * RATES["USD"]
    paid = {"agreed_fee_vnd": month * 3, "receiver_paid_fee_vnd": month * 2}
    assert verdicts(lawful(service_fee_months=1, **paid), "O7") == ["ok"]
    assert one(lawful(service_fee_months=1.1, **paid), "O7").verdict == "breach"
    assert one(lawful(service_fee_months=1.1, **paid), "O7").allowed == month
    everything = {"agreed_fee_vnd": month, "receiver_paid_fee_vnd": month * 2}
    assert one(lawful(service_fee_months=0.1, **everything), "O7").allowed == 0
    assert verdicts(lawful(service_fee_months=0.1, **everything), "O7") == ["breach"]
    assert verdicts(lawful(service_fee_months=0, **everything), "O7") == ["ok"]
    assert verdicts(lawful(service_fee_months=0), "O7") == []
    assert verdicts(lawful(service_fee_months=1, **paid), "O7", dt.date(2021, 12, 31)) == ["unknown"]


def test_netting_is_unknown_where_a_part_of_it_is_not_stated() -> None:
    month = 1300 * RATES["USD"]
    without_agreed = lawful(service_fee_months=1, receiver_paid_fee_vnd=month)
    assert verdicts(without_agreed, "O7") == ["unknown"]
    assert not run(without_agreed).publishable
    assert verdicts(
        lawful(service_fee_months=1, agreed_fee_vnd=month * 2, receiver_paid_fee_vnd=None), "O7"
    ) == ["unknown"]
    # Above the agreed fee it is too much whatever the receiver pays.
    above = lawful(service_fee_months=2, agreed_fee_vnd=month, receiver_paid_fee_vnd=None)
    assert verdicts(above, "O7") == ["breach"]


def test_a_fee_that_is_not_stated_is_unknown_and_holds_the_opening() -> None:
    assert verdicts(lawful(service_fee_months=None), "O1") == ["unknown"]
    assert not run(lawful(service_fee_months=None)).publishable


@pytest.mark.parametrize("missing", ["market", "job_class", "term_months"])
def test_without_market_job_or_length_only_what_is_above_every_ceiling_is_certain(missing: str) -> None:
    little = run(lawful(service_fee_months=1, **{missing: None}))
    assert "breach" not in [f.verdict for f in little.findings if f.rule in ("O1", "O2")]
    assert not little.publishable
    if missing != "term_months":
        assert "breach" in verdicts(lawful(service_fee_months=3.1, **{missing: None}), "O1")


def test_the_basis_of_a_part_year_is_shown() -> None:
    row = as_row(one(lawful(term_months=8, service_fee_months=0.5), "O1"))
    assert "1 × 8 ÷ 12" in row["message_vi"] and row["allowed"] == 0.667 and row["unit"] == "months"
    assert row["source"] == "Luật 69/2020/QH14 Điều 23 khoản 4 điểm a (từ 01/01/2022)"


TERMS = st.decimals("0.1", "120", places=1)
JOBS = st.sampled_from(list(JobClass))
MARKETS = st.sampled_from(["JP", "TW", "KR", "AU", "SG", "SA", "RO", "CA", "MY", "IN"])


@given(MARKETS, JOBS, TERMS, TERMS)
def test_a_longer_contract_never_lowers_what_may_be_asked_without_question(
    market: str, job: str, one: Decimal, other: Decimal
) -> None:
    def unquestioned(term: Decimal) -> Decimal:
        top = service_fee_ceiling(
            of_files(TODAY),
            market=market,
            job_class=job,
            term_months=term,
            same_sender=True,
            same_supervising_body=True,
        )
        assert top.months is not None
        return top.months if top.full_term is None else min(top.months, top.full_term)

    shorter, longer = sorted((one, other))
    assert Decimal(0) <= unquestioned(shorter) <= unquestioned(longer) <= 3


@given(JOBS, TERMS, TERMS)
def test_the_ceiling_of_an_extension_grows_with_it(job: str, one: Decimal, other: Decimal) -> None:
    shorter, longer = sorted((one, other))
    months = [
        extension_ceiling(of_files(TODAY), market="TW", job_class=job, extension_months=length).months
        or Decimal(0)
        for length in (shorter, longer)
    ]
    assert Decimal(0) <= months[0] <= months[1]


@given(st.decimals(0, 10**12, places=0), st.decimals(0, 10**12, places=0))
def test_what_is_left_to_pay_is_never_below_nothing_nor_above_the_agreed_fee(
    agreed: Decimal, paid: Decimal
) -> None:
    assert 0 <= netted(agreed, paid) <= agreed


def test_other_packages_ask_for_the_number_alone() -> None:
    rules = of_files(TODAY)
    asked = {"market": "TW", "job_class": "home_care", "term_months": Decimal(24)}
    assert service_fee_ceiling_months(rules, **asked) == Decimal("0.8")
    assert service_fee_ceiling_months(of_files(DAY_BEFORE), **asked) is None
