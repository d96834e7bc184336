"""The waiting desk: numbers of the day, and who sits at which counter."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.counselling.states import ContactKind, TicketState
from portal.extensions import Model


class Ticket(Model):
    """Who holds it is not known here: the contact that ends it may name a person."""

    __tablename__ = "ticket"
    __table_args__ = (
        check_choice("purpose", ContactKind),
        check_choice("state", TicketState),
        UniqueConstraint("day", "number"),
        CheckConstraint("(state IN ('waiting', 'left')) = (adviser_id IS NULL)", name="adviser"),
        CheckConstraint("(state IN ('waiting', 'left')) = (called_at IS NULL)", name="called"),
        CheckConstraint("(state IN ('done', 'missed', 'left')) = (ended_at IS NOT NULL)", name="ended"),
        Index("ix_ticket_queue", "day", "state", "is_priority", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The local day.
    day: Mapped[dt.date]
    number: Mapped[int]
    purpose: Mapped[ContactKind] = choice_column(ContactKind)
    state: Mapped[TicketState] = choice_column(TicketState, default=TicketState.WAITING)
    # Called before others (old, pregnant, disabled, with a small child); why is not written down.
    is_priority: Mapped[bool] = mapped_column(default=False)
    # One press of a button makes one ticket, however often the machine sends it. Empty: made by the clerk.
    press_key: Mapped[str | None] = mapped_column(String(32), unique=True)
    # None: taken at the machine in the hall.
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    counter: Mapped[str] = mapped_column(String(20), default="")
    # Handed over to this counter: no other calls it.
    for_counter: Mapped[str] = mapped_column(String(20), default="")
    times_called: Mapped[int] = mapped_column(default=0)
    # Who missed their call may come back into the queue once.
    was_put_back: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # The wait ends here; later calls of the same number do not make it longer.
    first_called_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    called_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    adviser: Mapped[Account | None] = relationship(foreign_keys=[adviser_id])


class TicketNumber(Model):
    """The last number given on a day; locked while one is made, so none is given twice."""

    __tablename__ = "ticket_number"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Seat(Model):
    """Which counter an adviser sits at today, and what they are there for."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("day", "account_id"), UniqueConstraint("day", "counter"))

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[dt.date]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    counter: Mapped[str] = mapped_column(String(20))
    # Values of ContactKind with commas between; empty is every purpose.
    purposes: Mapped[str] = mapped_column(String(60), default="")

    @property
    def serves(self) -> list[ContactKind]:
        asked = [ContactKind(value) for value in self.purposes.split(",") if value]
        return asked or list(ContactKind)
