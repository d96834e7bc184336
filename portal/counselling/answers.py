"""What somebody reads by the code they were given, whatever they had written about."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from portal.access.models import Account
from portal.common.registry import Registry
from portal.messages.models import Channel
from portal.messages.operations import enqueue
from portal.referrals.notices import address


@dataclass(frozen=True, slots=True)
class Answered:
    """Neither who wrote nor what they wrote: a code may be read over a shoulder."""

    about: Any
    sent_at: dt.datetime
    state: Any
    is_open: bool
    due_on: dt.date
    answer: str = ""
    answered_at: dt.datetime | None = None


# Filled by later packages too: one page takes every code.
ANSWERS: Registry[Callable[[str, dt.datetime], Answered | None]] = Registry()


def behind(code: str, now: dt.datetime) -> Answered | None:
    return next((found for _name, look in ANSWERS if (found := look(code, now)) is not None), None)


def tell_answered(
    kind: str, answer: str, *, account: Account | None, phone: str | None, now: dt.datetime
) -> None:
    """On the portal the answer itself; on a phone that others may read only that there is one."""
    subject = _("Trung tâm đã trả lời bạn")
    if account is not None and account.is_enabled:
        enqueue(kind, recipient=account.display_name, channel=Channel.PORTAL, account=account,
                subject=subject, body=answer, now=now)  # fmt: skip
    if phone:
        body = _(
            "%(centre)s đã trả lời thư của bạn. Gõ địa chỉ %(link)s rồi gõ mã bạn đã nhận để đọc.",
            centre=current_app.config["CENTRE_NAME"], link=address("/complaints/answer"),
        )  # fmt: skip
        enqueue(kind, recipient=phone, channel=Channel.SMS, subject=subject, body=body, now=now)
