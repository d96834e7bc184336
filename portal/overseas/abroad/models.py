"""A person's stay abroad: the days on which we ask after them, and every word that came."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.states import Answer, CallWindow, WageSaid, WordBy, WorkSaid
from portal.overseas.models import OverseasCase


class Stay(Model):
    """One a case, from departure to return."""

    __tablename__ = "stay"
    __table_args__ = (
        CheckConstraint("contract_ends_on IS NULL OR contract_ends_on >= departed_on", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"), unique=True)
    country: Mapped[str] = mapped_column(String(2), index=True)
    time_zone: Mapped[str] = mapped_column(String(40))
    departed_on: Mapped[dt.date] = mapped_column(index=True)
    contract_ends_on: Mapped[dt.date | None]
    # How the person is reached there: a number with its country code, a Zalo name.
    reach_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Came home, or nobody asks after them any more.
    ended_on: Mapped[dt.date | None]

    case: Mapped[OverseasCase] = relationship()
    dues: Mapped[list["DueContact"]] = relationship(
        back_populates="stay", order_by="(DueContact.due_on, DueContact.id)", cascade="all, delete-orphan"
    )


class DueContact(Model):
    """A day on which the person is asked after. Answered by any word of theirs since it was asked."""

    __tablename__ = "due_contact"
    __table_args__ = (
        UniqueConstraint("stay_id", "months"),
        CheckConstraint("call_on >= due_on", name="call"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(ForeignKey("stay.id"), index=True)
    # Months after departure.
    months: Mapped[int]
    due_on: Mapped[dt.date]
    # Without a word by then it is the adviser who calls.
    call_on: Mapped[dt.date] = mapped_column(index=True)
    asked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    last_try_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    stay: Mapped[Stay] = relationship(back_populates="dues")


class CheckIn(Model):
    """One word of the person. `look_by`: somebody of the Centre has to call or look at it by then."""

    __tablename__ = "check_in"
    __table_args__ = (
        check_choice("answer", Answer),
        check_choice("word_by", WordBy),
        check_choice("wage", WageSaid),
        check_choice("work", WorkSaid),
        check_choice("call_window", CallWindow),
        CheckConstraint("word_by = 'link' OR taken_by_id IS NOT NULL", name="taken_by"),
        CheckConstraint("looked_at IS NULL OR look_by IS NOT NULL", name="looked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(ForeignKey("stay.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answer: Mapped[Answer] = choice_column(Answer)
    word_by: Mapped[WordBy] = choice_column(WordBy)
    wage: Mapped[WageSaid | None] = choice_column(WageSaid)
    work: Mapped[WorkSaid | None] = choice_column(WorkSaid)
    call_window: Mapped[CallWindow | None] = choice_column(CallWindow)
    # The person's words and a number to call: sealed, bound to the row.
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    look_by: Mapped[dt.date | None] = mapped_column(index=True)
    looked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    looked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    stay: Mapped[Stay] = relationship()
    incident: Mapped[Incident | None] = relationship()
    taken_by: Mapped[Account | None] = relationship(foreign_keys=[taken_by_id])


class CheckInCode(Model):
    """Opens the page of one case. Found by its keyed hash; sealed beside it, so that the same link can be
    sent again: a new one would leave the person with a dead one."""

    __tablename__ = "check_in_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(ForeignKey("stay.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # Replaced by a new one, or the person is home.
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    stay: Mapped[Stay] = relationship()
