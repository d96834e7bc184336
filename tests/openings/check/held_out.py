"""Openings as JSON, and what the law demands of each: written from the rules before the check was read.

A row: which opening, what is changed in it, what rules say, whether it may be published. A rule that speaks
more than once is judged by its gravest word.
"""

from typing import Any

TWD_MONTH = 29_500 * 820


def cost(kind: str, amount: float, when: str = "after_contract", currency: str = "VND") -> dict[str, Any]:
    return {"kind": kind, "amount": amount, "currency": currency, "payable_when": when, "receipt_by": "x"}


PAPERS = [
    cost("passport", 200_000, "registration"),
    cost("health", 750_000),
    cost("fund", 100_000, "before_departure"),
]
BASE: dict[str, Any] = {
    "on_date": "2026-11-22", "occupation_code": "8219", "term_months": 36, "extension_months": 0,
    "extension_fee_months": 0, "fx_date": "2026-11-20", "fx_source": "Vietcombank", "agreed_fee_vnd": 0,
    "receiver_paid_fee_vnd": 0, "service_fee_vnd": 0, "deposit_vnd": 0, "brokerage_vnd": 0,
    "selection_fee_vnd": 0, "worker_costs": PAPERS, "airfare_out_paid_by": "receiver",
    "airfare_back_paid_by": "receiver", "lodging": "free", "lodging_deduction_pct": 0, "meals_count": 3,
    "weekly_hours": 40, "rest_days": 1, "approved_quantity": 50, "selected_quantity": 10,
    "departed_quantity": 5, "approval_number": "123/QLLĐNN", "approval_date": "2021-10-01",
    "supply_contract_number": "HĐ-77/2026", "supply_contract_approved": True,
    "sending_contract_signed": False, "foreign_acceptance_or_visa": False, "sender_licence_status": "valid",
    "sender_market_permission": True, "age_min": 18, "age_max": 40, "sex": "any",
    "age_sex_source": "123/QLLĐNN",
}  # fmt: skip


def of(market: str, job: str, wage: float, currency: str, rate: float, **more: Any) -> dict[str, Any]:
    wage_of = {"wage_amount": wage, "wage_currency": currency, "fx_rate": rate}
    return {**BASE, "market": market, "job_class": job, **wage_of, **more}


OPENINGS = {
    "TW": of("TW", "manufacturing", 29_500, "TWD", 820),
    "TW care": of("TW", "institution_care", 29_500, "TWD", 820, occupation_code="5321"),
    "TW home": of("TW", "home_care", 20_000, "TWD", 820, occupation_code="5322"),
    "TW farm": of("TW", "agriculture", 29_500, "TWD", 820, occupation_code="9211"),
    "TW coast": of("TW", "nearshore_fishing", 29_500, "TWD", 820, occupation_code="6222"),
    "TW sea": of("TW", "offshore_fishing", 700, "USD", 26_000, term_months=24, weekly_hours=48),
    "JP": of("JP", "titp", 180_000, "JPY", 170),
    "JP 3": of("JP", "titp3", 180_000, "JPY", 170, term_months=24, same_sender=True,
               same_supervising_body=True),
    "JP ssw": of("JP", "ssw", 220_000, "JPY", 170),
    "JP ssw again": of("JP", "ssw_after_titp", 220_000, "JPY", 170),
    "JP engineer": of("JP", "engineer", 250_000, "JPY", 170, occupation_code="2144"),
    "JP yard": of("JP", "designated_construction_shipbuilding", 220_000, "JPY", 170, occupation_code="7212"),
    "KR": of("KR", "skilled_e7", 2_800_000, "KRW", 18),
    "KR coast": of("KR", "nearshore_fishing", 2_200_000, "KRW", 18, extension_months=22),
    "KR eps": of("KR", "eps", 2_156_880, "KRW", 18, extension_months=22),
    "SA": of("SA", "domestic_work", 400, "USD", 26_000, term_months=24, occupation_code="9111"),
    "AE": of("AE", "construction", 400, "USD", 26_000, term_months=24, occupation_code="7112"),
    "DZ": of("DZ", "construction", 500, "USD", 26_000, term_months=24, occupation_code="7112"),
    "RO": of("RO", "construction", 650, "USD", 26_000, term_months=24, occupation_code="7112"),
    "DE": of("DE", "institution_care", 2_600, "EUR", 30_000, occupation_code="5321"),
    "CA": of("CA", "manufacturing", 2_500, "USD", 26_000, term_months=24),
    "AU": of("AU", "agriculture", 4_000, "AUD", 17_000, term_months=9, occupation_code="9211"),
    "NZ": of("NZ", "agriculture", 4_000, "NZD", 15_500, term_months=12, occupation_code="9211"),
    "SG": of("SG", "domestic_work", 700, "SGD", 20_000, term_months=24, occupation_code="9111"),
    "MY": of("MY", "manufacturing", 1_700, "MYR", 6_200, term_months=24),
    "MO": of("MO", "domestic_work", 4_500, "MOP", 3_250, term_months=24, occupation_code="9111"),
    "LA": {**of("LA", "construction", 15_000_000, "VND", 1, term_months=24), "fx_rate": None},
    "ship": of("PA", "transport_ship", 800, "USD", 26_000, term_months=12, occupation_code="8350"),
}  # fmt: skip


