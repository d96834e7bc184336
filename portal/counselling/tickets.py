"""Every step of a number at the waiting desk: made, called, missed, handed over, ended.

No number is given twice and none is called by two: making locks the day's row, calling locks the ticket
(SKIP LOCKED on PostgreSQL, BEGIN IMMEDIATE on SQLite). Decision 0015 tells who is called next and why.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.events import on
from portal.counselling.events import ContactRecorded
from portal.counselling.permissions import may_record
from portal.counselling.states import ContactKind, TicketState
from portal.counselling.ticket_models import Seat, Ticket, TicketNumber
from portal.errors import DomainError, NotAllowed, Refused
from portal.extensions import db

# A double press within this time is one press.
DOUBLE_PRESS = dt.timedelta(seconds=3)
# After so many calls of people with priority in a row, an adviser's next call is the turn of the others.
PRIORITY_IN_A_ROW = 2
# What the machine in the hall gives at most: a child leaning on it must not fill the day.
MOST_A_MINUTE = 8
MOST_IN_TEN_MINUTES = 40


class TooManyPresses(DomainError):
    status = 429


# Making ------------------------------------------------------------------------------------------------


def make_ticket(
    purpose: ContactKind,
    *,
    actor: Account | None,
    now: dt.datetime,
    is_priority: bool = False,
    press_key: str | None = None,
) -> Ticket:
    """The next number of the local day. Without an actor: at the machine, with the key of that press."""
    day = local_date(now)
    last = _locked_day(day)
    if press_key is not None:
        same_press = db.session.scalars(select(Ticket).where(Ticket.press_key == press_key)).one_or_none()
        if same_press is not None:
            return same_press
    if actor is None:
        _insist_not_played_with(day, now)
    last.last += 1
    ticket = Ticket(
        day=day,
        number=last.last,
        purpose=purpose,
        is_priority=is_priority,
        press_key=press_key,
        made_by_id=actor.id if actor is not None else None,
        made_at=now,
    )
    db.session.add(ticket)
    db.session.flush()
    record("ticket.made", ticket, actor=actor, now=now)
    return ticket


def _locked_day(day: dt.date) -> TicketNumber:
    query = (
        select(TicketNumber)
        .where(TicketNumber.day == day)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = db.session.scalars(query).one_or_none()
    if row is not None:
        return row
    try:
        with db.session.begin_nested():
            row = TicketNumber(day=day, last=0)
            db.session.add(row)
        return row
    except IntegrityError:
        # Somebody else made the first number of the day in the same moment.
        return db.session.scalars(query).one()


def _insist_not_played_with(day: dt.date, now: dt.datetime) -> None:
    """Counted while the day is locked: presses at once do not slip past."""

    def since(minutes: int) -> int:
        moment = now - dt.timedelta(minutes=minutes)
        at_machine = (Ticket.day == day, Ticket.made_by_id.is_(None), Ticket.made_at > moment)
        return db.session.scalar(select(func.count()).select_from(Ticket).where(*at_machine)) or 0

    if since(1) >= MOST_A_MINUTE or since(10) >= MOST_IN_TEN_MINUTES:
        raise TooManyPresses(_("Máy vừa phát nhiều số. Hãy đợi một phút, hoặc gặp nhân viên để lấy số."))


# Counters ----------------------------------------------------------------------------------------------


def take_seat(
    counter: str, purposes: Iterable[ContactKind] = (), *, actor: Account, now: dt.datetime
) -> Seat:
    """One counter an adviser and one adviser a counter; who went away without leaving it is replaced."""
    _insist_at_desk(actor)
    day = local_date(now)
    if _open_ticket(actor, day) is not None:
        raise Refused(_("Bạn đang tiếp một người. Tiếp xong rồi mới đổi quầy."))
    sitting = db.session.scalars(_seats(day).where(Seat.counter == counter)).one_or_none()
    if sitting is not None and sitting.account_id != actor.id:
        holder = db.session.get_one(Account, sitting.account_id)
        if _open_ticket(holder, day) is not None:
            raise Refused(
                _("Quầy %(counter)s đang có %(name)s tiếp người.", counter=counter, name=holder.display_name)
            )
        db.session.delete(sitting)
    own = db.session.scalars(_seats(day).where(Seat.account_id == actor.id)).one_or_none()
    try:
        with db.session.begin_nested():
            if own is None:
                own = Seat(day=day, account_id=actor.id, counter=counter)
                db.session.add(own)
            elif own.counter != counter:
                _release(own)
                own.counter = counter
            own.purposes = ",".join(one.value for one in ContactKind if one in set(purposes))
    except IntegrityError as error:
        raise Refused(_("Quầy %(counter)s vừa có người khác nhận.", counter=counter)) from error
    record("seat.taken", own, actor=actor, now=now, counter=counter)
    return own


def leave_seat(*, actor: Account, now: dt.datetime) -> None:
    day = local_date(now)
    seat = db.session.scalars(_seats(day).where(Seat.account_id == actor.id)).one_or_none()
    if seat is None:
        return
    if _open_ticket(actor, day) is not None:
        raise Refused(_("Bạn đang tiếp một người. Tiếp xong rồi mới rời quầy."))
    _release(seat)
    record("seat.left", seat, actor=actor, now=now, counter=seat.counter)
    db.session.delete(seat)
    db.session.flush()


def _release(seat: Seat) -> None:
    """Who was handed over to this counter waits for any counter again."""
    waiting = select(Ticket).where(
        Ticket.day == seat.day, Ticket.state == TicketState.WAITING, Ticket.for_counter == seat.counter
    )
    for ticket in db.session.scalars(waiting.order_by(Ticket.id).with_for_update()):
        ticket.for_counter = ""


def _seats(day: dt.date) -> Select[tuple[Seat]]:
    return select(Seat).where(Seat.day == day).with_for_update().execution_options(populate_existing=True)


def _insist_at_desk(actor: Account) -> None:
    if not may_record(actor):
        raise NotAllowed


# Calling -----------------------------------------------------------------------------------------------


def call_next(
    *, actor: Account, now: dt.datetime, purposes: Collection[ContactKind] | None = None
) -> Ticket | None:
    """The next number for this adviser's counter, or None when nobody waits."""
    _insist_at_desk(actor)
    day = local_date(now)
    # The seat stays locked: two presses of one adviser come one after the other.
    seat = db.session.scalars(_seats(day).where(Seat.account_id == actor.id)).one_or_none()
    if seat is None:
        raise Refused(_("Hãy chọn quầy bạn đang ngồi trước khi gọi số."))
    held = _open_ticket(actor, day)
    if held is not None:
        if held.called_at is not None and now - held.called_at < DOUBLE_PRESS:
            return held
        raise Refused(
            _(
                "Số %(number)s còn đang mở: hãy lưu lượt tư vấn hoặc bấm “Không có mặt” rồi mới gọi số sau.",
                number=held.number,
            )
        )
    ticket = _take_from_queue(actor, seat, purposes or seat.serves)
    if ticket is None:
        return None
    ticket.state = TicketState.CALLED
    ticket.adviser_id = actor.id
    ticket.counter, ticket.for_counter = seat.counter, ""
    ticket.times_called += 1
    ticket.called_at = now
    ticket.first_called_at = ticket.first_called_at or now
    db.session.flush()
    record("ticket.called", ticket, actor=actor, now=now, counter=seat.counter)
    return ticket


