"""Writing contacts down, and putting one's own right on the same day."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import or_, select, update

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.events import emit
from portal.counselling.events import ContactRecorded
from portal.counselling.models import CallBack, Contact
from portal.counselling.permissions import may_correct, may_record
from portal.counselling.rules import age_band as band_of
from portal.counselling.rules import next_day_problem
from portal.counselling.states import AgeBand, ContactChannel, ContactKind, ContactOutcome
from portal.counselling.ticket_models import Ticket
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.reference.calendar import load_calendar
from portal.workers.models import Worker
from portal.workers.rules import age_on
from portal.workers.states import LIVE_STATES, Sex

# Nobody counsels two people in this time.
SAME_PRESS = dt.timedelta(seconds=4)


@dataclass(frozen=True, slots=True)
class Counted:
    """By what a contact is counted, as it was on that day."""

    commune_code: str | None
    sex: Sex | None
    age_band: AgeBand | None


def counted_as(worker: Worker, on: dt.date) -> Counted:
    age = age_on(worker.birth_date, worker.birth_year, on)
    return Counted(worker.commune_code, worker.sex, band_of(age))


def record_contact(
    worker: Worker | None,
    kind: ContactKind,
    channel: ContactChannel,
    outcome: ContactOutcome,
    *,
    actor: Account,
    now: dt.datetime,
    commune_code: str | None = None,
    sex: Sex | None = None,
    age_band: AgeBand | None = None,
    note: str = "",
    next_on: dt.date | None = None,
    ticket: Ticket | None = None,
    call_back: CallBack | None = None,
) -> Contact:
    """One event. `commune_code`, `sex` and `age_band` count for somebody who did not say who they are."""
    if not may_record(actor):
        raise NotAllowed
    day = local_date(now)
    if worker is not None and worker.state not in LIVE_STATES:
        raise Refused(_("Hồ sơ này không còn dùng nữa."))
    insist_next_day(outcome, next_on, day)
    counted = counted_as(worker, day) if worker is not None else Counted(commune_code, sex, age_band)
    again = _pressed_twice(worker, kind, outcome, note, ticket, actor, now)
    if again is not None:
        return again
    contact = Contact(
        worker=worker,
        kind=kind,
        channel=channel,
        outcome=outcome,
        adviser=actor,
        at=now,
        day=day,
        commune_code=counted.commune_code,
        sex=counted.sex,
        age_band=counted.age_band,
        note=note,
        next_on=next_on,
        ticket_id=ticket.id if ticket is not None else None,
        call_back_id=call_back.id if call_back is not None else None,
    )
    db.session.add(contact)
    db.session.flush()
    _end_earlier_dates(contact, now)
    record("contact.recorded", contact, actor=actor, now=now)
    emit(ContactRecorded(contact, actor, now))
    return contact


def _pressed_twice(
    worker: Worker | None,
    kind: ContactKind,
    outcome: ContactOutcome,
    note: str,
    ticket: Ticket | None,
    actor: Account,
    now: dt.datetime,
) -> Contact | None:
    """Enter held too long sends the same form again: it is one contact. Another number is another person."""
    # One adviser's forms one after the other: the second waits here until the first is written.
    db.session.execute(select(Account.id).where(Account.id == actor.id).with_for_update(key_share=True))
    return db.session.scalars(
        select(Contact)
        .where(
            Contact.adviser_id == actor.id,
            Contact.worker_id == (worker.id if worker is not None else None),
            Contact.kind == kind,
            Contact.outcome == outcome,
            Contact.note == note,
            Contact.ticket_id == (ticket.id if ticket is not None else None),
            Contact.at > now - SAME_PRESS,
        )
        .order_by(Contact.id.desc())
    ).first()


def insist_next_day(outcome: ContactOutcome, next_on: dt.date | None, on: dt.date) -> None:
    if next_on is None:
        if outcome is ContactOutcome.APPOINTMENT:
            raise Invalid(_("Hẹn lần sau thì cần ngày hẹn."), field="next_on")
        return
    problem = next_day_problem(next_on, on, load_calendar(db.session))
    if problem is not None:
        raise Invalid(problem, field="next_on")


def _end_earlier_dates(contact: Contact, now: dt.datetime) -> None:
    """Who was reached has been seen: what was due is done. A new date takes the place of later ones."""
    if contact.worker_id is None or contact.outcome is ContactOutcome.NOT_REACHED:
        return
    due = Contact.next_on <= contact.day
    db.session.execute(
        update(Contact)
        .where(
            Contact.worker_id == contact.worker_id,
            Contact.id != contact.id,
            Contact.next_on.is_not(None),
            Contact.next_done_at.is_(None),
            due if contact.next_on is None else or_(due, Contact.next_on > contact.day),
        )
        .values(next_done_at=now)
    )


def correct_contact(
    contact: Contact,
    kind: ContactKind,
    channel: ContactChannel,
    outcome: ContactOutcome,
    *,
    actor: Account,
    now: dt.datetime,
    note: str = "",
    next_on: dt.date | None = None,
) -> Contact:
    """One's own, on the same day; whose contact it was stays as it is."""
    if not may_correct(contact, actor, local_date(now)):
        raise Refused(_("Chỉ người ghi sửa được, và chỉ trong ngày ghi."))
    insist_next_day(outcome, next_on, contact.day)
    given = {"kind": kind, "channel": channel, "outcome": outcome, "note": note, "next_on": next_on}
    changed = [name for name, value in given.items() if getattr(contact, name) != value]
    for name in changed:
        setattr(contact, name, given[name])
    if "next_on" in changed:
        # A new date waits again, also where the old one was done.
        contact.next_done_at = None
    db.session.flush()
    if {"outcome", "next_on"}.intersection(changed):
        _end_earlier_dates(contact, now)
    if changed:
        record("contact.corrected", contact, actor=actor, now=now, fields=changed)
    return contact
