"""Contacts on the desk: one screen to write one down, the list with its counts, putting one's own right."""

import datetime as dt
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Select, select
from werkzeug.wrappers import Response

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import LOCAL_ZONE, now, today
from portal.counselling.blueprint import bp
from portal.counselling.contact_forms import ContactFilter, ContactForm
from portal.counselling.contacts import correct_contact, record_contact
from portal.counselling.models import CallBack, Contact
from portal.counselling.permissions import may_correct
from portal.counselling.queries import Contacts
from portal.counselling.rules import chip_days
from portal.counselling.states import AgeBand, ContactChannel, ContactKind, ContactOutcome
from portal.counselling.ticket_models import Ticket
from portal.errors import DomainError
from portal.extensions import db
from portal.reference.calendar import load_calendar
from portal.reference.places import places
from portal.web.access import allow, get_or_404
from portal.web.downloads import csv_response
from portal.web.lists import kept_filters, paginate
from portal.web.redirects import safe_back
from portal.web.transactions import write_transaction
from portal.workers.blueprint import someone
from portal.workers.models import Worker
from portal.workers.queries import Workers
from portal.workers.staff_views import note_look
from portal.workers.states import Sex

# As many as fit on the screen; who has a namesake more is found by phone.
MOST_FOUND = 8


def _id(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) <= 18 else None


def _worker(text: str | None) -> Worker | None:
    key = _id(text)
    return get_or_404(Workers().visible_to(someone()).live().by_id(key).query) if key is not None else None


def _row(model: type[Any], text: str | None, *conditions: Any) -> Any:
    """The ticket or the call-back that the contact ends; locked where it is going to be ended."""
    key = _id(text)
    if key is None:
        return None
    query: Select[Any] = select(model).where(model.id == key, *conditions)
    return get_or_404(query.with_for_update() if request.method == "POST" else query)


def _ticket(text: str | None) -> Ticket | None:
    found: Ticket | None = _row(Ticket, text, Ticket.adviser_id == someone().id)
    return found


def _call_back(text: str | None) -> CallBack | None:
    found: CallBack | None = _row(CallBack, text)
    return found


def contact_form(**given: Any) -> ContactForm:
    """A form with the days of its chips; for an empty one: `formdata=None` and what is known already."""
    return ContactForm(days=chip_days(today(), load_calendar(db.session)), **given)


def defaults(ticket: Ticket | None, call_back: CallBack | None, worker: Worker | None) -> dict[str, Any]:
    """What is known from where one came."""
    known: dict[str, Any] = {"worker": str(worker.id) if worker is not None else ""}
    if ticket is not None:
        known |= {"ticket": str(ticket.id), "kind": ticket.purpose.value}
    if call_back is not None:
        kind = call_back.kind or ContactKind.JOB
        known |= {"call_back": str(call_back.id), "kind": kind.value, "channel": ContactChannel.PHONE.value}
    return known


def _came_from() -> str:
    """The page with the button, when it is not this one."""
    back = safe_back(request.referrer) or ""
    return "" if back.startswith("/counselling/contacts/") else back


@bp.get("/contacts/new")
@allow(*CASE_STAFF)
def new_contact() -> Any:
    ticket, call_back = _ticket(request.args.get("ticket")), _call_back(request.args.get("call_back"))
    worker = _worker(request.args.get("worker"))
    if worker is None and call_back is not None and call_back.worker_id is not None:
        worker = _worker(str(call_back.worker_id))
    known = defaults(ticket, call_back, worker)
    form = contact_form(formdata=None, data=known | {"back": _came_from()})
    page = _form_page(form, worker)
    if worker is not None:
        note_look(worker.id)
    return page


def _form_page(form: ContactForm, worker: Worker | None) -> str:
    return render_template("counselling/contact_new.html", form=form, worker=worker)


