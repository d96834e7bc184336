"""Sender, approval, numbers, age and sex, barred jobs, exchange rate, required fields."""

import datetime as dt
from decimal import Decimal

import pytest

from portal.openings.check.facts import FIELD_NAMES, JobClass, OpeningFacts
from portal.openings.check.inquiry import Inquiry
from portal.openings.check.lodging import Lodging, Payer, lodging_of, payer_of
from portal.openings.check.required import required_fields
from portal.openings.check.run import check
from portal.reference.datafiles import read_rows
from portal.reference.rule_files import of_files
from tests.openings.check.lawful import TODAY, a_country_of, found, lawful, one, run, verdicts

PAIRS = sorted(
    {
        (a_country_of(row["place"]), row["job_class"].replace("*", "general"))
        for row in read_rows("contract_terms.csv")
    }
    | {(a_country_of(row["place"]), row["job_class"]) for row in read_rows("lower_fees.csv")}
    | {("KR", "eps"), ("IN", "general"), ("JP", "institution_care")}
)


@pytest.mark.parametrize(("market", "job"), PAIRS)
def test_a_lawful_opening_of_every_market_and_job_is_publishable(market: str, job: str) -> None:
    report = run(lawful(market, job))
    assert report.publishable, [f for f in report.findings if f.verdict != "ok"]
    assert {f.verdict.value for f in report.findings} <= {"ok", "unknown"}


def test_every_required_field_holds_the_opening_when_it_is_missing() -> None:
    for market, job in PAIRS:
        facts = lawful(market, job)
        for name in required_fields(Inquiry(facts, of_files(TODAY), TODAY)):
            gone = {"service_fee_months": None} if name == "service_fee" else {name: None}
            report = run(lawful(market, job, **gone))
            assert not report.publishable, (market, job, name)
            assert "unknown" in [f.verdict for f in report.findings], (market, job, name)


def test_what_is_required_are_fields_of_the_input() -> None:
    for market, job in PAIRS:
        names = required_fields(Inquiry(lawful(market, job), of_files(TODAY), TODAY)) - {"service_fee"}
        assert names <= set(FIELD_NAMES)


def test_more_selected_than_approved_warns_and_more_departed_is_a_breach() -> None:
    for selected, departed, verdict in (
        (45, 5, "ok"), (46, 5, "warning"), (0, 50, "ok"), (0, 51, "breach"), (60, 51, "breach"),
        (None, 5, "unknown"), (5, None, "unknown"), (51, None, "warning"),
    ):  # fmt: skip
        facts = lawful(selected_quantity=selected, departed_quantity=departed)
        assert verdicts(facts, "O34") == [verdict], (selected, departed)
    assert run(lawful(selected_quantity=None, departed_quantity=None)).publishable


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("valid", "ok"),
        ("suspended", "breach"),
        ("revoked", "breach"),
        ("expired", "breach"),
        ("unknown", "unknown"),
        ("?", "unknown"),
    ],
)
def test_only_a_sender_with_a_valid_licence_may_advertise(status: str, verdict: str) -> None:
    assert verdicts(lawful(sender_licence_status=status), "O35") == [verdict]
    assert run(lawful(sender_licence_status=status)).publishable is (verdict == "ok")


def test_a_public_unit_needs_neither_licence_nor_supply_contract() -> None:
    gone = dict.fromkeys(
        (
            "sender_licence_status",
            "sender_market_permission",
            "supply_contract_approved",
            "supply_contract_number",
            "approval_number",
            "approval_date",
        )
    )
    assert run(lawful("KR", "eps", **gone, age_max=None)).publishable
    assert verdicts(lawful("KR", "eps", sender_licence_status="revoked"), "O35") == ["breach"]


def test_an_approval_of_tomorrow_is_asked_about() -> None:
    assert verdicts(lawful(approval_date=TODAY), "O16") == ["ok"]
    assert verdicts(lawful(approval_date=TODAY + dt.timedelta(days=1)), "O16") == ["ok", "warning"]


def test_age_and_sex_need_the_approved_contract() -> None:
    for source, verdict in (
        ("123/QLLĐNN-NB", "ok"), ("theo hợp đồng HĐ-77", "ok"), ("approved_contract", "ok"),
        ("theo hợp đồng cung ứng", "ok"), ("yêu cầu của chủ", "warning"), ("", "breach"), (None, "breach"),
    ):  # fmt: skip
        for limit in ({"sex": "male"}, {"age_min": 20}, {"age_max": 35}):
            facts = lawful(**{"age_max": None, "age_sex_source": source, **limit})
            assert verdicts(facts, "C14") == [verdict], (source, limit)
    nobody_barred = lawful(age_max=None, age_min=18, sex="any", age_sex_source=None)
    assert verdicts(nobody_barred, "C14") == [] and run(nobody_barred).publishable


def test_ages_in_the_wrong_order_and_sexes_nobody_knows_are_said() -> None:
    assert "unknown" in verdicts(lawful(age_min=40, age_max=30), "C14")
    assert not run(lawful(age_min=40, age_max=30)).publishable
    for written, verdict in (("Nam", "ok"), ("nữ", "ok"), ("cả nam và nữ", "ok"), ("Female", "ok")):
        assert verdicts(lawful(sex=written), "C14") == [verdict], written
    assert verdicts(lawful(sex="nam hay nữ"), "C14") == ["unknown"]
    assert not run(lawful(sex="nam hay nữ")).publishable


