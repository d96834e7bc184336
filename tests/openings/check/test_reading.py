"""The input: what is understood, what is refused with its field, and that nothing breaks the check."""

import json
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.openings.check.facts import FIELD_NAMES, Cost, CostKind, JobClass
from portal.openings.check.output import as_json
from portal.openings.check.reading import AT_MOST, read, read_object
from portal.openings.check.run import check
from portal.reference.rule_files import of_files
from tests.openings.check.lawful import RATES, TODAY


def wrong(**given: Any) -> str:
    reading = read_object(given)
    assert reading.facts is None
    [finding] = reading.findings
    assert finding.field == next(iter(given))
    return finding.message_en


@pytest.mark.parametrize(
    "value", ["36", True, [36], {"months": 36}, -1, 10**16, float("nan"), float("inf"), 0]
)
def test_a_length_that_is_no_number_above_zero_is_refused_with_its_field(value: Any) -> None:
    assert wrong(term_months=value).startswith("term_months: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("on_date", "22/11/2026"),
        ("on_date", 20261122),
        ("approval_date", "2026-02-30"),
        ("fx_date", "20261122"),
        ("on_date", "2026-W47-1"),
        ("same_sender", "yes"),
        ("same_sender", 1),
        ("supply_contract_approved", "true"),
        ("market", 5),
        ("market", ["JP"]),
        ("lodging", {"free": True}),
        ("sex", "x" * 301),
        ("lodging", "\ud800"),
        ("occupation_code", True),
        ("approved_quantity", 3.5),
        ("age_min", "18"),
        ("worker_costs", {"kind": "visa"}),
        ("worker_costs", ["visa"]),
        ("worker_costs", [{"kind": 1}]),
        ("worker_costs", [{"amount": "500000"}]),
        ("worker_costs", [{"amount": -1}]),
        ("worker_costs", [{}] * 201),
        ("fx_rate", 0),
        ("meals_count", None.__class__),
    ],
)
def test_a_wrong_type_is_refused_with_its_field_and_a_sentence(name: str, value: Any) -> None:
    said = wrong(**{name: value})
    assert said.startswith(f"{name}: ") and said.endswith(".")


def test_every_wrong_field_is_named_at_once_and_unknown_names_with_them() -> None:
    reading = read_object({"term_months": "36", "on_date": "heute", "brokerage": 1, "market": "JP"})
    assert {finding.field for finding in reading.findings} == {"term_months", "on_date", "brokerage"}


def test_unknown_names_are_said_also_inside_the_cost_lines() -> None:
    reading = read_object(
        {"deposit": 1, "worker_costs": [{"kind": "visa", "amount": 1, "currency": "VND", "sum": 2}]}
    )
    assert reading.facts is not None
    assert [f.stated for f in reading.findings] == ["deposit", "worker_costs[0].sum"]
    assert {f.verdict.value for f in reading.findings} == {"warning"}


def test_null_is_not_stated_and_codes_are_read_in_any_case() -> None:
    facts = read_object(
        {"market": " jp ", "job_class": "TITP", "wage_currency": "jpy", "term_months": None}
    ).facts
    assert facts is not None
    assert (facts.market, facts.job_class, facts.wage_currency, facts.term_months) == (
        "JP",
        "titp",
        "JPY",
        None,
    )
    assert read_object({"occupation_code": 8219, "approval_number": 77}).facts.occupation_code == "8219"  # type: ignore[union-attr]


def test_numbers_are_read_exactly() -> None:
    facts = read(b'{"service_fee_months": 0.917, "wage_amount": 29500.50, "term_months": 3.6e1}').facts
    assert facts is not None
    assert (facts.service_fee_months, facts.wage_amount, facts.term_months) == (
        Decimal("0.917"), Decimal("29500.5"), Decimal(36),
    )  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"not json",
        b"{",
        b"[]",
        b"[{}]",
        b'"text"',
        b"5",
        b"null",
        b"true",
        b'{"market": "JP",}',
        "{}".encode("utf-16"),
        b'\xff{"market": "JP"}',
        '{"lodging": "miễn phí"}'.encode("cp1258", "replace"),
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"market": "JP", "market": "TW"}',
        b"{}" + b" " * 1_000_001,
        b'{"term_months": NaN}',
        b'{"term_months": -Infinity}',
        b'{"term_months": 1e999999999999}',
        b'{"term_months": 1e400}',
        b'{"term_months": -1e400}',
        b'{"fx_rate": 1e-999999999999}',
        b'{"term_months": ' + b"9" * 5_000 + b"}",
        b'{"wage_amount": 0.0000000000000000000000000000000001}',
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(content: bytes) -> None:
    reading = read(content)
    assert reading.facts is None
    assert all(finding.message_vi and finding.message_en for finding in reading.findings)