def _take_from_queue(actor: Account, seat: Seat, purposes: Collection[ContactKind]) -> Ticket | None:
    waiting = (
        select(Ticket)
        .where(
            Ticket.day == seat.day,
            Ticket.state == TicketState.WAITING,
            Ticket.purpose.in_(list(purposes)),
            Ticket.for_counter.in_(["", seat.counter]),
        )
        .order_by(Ticket.number, Ticket.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    others_first = _others_turn(actor, seat.day)
    for is_priority in (False, True) if others_first else (True, False):
        ticket = db.session.scalars(waiting.where(Ticket.is_priority.is_(is_priority))).one_or_none()
        if ticket is not None:
            return ticket
    return None


def _others_turn(actor: Account, day: dt.date) -> bool:
    """Priority goes first, but not without end: each adviser's every third call is an ordinary number."""
    mine = select(Ticket.is_priority).where(Ticket.day == day, Ticket.adviser_id == actor.id)
    last = db.session.scalars(
        mine.order_by(Ticket.called_at.desc(), Ticket.id.desc()).limit(PRIORITY_IN_A_ROW)
    )
    return list(last) == [True] * PRIORITY_IN_A_ROW


def _open_ticket(account: Account, day: dt.date) -> Ticket | None:
    query = select(Ticket).where(
        Ticket.day == day, Ticket.state == TicketState.CALLED, Ticket.adviser_id == account.id
    )
    return db.session.scalars(query.with_for_update()).one_or_none()


# With a called number ----------------------------------------------------------------------------------


def held_by(ticket_id: int, *, actor: Account) -> Ticket:
    """The called number, locked, if it is this adviser's; what was ended in the meantime is said."""
    _insist_at_desk(actor)
    query = select(Ticket).where(Ticket.id == ticket_id).with_for_update()
    ticket = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if ticket is None or ticket.state != TicketState.CALLED or ticket.adviser_id != actor.id:
        raise Refused(_("Số này không còn mở ở quầy của bạn."))
    return ticket


def call_again(ticket: Ticket, *, actor: Account, now: dt.datetime) -> Ticket:
    ticket.times_called += 1
    ticket.called_at = now
    db.session.flush()
    record("ticket.called_again", ticket, actor=actor, now=now)
    return ticket


def missed(ticket: Ticket, *, actor: Account, now: dt.datetime) -> Ticket:
    return _end(ticket, TicketState.MISSED, "ticket.missed", actor, now)


def finish(ticket: Ticket, *, actor: Account, now: dt.datetime) -> Ticket:
    return _end(ticket, TicketState.DONE, "ticket.done", actor, now)


def _end(ticket: Ticket, state: TicketState, what: str, actor: Account | None, now: dt.datetime) -> Ticket:
    ticket.state = state
    ticket.ended_at = now
    db.session.flush()
    record(what, ticket, actor=actor, now=now)
    return ticket


@on(ContactRecorded)
def finish_with_contact(event: ContactRecorded) -> None:
    """What was asked for is written down: the number is done."""
    if event.contact.ticket_id is not None:
        finish(held_by(event.contact.ticket_id, actor=event.actor), actor=event.actor, now=event.now)


def hand_over(
    ticket: Ticket, purpose: ContactKind, counter: str = "", *, actor: Account, now: dt.datetime
) -> Ticket:
    """Back into the queue under its own number, for another purpose or another counter."""
    if purpose == ticket.purpose and counter in ("", ticket.counter):
        raise Refused(_("Hãy chọn việc khác hoặc quầy khác."))
    seated = select(Seat.id).where(Seat.day == ticket.day, Seat.counter == counter)
    if counter and db.session.scalar(seated) is None:
        raise Refused(_("Quầy %(counter)s đang không có ai ngồi.", counter=counter))
    ticket.purpose, ticket.for_counter = purpose, counter
    _back_to_queue(ticket)
    db.session.flush()
    record("ticket.handed_over", ticket, actor=actor, now=now, purpose=purpose.value, counter=counter)
    return ticket


def put_back(ticket_id: int, *, actor: Account, now: dt.datetime) -> Ticket:
    """Who was not there when called comes back under the same number, once and on the same day."""
    _insist_at_desk(actor)
    query = select(Ticket).where(Ticket.id == ticket_id).with_for_update()
    ticket = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if ticket is None or ticket.state != TicketState.MISSED or ticket.day != local_date(now):
        raise Refused(_("Số này không đưa lại hàng được nữa."))
    if ticket.was_put_back:
        raise Refused(_("Số này đã quay lại hàng một lần. Hãy lấy số mới."))
    ticket.was_put_back = True
    ticket.ended_at = None
    _back_to_queue(ticket)
    db.session.flush()
    record("ticket.put_back", ticket, actor=actor, now=now)
    return ticket


def _back_to_queue(ticket: Ticket) -> None:
    ticket.state = TicketState.WAITING
    ticket.adviser_id = None
    ticket.called_at = None
    ticket.counter = ""


# What nobody called ------------------------------------------------------------------------------------


def take_out(ids: Collection[int], *, actor: Account, now: dt.datetime) -> int:
    """Numbers behind which nobody stands (a child pressed, a person went home); how many were taken out."""
    if not actor.is_staff:
        raise NotAllowed
    query = select(Ticket).where(Ticket.id.in_(list(ids)), Ticket.state == TicketState.WAITING)
    waiting = db.session.scalars(query.order_by(Ticket.id).with_for_update()).all()
    for ticket in waiting:
        _end(ticket, TicketState.LEFT, "ticket.left", actor, now)
    return len(waiting)


def close_earlier_days(now: dt.datetime) -> None:
    """The hall is empty at night: who was never called has left, who was called has been seen."""
    endings = {TicketState.WAITING: TicketState.LEFT, TicketState.CALLED: TicketState.DONE}
    query = select(Ticket).where(Ticket.day < local_date(now), Ticket.state.in_(list(endings)))
    for ticket in db.session.scalars(query.order_by(Ticket.id).with_for_update()):
        _end(ticket, endings[ticket.state], "ticket.closed_at_night", None, now)
