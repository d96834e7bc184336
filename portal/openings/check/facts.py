"""What an overseas opening states, as the check reads it. None: not stated."""

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum


class JobClass(StrEnum):
    """The classes of jobs that the law's ceilings and minimum terms tell apart."""

    GENERAL = "general"
    TRANSPORT_SHIP = "transport_ship"
    OFFSHORE_FISHING = "offshore_fishing"
    NEARSHORE_FISHING = "nearshore_fishing"
    DOMESTIC_WORK = "domestic_work"
    HOME_CARE = "home_care"
    INSTITUTION_CARE = "institution_care"
    AGRICULTURE = "agriculture"
    CONSTRUCTION = "construction"
    MANUFACTURING = "manufacturing"
    ENGINEER = "engineer"
    DESIGNATED_CONSTRUCTION_SHIPBUILDING = "designated_construction_shipbuilding"
    TITP = "titp"
    TITP3 = "titp3"
    SSW = "ssw"
    SSW_AFTER_TITP = "ssw_after_titp"
    SKILLED_E7 = "skilled_e7"
    EPS = "eps"


class CostKind(StrEnum):
    SERVICE_FEE = "service_fee"
    DEPOSIT = "deposit"
    TRAINING = "training"
    ORIENTATION = "orientation"
    PASSPORT = "passport"
    VISA = "visa"
    HEALTH = "health"
    JUDICIAL_RECORD = "judicial_record"
    FUND = "fund"
    AIRFARE = "airfare"
    INSURANCE = "insurance"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cost:
    """One line of what the worker pays."""

    kind: str
    amount: Decimal | None = None
    currency: str | None = None
    payable_when: str | None = None
    receipt_by: str | None = None


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """Field names are those of the check's JSON input (docs/opening_check.md)."""

    on_date: dt.date | None = None
    market: str | None = None
    job_class: str | None = None
    same_sender: bool | None = None
    same_supervising_body: bool | None = None
    occupation_code: str | None = None
    term_months: Decimal | None = None
    extension_months: Decimal | None = None
    wage_amount: Decimal | None = None
    wage_currency: str | None = None
    fx_rate: Decimal | None = None
    fx_date: dt.date | None = None
    fx_source: str | None = None
    service_fee_months: Decimal | None = None
    service_fee_vnd: Decimal | None = None
    agreed_fee_vnd: Decimal | None = None
    receiver_paid_fee_vnd: Decimal | None = None
    extension_fee_months: Decimal | None = None
    deposit_vnd: Decimal | None = None
    brokerage_vnd: Decimal | None = None
    selection_fee_vnd: Decimal | None = None
    worker_costs: tuple[Cost, ...] | None = None
    airfare_out_paid_by: str | None = None
    airfare_back_paid_by: str | None = None
    lodging: str | None = None
    lodging_deduction_pct: Decimal | None = None
    meals_count: Decimal | None = None
    weekly_hours: Decimal | None = None
    rest_days: Decimal | None = None
    approved_quantity: Decimal | None = None
    selected_quantity: Decimal | None = None
    departed_quantity: Decimal | None = None
    approval_number: str | None = None
    approval_date: dt.date | None = None
    supply_contract_number: str | None = None
    supply_contract_approved: bool | None = None
    sending_contract_signed: bool | None = None
    foreign_acceptance_or_visa: bool | None = None
    sender_licence_status: str | None = None
    sender_market_permission: bool | None = None
    age_min: Decimal | None = None
    age_max: Decimal | None = None
    sex: str | None = None
    age_sex_source: str | None = None


FIELD_NAMES = tuple(one.name for one in fields(OpeningFacts))