def fee(months: float, **more: Any) -> dict[str, Any]:
    """A fee in months of wage, taken at its lawful moment."""
    late = [*PAPERS, cost("service_fee", 0)]
    return {"service_fee_vnd": None, "agreed_fee_vnd": None, "service_fee_months": months,
            "sending_contract_signed": True, "worker_costs": late, **more}  # fmt: skip


def dong(amount: float, **more: Any) -> dict[str, Any]:
    """The same in đồng, with its line."""
    lines = [*PAPERS, cost("service_fee", amount)]
    return {"service_fee_vnd": amount, "agreed_fee_vnd": amount, "worker_costs": lines, **more}


def deposit(amount: float, when: str = "after_acceptance_or_visa") -> dict[str, Any]:
    return {"deposit_vnd": amount, "worker_costs": [*PAPERS, cost("deposit", amount, when)]}


def also(*lines: dict[str, Any]) -> dict[str, Any]:
    return {"worker_costs": [*PAPERS, *lines]}


def charged(percent: float | None, **more: Any) -> dict[str, Any]:
    return {"lodging": "charged", "lodging_deduction_pct": percent, **more}


BEFORE_CIRCULAR, CIRCULAR = {"on_date": "2024-05-14"}, {"on_date": "2024-05-15"}
BEFORE_LAW, LAW = {"on_date": "2021-12-31"}, {"on_date": "2022-01-01"}
A, R = 3 * TWD_MONTH, TWD_MONTH // 2

