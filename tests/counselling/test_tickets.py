"""The waiting desk: no number twice, none called twice, nobody waits for ever."""

import datetime as dt
import threading
from typing import Any

import pytest
from sqlalchemy import select

from portal.access.models import Account
from portal.counselling import tickets
from portal.counselling.states import ContactKind, TicketState
from portal.counselling.ticket_models import Seat, Ticket
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.web.transactions import write_transaction

# 08:00 on a Monday in An Giang.
OPENS = dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC)
JOB, BENEFIT = ContactKind.JOB, ContactKind.BENEFIT


def minutes(count: int) -> dt.datetime:
    return OPENS + dt.timedelta(minutes=count)


@pytest.fixture
def adviser(make: Any) -> Account:
    account: Account = make.account("adviser")
    tickets.take_seat("1", actor=account, now=OPENS)
    return account


def queue(*kinds: str, actor: Account, purpose: ContactKind = JOB) -> list[Ticket]:
    """`queue("o", "p")`: an ordinary number, then one with priority."""
    return [
        tickets.make_ticket(purpose, actor=actor, now=minutes(n), is_priority=kind == "p")
        for n, kind in enumerate(kinds)
    ]


def serve(adviser: Account, count: int) -> list[int]:
    """The numbers in the order in which they are called."""
    called = []
    for n in range(count):
        ticket = tickets.call_next(actor=adviser, now=minutes(100 + n))
        assert ticket is not None
        tickets.finish(ticket, actor=adviser, now=minutes(100 + n))
        called.append(ticket.number)
    return called


def test_numbers_begin_at_one_each_local_day(adviser: Account) -> None:
    """Seventeen o'clock UTC is midnight here."""
    evening = dt.datetime(2026, 11, 23, 16, 59, tzinfo=dt.UTC)
    made = [tickets.make_ticket(JOB, actor=adviser, now=now) for now in (OPENS, evening)]
    next_day = tickets.make_ticket(JOB, actor=adviser, now=evening + dt.timedelta(minutes=1))
    assert [one.number for one in made] == [1, 2]
    assert (next_day.number, next_day.day) == (1, dt.date(2026, 11, 24))


def test_who_came_first_is_called_first(adviser: Account) -> None:
    queue("o", "o", "o", actor=adviser)
    assert serve(adviser, 3) == [1, 2, 3]


def test_priority_goes_first_but_every_third_call_is_an_ordinary_number(adviser: Account) -> None:
    queue("o", "o", "o", "p", "p", "p", "p", "p", actor=adviser)
    assert serve(adviser, 8) == [4, 5, 1, 6, 7, 2, 8, 3]


def test_nobody_with_priority_waits_for_an_ordinary_number_that_is_not_there(adviser: Account) -> None:
    queue("p", "p", "p", actor=adviser)
    assert serve(adviser, 3) == [1, 2, 3]


def test_a_counter_calls_only_what_it_is_there_for(make: Any, adviser: Account) -> None:
    queue("o", actor=adviser)
    queue("o", actor=adviser, purpose=BENEFIT)
    other = make.account("adviser")
    tickets.take_seat("2", [BENEFIT], actor=other, now=OPENS)
    assert serve(other, 1) == [2]
    assert tickets.call_next(actor=other, now=minutes(200)) is None
    assert tickets.call_next(actor=other, now=minutes(200), purposes=[JOB]).number == 1


def test_one_adviser_holds_one_number(adviser: Account) -> None:
    queue("o", "o", actor=adviser)
    first = tickets.call_next(actor=adviser, now=minutes(5))
    second = tickets.call_next(actor=adviser, now=minutes(5) + dt.timedelta(seconds=1))
    assert first is second, "a double press is one press"
    with pytest.raises(Refused, match="Số 1 còn đang mở"):
        tickets.call_next(actor=adviser, now=minutes(6))
    assert first.state == TicketState.CALLED


def test_without_a_counter_nobody_calls(make: Any, adviser: Account) -> None:
    queue("o", actor=adviser)
    with pytest.raises(Refused, match="chọn quầy"):
        tickets.call_next(actor=make.account("adviser"), now=minutes(1))
    with pytest.raises(NotAllowed):
        tickets.call_next(actor=make.account("moderator"), now=minutes(1))


def test_who_missed_the_call_comes_back_once_under_the_same_number(adviser: Account) -> None:
    queue("o", "o", actor=adviser)
    for again in (False, True):
        called = tickets.call_next(actor=adviser, now=minutes(10))
        assert called.number == 1
        tickets.missed(called, actor=adviser, now=minutes(11))
        if again:
            with pytest.raises(Refused, match="một lần"):
                tickets.put_back(called.id, actor=adviser, now=minutes(12))
        else:
            tickets.put_back(called.id, actor=adviser, now=minutes(12))
    assert serve(adviser, 1) == [2]
    assert called.times_called == 2 and called.first_called_at == minutes(10)


