"""The machine in the hall, and the board above the counters (decision 0015).

A member of staff opens the machine; from then on its session holds nothing but that: no account, no rights.
It ends with the day, and with the account of who opened it.
"""

import secrets
from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.access.sessions import close_session, load_account
from portal.access.states import STAFF
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.counselling.states import ContactKind
from portal.counselling.ticket_blueprint import bp
from portal.counselling.ticket_forms import KioskForm, TicketForm
from portal.counselling.ticket_models import Ticket
from portal.counselling.ticket_queries import board as board_of
from portal.counselling.tickets import TooManyPresses, make_ticket
from portal.counselling.waiting_times import ahead_of, likely_minutes
from portal.extensions import db
from portal.web.access import PUBLIC, allow
from portal.workers.blueprint import someone

OPENED_ON, OPENED_BY, PRINTS, LAST = "kiosk_day", "kiosk_by", "kiosk_prints", "kiosk_ticket"
# A machine that nobody touches asks again, so that its session lives on until the evening.
IDLE_SECONDS = 300
NUMBER_SECONDS = 10
BOARD_SECONDS = 5


def _is_open() -> bool:
    """Only on the day it was opened, and only while who opened it may still come in."""
    return session.get(OPENED_ON) == today().isoformat() and (
        load_account(session.get(OPENED_BY, "")) is not None
    )


@bp.route("/desk/kiosk", methods=["GET", "POST"])
@allow(*STAFF)
def open_kiosk() -> Any:
    form = KioskForm() if request.method == "POST" else KioskForm(formdata=None, data={"prints": "no"})
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("counselling/kiosk_open.html", form=form), status
    account = someone()
    record("kiosk.opened", account, actor=account, now=now())
    db.session.commit()
    opened_by = account.get_id()
    close_session()
    session[OPENED_ON], session[OPENED_BY] = today().isoformat(), opened_by
    session[PRINTS] = form.prints.data == "yes"
    return redirect(url_for("tickets.kiosk"))


@bp.get("/kiosk")
@allow(PUBLIC)
def kiosk() -> Any:
    if not _is_open():
        if current_user.is_authenticated and current_user.role in STAFF:
            return redirect(url_for("tickets.open_kiosk"))
        return render_template("counselling/kiosk_closed.html")
    return _first_page()


def _first_page(problem: Any = None) -> str:
    return render_template(
        "counselling/kiosk.html",
        form=TicketForm(formdata=None, data={"press_key": secrets.token_urlsafe(12)}),
        purposes=list(ContactKind),
        problem=problem,
        seconds=IDLE_SECONDS if problem is None else NUMBER_SECONDS,
    )


@bp.post("/kiosk")
@allow(PUBLIC)
def press() -> Any:
    if not _is_open():
        return redirect(url_for("tickets.kiosk"))
    form = TicketForm()
    if not form.validate() or not form.press_key.data:
        return _first_page(_("Hãy chọn bạn đến về việc gì.")), 422
    try:
        ticket = make_ticket(
            ContactKind(form.purpose.data),
            actor=None,
            now=now(),
            is_priority=form.is_priority.data,
            press_key=form.press_key.data,
        )
    except TooManyPresses as error:
        db.session.rollback()
        return _first_page(error.sentence), error.status
    db.session.commit()
    session[LAST] = ticket.id
    return redirect(url_for("tickets.kiosk_number"))


@bp.get("/kiosk/number")
@allow(PUBLIC)
def kiosk_number() -> Any:
    ticket = db.session.get(Ticket, session.get(LAST, 0)) if _is_open() else None
    if ticket is None:
        return redirect(url_for("tickets.kiosk"))
    ahead = ahead_of(ticket)
    return render_template(
        "counselling/kiosk_number.html",
        ticket=ticket,
        ahead=ahead,
        minutes=likely_minutes(ahead, ticket.day, now()),
        prints=session.get(PRINTS),
        seconds=NUMBER_SECONDS,
    )


@bp.get("/board")
@allow(PUBLIC)
def board() -> Any:
    """Numbers only: open to everybody, also to who waits outside with a phone."""
    shown = board_of(today())
    page = Response(
        render_template("counselling/board.html", board=shown, seconds=BOARD_SECONDS), mimetype="text/html"
    )
    page.headers["Cache-Control"] = "no-cache"
    page.add_etag()
    return page.make_conditional(request)
