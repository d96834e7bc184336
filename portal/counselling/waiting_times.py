"""How long people wait: what a new number is told, and what leaders read of a period."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import func, select

from portal.access.models import Account
from portal.access.states import Role
from portal.common.clock import LOCAL_ZONE
from portal.counselling.states import ContactKind, TicketState
from portal.counselling.ticket_models import Seat, Ticket
from portal.extensions import db

# Before enough numbers of a day were called: so long does one counter take for one person.
MINUTES_A_PERSON = 8
ENOUGH_CALLS = 4
LOOKED_BACK = dt.timedelta(hours=1)
ROUNDED_TO = 5
# All rows of the period are read: a quarter of a year is about 20,000.
LONGEST_PERIOD = dt.timedelta(days=92)


def ahead_of(ticket: Ticket) -> int:
    """How many are called before it, as things stand."""
    before = Ticket.number < ticket.number
    waiting = select(func.count(Ticket.id)).where(
        Ticket.day == ticket.day, Ticket.state == TicketState.WAITING, Ticket.id != ticket.id
    )
    rule = Ticket.is_priority & before if ticket.is_priority else Ticket.is_priority | before
    return db.session.scalar(waiting.where(rule)) or 0


def likely_minutes(ahead: int, day: dt.date, now: dt.datetime) -> int:
    """By the pace of the last hour, rounded up to five minutes; nobody ahead is no wait."""
    if ahead == 0:
        return 0
    since = now - LOOKED_BACK
    calls, first = db.session.execute(
        select(func.count(Ticket.id), func.min(Ticket.first_called_at)).where(
            Ticket.day == day, Ticket.first_called_at > since
        )
    ).one()
    if calls >= ENOUGH_CALLS:
        pace = max(1.0, (now - first).total_seconds() / 60) / calls
    else:
        seats = db.session.scalar(select(func.count(Seat.id)).where(Seat.day == day)) or 0
        pace = MINUTES_A_PERSON / max(1, seats)
    return -(-round(ahead * pace) // ROUNDED_TO) * ROUNDED_TO or ROUNDED_TO


@dataclass(frozen=True, slots=True)
class Wait:
    """Minutes from taking the number to the first call."""

    label: Any
    people: int
    median: int
    longest: int


@dataclass(frozen=True, slots=True)
class Times:
    whole: Wait | None
    by_hour: list[Wait]
    by_purpose: list[Wait]
    served: list[tuple[str, int]]
    missed: int
    left: int


def times_between(first: dt.date, last: dt.date, account: Account) -> Times:
    """Leaders see every counter; an adviser what they served themselves: nobody is ranked."""
    rows = db.session.execute(
        select(
            Ticket.purpose, Ticket.state, Ticket.counter, Ticket.adviser_id, Ticket.made_at,
            Ticket.first_called_at,
        ).where(Ticket.day >= first, Ticket.day <= last)
    ).all()  # fmt: skip
    waits = [
        (row.made_at.astimezone(LOCAL_ZONE).hour, row.purpose, _minutes(row))
        for row in rows
        if row.first_called_at
    ]
    hours = _grouped((hour, minutes) for hour, _purpose, minutes in waits)
    purposes = _grouped((purpose, minutes) for _hour, purpose, minutes in waits)
    done = [row for row in rows if row.state == TicketState.DONE]
    if account.role is not Role.LEADER:
        done = [row for row in done if row.adviser_id == account.id]
    states = Counter(row.state for row in rows)
    return Times(
        whole=_wait("", [minutes for *_rest, minutes in waits]) if waits else None,
        by_hour=[_wait(hour, hours[hour]) for hour in sorted(hours)],
        by_purpose=[_wait(one.label, purposes[one]) for one in ContactKind if one in purposes],
        served=_served(Counter(row.counter for row in done)),
        missed=states[TicketState.MISSED],
        left=states[TicketState.LEFT],
    )


def _minutes(row: Any) -> int:
    return max(0, round((row.first_called_at - row.made_at).total_seconds() / 60))


def _grouped(pairs: Iterable[tuple[Hashable, int]]) -> dict[Any, list[int]]:
    found: defaultdict[Any, list[int]] = defaultdict(list)
    for key, minutes in pairs:
        found[key].append(minutes)
    return found


def _wait(label: Any, minutes: list[int]) -> Wait:
    return Wait(label, len(minutes), round(median(minutes)), max(minutes))


def _served(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (len(pair[0]), pair[0]))
