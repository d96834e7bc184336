"""Putting a message into the outbox, in the transaction of what it tells about."""

import datetime as dt
from typing import Any, Protocol

from portal.extensions import db
from portal.messages.models import Channel, Message


class HasId(Protocol):
    id: Any


def enqueue(
    kind: str,
    *,
    recipient: str,
    channel: Channel,
    body: str,
    now: dt.datetime,
    subject: str = "",
    account: HasId | None = None,
    worker: HasId | None = None,
) -> Message:
    message = Message(
        kind=kind,
        channel=channel,
        recipient=recipient,
        subject=subject,
        body=body,
        account_id=account.id if account is not None else None,
        worker_id=worker.id if worker is not None else None,
        created_at=now,
    )
    db.session.add(message)
    db.session.flush()
    return message