def test_a_byte_order_mark_is_no_hindrance() -> None:
    assert read(b'\xef\xbb\xbf{"market": "JP"}').facts is not None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
NUMBERS = st.integers(0, 10**15) | st.floats(0, 1e15) | st.sampled_from([0, 1, 3, 12, 24, 35.99, 36, 1e-9])
WORDS = st.sampled_from(
    [
        "JP",
        "TW",
        "KR",
        "SA",
        "RO",
        "MO",
        "AU",
        "XX",
        "USD",
        "TWD",
        "VND",
        "XAF",
        "free",
        "own",
        "receiver",
        "worker",
        "valid",
        "revoked",
        "male",
        "5163",
        "8219",
        "before_contract",
        "",
        "2026-11-22",
        *JobClass,
        *CostKind,
    ]
)
LIKELY = NUMBERS | WORDS | st.booleans()
LINES = st.lists(
    st.fixed_dictionaries({}, optional={one.name: LIKELY for one in fields(Cost)}), max_size=4
)  # fmt: skip
OPENINGS = st.fixed_dictionaries(
    {}, optional={name: LINES if name == "worker_costs" else LIKELY | JSON for name in FIELD_NAMES}
)


def answered(given: Any) -> None:
    reading = read_object(given)
    if reading.facts is None:
        assert reading.findings
        return
    on = reading.facts.on_date or TODAY
    body = as_json(check(reading.facts, of_files(on), on, (), RATES))
    # Strict JSON, with no NaN in it, and every verdict one of the four.
    json.dumps(body, allow_nan=False)
    assert {row["verdict"] for row in body["findings"]} <= {"breach", "warning", "ok", "unknown"}
    if body["publishable"]:
        assert "breach" not in {row["verdict"] for row in body["findings"]}


@given(JSON)
def test_any_json_is_answered(given: Any) -> None:
    answered(given)


@settings(max_examples=120)
@given(OPENINGS)
def test_any_object_with_our_field_names_is_answered(given: dict[str, Any]) -> None:
    answered(given)


BY_TYPE: dict[str, Any] = {
    "on_date": st.sampled_from(
        ["2021-12-31", "2022-01-01", "2024-05-14", "2024-05-15", "2026-09-10", "2030-01-01"]
    ),
    "worker_costs": st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from([*CostKind, "brokerage", "?"]),
                "amount": NUMBERS,
                "currency": st.sampled_from(["VND", "USD", "XAF"]),
            },
            optional={"payable_when": WORDS, "receipt_by": WORDS},
        ),
        max_size=5,
    ),
}
FLAGS = ("same_sender", "same_supervising_body", "supply_contract_approved", "sending_contract_signed",
         "foreign_acceptance_or_visa", "sender_market_permission")  # fmt: skip
TEXTS = (
    "market",
    "job_class",
    "occupation_code",
    "wage_currency",
    "fx_source",
    "airfare_out_paid_by",
    "airfare_back_paid_by",
    "lodging",
    "approval_number",
    "supply_contract_number",
    "sender_licence_status",
    "sex",
    "age_sex_source",
)
WHOLE = ("approved_quantity", "selected_quantity", "departed_quantity", "age_min", "age_max")


def of_its_type(name: str) -> Any:
    if name in BY_TYPE:
        return BY_TYPE[name]
    if name in ("fx_date", "approval_date"):
        return BY_TYPE["on_date"]
    if name in FLAGS:
        return st.booleans()
    if name in TEXTS:
        return WORDS
    most = AT_MOST.get(name, 10**15)
    if name in WHOLE:
        return st.integers(1, most)
    return st.floats(1e-8, float(most)) | st.integers(1, min(60, most))


@settings(max_examples=120)
@given(st.fixed_dictionaries({}, optional={name: of_its_type(name) for name in FIELD_NAMES}))
def test_any_opening_of_the_right_types_is_checked(given: dict[str, Any]) -> None:
    assert read_object(given).facts is not None
    answered(given)
