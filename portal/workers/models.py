"""The worker profile and its lists."""

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model
from portal.workers.states import ChangeKind, ContactWay, IdAbsence, RegisteredBy, Sex, WorkerState

if TYPE_CHECKING:
    from portal.workers.consent_models import Consent

# Compared byte by byte on both databases, so that names sort alike.
SortKey = String(400).with_variant(String(400, collation="C"), "postgresql")


class Worker(Model):
    __tablename__ = "worker"
    __table_args__ = (
        check_choice("state", WorkerState),
        check_choice("sex", Sex),
        check_choice("registered_by", RegisteredBy),
        check_choice("contact_way", ContactWay),
        check_choice("id_absence", IdAbsence),
        CheckConstraint("(merged_into_id IS NOT NULL) = (state = 'merged')", name="merged_into"),
        # A number that another profile already has is sealed here too, but not in the index.
        CheckConstraint("national_id_index IS NULL OR national_id_sealed IS NOT NULL", name="national_id"),
        CheckConstraint("birth_date IS NULL OR birth_year IS NOT NULL", name="birth_year"),
        # Who comes of age is asked for every day: by the date, and among those without one by the year.
        Index("ix_worker_birth", "birth_date", "birth_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Random, never shown: sealed values are bound to it.
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)
    state: Mapped[WorkerState] = choice_column(WorkerState, default=WorkerState.DRAFT, index=True)
    registered_by: Mapped[RegisteredBy] = choice_column(RegisteredBy, default=RegisteredBy.SELF)
    # The last registration step that was saved; the next visit goes on after it.
    step_reached: Mapped[str] = mapped_column(String(30), default="")

    full_name: Mapped[str] = mapped_column(String(120), default="")
    name_folded: Mapped[str] = mapped_column(String(120), default="", index=True)
    name_sort: Mapped[str] = mapped_column(SortKey, default="", index=True)
    birth_date: Mapped[dt.date | None]
    birth_year: Mapped[int | None]
    sex: Mapped[Sex | None] = choice_column(Sex)
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    email: Mapped[str | None] = mapped_column(String(200))
    national_id_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    national_id_index: Mapped[str | None] = mapped_column(String(64), unique=True)

    # Without a number: why. An adviser has a task to help with it.
    id_absence: Mapped[IdAbsence | None] = choice_column(IdAbsence)

    # Where the person lives now; the permanent residence stands apart and may be elsewhere.
    commune_code: Mapped[str | None] = mapped_column(String(10), index=True)
    address_line: Mapped[str] = mapped_column(String(200), default="")
    permanent_commune_code: Mapped[str | None] = mapped_column(String(10))
    permanent_address_line: Mapped[str] = mapped_column(String(200), default="", server_default="")

    contact_way: Mapped[ContactWay | None] = choice_column(ContactWay)
    # Somebody who takes messages for the person; only with the consent `relative`.
    relative_name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    relative_relation: Mapped[str] = mapped_column(String(60), default="", server_default="")
    relative_phone: Mapped[str] = mapped_column(String(20), default="", server_default="")
    # Draws unemployment benefit; only with the consent `benefit`. None: not told.
    receives_benefit: Mapped[bool | None]

    # Says at the desk "this is my half-filled form"; short-lived.
    desk_code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    desk_code_expires_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # The step on which the person stopped when the code was made.
    desk_code_step: Mapped[str] = mapped_column(String(30), default="", server_default="")

    education_code: Mapped[str | None] = mapped_column(String(30))
    field_of_study: Mapped[str] = mapped_column(String(120), default="")
    skills_text: Mapped[str] = mapped_column(Text, default="")
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    shifts: Mapped[list[str]] = mapped_column(JSON, default=list)

    # None: not asked yet. Where and how the person wants to work.
    wants_home: Mapped[bool | None]
    wants_other_provinces: Mapped[bool | None]
    wants_abroad: Mapped[bool | None]
    wage_min: Mapped[int | None] = mapped_column(BigInteger)
    available_from: Mapped[dt.date | None]

    guardian_name: Mapped[str] = mapped_column(String(120), default="")
    guardian_phone: Mapped[str] = mapped_column(String(20), default="")
    guardian_consented_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("worker.id"))
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])
    occupations: Mapped[list["WorkerOccupation"]] = relationship(
        back_populates="worker",
        order_by="(WorkerOccupation.position, WorkerOccupation.id)",
        cascade="all, delete-orphan",
    )
    experiences: Mapped[list["WorkExperience"]] = relationship(
        back_populates="worker", order_by="WorkExperience.id", cascade="all, delete-orphan"
    )
    certificates: Mapped[list["WorkerCertificate"]] = relationship(
        back_populates="worker", order_by="WorkerCertificate.id", cascade="all, delete-orphan"
    )
    wanted_places: Mapped[list["WantedPlace"]] = relationship(
        back_populates="worker", order_by="WantedPlace.id", cascade="all, delete-orphan"
    )
    consents: Mapped[list["Consent"]] = relationship(back_populates="worker", order_by="Consent.id")

    @property
    def wanted_countries(self) -> list[str]:
        return [place.country for place in self.wanted_places if place.country]


class WorkerOccupation(Model):
    """What the person can do or wants to do; the words are theirs, the code is the classification's."""

    __tablename__ = "worker_occupation"

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    words: Mapped[str] = mapped_column(String(120), default="")
    code: Mapped[str] = mapped_column(String(10), index=True)
    months: Mapped[int] = mapped_column(default=0)
    is_wanted: Mapped[bool] = mapped_column(default=True)

    worker: Mapped[Worker] = relationship(back_populates="occupations")


class WorkExperience(Model):
    __tablename__ = "work_experience"

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    workplace: Mapped[str] = mapped_column(String(160), default="")
    occupation_code: Mapped[str | None] = mapped_column(String(10))
    from_year: Mapped[int | None]
    to_year: Mapped[int | None]
    months: Mapped[int] = mapped_column(default=0)

    worker: Mapped[Worker] = relationship(back_populates="experiences")


class WorkerCertificate(Model):
    """Language certificates, driving licences and other papers on a scale with an order."""

    __tablename__ = "worker_certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    scale: Mapped[str] = mapped_column(String(30))
    level: Mapped[str] = mapped_column(String(30))
    expires_on: Mapped[dt.date | None]

    worker: Mapped[Worker] = relationship(back_populates="certificates")


class WantedPlace(Model):
    """A commune, a province or a country where the person wants to work."""

    __tablename__ = "wanted_place"
    __table_args__ = (CheckConstraint("(place_code IS NULL) <> (country IS NULL)", name="one_place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    place_code: Mapped[str | None] = mapped_column(String(10))
    country: Mapped[str | None] = mapped_column(String(2))

    worker: Mapped[Worker] = relationship(back_populates="wanted_places")


class WorkerChange(Model):
    """The change log the index reads. Ids become visible in order (see operations.log_change)."""

    __tablename__ = "worker_change"
    __table_args__ = (check_choice("kind", ChangeKind), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"))
    kind: Mapped[ChangeKind] = choice_column(ChangeKind)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