Row = tuple[str, dict[str, Any], str, bool]
FEES: list[Row] = [
    ("TW", fee(3), "O1=ok", True),
    ("TW", fee(3.01), "O1=breach", False),
    ("TW", fee(2, term_months=24), "O1=ok", True),
    ("TW", fee(2.01, term_months=24), "O1=breach", False),
    ("TW", fee(3, term_months=60), "O1=ok", True),
    ("TW", fee(3.01, term_months=60), "O1=breach", False),
    ("TW", fee(2.5, term_months=30), "O1=ok", True),
    ("TW", fee(2.51, term_months=30), "O1=breach", False),
    ("AE", fee(1, term_months=12), "O1=ok", True),
    ("AE", fee(0.667, term_months=8), "O1=ok", True),
    ("AE", fee(0.668, term_months=8), "O1=breach", False),
    ("TW", dong(A), "O1=ok O7=ok", True),
    ("TW", dong(A + 1), "O1=breach", False),
    # A wage that is no whole number of đồng: three months of it are rounded up to the next.
    ("TW", dong(72_570_812, wage_amount=29_500.33), "O1=ok", True),
    ("TW", dong(72_570_813, wage_amount=29_500.33), "O1=breach", False),
    ("DE", fee(3), "O1=ok", True),
    ("NZ", fee(1), "O1=ok", True),
    ("TW sea", fee(2.01), "O1=breach", False),
    ("TW", fee(3.01, **LAW), "O1=breach", False),
    ("TW", fee(3.01, **BEFORE_LAW), "O1=unknown", False),
    ("ship", fee(1.5), "O2=ok", True),
    ("ship", fee(1.51), "O2=breach", False),
    ("ship", fee(1, term_months=8), "O2=ok", True),
    ("ship", fee(3.01, term_months=36), "O2=breach", False),
    ("TW", {"extension_months": 22, "extension_fee_months": 0.917}, "O3=ok", True),
    ("TW", {"extension_months": 22, "extension_fee_months": 0.93}, "O3=breach", False),
    ("TW", {"extension_fee_months": 0.1}, "O3=breach", False),
    ("JP 3", fee(0.1), "O4=breach", False),
    ("JP 3", {"same_sender": None}, "O4=unknown", False),
    ("JP 3", fee(2, same_supervising_body=False), "O1=ok", True),
    ("JP 3", fee(2.01, same_sender=False), "O1=breach", False),
    ("JP 3", {"extension_months": 12, "extension_fee_months": 0.5}, "O4=breach", False),
    ("JP ssw again", fee(0.1), "O4=breach", False),
    ("SG", fee(0.1), "O4=breach", False),
    ("SG", fee(0.1, **CIRCULAR), "O4=breach", False),
    ("SG", fee(0.1, **BEFORE_CIRCULAR), "O4=unknown", False),
    ("SA", fee(0.1), "O4=breach", False),
    ("AU", fee(0.1), "O4=breach", False),
    ("KR eps", fee(0.1), "O4=breach", False),
    ("KR eps", {"extension_fee_months": 0.5}, "O4=breach", False),
    *[(name, fee(2), "O5=ok", True) for name in ("JP engineer", "JP yard", "TW care", "KR coast")],
    *[(name, fee(2.1), "O5=breach", False) for name in ("JP engineer", "JP yard", "TW care", "KR coast")],
    ("TW care", fee(1.4, term_months=24), "O5=ok", True),
    ("TW care", fee(1.41, term_months=24), "O5=breach", False),
    *[(name, fee(1), "O6=ok", True) for name in ("TW home", "TW farm", "TW coast")],
    *[(name, fee(1.2), "O6=breach", False) for name in ("TW home", "TW farm", "TW coast")],
    ("TW home", fee(0.8, term_months=24), "O6=ok", True),
    ("TW home", fee(0.9, **BEFORE_CIRCULAR), "O6=unknown", False),
    ("TW", dong(A - R, agreed_fee_vnd=A, receiver_paid_fee_vnd=R), "O7=ok O1=ok", True),
    ("TW", dong(A - R + 1_000, agreed_fee_vnd=A, receiver_paid_fee_vnd=R), "O7=breach O1=ok", False),
    ("TW", {"agreed_fee_vnd": A, "receiver_paid_fee_vnd": A + 5}, "O7=ok", True),
    ("TW", dong(5, agreed_fee_vnd=A, receiver_paid_fee_vnd=A + 5), "O7=breach", False),
    ("TW", dong(R, agreed_fee_vnd=None, receiver_paid_fee_vnd=R), "O7=unknown", False),
    ("TW", dong(R, receiver_paid_fee_vnd=None), "O7=unknown", False),
    ("TW", dong(R, agreed_fee_vnd=None, receiver_paid_fee_vnd=None), "O7=unknown", False),
    ("TW", {**dong(R), **also(cost("service_fee", R, "registration"))}, "O8=breach", False),
    ("TW", {**dong(R), **also(cost("service_fee", R, "selection"))}, "O8=breach", False),
    ("TW", dong(R, supply_contract_approved=False), "O8=breach O16=breach", False),
    # The sum in the lines is what people pay, whatever the field says; that they differ is told.
    ("TW", dong(A, worker_costs=[cost("service_fee", A), cost("service_fee", A)]), "O1=breach", False),
    ("TW", dong(A, service_fee_vnd=R), "O33=warning", True),
    ("TW", dong(A, service_fee_months=1), "O33=warning", True),
    ("TW", also(cost("service_fee", 4 * A)), "O1=breach O33=warning", False),
    ("TW", dong(R, fx_rate=None), "O1=unknown FX=unknown", False),
]
MONEY: list[Row] = [
    ("TW", {"brokerage_vnd": 1}, "O10=breach", False),
    ("TW", {"selection_fee_vnd": 500_000}, "O10=breach", False),
    ("TW", {"brokerage_vnd": None}, "O10=unknown", False),
    ("TW", deposit(12_000_000), "O12=ok O13=ok", True),
    ("TW", deposit(12_000_001), "O12=warning", True),
    ("TW", deposit(12_000_000, "registration"), "O13=warning", True),
    ("TW", {**deposit(12_000_000), "deposit_vnd": 0}, "O12=ok O33=warning", True),
    ("TW sea", deposit(1), "O12=warning", True),
    ("KR", deposit(36_000_000), "O12=ok", True),
    ("KR", deposit(36_000_001), "O12=warning", True),
    *[(name, deposit(1), "O12=warning", True) for name in ("JP", "MY", "AE", "CA")],
    ("RO", deposit(30_000_000), "O12=unknown", False),
    ("KR eps", deposit(100_000_000), "O14=ok", True),
    ("KR eps", deposit(100_000_001), "O14=warning", True),
    ("TW", {"worker_costs": [cost("fund", 150_000)]}, "O38=warning", True),
    ("TW", also(cost("other", 1_000_000)), "O33=warning", True),
    ("TW", also(cost("tea_money", 1_000_000)), "O33=unknown", False),
    ("TW", also(cost("insurance", 50, currency="XAF")), "O33=unknown", False),
    ("AE", also(cost("visa", 50, currency="USD")), "O33=ok", True),
    ("TW", also(cost("visa", 500_000, "registration")), "O10=warning", True),
    ("TW", also(cost("training", 500_000, "selection")), "O17=warning", True),
    ("SA", also(cost("visa", 2_000_000)), "TT02.visa=breach", False),
    ("SA", also(cost("training", 2_000_000)), "TT02.training=breach", False),
]
PAPERS_AND_PEOPLE: list[Row] = [
    ("TW", {"age_min": 17}, "O25=warning", True),
    ("TW", {"age_min": None, "age_max": 17}, "O25=warning", True),
    ("TW", {"age_min": 41}, "C14=unknown", False),
    ("TW", {"sex": "nữ"}, "C14=ok", True),
    ("TW", {"sex": "nữ", "age_sex_source": None}, "C14=breach", False),
    ("TW", {"sex": "x"}, "C14=unknown", False),
    ("TW", {"occupation_code": "5163"}, "O29=breach", False),
    ("TW", {"occupation_code": "5142"}, "O29=warning", True),
    *[("TW", {"sender_licence_status": how}, "O31=warning O35=breach", False)
      for how in ("expired", "revoked", "suspended")],
    ("TW", {"sender_licence_status": None}, "O31=unknown O35=unknown", False),
    ("TW", {"sender_market_permission": False}, "O32=warning", True),
    ("TW", {"sender_market_permission": None}, "O32=unknown", False),
    ("TW", {"selected_quantity": 45}, "O34=ok", True),
    ("TW", {"selected_quantity": 46}, "O34=warning", True),
    ("TW", {"departed_quantity": 50, "selected_quantity": 0}, "O34=ok", True),
    ("TW", {"departed_quantity": 51, "selected_quantity": 0}, "O34=breach", False),
    ("TW", {"departed_quantity": 51, **BEFORE_LAW}, "O34=unknown", False),
    ("TW", {"supply_contract_approved": None}, "O16=unknown", False),
    ("TW", {"fx_rate": 844.6}, "FX=ok", True),
    ("TW", {"fx_rate": 844.7}, "FX=warning", True),
    ("TW", {"fx_rate": 795.3}, "FX=warning", True),
    ("TW", {"wage_currency": "DONG"}, "FX=unknown", False),
    ("TW", {"market": "Taiwan"}, "O30=unknown", False),
    ("TW", {"job_class": "titp"}, "O33=unknown", False),
    ("JP", {"job_class": "eps"}, "O33=unknown", False),
    ("TW", {"hair_colour": "black"}, "INPUT=warning", True),
    ("TW", {"term_months": None, "term_month": 36}, "INPUT=warning", False),
    *[("TW", {name: "?"}, "O33=unknown", False)
      for name in ("job_class", "airfare_out_paid_by", "airfare_back_paid_by", "lodging")],
    *[("TW", {name: None}, "", False)
      for name in ("market", "job_class", "occupation_code", "term_months", "wage_amount", "wage_currency",
                   "worker_costs", "approved_quantity", "approval_number", "approval_date", "weekly_hours",
                   "supply_contract_number", "rest_days", "lodging", "meals_count", "airfare_out_paid_by",
                   "airfare_back_paid_by", "service_fee_vnd")],
]  # fmt: skip
TERMS: list[Row] = [
    ("JP", charged(15), "TT02.lodging_deduction=ok", True),
    ("JP", charged(15.1), "TT02.lodging_deduction=breach", False),
    ("JP", {"airfare_back_paid_by": "worker"}, "TT02.airfare_ways=breach", False),
    ("JP ssw", {"airfare_back_paid_by": "worker"}, "TT02.airfare_out=ok", True),
    ("JP ssw", {"airfare_out_paid_by": "worker"}, "TT02.airfare_out=breach", False),
    ("TW", charged(8), "TT02.deduction_most=ok", True),
    ("TW", charged(9), "TT02.deduction_most=warning", True),
    ("TW", charged(17), "TT02.deduction_most=breach", False),
    ("TW", {"term_months": 17, "airfare_back_paid_by": "worker"}, "TT02.term_least=breach", False),
    ("TW", {"term_months": 11}, "TT02.term_least=breach", False),
    ("TW farm", charged(5), "TT02.lodging_free=breach", False),
    ("TW home", {"wage_amount": 19_999}, "TT02.wage_least=breach", False),
    ("TW home", {"meals_count": 2}, "TT02.meals_least=breach", False),
    ("TW home", {"rest_days": 0}, "TT02.rest_days_least=breach", False),
    # "Provided" alone does not say at whose cost.
    ("TW home", {"lodging": "provided"}, "TT02.lodging_free=ok", True),
    ("TW home", {"lodging": "provided", "lodging_deduction_pct": 5}, "TT02.lodging_free=breach", False),
    ("TW home", {"lodging": "provided", "lodging_deduction_pct": None}, "TT02.lodging_free=unknown", False),
    ("KR", charged(15), "TT02.lodging_deduction=ok", True),
    ("KR", charged(15.5), "TT02.lodging_deduction=breach", False),
    ("KR", charged(20, meals_count=0), "TT02.lodging_meals_deduction=ok", True),
    ("KR coast", {"term_months": 24}, "TT02.term_least=breach", False),
    ("SA", {"wage_amount": 350}, "TT02.wage_least=ok", True),
    ("SA", {"wage_amount": 349}, "TT02.wage_least=breach", False),
    ("SA", {"age_max": 51}, "TT02.age_most=breach", False),
    ("SA", {"term_months": 23}, "TT02.term_least=breach", False),
    ("AE", charged(5, wage_amount=450), "TT02.wage_least_own_costs=breach", False),
    ("DZ", {"wage_amount": 399}, "TT02.wage_least=breach", False),
    ("RO", {"wage_amount": 599}, "TT02.wage_least=breach", False),
    ("RO", {"wage_amount": 599, **BEFORE_CIRCULAR}, "TT02.wage_least=unknown", False),
    ("RO", {"wage_amount": 600, "term_months": 12}, "TT02.wage_least=ok", True),
    ("RO", {"wage_amount": 799, "term_months": 11}, "TT02.wage_least_short=breach", False),
    ("RO", charged(5, wage_amount=899), "TT02.lodging_free=breach", False),
    ("RO", charged(5, wage_amount=900), "TT02.lodging_free=ok", True),
    ("CA", {"wage_amount": 499}, "TT02.wage_least=breach", False),
    ("CA", charged(5, wage_amount=749), "TT02.lodging_free=breach", False),
    ("MY", {"airfare_back_paid_by": "worker"}, "TT02.airfare_ways=breach", False),
    # A sending company is no receiver.
    ("MY", {"airfare_back_paid_by": "sending company"}, "TT02.airfare_ways=breach", False),
    ("MY", {"airfare_back_paid_by": "employer and worker"}, "TT02.airfare_ways=breach", False),
    ("MO", {"wage_amount": 4_499}, "TT02.wage_least=breach", False),
    ("SG", {"meals_count": 2}, "TT02.meals_least=breach", False),
    ("TW sea", {"weekly_hours": 49}, "TT02.weekly_hours_most=breach", False),
]
LAWFUL: list[Row] = [(name, {}, "", True) for name in OPENINGS]
ROWS = [*LAWFUL, *FEES, *MONEY, *PAPERS_AND_PEOPLE, *TERMS]

# Not understood at all: the field is named, and nothing else is said.
REFUSED = [
    *[("term_months", value) for value in ("36", -36, 0, True, [36], 1e300, 601)],
    *[(name, -1) for name in ("wage_amount", "service_fee_vnd", "deposit_vnd", "meals_count")],
    *[("on_date", value) for value in ("2026-13-45", 20261122, "22/11/2026")],
    ("rest_days", 8), ("weekly_hours", 169), ("lodging_deduction_pct", 101), ("age_max", 121),
    ("approved_quantity", 1.5), ("supply_contract_approved", "maybe"), ("worker_costs", {"kind": "visa"}),
]  # fmt: skip