@bp.post("/contacts/new")
@allow(*CASE_STAFF)
def save_contact() -> Any:
    form = contact_form()
    worker = _worker(form.worker.data)
    if worker is None:
        found = _search(form)
        if form.who.data and form.asked.data != form.who.data:
            return _offer(form, found)
        if "find" in request.form and not form.who.data:
            # Enter in the empty field: nothing is saved by mistake, the keys are ready.
            return _form_page(form, None)
        chosen = {str(one.id): one for one in found}
        worker = chosen.get(form.person.data or "")
        if form.asked.data and form.person.data not in ("", *chosen):
            form.person.data = None
    valid = form.validate()
    if form.asked.data and form.person.data is None:
        form.person.errors = [_("Hãy chọn một người, hoặc chọn “Không nêu tên”.")]
        valid = False
    if not valid:
        return _form_page(form, _worker(form.worker.data)), 422
    try:
        contact = _recorded(form, worker)
    except DomainError as error:
        if error.field is None:
            raise
        form.put_error(error)
        return _form_page(form, _worker(form.worker.data)), 422
    db.session.commit()
    return _after(contact, form)


def _recorded(form: ContactForm, worker: Worker | None) -> Contact:
    return record_contact(
        worker,
        actor=someone(),
        now=now(),
        ticket=_ticket(form.ticket.data),
        call_back=_call_back(form.call_back.data),
        **form.said(),
        **form.unnamed(),
    )


def _search(form: ContactForm) -> list[Worker]:
    """By POST only: a name does not stand in an address. The choices are people, then nobody."""
    if not form.who.data:
        form.asked.data = ""
        return []
    people = Workers().visible_to(someone()).live().search(form.who.data).by_name()
    found = list(db.session.scalars(people.query.limit(MOST_FOUND)))
    form.person.choices = [(str(one.id), _told_apart(one)) for one in found] + [("", _("Không nêu tên"))]
    return found


def _told_apart(worker: Worker) -> str:
    facts = [worker.birth_year, places().name(worker.commune_code), worker.phone]
    return ", ".join([worker.full_name or _("(chưa ghi tên)"), *[str(fact) for fact in facts if fact]])


def _offer(form: ContactForm, found: list[Worker]) -> str:
    form.asked.data = form.who.data
    form.person.data = str(found[0].id) if len(found) == 1 else (None if found else "")
    return _form_page(form, None)


def _after(contact: Contact, form: ContactForm) -> Response:
    home = url_for("counselling.contacts")
    if contact.worker_id is not None:
        home = url_for("workers.staff_view", worker_id=contact.worker_id)
    back = safe_back(form.back.data) or home
    if request.form.get("then") == "rate" and contact.worker_id is not None:
        # The next to look at this screen is the person: no word on it about what was said.
        return redirect(url_for("counselling.rate_here", contact_id=contact.id, next=back))
    said = _("Đã ghi lượt tư vấn.")
    if contact.next_on is not None:
        said += " " + _("Hẹn lại ngày %(day)s.", day=f"{contact.next_on:%d/%m/%Y}")
    flash(said, "good")
    return redirect(back)


def _own(contact_id: int) -> Contact:
    """Not one's own, or of another day: nothing to correct."""
    query = Contacts().visible_to(someone()).by_id(contact_id).query
    contact = get_or_404(query.with_for_update() if request.method == "POST" else query)
    if not may_correct(contact, someone(), today()):
        abort(404)
    return contact


@bp.get("/contacts/<int:contact_id>/edit")
@allow(*CASE_STAFF)
def correct(contact_id: int) -> Any:
    contact = _own(contact_id)
    known = {name: getattr(contact, name) for name in ("kind", "channel", "outcome", "next_on", "note")}
    form = contact_form(formdata=None, data=known | {"back": _came_from()})
    page = render_template("counselling/contact_edit.html", form=form, contact=contact)
    if contact.worker_id is not None:
        note_look(contact.worker_id)
    return page


@bp.post("/contacts/<int:contact_id>/edit")
@allow(*CASE_STAFF)
def save_correction(contact_id: int) -> Any:
    contact, form = _own(contact_id), contact_form()
    if not form.validate():
        return render_template("counselling/contact_edit.html", form=form, contact=contact), 422
    try:
        correct_contact(contact, actor=someone(), now=now(), **form.said())
    except DomainError as error:
        if error.field is None:
            raise
        form.put_error(error)
        return render_template("counselling/contact_edit.html", form=form, contact=contact), 422
    db.session.commit()
    flash(_("Đã sửa lượt tư vấn."), "good")
    return redirect(safe_back(form.back.data) or url_for("counselling.contacts"))


