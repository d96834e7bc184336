"""The adviser's counter and the clerk's desk: one key calls the next number, one form ends it."""

import datetime as dt
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.access.states import CASE_STAFF, STAFF, Role
from portal.common.clock import now, today
from portal.counselling import kiosk_views
from portal.counselling import tickets as ops
from portal.counselling.contact_views import contact_form, defaults
from portal.counselling.states import ContactKind, TicketState
from portal.counselling.ticket_blueprint import bp
from portal.counselling.ticket_forms import (
    HandOverForm,
    NextForm,
    SeatForm,
    TakeOutForm,
    TicketForm,
    WaitingTimesFilter,
)
from portal.counselling.ticket_models import Ticket
from portal.counselling.ticket_queries import (
    Tickets,
    lines_of,
    open_ticket_of,
    seat_of,
    seats_with_names,
    waited_minutes,
)
from portal.counselling.waiting_times import LONGEST_PERIOD, times_between
from portal.errors import Refused
from portal.extensions import db
from portal.web.access import allow
from portal.web.lists import paginate
from portal.workers.blueprint import someone

__all__ = ["bp", "kiosk_views"]

# The counter shows so many numbers of a purpose; the others are a count.
SHOWN_OF_A_LINE = 6
SHOWN_MISSED = 6


def _counter() -> Response:
    return redirect(url_for("tickets.counter"))


@bp.get("/desk/counter")
@allow(*CASE_STAFF)
def counter() -> str:
    account, day, moment = someone(), today(), now()
    seat = seat_of(account, day)
    if seat is None:
        form = SeatForm(formdata=None)
        return render_template(
            "counselling/counter_seat.html", form=form, seats=seats_with_names(day), seat=None
        )
    return _counter_page(account, seat, day, moment)


def _counter_page(account: Any, seat: Any, day: dt.date, moment: dt.datetime) -> str:
    current = open_ticket_of(account, day)
    seats = seats_with_names(day)
    missed = Tickets().on_day(day).in_states(TicketState.MISSED).last_called_first().query.limit(SHOWN_MISSED)
    form = None
    if current is not None:
        known = defaults(current, None, None) | {"back": url_for("tickets.counter")}
        form = contact_form(formdata=None, data=known)
    return render_template(
        "counselling/counter.html",
        seat=seat,
        current=current,
        form=form,
        worker=None,
        lines=lines_of(day, [one for one, _name in seats], seat.serves),
        missed=list(db.session.scalars(missed)),
        served=Tickets().on_day(day).in_states(TicketState.DONE).of_adviser(account).count(),
        hand_over=_hand_over_form(current, seats) if current is not None else None,
        minutes=lambda ticket: waited_minutes(ticket, moment),
        shown=SHOWN_OF_A_LINE,
    )


def _hand_over_form(ticket: Ticket | None, seats: Any) -> HandOverForm:
    others = [
        (one.counter, _("Quầy %(counter)s, %(name)s", counter=one.counter, name=name))
        for one, name in seats
        if ticket is None or one.counter != ticket.counter
    ]
    if request.method == "POST":
        return HandOverForm(counters=others)
    purpose = ticket.purpose.value if ticket is not None else None
    return HandOverForm(formdata=None, counters=others, data={"purpose": purpose})


@bp.get("/desk/counter/seat")
@allow(*CASE_STAFF)
def choose_seat() -> str:
    day = today()
    seat = seat_of(someone(), day)
    known = {"counter": seat.counter, "purposes": seat.purposes.split(",")} if seat is not None else {}
    return render_template(
        "counselling/counter_seat.html",
        form=SeatForm(formdata=None, data=known),
        seats=seats_with_names(day),
        seat=seat,
    )


@bp.post("/desk/counter/seat")
@allow(*CASE_STAFF)
def take_seat() -> Any:
    form = SeatForm()
    if not form.validate():
        seats, seat = seats_with_names(today()), seat_of(someone(), today())
        return render_template("counselling/counter_seat.html", form=form, seats=seats, seat=seat), 422
    purposes = [ContactKind(value) for value in form.purposes.data or ()]
    seat = ops.take_seat(str(form.counter.data), purposes, actor=someone(), now=now())
    db.session.commit()
    flash(_("Bạn đang ngồi quầy %(counter)s.", counter=seat.counter), "good")
    return _counter()


@bp.post("/desk/counter/leave")
@allow(*CASE_STAFF)
def leave_seat() -> Response:
    ops.leave_seat(actor=someone(), now=now())
    db.session.commit()
    flash(_("Bạn đã rời quầy."), "water")
    return _counter()


@bp.post("/desk/counter/next")
@allow(*CASE_STAFF)
def call_next() -> Response:
    form = NextForm()
    if not form.validate():
        raise Refused(_("Hãy chọn một việc trong danh sách."))
    purposes = [ContactKind(form.purpose.data)] if form.purpose.data else None
    ticket = ops.call_next(actor=someone(), now=now(), purposes=purposes)
    db.session.commit()
    if ticket is None:
        flash(_("Không còn ai đang chờ quầy của bạn."), "water")
    return _counter()


