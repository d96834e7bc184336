"""Reaching a person the way they want: their ways in order, texts to be copied, and the log of calls."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.access.models import Account
from portal.audit.operations import record
from portal.counselling.contacts import record_contact
from portal.counselling.models import Contact
from portal.counselling.queries import Contacts
from portal.counselling.states import ContactChannel, ContactKind, ContactOutcome
from portal.extensions import db
from portal.workers.changes import log_change
from portal.workers.models import Worker
from portal.workers.queries import live_purposes
from portal.workers.states import ContactWay, Purpose


class CallResult(StrEnum):
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the person; `call` and `sms` are the numbers to use, None where there is none."""

    way: ContactWay
    preferred: bool
    said: str
    call: str | None = None
    sms: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    title: Any
    body: str

    @property
    def in_link(self) -> str:
        return quote(self.body)


def ways_to(worker: Worker, place: str) -> list[Way]:
    """What the person prefers comes first; a relative only while the person agrees to it."""
    ways: list[tuple[ContactWay, str, str | None, str | None]] = []
    if worker.phone:
        ways.append((ContactWay.CALL, worker.phone, worker.phone, None))
        ways.append((ContactWay.SMS, worker.phone, None, worker.phone))
        ways.append((ContactWay.ZALO, worker.phone, None, None))
    if worker.relative_phone and Purpose.RELATIVE in live_purposes(worker):
        said = ", ".join(part for part in (worker.relative_name, worker.relative_relation) if part)
        ways.append((ContactWay.RELATIVE, said, worker.relative_phone, worker.relative_phone))
    where = ", ".join(part for part in (worker.address_line, place) if part)
    if worker.address_line:
        ways.append((ContactWay.LETTER, where, None, None))
    found = [Way(way, way is worker.contact_way, said, call, sms) for way, said, call, sms in ways]
    return sorted(found, key=lambda one: not one.preferred)


def ready_texts(worker: Worker) -> list[Text]:
    """In the person's language. Others may read the phone: no name, no job, no employer."""
    waiting = Contacts().for_worker(worker).open_next().by_next_day().all()
    locale = worker.account.locale if worker.account is not None else "vi"
    with force_locale(locale):
        return _texts(waiting[0].next_on if waiting else None)


def _texts(next_on: dt.date | None) -> list[Text]:
    said = {
        "centre": current_app.config["CENTRE_NAME"],
        "place": current_app.config["CENTRE_ADDRESS"],
        "hotline": current_app.config["HOTLINE"],
    }
    papers = _(
        "%(centre)s: giấy tờ của bạn còn thiếu. Mời bạn mang căn cước và các giấy tờ đã hẹn đến %(place)s, "
        "hoặc gọi %(hotline)s để hỏi. Không mất tiền.", **said,
    )  # fmt: skip
    call = _(
        "%(centre)s đã gọi mà chưa gặp bạn. Khi tiện, mời bạn gọi %(hotline)s trong giờ làm việc. "
        "Không mất tiền.", **said,
    )  # fmt: skip
    texts = [Text(_l("Mời gọi lại"), str(call)), Text(_l("Còn thiếu giấy tờ"), str(papers))]
    if next_on is not None:
        day = f"{next_on:%d/%m/%Y}"
        appointment = _(
            "%(centre)s hẹn gặp bạn ngày %(day)s tại %(place)s. Nếu bận, bạn gọi %(hotline)s để đổi ngày.",
            day=day, **said,
        )  # fmt: skip
        texts.insert(0, Text(_l("Nhắc ngày hẹn"), str(appointment)))
    return texts


def log_call(
    worker: Worker, result: CallResult, channel: ContactChannel, *, actor: Account, now: dt.datetime
) -> Contact:
    """One press, one contact. A wrong number is taken out, so that no message reaches a stranger."""
    outcome = ContactOutcome.INFORMED if result is CallResult.REACHED else ContactOutcome.NOT_REACHED
    contact = record_contact(
        worker,
        _last_kind(worker),
        channel,
        outcome,
        actor=actor,
        now=now,
        note=_("Sai số điện thoại.") if result is CallResult.WRONG else "",
    )
    if result is CallResult.WRONG and worker.phone is not None:
        worker.phone, worker.updated_at = None, now
        db.session.flush()
        log_change(worker, now=now)
        record("worker.phone_wrong", worker, actor=actor, now=now)
    return contact


def _last_kind(worker: Worker) -> ContactKind:
    """A call goes on with what was talked about last."""
    query = Contacts().for_worker(worker).newest_first().query.limit(1)
    last = db.session.scalars(query).first()
    return last.kind if last is not None else ContactKind.JOB
