"""Programmes that send people abroad, and the case of one person from interest to return."""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.openings.models import Opening
from portal.overseas.cases.states import ExitReason, FinanceWay
from portal.overseas.states import CaseState, ProgrammeChannel
from portal.reference.named import in_page_language
from portal.referrals.models import Referral
from portal.workers.models import Worker

_GONE = "'abroad', 'returned', 'settled'"


class Programme(Model):
    __tablename__ = "programme"
    __table_args__ = (
        check_choice("channel", ProgrammeChannel),
        CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="dates_in_order"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    # None: several countries under one heading.
    country: Mapped[str | None] = mapped_column(String(2))
    channel: Mapped[ProgrammeChannel] = choice_column(ProgrammeChannel)
    # Whether the Centre takes people for it at all; a programme of the province also needs its agreement.
    is_open_here: Mapped[bool] = mapped_column(default=True, server_default=true())
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    # Where these two days stand written.
    dates_source: Mapped[str] = mapped_column(String(300), default="", server_default="")
    dates_verified: Mapped[bool] = mapped_column(default=False, server_default=false())
    # What it is, in two or three sentences.
    about_vi: Mapped[str] = mapped_column(Text, default="", server_default="")
    about_en: Mapped[str] = mapped_column(Text, default="", server_default="")
    note: Mapped[str] = mapped_column(Text, default="")

    @property
    def label(self) -> str:
        return in_page_language(self.name_vi, self.name_en)

    @property
    def about(self) -> str:
        return in_page_language(self.about_vi, self.about_en or self.about_vi)


class OverseasCase(Model):
    __tablename__ = "overseas_case"
    __table_args__ = (
        check_choice("state", CaseState),
        check_choice("ended_from", CaseState),
        check_choice("exit_reason", ExitReason),
        check_choice("finance_way", FinanceWay),
        CheckConstraint("(state = 'ended') = (exit_reason IS NOT NULL)", name="exit"),
        check_together("exit_reason", "ended_from"),
        check_together("selected_on", "depart_by"),
        CheckConstraint(f"(state IN ({_GONE})) = (departed_on IS NOT NULL)", name="departed"),
        CheckConstraint("returned_on IS NULL OR returned_on >= departed_on", name="returned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    # Chosen at the latest when the person is nominated.
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    # Where the case grew out of a referral, that referral follows its departure.
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), unique=True)
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[CaseState] = choice_column(CaseState, default=CaseState.INTERESTED, index=True)
    exit_reason: Mapped[ExitReason | None] = choice_column(ExitReason)
    ended_from: Mapped[CaseState | None] = choice_column(CaseState)

    planned_departure: Mapped[dt.date | None]
    # Whoever leaves on the same flight has the same word here.
    flight: Mapped[str] = mapped_column(String(40), default="", index=True)
    # Trúng tuyển; from here the law counts the days until departure. The last of them is kept as the rule
    # stood on that day, or as it was agreed in writing afterwards.
    selected_on: Mapped[dt.date | None]
    depart_by: Mapped[dt.date | None] = mapped_column(index=True)
    depart_by_source: Mapped[str] = mapped_column(String(250), default="")
    contract_number: Mapped[str] = mapped_column(String(60), default="")
    contract_signed_on: Mapped[dt.date | None]
    contract_ends_on: Mapped[dt.date | None]
    # What the signed contract makes the person pay.
    service_fee_vnd: Mapped[int | None] = mapped_column(BigInteger)
    finance_way: Mapped[FinanceWay | None] = choice_column(FinanceWay)
    deposit_vnd: Mapped[int | None] = mapped_column(BigInteger)
    deposit_paid_on: Mapped[dt.date | None]
    # The foreign side has said yes in writing.
    accepted_on: Mapped[dt.date | None]
    list_submitted_on: Mapped[dt.date | None]
    list_confirmed_on: Mapped[dt.date | None]
    visa_filed_on: Mapped[dt.date | None]
    departed_on: Mapped[dt.date | None]
    returned_on: Mapped[dt.date | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    worker: Mapped[Worker] = relationship()
    programme: Mapped[Programme | None] = relationship()
    opening: Mapped[Opening | None] = relationship()
    referral: Mapped[Referral | None] = relationship()
    adviser: Mapped[Account | None] = relationship(foreign_keys=[adviser_id])

    @property
    def country(self) -> str | None:
        """Where to; a programme may lead to several countries."""
        if self.opening is not None:
            return self.opening.country
        return self.programme.country if self.programme is not None else None