def _advisers() -> list[tuple[int, str]]:
    """Also who has left: their contacts still count."""
    query = select(Account.id, Account.display_name).where(Account.role.in_(CASE_STAFF))
    rows = db.session.execute(query.order_by(Account.display_name, Account.id))
    return [(row[0], row[1]) for row in rows]


def _filtered(form: ContactFilter) -> tuple[Contacts, dt.date | None, dt.date | None]:
    """Without days: this month so far."""
    day, shown = today(), Contacts().visible_to(someone())
    valid = form.validate()
    first, last = (form.first.data, form.last.data) if valid else (None, None)
    if first is None and last is None:
        first, last = day.replace(day=1), day
    shown = shown.in_period(first, last)
    if valid:
        shown = shown.of_kind(ContactKind(form.kind.data)) if form.kind.data else shown
        shown = shown.by_channel(ContactChannel(form.channel.data)) if form.channel.data else shown
        shown = shown.with_outcome(ContactOutcome(form.outcome.data)) if form.outcome.data else shown
        shown = shown.of_adviser(int(form.adviser.data)) if form.adviser.data else shown
    return shown, first, last


@bp.get("/contacts")
@allow(*CASE_STAFF)
def contacts() -> Any:
    form = ContactFilter(request.args, advisers=_advisers())
    shown, first, last = _filtered(form)
    return render_template(
        "counselling/contact_list.html",
        form=form,
        page=paginate(shown.with_list_data().newest_first().query),
        events=shown.events(),
        persons=shown.persons(),
        anonymous=shown.anonymous(),
        period=_period(first, last),
        export=url_for("counselling.contacts_csv", **kept_filters()),
        day=today(),
    )


def _period(first: dt.date | None, last: dt.date | None) -> str:
    if first is not None and last is not None:
        return str(_("Từ %(first)s đến %(last)s", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}"))
    if first is not None:
        return str(_("Từ %(first)s", first=f"{first:%d/%m/%Y}"))
    return str(_("Đến %(last)s", last=f"{last:%d/%m/%Y}"))


@bp.get("/contacts.csv")
@allow(*CASE_STAFF)
def contacts_csv() -> Response:
    """The list as it is shown, by the number of the profile: names do not leave the portal in a sheet."""
    shown, _first, _last = _filtered(ContactFilter(request.args, advisers=_advisers()))
    header = [_("Ngày"), _("Giờ"), _("Số hồ sơ"), _("Về việc gì"), _("Qua đâu"), _("Kết quả"), _("Hẹn lại"),
              _("Tư vấn viên"), _("Xã, phường"), _("Giới tính"), _("Tuổi")]  # fmt: skip
    rows = _lines(shown)
    with write_transaction():
        account = someone()
        record("contact.exported", account, actor=account, now=now(), rows=len(rows))
    return csv_response("lan-tiep-xuc.csv", header, rows)


def _lines(shown: Contacts) -> list[list[Any]]:
    """A year has 73,000 of them: columns instead of objects, and every label is made once."""
    advisers = dict(_advisers())
    kinds, channels, outcomes, sexes, bands = (
        {one: str(one.label) for one in choices}
        for choices in (ContactKind, ContactChannel, ContactOutcome, Sex, AgeBand)
    )
    columns = (
        Contact.day, Contact.at, Contact.worker_id, Contact.kind, Contact.channel, Contact.outcome,
        Contact.next_on, Contact.adviser_id, Contact.commune_code, Contact.sex, Contact.age_band,
    )  # fmt: skip
    query = shown.newest_first().query.with_only_columns(*columns)
    return [
        [
            f"{day:%d/%m/%Y}",
            f"{at.astimezone(LOCAL_ZONE):%H:%M}",
            worker_id or "",
            kinds[kind],
            channels[channel],
            outcomes[outcome],
            f"{next_on:%d/%m/%Y}" if next_on else "",
            advisers.get(adviser_id, ""),
            places().name(commune_code),
            sexes.get(sex, ""),
            bands.get(band, ""),
        ]
        for day, at, worker_id, kind, channel, outcome, next_on, adviser_id, commune_code, sex, band in (
            db.session.execute(query)
        )
    ]