@pytest.mark.parametrize(
    ("code", "verdict"),
    [("5163", "breach"), ("6224", "breach"), ("7541", "breach"), ("5142", "warning"), ("8121", "warning"),
     ("7542", "warning"), ("8131", "warning"), ("8111", "warning"), ("516", "warning"), ("8219", "ok"),
     ("0000", "unknown"), ("thợ hàn", "unknown")],
)  # fmt: skip
def test_barred_jobs_are_known_by_their_occupation(code: str, verdict: str) -> None:
    assert verdict in verdicts(lawful(occupation_code=code), "O29")
    assert run(lawful(occupation_code=code)).publishable is (verdict in ("ok", "warning"))


@pytest.mark.parametrize(
    ("rate", "verdict"), [(26_000, "ok"), (26_780, "ok"), (26_781, "warning"), (25_219, "warning")]
)
def test_a_rate_more_than_three_percent_from_the_stored_one_warns(rate: float, verdict: str) -> None:
    assert verdicts(lawful(fx_rate=rate), "FX") == [verdict]


def test_a_foreign_wage_without_its_rate_is_unknown_and_holds() -> None:
    assert verdicts(lawful(fx_rate=None), "FX") == ["unknown"]
    assert not run(lawful(fx_rate=None)).publishable
    assert not run(lawful(wage_currency="đô")).publishable


def test_where_the_centre_has_no_rate_nothing_is_compared_and_nothing_held() -> None:
    report = check(lawful(), of_files(TODAY), TODAY)
    assert [f.verdict.value for f in report.findings if f.rule == "FX"] == ["unknown"]
    assert report.publishable


def test_a_rate_needs_its_day_and_its_source() -> None:
    assert verdicts(lawful(fx_date=None), "FX") == verdicts(lawful(fx_source=None), "FX") == ["ok", "unknown"]
    assert verdicts(lawful(fx_date=TODAY + dt.timedelta(days=1)), "FX") == ["ok", "warning"]


def test_a_floor_in_another_money_is_compared_by_the_stored_rate() -> None:
    euros = {"wage_currency": "EUR", "fx_rate": 30_000}
    assert one(lawful(wage_amount=521, **euros), "TT02.wage_least").verdict == "ok"
    below = one(lawful(wage_amount=519, **euros), "TT02.wage_least")
    assert (below.verdict, below.unit, below.allowed) == ("breach", "usd", Decimal(600))
    without = check(lawful(wage_amount=521, **euros), of_files(TODAY), TODAY)
    assert [(f.verdict.value, f.field) for f in without.findings if f.rule == "TT02.wage_least"] == [
        ("unknown", "stored_rate")
    ]


def test_a_programme_of_another_country_is_no_class_here() -> None:
    for market, job in (
        ("TW", "titp"),
        ("RO", "eps"),
        ("JP", "skilled_e7"),
        ("RO", "no such class"),
        ("RO", None),
    ):
        assert not run(lawful(market, job)).publishable
    for market in ("VN", "XX", "Romania", None):
        assert not run(lawful(market=market)).publishable
    assert run(lawful()).publishable


def test_a_market_without_an_annex_is_said_and_not_held() -> None:
    [finding] = found(lawful("IN"), "TT02")
    assert (finding.verdict, finding.field) == ("unknown", "")
    assert run(lawful("IN")).publishable


def test_nothing_at_all_is_not_publishable_and_every_finding_has_both_sentences() -> None:
    report = check(OpeningFacts(), of_files(TODAY), TODAY)
    assert not report.publishable
    assert all(f.message_vi and f.message_en and f.message_vi != f.message_en for f in report.findings)


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("free", Lodging.FREE),
        ("miễn phí", Lodging.FREE),
        ("employer", Lodging.FREE),
        ("not free", Lodging.CHARGED),
        ("deducted", Lodging.CHARGED),
        ("trừ lương", Lodging.CHARGED),
        ("provided", Lodging.PROVIDED),
        ("ký túc xá", Lodging.PROVIDED),
        ("dormitory, deducted by the employer", Lodging.CHARGED),
        ("provided, no deduction", Lodging.FREE),
        ("không trừ lương", Lodging.FREE),
        ("worker pays", Lodging.CHARGED),
        ("own", Lodging.OWN),
        ("tự lo", Lodging.OWN),
        ("none", Lodging.OWN),
        ("worker", Lodging.OWN),
        ("?", None),
        (None, None),
    ],
)
def test_the_words_for_lodging(written: str | None, meaning: Lodging | None) -> None:
    assert lodging_of(written) is meaning


@pytest.mark.parametrize(
    ("written", "payer"),
    [
        ("receiver", Payer.RECEIVER),
        ("employer", Payer.RECEIVER),
        ("bên nước ngoài", Payer.RECEIVER),
        ("worker", Payer.WORKER),
        ("người lao động", Payer.WORKER),
        ("sender", Payer.SENDER),
        ("shared", Payer.SHARED),
        ("sending company", Payer.SENDER),
        ("sending enterprise", Payer.SENDER),
        ("company", Payer.RECEIVER),
        ("employer and worker", Payer.SHARED),
        # Who of the two it is, the words do not tell.
        ("employer, not worker", None),
        ("?", None),
        (None, None),
    ],
)
def test_the_words_for_who_pays(written: str | None, payer: Payer | None) -> None:
    assert payer_of(written) is payer


def test_every_class_of_job_is_checked_in_every_kind_of_market() -> None:
    for market in ("JP", "TW", "KR", "CN", "MO", "MY", "SG", "SA", "KZ", "DZ", "RO", "CA", "AU", "NZ", "IN"):
        for job in JobClass:
            assert run(lawful(market, job)).findings
