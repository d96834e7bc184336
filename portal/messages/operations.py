"""Putting a message into the outbox, in the transaction of what it tells about."""

import datetime as dt
from typing import Any, Protocol

from sqlalchemy import update

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


def mark_read(ids: list[int], *, account: HasId, now: dt.datetime) -> None:
    """Only one's own; what was read before keeps its first time."""
    own = (Message.id.in_(ids), Message.account_id == account.id, Message.read_at.is_(None))
    db.session.execute(update(Message).where(*own).values(read_at=now))
