"""A morning at the waiting desk: the last working day's numbers are served, today's hall is half full."""

import datetime as dt
import heapq
import random
from typing import Any

from sqlalchemy import insert

from portal.common.clock import LOCAL_ZONE, local_date
from portal.counselling.states import ContactKind, TicketState
from portal.counselling.ticket_models import Seat, Ticket, TicketNumber
from portal.demo import hours
from portal.extensions import db
from portal.web.transactions import write_transaction

PEOPLE = 44
PURPOSES = {
    ContactKind.BENEFIT: 16, ContactKind.JOB: 14, ContactKind.ABROAD: 5, ContactKind.TRAINING: 4,
    ContactKind.POLICY: 3,
}  # fmt: skip
MORNING = dt.timedelta(hours=2)
MINUTE = dt.timedelta(minutes=1)
SATURDAY = 5


def make_tickets(adviser_ids: list[int], rng: random.Random, now: dt.datetime) -> None:
    """Who signs in as adviser has no counter yet: taking one is the first thing to try."""
    colleagues = adviser_ids[1:4]
    today = local_date(now)
    midnight = dt.datetime.combine(today, dt.time(), tzinfo=LOCAL_ZONE)
    worked = today - dt.timedelta(days=1)
    while worked.weekday() >= SATURDAY:
        worked -= dt.timedelta(days=1)
    opened = hours.at(worked, hours.OPENS)
    begun = max(now - MORNING, midnight.astimezone(dt.UTC))
    with write_transaction():
        _insert_day(worked, opened, opened + MORNING, hours.at(worked, hours.ENDS), colleagues, rng)
        _insert_day(today, begun, now, now, colleagues, rng)
        for counter, account_id in enumerate(colleagues, start=2):
            purposes = ContactKind.BENEFIT.value if counter == 2 else ""
            db.session.add(Seat(day=today, account_id=account_id, counter=str(counter), purposes=purposes))


def _insert_day(
    day: dt.date, first: dt.datetime, last: dt.datetime, until: dt.datetime, advisers: list[int],
    rng: random.Random,
) -> None:  # fmt: skip
    """People come between `first` and `last`; what is seen of them is the state at `until`."""
    came = sorted(first + (last - first) * rng.random() for _ in range(PEOPLE))
    free = [(first, place) for place in range(len(advisers))]
    rows = []
    for number, made_at in enumerate(came, start=1):
        begins, place = heapq.heappop(free)
        called_at = max(begins, made_at + MINUTE / 2)
        ends = called_at + MINUTE * rng.uniform(6, 15)
        heapq.heappush(free, (ends, place))
        rows.append(_row(day, number, made_at, called_at, ends, until, advisers[place], str(place + 2), rng))
    db.session.execute(insert(Ticket), rows)
    db.session.add(TicketNumber(day=day, last=PEOPLE))


def _row(
    day: dt.date, number: int, made_at: dt.datetime, called_at: dt.datetime, ends: dt.datetime,
    until: dt.datetime, adviser_id: int, counter: str, rng: random.Random,
) -> dict[str, Any]:  # fmt: skip
    state = TicketState.MISSED if rng.random() < 0.07 else TicketState.DONE
    if called_at > until:
        state = TicketState.WAITING
    elif ends > until:
        state = TicketState.CALLED
    called = state is not TicketState.WAITING
    return {
        "day": day,
        "number": number,
        "purpose": rng.choices(list(PURPOSES), list(PURPOSES.values()))[0],
        "state": state,
        "is_priority": rng.random() < 0.12,
        "made_at": made_at,
        "adviser_id": adviser_id if called else None,
        "counter": counter if called else "",
        "times_called": 1 if called else 0,
        "first_called_at": called_at if called else None,
        "called_at": called_at if called else None,
        "ended_at": min(ends, until) if state in (TicketState.DONE, TicketState.MISSED) else None,
    }
