"""Programmes that send people abroad, and the case of one person from interest to return."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model
from portal.openings.models import Opening
from portal.overseas.states import CaseState, ProgrammeChannel
from portal.reference.named import in_page_language
from portal.workers.models import Worker


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
    __table_args__ = (check_choice("state", CaseState),)

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    # Chosen at the latest when the person is nominated.
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[CaseState] = choice_column(CaseState, default=CaseState.INTERESTED)
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    worker: Mapped[Worker] = relationship()
    programme: Mapped[Programme | None] = relationship()
    opening: Mapped[Opening | None] = relationship()
    adviser: Mapped[Account | None] = relationship()
