"""Openings at home and abroad."""

import datetime as dt
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

from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.openings.states import FindingState, OpeningState, RequirementKind, Sphere, WagePeriod
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
    """The further fields of an overseas opening (the opening check of a later issue reads them)."""

    __tablename__ = "overseas_terms"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), unique=True)
    receiver: Mapped[str] = mapped_column(String(200), default="")
    workplace: Mapped[str] = mapped_column(String(200), default="")
    job_class: Mapped[str] = mapped_column(String(40), default="general")
    supply_contract_number: Mapped[str] = mapped_column(String(60), default="")
    approval_number: Mapped[str] = mapped_column(String(60), default="")
    approval_date: Mapped[dt.date | None]
    approved_quantity: Mapped[int | None]
    departed_quantity: Mapped[int] = mapped_column(default=0)
    term_months: Mapped[int | None]
    extension_months: Mapped[int | None]
    weekly_hours: Mapped[int | None]
    overtime: Mapped[str] = mapped_column(String(200), default="")
    deductions: Mapped[str] = mapped_column(String(300), default="")
    lodging: Mapped[str] = mapped_column(String(200), default="")
    meals: Mapped[str] = mapped_column(String(200), default="")
    airfare: Mapped[str] = mapped_column(String(200), default="")
    insurance: Mapped[str] = mapped_column(String(200), default="")
    service_fee_vnd: Mapped[int | None] = mapped_column(BigInteger)
    receiver_paid_fee_vnd: Mapped[int | None] = mapped_column(BigInteger)
    deposit_vnd: Mapped[int | None] = mapped_column(BigInteger)
    # [{"kind", "amount_vnd"}]: every other cost before departure.
    other_costs: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    selection: Mapped[str] = mapped_column(String(300), default="")
    planned_departure: Mapped[dt.date | None]
    dispute_contact: Mapped[str] = mapped_column(String(200), default="")

    opening: Mapped[Opening] = relationship(back_populates="overseas")


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
