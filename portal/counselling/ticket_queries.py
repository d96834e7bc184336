"""Asking for numbers: the queue, the counters, the board in the hall."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.counselling.states import ContactKind, TicketState
from portal.counselling.ticket_models import Seat, Ticket
from portal.extensions import db

SHOWN_ON_BOARD = 6
SHOWN_MISSED = 8


class Tickets:
    """`Tickets().on_day(day).waiting().by_number().query` is a `Select[Ticket]`."""

    def __init__(self, query: Select[tuple[Ticket]] | None = None) -> None:
        self.query: Select[tuple[Ticket]] = select(Ticket) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def on_day(self, day: dt.date) -> Self:
        return self.where(Ticket.day == day)

    def numbered(self, number: int) -> Self:
        return self.where(Ticket.number == number)

    def in_states(self, *states: TicketState) -> Self:
        return self.where(Ticket.state.in_(states))

    def waiting(self) -> Self:
        return self.in_states(TicketState.WAITING)

    def for_purposes(self, purposes: Iterable[ContactKind]) -> Self:
        return self.where(Ticket.purpose.in_(list(purposes)))

    def of_adviser(self, account: Account) -> Self:
        return self.where(Ticket.adviser_id == account.id)

    def by_number(self) -> Self:
        return type(self)(self.query.order_by(Ticket.number, Ticket.id))

    def newest_number_first(self) -> Self:
        return type(self)(self.query.order_by(Ticket.number.desc(), Ticket.id.desc()))

    def last_called_first(self) -> Self:
        return type(self)(self.query.order_by(Ticket.called_at.desc(), Ticket.id.desc()))

    def with_list_data(self) -> Self:
        return type(self)(self.query.options(joinedload(Ticket.adviser)))

    def all(self) -> list[Ticket]:
        return list(db.session.scalars(self.query))

    def first(self) -> Ticket | None:
        return db.session.scalars(self.query.limit(1)).one_or_none()

    def count(self) -> int:
        return db.session.scalar(select(func.count()).select_from(self.query.order_by(None).subquery())) or 0


def seat_of(account: Account, day: dt.date) -> Seat | None:
    return db.session.scalars(
        select(Seat).where(Seat.day == day, Seat.account_id == account.id)
    ).one_or_none()


def seats_with_names(day: dt.date) -> list[tuple[Seat, str]]:
    """Every counter that is taken, the lowest first, and who sits there."""
    query = select(Seat, Account.display_name).join(Account, Account.id == Seat.account_id)
    rows = [(seat, name) for seat, name in db.session.execute(query.where(Seat.day == day))]
    return sorted(rows, key=lambda row: (len(row[0].counter), row[0].counter))


def open_ticket_of(account: Account, day: dt.date) -> Ticket | None:
    return Tickets().on_day(day).in_states(TicketState.CALLED).of_adviser(account).first()


@dataclass(frozen=True, slots=True)
class Line:
    """Who waits for one purpose."""

    purpose: ContactKind
    tickets: list[Ticket]
    is_mine: bool
    # Somebody sits at a counter for it.
    is_served: bool


def waited_minutes(ticket: Ticket, now: dt.datetime) -> int:
    return max(0, int((now - ticket.made_at).total_seconds() // 60))


def lines_of(day: dt.date, seats: Iterable[Seat], mine: Iterable[ContactKind]) -> list[Line]:
    """The queue by purpose, whoever waits longest first within each."""
    waiting = Tickets().on_day(day).waiting().by_number().all()
    served = {purpose for seat in seats for purpose in seat.serves}
    own = set(mine)
    return [
        Line(
            purpose,
            [one for one in waiting if one.purpose == purpose],
            purpose in own,
            purpose in served,
        )
        for purpose in ContactKind
    ]


@dataclass(frozen=True, slots=True)
class Board:
    """Numbers only: what everybody in the hall may see."""

    called: list[Ticket]
    missed: list[Ticket]
    waiting: int

    @property
    def mark(self) -> str:
        """Changes when, and only when, the board reads differently."""
        called = [f"{one.number}.{one.counter}.{one.times_called}.{one.state.value}" for one in self.called]
        return " ".join([*called, "-", *(str(one.number) for one in self.missed), "-", str(self.waiting)])


def board(day: dt.date) -> Board:
    today = Tickets().on_day(day)
    called = today.in_states(TicketState.CALLED, TicketState.DONE).last_called_first()
    missed = today.in_states(TicketState.MISSED).where(Ticket.was_put_back.is_(False)).last_called_first()
    return Board(
        list(db.session.scalars(called.query.limit(SHOWN_ON_BOARD))),
        list(db.session.scalars(missed.query.limit(SHOWN_MISSED))),
        today.waiting().count(),
    )
