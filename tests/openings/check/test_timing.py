"""No money before its lawful moment: what `payable_when` means, and what is said of it."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.openings.check.moments import Moment, moment_of
from tests.openings.check.lawful import RATES, lawful, line, one, run, verdicts

MONTH = float(1300 * RATES["USD"])
ACCEPTED = {"deposit_vnd": 12_000_000}


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("after_contract_signed", Moment.AFTER_CONTRACT),
        ("at signing", Moment.AFTER_CONTRACT),
        ("sau khi ký hợp đồng", Moment.AFTER_CONTRACT),
        ("Khi ký hợp đồng đưa đi", Moment.AFTER_CONTRACT),
        ("trước khi xuất cảnh, sau khi ký hợp đồng", Moment.AFTER_CONTRACT),
        ("before_contract", Moment.BEFORE_CONTRACT),
        ("trước khi ký hợp đồng", Moment.BEFORE_CONTRACT),
        ("before supply contract is approved", Moment.BEFORE_CONTRACT),
        ("khi đăng ký", Moment.REGISTRATION),
        ("now", Moment.REGISTRATION),
        ("upfront", Moment.REGISTRATION),
        ("khi nộp hồ sơ", Moment.REGISTRATION),
        ("before selection", Moment.REGISTRATION),
        ("sau khi trúng tuyển", Moment.SELECTION),
        ("at_selection", Moment.SELECTION),
        ("giữ chỗ", Moment.SELECTION),
        ("after_visa", Moment.AFTER_ACCEPTANCE),
        ("sau khi có thị thực", Moment.AFTER_ACCEPTANCE),
        ("trước khi có visa", Moment.BEFORE_ACCEPTANCE),
        ("khi nộp hồ sơ xin visa", Moment.BEFORE_ACCEPTANCE),
        ("before departure", Moment.BEFORE_DEPARTURE),
        ("3 ngày trước khi xuất cảnh", Moment.BEFORE_DEPARTURE),
        ("after supply contract approval", Moment.BEFORE_DEPARTURE),
        ("monthly", Moment.AFTER_DEPARTURE),
        ("sau khi xuất cảnh", Moment.AFTER_DEPARTURE),
        ("during training", None),
        ("", None),
        (None, None),
        ("2026-12-01", None),
    ],
)
def test_the_words_for_a_moment_are_read_in_both_languages(
    written: str | None, moment: Moment | None
) -> None:
    assert moment_of(written) is moment


@given(st.text(max_size=60))
def test_any_words_are_a_moment_or_none(written: str) -> None:
    assert moment_of(written) is None or isinstance(moment_of(written), Moment)


def test_a_day_before_the_approval_is_too_early() -> None:
    approved = dt.date(2026, 10, 1)
    assert moment_of("2026-09-30", approved) is Moment.BEFORE_CONTRACT
    assert moment_of("2026-10-01", approved) is None


def fee(when: str | None, **changes: Any) -> list[str]:
    lines = (line("service_fee", MONTH, when),)
    return verdicts(lawful(service_fee_months=1, worker_costs=lines, **changes), "O8")


@pytest.mark.parametrize("when", ["registration", "selection", "before_contract", "sau khi trúng tuyển"])
def test_a_service_fee_before_the_contract_is_a_breach_whatever_is_signed_by_now(when: str) -> None:
    assert fee(when) == fee(when, sending_contract_signed=False) == ["breach"]


def test_a_service_fee_needs_the_approved_supply_contract() -> None:
    for when in ("after_contract", None):
        assert fee(when, supply_contract_approved=False) == ["breach"]
        assert fee(when, supply_contract_approved=None) == ["unknown"]


def test_a_fee_named_for_after_the_contract_may_stand_in_an_opening_before_anybody_has_signed() -> None:
    for when in ("after_contract", "after_acceptance_or_visa", "after_departure"):
        assert fee(when, sending_contract_signed=False) == fee(when, sending_contract_signed=None) == ["ok"]


def test_a_fee_without_a_moment_is_asked_now() -> None:
    assert fee(None) == ["ok"]
    assert fee(None, sending_contract_signed=False) == ["breach"]
    assert fee(None, sending_contract_signed=None) == ["unknown"]
    assert fee("before_departure", sending_contract_signed=False) == ["unknown"]
    assert verdicts(lawful(service_fee_months=1, sending_contract_signed=False), "O8") == ["breach"]
    assert not run(lawful(service_fee_months=1, sending_contract_signed=None)).publishable


def test_where_no_fee_is_taken_its_moment_is_not_asked() -> None:
    assert verdicts(lawful(sending_contract_signed=None, supply_contract_approved=True), "O8") == []
    assert run(lawful(sending_contract_signed=False, foreign_acceptance_or_visa=False)).publishable


def deposit(when: str | None, **changes: Any) -> list[str]:
    lines = () if when == "no line" else (line("deposit", 12_000_000, when),)
    return verdicts(lawful("TW", deposit_vnd=12_000_000, worker_costs=lines, **changes), "O13")


def test_a_deposit_waits_for_contract_and_acceptance() -> None:
    assert deposit("after_acceptance_or_visa", foreign_acceptance_or_visa=False) == ["ok"]
    assert deposit("no line") == deposit("after_contract") == ["ok"]
    for when in ("selection", "before_contract", "before_acceptance_or_visa"):
        assert deposit(when) == ["warning"], when
    assert deposit("after_contract", foreign_acceptance_or_visa=False) == ["warning"]
    assert deposit("after_contract", foreign_acceptance_or_visa=None) == ["unknown"]
    assert deposit("no line", sending_contract_signed=False) == ["warning"]
    assert deposit("no line", sending_contract_signed=None) == ["unknown"]
    assert verdicts(lawful("TW"), "O13") == []


def test_money_while_people_are_chosen_is_asked_about() -> None:
    for kind in ("visa", "orientation", "insurance", "airfare"):
        for when in ("registration", "selection"):
            facts = lawful(worker_costs=(line(kind, 500_000, when),))
            assert "warning" in verdicts(facts, "O10"), (kind, when)
        assert "warning" not in verdicts(lawful(worker_costs=(line(kind, 500_000, "after_contract"),)), "O10")
    # A person's own papers may be made at any time; nothing is no money.
    for kind in ("passport", "health", "judicial_record"):
        assert verdicts(lawful(worker_costs=(line(kind, 500_000, "registration"),)), "O10") == ["ok", "ok"]
    assert verdicts(lawful(worker_costs=(line("visa", 0, "registration"),)), "O10") == ["ok", "ok"]


def test_a_training_fee_before_the_contract_needs_approved_pre_sourcing() -> None:
    for when in ("registration", "selection", "before_contract"):
        assert verdicts(lawful(worker_costs=(line("training", 5_000_000, when),)), "O17") == ["warning"]
    assert verdicts(lawful(worker_costs=(line("training", 5_000_000, "after_contract"),)), "O17") == []
    early = lawful(worker_costs=(line("training", 5_000_000, "selection"),))
    assert one(early, "O17", dt.date(2021, 12, 31)).verdict == "unknown"
