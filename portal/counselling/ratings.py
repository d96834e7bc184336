"""Three faces after a contact. Who answers stays unnamed: shown are only sums of whole months."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, select

from portal.access.models import Account
from portal.access.states import Role
from portal.common.clock import local_date
from portal.common.events import on
from portal.common.secrets import hash_code, public_code
from portal.counselling.events import ContactRecorded
from portal.counselling.models import Contact, Rating
from portal.counselling.permissions import may_correct
from portal.counselling.states import ContactChannel, ContactOutcome, Face
from portal.errors import Refused
from portal.extensions import db
from portal.referrals.notices import address, tell
from portal.workers.queries import live_purposes
from portal.workers.states import Purpose

# Fewer than five answers of a month could be told apart by who remembers whom they saw.
FEWEST_SHOWN = 5


@on(ContactRecorded)
def ask(event: ContactRecorded) -> None:
    """One row with each contact of a person; whoever was not reached has nothing to rate."""
    contact = event.contact
    if contact.worker is None or contact.outcome is ContactOutcome.NOT_REACHED:
        return
    code = public_code()
    rating = Rating(
        contact=contact,
        code_hash=hash_code(current_app.config["CODE_KEY"], code),
        expires_at=event.now + dt.timedelta(days=current_app.config["RATING_DAYS"]),
    )
    db.session.add(rating)
    db.session.flush()
    if contact.channel is not ContactChannel.DESK and _may_be_asked(contact, event.now):
        _send(contact, code, event.now)


def _may_be_asked(contact: Contact, now: dt.datetime) -> bool:
    """At the desk the screen is turned round; otherwise a message, with consent, and not again and again."""
    if contact.worker is None or Purpose.MESSAGES not in live_purposes(contact.worker):
        return False
    since = local_date(now) - dt.timedelta(days=current_app.config["RATING_PAUSE_DAYS"])
    recent = select(func.count()).where(
        Contact.worker_id == contact.worker_id,
        Contact.id != contact.id,
        Contact.day > since,
        Contact.channel != ContactChannel.DESK,
        Contact.outcome != ContactOutcome.NOT_REACHED,
    )
    return not db.session.scalar(recent)


def _send(contact: Contact, code: str, now: dt.datetime) -> None:
    """Others may read this phone: neither who, nor with whom, nor about what."""
    assert contact.worker is not None
    tell("rating.asked", contact.worker, lambda: (
        _("Bạn có hài lòng với Trung tâm không?"),
        _("%(centre)s hỏi: lần nói chuyện vừa rồi, bạn có hài lòng không? Mở %(link)s rồi bấm một hình. "
          "Không cần ghi tên.", centre=current_app.config["CENTRE_NAME"], link=address(f"/rate/{code}")),
    ), now=now)  # fmt: skip


def behind_code(code: str, now: dt.datetime) -> Rating | None:
    """What the code opens now: nothing once it was answered or its time is over."""
    found = db.session.scalars(
        select(Rating)
        .where(Rating.code_hash == hash_code(current_app.config["CODE_KEY"], code))
        .with_for_update()
    ).one_or_none()
    return found if found is not None and _is_open(found, now) else None


def _is_open(rating: Rating, now: dt.datetime) -> bool:
    return rating.face is None and rating.expires_at > now


def open_on_screen(contact: Contact, account: Account, now: dt.datetime) -> bool:
    """On the screen of who wrote the contact down, on the same day."""
    return (
        contact.rating is not None
        and _is_open(contact.rating, now)
        and may_correct(contact, account, local_date(now))
    )


def rate(rating: Rating, face: Face, words: str, *, now: dt.datetime) -> None:
    """No account is asked for and none is kept; nothing goes into the audit trail."""
    if not _is_open(rating, now):
        raise Refused(_("Lượt này đã được đánh giá rồi."))
    rating.face, rating.words, rating.rated_at = face, words, now
    db.session.flush()


@dataclass(frozen=True, slots=True)
class Sum:
    """One adviser's answers of one month. `faces` is None where there are too few to be shown."""

    month: dt.date
    adviser: str
    total: int
    faces: dict[Face, int] | None
    words: list[str]


def months(on_day: dt.date) -> list[dt.date]:
    """The last twelve months that are over, newest first: a moving sum tells who answered last."""
    first = on_day.replace(day=1)
    return [first := (first - dt.timedelta(days=1)).replace(day=1) for _turn in range(12)]


def sums(account: Account, month: dt.date) -> list[Sum]:
    """Of a month that is over. Leaders: all advisers. Advisers: themselves."""
    query = (
        select(Contact.adviser_id, Account.display_name, Rating.face, Rating.words)
        .join(Rating.contact)
        .join(Contact.adviser)
        .where(Rating.face.is_not(None), Contact.day >= month)
        .where(Contact.day < (month + dt.timedelta(days=31)).replace(day=1))
    )
    if account.role is not Role.LEADER:
        query = query.where(Contact.adviser_id == account.id)
    groups: dict[int, list[Any]] = {}
    for row in db.session.execute(query.order_by(Account.display_name, Contact.adviser_id, Rating.words)):
        groups.setdefault(row.adviser_id, []).append(row)
    return [_sum(month, rows) for rows in groups.values()]


def _sum(month: dt.date, rows: list[Any]) -> Sum:
    if len(rows) < FEWEST_SHOWN:
        return Sum(month, rows[0].display_name, len(rows), None, [])
    counted = Counter(row.face for row in rows)
    # In the order of the alphabet: neither the day nor the face beside which they were written.
    words = [row.words for row in rows if row.words]
    return Sum(month, rows[0].display_name, len(rows), {face: counted[face] for face in Face}, words)
