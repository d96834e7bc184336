"""Contacts with people, and what follows from them."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.counselling.states import (
    AgeBand,
    BestHour,
    CallBackState,
    ComplaintAbout,
    ComplaintState,
    ContactChannel,
    ContactKind,
    ContactOutcome,
    Face,
    ForWhom,
    TaskKind,
)
from portal.extensions import Model
from portal.workers.models import Worker
from portal.workers.states import Sex


class Contact(Model):
    """One counselling event. What is counted (commune, sex, age band) is kept as it was on that day."""

    __tablename__ = "contact"
    __table_args__ = (
        check_choice("kind", ContactKind),
        check_choice("channel", ContactChannel),
        check_choice("outcome", ContactOutcome),
        check_choice("sex", Sex),
        check_choice("age_band", AgeBand),
        Index("ix_contact_adviser_at", "adviser_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # None: somebody who did not say who they are.
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("worker.id"), index=True)
    kind: Mapped[ContactKind] = choice_column(ContactKind)
    channel: Mapped[ContactChannel] = choice_column(ContactChannel)
    outcome: Mapped[ContactOutcome] = choice_column(ContactOutcome)
    adviser_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    # The local day, for counting by period.
    day: Mapped[dt.date] = mapped_column(index=True)
    commune_code: Mapped[str | None] = mapped_column(String(10))
    sex: Mapped[Sex | None] = choice_column(Sex)
    age_band: Mapped[AgeBand | None] = choice_column(AgeBand)
    note: Mapped[str] = mapped_column(Text, default="")
    # When the person is to be seen or called again, and whether that was done.
    next_on: Mapped[dt.date | None] = mapped_column(index=True)
    next_done_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    call_back_id: Mapped[int | None] = mapped_column(ForeignKey("call_back.id"))

    worker: Mapped[Worker | None] = relationship()
    adviser: Mapped[Account] = relationship()
    rating: Mapped["Rating | None"] = relationship(back_populates="contact")


class Rating(Model):
    """Asked after a contact by a code or on the adviser's screen turned round; who answers stays unnamed."""

    __tablename__ = "rating"
    __table_args__ = (check_choice("face", Face), check_together("face", "rated_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    face: Mapped[Face | None] = choice_column(Face)
    words: Mapped[str] = mapped_column(String(500), default="")
    rated_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    contact: Mapped[Contact] = relationship(back_populates="rating")


class CallBack(Model):
    """Somebody asks to be called, for themselves or for another."""

    __tablename__ = "call_back"
    __table_args__ = (
        check_choice("best_hour", BestHour),
        check_choice("for_whom", ForWhom),
        check_choice("kind", ContactKind),
        check_choice("state", CallBackState),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("state <> 'open' OR owner_id IS NOT NULL", name="owner"),
        Index("ix_call_back_desk", "owner_id", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20))
    commune_code: Mapped[str | None] = mapped_column(String(10))
    best_hour: Mapped[BestHour] = choice_column(BestHour, default=BestHour.ANY)
    for_whom: Mapped[ForWhom] = choice_column(ForWhom, default=ForWhom.SELF)
    # Whom it is about, where it is not the caller.
    about_name: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[ContactKind | None] = choice_column(ContactKind)
    note: Mapped[str] = mapped_column(String(500), default="")
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("worker.id"), index=True)
    # Asked before saying no to this job: "call me first".
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    state: Mapped[CallBackState] = choice_column(CallBackState, default=CallBackState.OPEN)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[dt.date]
    tries: Mapped[int] = mapped_column(default=0)
    last_tried_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    owner: Mapped[Account | None] = relationship(foreign_keys=[owner_id])
    worker: Mapped[Worker | None] = relationship()


class Task(Model):
    """Something an adviser has to do for a person by a day."""

    __tablename__ = "task"
    __table_args__ = (
        check_choice("kind", TaskKind),
        check_together("done_at", "done_by_id"),
        Index("ix_task_desk", "owner_id", "done_at", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TaskKind] = choice_column(TaskKind)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    worker: Mapped[Worker] = relationship()
    owner: Mapped[Account | None] = relationship(foreign_keys=[owner_id])


class Complaint(Model):
    """Also without a name: then the code is the only way back to the answer."""

    __tablename__ = "complaint"
    __table_args__ = (
        check_choice("about", ComplaintAbout),
        check_choice("state", ComplaintState),
        check_together("answered_at", "answered_by_id"),
        CheckConstraint("state = 'open' OR answer <> ''", name="answer"),
        Index("ix_complaint_desk", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[ComplaintAbout] = choice_column(ComplaintAbout)
    text: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str | None] = mapped_column(String(20))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    state: Mapped[ComplaintState] = choice_column(ComplaintState, default=ComplaintState.OPEN)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[dt.date]
    answer: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    owner: Mapped[Account | None] = relationship(foreign_keys=[owner_id])
