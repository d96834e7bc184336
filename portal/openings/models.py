"""Openings at home and abroad."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.common.columns import ExactNumber, UtcDateTime, check_choice, check_together, choice_column
from portal.common.secrets import public_code
from portal.extensions import Model
from portal.openings.states import FindingState, OpeningState, RequirementKind, Sphere, WagePeriod
from portal.openings.terms_states import CostKind, LodgingBy, PayableWhen, Payer
from portal.organisations.models import Organisation
from portal.workers.states import ConditionKind


class Opening(Model):
    __tablename__ = "opening"
    __table_args__ = (
        check_choice("state", OpeningState),
        check_choice("sphere", Sphere),
        check_choice("wage_period", WagePeriod),
        CheckConstraint("positions > 0", name="positions"),
        CheckConstraint("positions_left >= 0 AND positions_left <= positions", name="positions_left"),
        CheckConstraint("sphere = 'domestic' OR country IS NOT NULL", name="country"),
        CheckConstraint("wage_max IS NULL OR wage_min IS NULL OR wage_max >= wage_min", name="wages"),
        CheckConstraint("state NOT IN ('published', 'filled') OR published_at IS NOT NULL", name="published"),
        Index("ix_opening_public", "state", "sphere", "occupation_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Stands on every notice of it: anybody can check it at /verify.
    public_code: Mapped[str] = mapped_column(String(20), unique=True, default=public_code)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[OpeningState] = choice_column(OpeningState, default=OpeningState.DRAFT)
    sphere: Mapped[Sphere] = choice_column(Sphere, default=Sphere.DOMESTIC)
    title: Mapped[str] = mapped_column(String(200))
    occupation_code: Mapped[str | None] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text, default="")
    requirements_text: Mapped[str] = mapped_column(Text, default="")
    benefits: Mapped[str] = mapped_column(Text, default="")
    # title, text and the organisation's name, folded: what the public search reads.
    search_text: Mapped[str] = mapped_column(Text, default="")

    positions: Mapped[int] = mapped_column(default=1)
    positions_left: Mapped[int] = mapped_column(default=1)
    province_code: Mapped[str | None] = mapped_column(String(10))
    commune_code: Mapped[str | None] = mapped_column(String(10), index=True)
    country: Mapped[str | None] = mapped_column(String(2))
    address_line: Mapped[str] = mapped_column(String(300), default="")
    directions: Mapped[str] = mapped_column(Text, default="")

    wage_min: Mapped[int | None] = mapped_column(BigInteger)
    wage_max: Mapped[int | None] = mapped_column(BigInteger)
    wage_currency: Mapped[str] = mapped_column(String(3), default="VND")
    wage_period: Mapped[WagePeriod] = choice_column(WagePeriod, default=WagePeriod.MONTH)
    # What was written where no number was given: "thoả thuận", "theo sản phẩm" …
    wage_note: Mapped[str] = mapped_column(String(200), default="")
    working_time: Mapped[str] = mapped_column(String(300), default="")
    # The minimum wage of part-time work is the one by the hour.
    is_part_time: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Workplace barred to minors (Labour Code 147), ticked by staff beside what the occupation says.
    barred_to_minors: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[dt.date | None]
    expires_on: Mapped[dt.date | None] = mapped_column(index=True)

    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    contact_email: Mapped[str] = mapped_column(String(200), default="")

    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    return_reason: Mapped[str] = mapped_column(Text, default="")
    # The employer's notice of hire or of recruiting, for the 20-working-day clock.
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    batch_row: Mapped[int | None]

    organisation: Mapped[Organisation] = relationship()
    requirements: Mapped[list["OpeningRequirement"]] = relationship(
        back_populates="opening",
        order_by="(OpeningRequirement.position, OpeningRequirement.id)",
        cascade="all, delete-orphan",
    )
    conditions: Mapped[list["OpeningCondition"]] = relationship(
        back_populates="opening", order_by="OpeningCondition.id", cascade="all, delete-orphan"
    )
    overseas: Mapped["OverseasTerms | None"] = relationship(
        back_populates="opening", cascade="all, delete-orphan"
    )
    findings: Mapped[list["OpeningFinding"]] = relationship(
        back_populates="opening", order_by="OpeningFinding.id", cascade="all, delete-orphan"
    )


class OpeningRequirement(Model):
    """One structured requirement, hard or wished. Rows with the same `any_of` count as one thing."""

    __tablename__ = "opening_requirement"
    __table_args__ = (check_choice("kind", RequirementKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[RequirementKind] = choice_column(RequirementKind)
    op: Mapped[str] = mapped_column(String(10))
    # A plain value or an object, as matching.types.Requirement describes for this kind.
    value: Mapped[Any] = mapped_column(JSON)
    is_hard: Mapped[bool] = mapped_column(default=True)
    any_of: Mapped[int | None]
    # The approved contract's number for age and sex abroad; the ground for a genuine requirement.
    source: Mapped[str] = mapped_column(String(200), default="")

    opening: Mapped[Opening] = relationship(back_populates="requirements")


class OpeningCondition(Model):
    """A requirement of the body that the programme behind an overseas opening states, with its source."""

    __tablename__ = "opening_condition"
    __table_args__ = (
        check_choice("kind", ConditionKind),
        UniqueConstraint("opening_id", "kind"),
        CheckConstraint("source <> ''", name="source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    kind: Mapped[ConditionKind] = choice_column(ConditionKind)
    need: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))

    opening: Mapped[Opening] = relationship(back_populates="conditions")


class OverseasTerms(Model):
    """The further facts of an overseas opening, as the opening check reads them (openings/check/facts.py).

    None everywhere: not stated. Words stand beside the figures: they say what no figure can.
    """

    __tablename__ = "overseas_terms"
    __table_args__ = (
        check_choice("airfare_out_paid_by", Payer),
        check_choice("airfare_back_paid_by", Payer),
        check_choice("lodging_by", LodgingBy),
        CheckConstraint("selected_quantity >= 0 AND departed_quantity >= 0", name="quantities"),
        check_together("fx_rate", "fx_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), unique=True)
    receiver: Mapped[str] = mapped_column(String(200), default="")
    workplace: Mapped[str] = mapped_column(String(200), default="")
    # A value of JobClass: some are longer than a choice column holds.
    job_class: Mapped[str | None] = mapped_column(String(40))
    same_sender: Mapped[bool | None]
    same_supervising_body: Mapped[bool | None]

    supply_contract_number: Mapped[str] = mapped_column(String(60), default="")
    supply_contract_approved: Mapped[bool | None]
    approval_number: Mapped[str] = mapped_column(String(60), default="")
    approval_date: Mapped[dt.date | None]
    approved_quantity: Mapped[int | None]
    # Chosen and not yet gone; gone. Both change by openings/quantities.py only.
    selected_quantity: Mapped[int] = mapped_column(default=0, server_default="0")
    departed_quantity: Mapped[int] = mapped_column(default=0)
    sending_contract_signed: Mapped[bool | None]
    foreign_acceptance_or_visa: Mapped[bool | None]

    term_months: Mapped[int | None]
    extension_months: Mapped[int | None]
    weekly_hours: Mapped[int | None]
    rest_days: Mapped[int | None]
    overtime: Mapped[str] = mapped_column(String(200), default="")
    deductions: Mapped[str] = mapped_column(String(300), default="")
    lodging_by: Mapped[LodgingBy | None] = choice_column(LodgingBy)
    lodging_deduction_pct: Mapped[Decimal | None] = mapped_column(ExactNumber)
    lodging: Mapped[str] = mapped_column(String(200), default="")
    meals_count: Mapped[int | None]
    meals: Mapped[str] = mapped_column(String(200), default="")
    airfare_out_paid_by: Mapped[Payer | None] = choice_column(Payer)
    airfare_back_paid_by: Mapped[Payer | None] = choice_column(Payer)
    airfare: Mapped[str] = mapped_column(String(200), default="")
    insurance: Mapped[str] = mapped_column(String(200), default="")

    # đồng for one unit of the wage's money, as the sender reckoned with it.
    fx_rate: Mapped[Decimal | None] = mapped_column(ExactNumber)
    fx_date: Mapped[dt.date | None]
    fx_source: Mapped[str] = mapped_column(String(200), default="", server_default="")
    service_fee_months: Mapped[Decimal | None] = mapped_column(ExactNumber)
    service_fee_vnd: Mapped[int | None] = mapped_column(BigInteger)
    agreed_fee_vnd: Mapped[int | None] = mapped_column(BigInteger)
    receiver_paid_fee_vnd: Mapped[int | None] = mapped_column(BigInteger)
    extension_fee_months: Mapped[Decimal | None] = mapped_column(ExactNumber)
    deposit_vnd: Mapped[int | None] = mapped_column(BigInteger)
    brokerage_vnd: Mapped[int | None] = mapped_column(BigInteger)
    selection_fee_vnd: Mapped[int | None] = mapped_column(BigInteger)
    # "Nothing else is to be paid" is a statement, too: without it no line means not stated.
    costs_complete: Mapped[bool] = mapped_column(default=False, server_default=false())
    selection: Mapped[str] = mapped_column(String(300), default="")
    planned_departure: Mapped[dt.date | None]
    dispute_contact: Mapped[str] = mapped_column(String(200), default="")

    opening: Mapped[Opening] = relationship(back_populates="overseas")
    costs: Mapped[list["OverseasCost"]] = relationship(
        order_by="(OverseasCost.position, OverseasCost.id)", cascade="all, delete-orphan"
    )


class OverseasCost(Model):
    """One line of what the worker pays: what for, how much, when, and who gives the receipt."""

    __tablename__ = "overseas_cost"
    __table_args__ = (
        check_choice("kind", CostKind),
        check_choice("payable_when", PayableWhen),
        CheckConstraint("amount >= 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    terms_id: Mapped[int] = mapped_column(ForeignKey("overseas_terms.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[CostKind] = choice_column(CostKind)
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3), default="VND")
    payable_when: Mapped[PayableWhen | None] = choice_column(PayableWhen)
    receipt_by: Mapped[str] = mapped_column(String(120), default="")


class OpeningStep(Model):
    """Each step of an opening's life."""

    __tablename__ = "opening_step"
    __table_args__ = (check_choice("to_state", OpeningState),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    name: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[str | None] = mapped_column(String(30))
    to_state: Mapped[OpeningState] = choice_column(OpeningState)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")


class OpeningFinding(Model):
    """A sentence in an opening that holds it until a person has decided."""

    __tablename__ = "opening_finding"
    __table_args__ = (
        check_choice("state", FindingState),
        check_together("decided_at", "decided_by_id"),
        CheckConstraint("state <> 'justified' OR ground <> ''", name="ground"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    rule: Mapped[str] = mapped_column(String(40))
    sentence: Mapped[str] = mapped_column(Text)
    excerpt: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))
    state: Mapped[FindingState] = choice_column(FindingState, default=FindingState.OPEN)
    ground: Mapped[str] = mapped_column(Text, default="")
    found_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    opening: Mapped[Opening] = relationship(back_populates="findings")


class ImportBatch(Model):
    """One import of openings; it can be withdrawn whole."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    columns: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rows: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
