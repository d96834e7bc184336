"""From interest to a confirmed job."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.openings.models import Opening
from portal.referrals.states import (
    WAITING_STATES,
    InterviewState,
    Origin,
    ReasonSide,
    ReferralState,
    ReportedResult,
)
from portal.workers.models import Worker

_waiting = ", ".join(f"'{state.value}'" for state in WAITING_STATES)


class Referral(Model):
    __tablename__ = "referral"
    __table_args__ = (
        check_choice("state", ReferralState),
        check_choice("origin", Origin),
        check_choice("reason_side", ReasonSide),
        # Never twice for the same opening.
        UniqueConstraint("worker_id", "opening_id"),
        CheckConstraint(f"(state IN ({_waiting})) = (due_on IS NOT NULL)", name="due"),
        CheckConstraint(f"state NOT IN ({_waiting}) OR owner_id IS NOT NULL", name="owner"),
        CheckConstraint("state NOT IN ('hired', 'placed', 'left') OR hired_on IS NOT NULL", name="hired"),
        check_together("exchange_done_on", "exchange_done_by_id"),
        Index("ix_referral_desk", "owner_id", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    state: Mapped[ReferralState] = choice_column(ReferralState, index=True)
    origin: Mapped[Origin] = choice_column(Origin)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[dt.date | None]
    # The recorded list in which the adviser saw this person.
    shown_list_id: Mapped[int | None] = mapped_column(ForeignKey("shown_list.id"))
    # Opens only the one question "may we refer you?".
    ask_code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    ask_expires_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reason_side: Mapped[ReasonSide | None] = choice_column(ReasonSide)
    reason_code: Mapped[str | None] = mapped_column(String(40))
    reason_note: Mapped[str] = mapped_column(Text, default="")
    hired_on: Mapped[dt.date | None]
    contract_ends_on: Mapped[dt.date | None]
    # Abroad: the day the person left the country.
    departed_on: Mapped[dt.date | None]
    # Entry on the national exchange: the employer's notice starts the clock.
    notice_on: Mapped[dt.date | None]
    exchange_due_on: Mapped[dt.date | None]
    exchange_done_on: Mapped[dt.date | None]
    exchange_done_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    exchange_proof: Mapped[str] = mapped_column(String(200), default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    worker: Mapped[Worker] = relationship()
    opening: Mapped[Opening] = relationship()
    owner: Mapped[Account | None] = relationship(foreign_keys=[owner_id])
    steps: Mapped[list["ReferralStep"]] = relationship(order_by="ReferralStep.id")
    letters: Mapped[list["Letter"]] = relationship(order_by="Letter.id", back_populates="referral")
    interviews: Mapped[list["Interview"]] = relationship(order_by="Interview.id", back_populates="referral")
    follow_ups: Mapped[list["FollowUp"]] = relationship(order_by="FollowUp.id")
    reports: Mapped[list["EmployerReport"]] = relationship(
        order_by="EmployerReport.id", back_populates="referral"
    )


class ReferralStep(Model):
    __tablename__ = "referral_step"
    __table_args__ = (check_choice("to_state", ReferralState), check_choice("reason_side", ReasonSide))

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    name: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[str | None] = mapped_column(String(30))
    to_state: Mapped[ReferralState] = choice_column(ReferralState)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # How the person answered: on their page, by the link, or through staff (desk, phone).
    channel: Mapped[str] = mapped_column(String(20), default="")
    reason_side: Mapped[ReasonSide | None] = choice_column(ReasonSide)
    reason_code: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")


class Letter(Model):
    """The referral letter. Its facts are kept as printed; the PDF is made from them again.

    The national ID number is not among them: it is unsealed for the printing alone.
    """

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    number: Mapped[str] = mapped_column(String(30), unique=True)
    # Printed as text and QR; answers at /verify with initials only.
    code: Mapped[str] = mapped_column(String(20), unique=True)
    issued_on: Mapped[dt.date]
    valid_to: Mapped[dt.date]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    issued_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)

    referral: Mapped[Referral] = relationship(back_populates="letters")
    issued_by: Mapped[Account] = relationship()


class LetterNumber(Model):
    """The last number given in a year; locked while a letter is issued, so none is given twice."""

    __tablename__ = "letter_number"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Interview(Model):
    __tablename__ = "interview"
    __table_args__ = (check_choice("state", InterviewState),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    state: Mapped[InterviewState] = choice_column(InterviewState, default=InterviewState.PROPOSED)
    starts_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(300))
    directions: Mapped[str] = mapped_column(Text, default="")
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    bring: Mapped[str] = mapped_column(String(300), default="")
    other_time: Mapped[str] = mapped_column(String(200), default="")
    # Opens only this interview's question, until it begins.
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    referral: Mapped[Referral] = relationship(back_populates="interviews")


class EmployerReport(Model):
    """What the employer says of a person on its own page; staff take it over or set it aside."""

    __tablename__ = "employer_report"
    __table_args__ = (
        check_choice("result", ReportedResult),
        check_together("settled_at", "settled_by_id"),
        CheckConstraint("result <> 'hired' OR hired_on IS NOT NULL", name="hired_on"),
        CheckConstraint("result <> 'refused' OR reason_code IS NOT NULL", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    result: Mapped[ReportedResult] = choice_column(ReportedResult)
    hired_on: Mapped[dt.date | None]
    contract_ends_on: Mapped[dt.date | None]
    reason_code: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reported_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    referral: Mapped[Referral] = relationship(back_populates="reports")


class FollowUp(Model):
    """One month after the start, or at the contract's end if that is sooner."""

    __tablename__ = "follow_up"
    __table_args__ = (check_together("done_at", "done_by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    due_on: Mapped[dt.date]
    # The rule and its source as they stood when the date was set.
    source: Mapped[str] = mapped_column(String(200))
    done_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    still_working: Mapped[bool | None]
    note: Mapped[str] = mapped_column(Text, default="")
