"""What becomes of contacts, ratings and complaints with the profile or the account they belong to."""

import datetime as dt
from typing import Any

from sqlalchemy import select, update

from portal.access.models import Account
from portal.common.events import on
from portal.counselling.models import Complaint, Contact, Rating
from portal.counselling.queries import Contacts
from portal.extensions import db
from portal.workers.events import ProfileEmptied
from portal.workers.exporting import EXPORTS
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker


def _move(kept: Worker, merged: Worker) -> Moved:
    ids = list(db.session.scalars(_ids_of(merged)))
    _give(ids, kept)
    return {"contacts": ids}


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    _give(moved["contacts"], merged)


def _ids_of(worker: Worker) -> Any:
    return select(Contact.id).where(Contact.worker_id == worker.id).order_by(Contact.id)


def _give(ids: list[int], worker: Worker) -> None:
    """A rating hangs on its contact and goes along."""
    if ids:
        db.session.execute(update(Contact).where(Contact.id.in_(ids)).values(worker_id=worker.id))


PARTS.add("contacts")(Part(_move, _undo))


@on(ProfileEmptied)
def forget(event: ProfileEmptied) -> None:
    """The event stays counted; notes and the person's own words go, and nobody is to be called any more."""
    mine = Contact.worker_id == event.worker.id
    db.session.execute(
        update(Rating).where(Rating.contact_id.in_(_ids_of(event.worker).order_by(None))).values(words="")
    )
    db.session.execute(update(Contact).where(mine).values(note=""))
    waiting = (mine, Contact.next_on.is_not(None), Contact.next_done_at.is_(None))
    db.session.execute(update(Contact).where(*waiting).values(next_done_at=event.now))


@EXPORTS.add("contacts")
def contacts_of(worker: Worker, account: Account) -> list[dict[str, Any]]:
    rows = Contacts().for_worker(worker).newest_first().all()
    return [
        {
            "at": one.at.isoformat(),
            "kind": one.kind.value,
            "channel": one.channel.value,
            "outcome": one.outcome.value,
            "note": one.note,
            "next": _day(one.next_on),
        }
        for one in rows
    ]


@EXPORTS.add("complaints")
def complaints_of(worker: Worker, account: Account) -> list[dict[str, Any]]:
    """Only those sent with the account: the nameless ones are nobody's."""
    query = select(Complaint).where(Complaint.account_id == account.id).order_by(Complaint.id)
    return [
        {
            "at": one.created_at.isoformat(),
            "about": one.about.value,
            "text": one.text,
            "name": one.name,
            "phone": one.phone,
            "answer": one.answer,
        }
        for one in db.session.scalars(query)
    ]


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None