@bp.post("/desk/tickets/<int:ticket_id>/again")
@allow(*CASE_STAFF)
def call_again(ticket_id: int) -> Response:
    actor = someone()
    ticket = ops.call_again(ops.held_by(ticket_id, actor=actor), actor=actor, now=now())
    db.session.commit()
    flash(
        _("Đã gọi lại số %(number)s (lần %(n)s).", number=ticket.number, n=ticket.times_called),
        "good",
    )
    return _counter()


@bp.post("/desk/tickets/<int:ticket_id>/missed")
@allow(*CASE_STAFF)
def missed(ticket_id: int) -> Response:
    actor = someone()
    ticket = ops.missed(ops.held_by(ticket_id, actor=actor), actor=actor, now=now())
    db.session.commit()
    flash(_("Số %(number)s không có mặt.", number=ticket.number), "water")
    return _counter()


@bp.post("/desk/tickets/<int:ticket_id>/done")
@allow(*CASE_STAFF)
def done(ticket_id: int) -> Response:
    """Without a contact: somebody who only asked the way."""
    actor = someone()
    ticket = ops.finish(ops.held_by(ticket_id, actor=actor), actor=actor, now=now())
    db.session.commit()
    flash(_("Số %(number)s đã xong, không ghi lượt tư vấn.", number=ticket.number), "good")
    return _counter()


@bp.post("/desk/tickets/<int:ticket_id>/hand-over")
@allow(*CASE_STAFF)
def hand_over(ticket_id: int) -> Response:
    actor = someone()
    ticket = ops.held_by(ticket_id, actor=actor)
    form = _hand_over_form(ticket, seats_with_names(ticket.day))
    if not form.validate():
        raise Refused(_("Hãy chọn một việc và một quầy trong danh sách."))
    purpose = ContactKind(form.purpose.data)
    ops.hand_over(ticket, purpose, form.counter.data or "", actor=actor, now=now())
    db.session.commit()
    flash(_("Đã chuyển số %(number)s.", number=ticket.number), "good")
    return _counter()


@bp.post("/desk/tickets/<int:ticket_id>/put-back")
@allow(*CASE_STAFF)
def put_back(ticket_id: int) -> Response:
    ticket = ops.put_back(ticket_id, actor=someone(), now=now())
    db.session.commit()
    flash(_("Số %(number)s đã quay lại hàng.", number=ticket.number), "good")
    return _counter()


# The clerk ---------------------------------------------------------------------------------------------


@bp.get("/desk/tickets")
@allow(*STAFF)
def tickets() -> str:
    return _clerks_page(TicketForm(formdata=None))


def _clerks_page(form: TicketForm) -> str:
    day, moment = today(), now()
    made = request.args.get("made", type=int) or 0
    return render_template(
        "counselling/tickets.html",
        form=form,
        purposes=list(ContactKind),
        made=Tickets().on_day(day).numbered(made).first() if 0 < made < 10_000 else None,
        page=paginate(Tickets().on_day(day).with_list_data().newest_number_first().query),
        waiting=Tickets().on_day(day).waiting().count(),
        minutes=lambda ticket: waited_minutes(ticket, moment),
        states=TicketState,
    )


@bp.post("/desk/tickets")
@allow(*STAFF)
def give_ticket() -> Any:
    form = TicketForm()
    if not form.validate():
        return _clerks_page(form), 422
    ticket = ops.make_ticket(
        ContactKind(form.purpose.data), actor=someone(), now=now(), is_priority=form.is_priority.data
    )
    db.session.commit()
    return redirect(url_for("tickets.tickets", made=ticket.number))


@bp.post("/desk/tickets/take-out")
@allow(*STAFF)
def take_out() -> Response:
    form = TakeOutForm()
    chosen = [one for one in form.tickets.data or () if 0 < one < 2**31] if form.validate() else []
    count = ops.take_out(chosen, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã bỏ %(n)s số khỏi hàng chờ.", n=count), "good" if count else "water")
    return redirect(url_for("tickets.tickets"))


# Waiting times -----------------------------------------------------------------------------------------


@bp.get("/desk/waiting-times")
@allow(Role.ADVISER, Role.LEADER)
def waiting_times() -> str:
    form, day = WaitingTimesFilter(request.args), today()
    valid = form.validate()
    first, last = (form.first.data, form.last.data) if valid else (None, None)
    last = last or (max(day, first) if first else day)
    first = first or last
    cut = last - first > LONGEST_PERIOD
    first = max(first, last - LONGEST_PERIOD)
    return render_template(
        "counselling/tickets_waiting_times.html",
        form=form,
        first=first,
        last=last,
        cut=cut,
        longest=LONGEST_PERIOD.days,
        times=times_between(first, last, someone()),
        waiting=Tickets().on_day(day).waiting().count() if first <= day <= last else None,
        sees_all=someone().role is Role.LEADER,
    )