def test_a_number_handed_over_waits_for_that_counter_and_no_longer_than_it_is_there(
    make: Any, adviser: Account
) -> None:
    queue("o", "o", actor=adviser)
    other = make.account("adviser")
    tickets.take_seat("2", actor=other, now=OPENS)
    called = tickets.call_next(actor=adviser, now=minutes(5))
    with pytest.raises(Refused, match="việc khác hoặc quầy khác"):
        tickets.hand_over(called, JOB, actor=adviser, now=minutes(6))
    with pytest.raises(Refused, match="không có ai ngồi"):
        tickets.hand_over(called, JOB, "9", actor=adviser, now=minutes(6))
    tickets.hand_over(called, JOB, "2", actor=adviser, now=minutes(6))
    second = tickets.call_next(actor=adviser, now=minutes(7))
    assert second.number == 2
    tickets.finish(second, actor=adviser, now=minutes(8))
    assert tickets.call_next(actor=adviser, now=minutes(9)) is None
    tickets.leave_seat(actor=other, now=minutes(10))
    assert serve(adviser, 1) == [1]


def test_a_counter_is_not_taken_from_who_serves_somebody_but_from_who_went_home(
    make: Any, adviser: Account
) -> None:
    queue("o", actor=adviser)
    called = tickets.call_next(actor=adviser, now=minutes(1))
    other = make.account("adviser")
    with pytest.raises(Refused, match="đang có"):
        tickets.take_seat("1", actor=other, now=minutes(2))
    with pytest.raises(Refused, match="Tiếp xong"):
        tickets.leave_seat(actor=adviser, now=minutes(2))
    tickets.finish(called, actor=adviser, now=minutes(3))
    tickets.take_seat("1", actor=other, now=minutes(4))
    assert [seat.account_id for seat in db.session.scalars(select(Seat))] == [other.id]


def test_one_press_at_the_machine_is_one_number_and_a_hundred_are_few(adviser: Account) -> None:
    twice = [tickets.make_ticket(JOB, actor=None, now=OPENS, press_key="a") for _ in range(2)]
    assert twice[0] is twice[1]
    made = 1
    for n in range(100):
        try:
            tickets.make_ticket(JOB, actor=None, now=OPENS + dt.timedelta(seconds=n // 4), press_key=f"k{n}")
            made += 1
        except tickets.TooManyPresses:
            pass
    assert made == tickets.MOST_A_MINUTE
    # The clerk goes on, and after a minute the machine does too.
    assert tickets.make_ticket(JOB, actor=adviser, now=OPENS).number == made + 1
    assert tickets.make_ticket(JOB, actor=None, now=minutes(3), press_key="z").number == made + 2


def test_the_night_closes_what_was_left_and_leaves_today_alone(adviser: Account) -> None:
    waiting, called = queue("o", "p", actor=adviser)
    assert tickets.call_next(actor=adviser, now=minutes(5)) is called
    tickets.close_earlier_days(minutes(60))
    assert (waiting.state, called.state) == (TicketState.WAITING, TicketState.CALLED)
    tickets.close_earlier_days(minutes(24 * 60))
    assert (waiting.state, called.state) == (TicketState.LEFT, TicketState.DONE)
    assert waiting.adviser_id is None and waiting.called_at is None


def test_forty_people_and_four_advisers_at_once_with_a_clerk_still_making_numbers(
    app: Any, make: Any, session: Any
) -> None:
    """Every number is called exactly once, none is lost, and they are 1 to 40."""
    clerk, advisers = make.account("moderator").id, [make.account("adviser").id for _ in range(4)]
    for place, account_id in enumerate(advisers, start=1):
        tickets.take_seat(str(place), actor=session.get(Account, account_id), now=OPENS)
    session.commit()
    barrier, made, called = threading.Barrier(6), [], []
    trouble: list[BaseException] = []

    def make_twenty(account_id: int) -> None:
        for n in range(20):
            with write_transaction():
                actor = db.session.get(Account, account_id)
                number = tickets.make_ticket(JOB, actor=actor, now=minutes(n), is_priority=n % 5 == 0).number
            made.append(number)

    def call_until_forty(account_id: int) -> None:
        while len(called) < 40:
            with write_transaction():
                actor = db.session.get(Account, account_id)
                ticket = tickets.call_next(actor=actor, now=minutes(60))
            if ticket is not None:
                called.append(ticket.number)
                with write_transaction():
                    actor = db.session.get(Account, account_id)
                    tickets.finish(tickets.held_by(ticket.id, actor=actor), actor=actor, now=minutes(61))

    def run(work: Any, account_id: int) -> None:
        with app.app_context():
            try:
                barrier.wait()
                work(account_id)
            except BaseException as error:
                trouble.append(error)
            finally:
                db.session.remove()

    jobs = [(make_twenty, clerk)] * 2 + [(call_until_forty, one) for one in advisers]
    threads = [threading.Thread(target=run, args=job, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not trouble
    assert sorted(made) == list(range(1, 41))
    assert sorted(called) == list(range(1, 41))
    session.rollback()
    rows = session.execute(select(Ticket.state, Ticket.times_called, Ticket.adviser_id)).all()
    assert {(state, times) for state, times, _ in rows} == {(TicketState.DONE, 1)}
    assert {one for _, _, one in rows} <= set(advisers)


def test_a_number_is_taken_out_by_staff_only(make: Any, session: Any) -> None:
    ticket = tickets.make_ticket(ContactKind.JOB, actor=None, now=OPENS, press_key="staff-only")
    with pytest.raises(NotAllowed):
        tickets.take_out([ticket.id], actor=make.account("seeker"), now=OPENS)
