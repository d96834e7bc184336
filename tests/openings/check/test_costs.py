"""What the worker pays: forbidden sums, nameless ones, the total beside the wage."""

from decimal import Decimal

import pytest

from tests.openings.check.lawful import RATES, found, lawful, line, run, verdicts


def lines_said(*lines: object, **changes: object) -> list[tuple[str, str, str]]:
    report = run(lawful(worker_costs=tuple(lines), **changes))
    return [(f.rule, f.verdict.value, f.field) for f in report.findings if f.field.startswith("worker_costs")]


@pytest.mark.parametrize(
    "kind", ["brokerage", "Tiền môi giới", "gửi cò lo", "selection_fee", "giữ chỗ", "đặt cọc", "guarantee"]
)
def test_forbidden_money_under_its_own_name_is_a_breach(kind: str) -> None:
    assert ("O10", "breach", "worker_costs[0].kind") in lines_said(line(kind, 1))
    assert not run(lawful(worker_costs=(line(kind, 1),))).publishable
    assert ("O10", "breach", "worker_costs[0].kind") not in lines_said(line(kind, 0))


def test_any_brokerage_or_selection_money_is_a_breach_and_silence_holds() -> None:
    for field in ("brokerage_vnd", "selection_fee_vnd"):
        assert sorted(verdicts(lawful(**{field: 1}), "O10")) == ["breach", "ok"]
        assert sorted(verdicts(lawful(**{field: None}), "O10")) == ["ok", "unknown"]
        assert not run(lawful(**{field: None})).publishable


def test_a_nameless_sum_is_asked_about() -> None:
    said = lines_said(line("other", 3_000_000, "after_contract"))
    assert ("O33", "warning", "worker_costs[0].kind") in said
    assert ("O33", "warning", "worker_costs[0].kind") not in lines_said(line("other", 0))


def test_a_kind_that_nobody_knows_holds_the_opening() -> None:
    assert ("O33", "unknown", "worker_costs[0].kind") in lines_said(line("servicefee", 3_000_000))
    assert not run(lawful(worker_costs=(line("servicefee", 3_000_000),))).publishable


def test_a_line_without_sum_or_currency_holds_the_opening() -> None:
    for broken in (line("visa", None), line("visa", 500_000, currency=None)):
        assert ("O33", "unknown", "worker_costs[0].amount") in lines_said(broken)
        assert not run(lawful(worker_costs=(broken,))).publishable


def total(*lines: object, **changes: object) -> object:
    return next(
        f for f in found(lawful(worker_costs=tuple(lines), **changes), "O33") if f.field == "worker_costs"
    )


def test_the_sum_of_all_lines_stands_beside_the_monthly_wage() -> None:
    month = 1300 * RATES["USD"]
    said = total(line("training", 20_000_000), line("health", 900_000), line("visa", 100, currency="USD"))
    assert said.stated == Decimal(20_900_000) + 100 * RATES["USD"]
    assert said.verdict == "ok"
    assert "33.800.000 đồng" in said.message_vi and "0,7 tháng lương" in said.message_vi
    assert "33,800,000 VND" in said.message_en and "0.7 months of wage" in said.message_en
    assert total(wage_amount=None).stated == 0
    assert f"{month:,}" not in total(wage_amount=None).message_en


def test_a_sum_in_money_without_a_rate_cannot_be_added() -> None:
    said = total(line("insurance", 100, currency="XAF"))
    assert (said.verdict, said.stated) == ("unknown", None)


def test_a_deposit_line_above_the_stated_deposit_is_the_one_that_counts() -> None:
    facts = lawful(
        "TW", deposit_vnd=12_000_000, worker_costs=(line("deposit", 15_000_000, "after_acceptance_or_visa"),)
    )
    assert verdicts(facts, "O12") == ["warning"]
    abroad = lawful(
        "TW", deposit_vnd=None, worker_costs=(line("deposit", 100, "after_acceptance_or_visa", "XAF"),)
    )
    assert verdicts(abroad, "O12") == ["unknown"]


def test_without_the_price_of_a_ticket_a_deposit_elsewhere_stays_unknown() -> None:
    assert verdicts(lawful("RO", deposit_vnd=15_000_000), "O12") == ["unknown"]
    assert not run(lawful("RO", deposit_vnd=15_000_000)).publishable
    assert verdicts(lawful("RO"), "O12") == ["ok"]
    assert verdicts(lawful("RO", deposit_vnd=None), "O12") == ["unknown"]


def test_tickets_in_the_costs_contradict_a_receiver_who_pays_both() -> None:
    both = lawful("MY", worker_costs=(line("airfare", 5_000_000),))
    assert verdicts(both, "TT02.airfare_ways") == ["breach"]
    either = lawful("RO", worker_costs=(line("airfare", 5_000_000),))
    assert verdicts(either, "TT02.airfare_ways") == ["warning"]
    one_way = lawful("RO", airfare_back_paid_by="worker", worker_costs=(line("airfare", 5_000_000),))
    assert verdicts(one_way, "TT02.airfare_ways") == ["ok"]
