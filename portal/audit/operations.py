"""Writing the audit trail."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import insert

from portal.audit.models import AuditEvent
from portal.extensions import db


class HasId(Protocol):
    id: Any
    __tablename__: Any


def record(
    action: str, subject: HasId, *, actor: HasId | None, now: dt.datetime, **detail: Any
) -> AuditEvent:
    """One event about `subject`; `detail` holds ids, codes and field names, never personal data."""
    event = AuditEvent(
        at=now,
        actor_id=actor.id if actor is not None else None,
        action=action,
        subject_kind=subject.__tablename__,
        subject_id=subject.id,
        detail=detail,
    )
    db.session.add(event)
    return event


def record_all(
    action: str, subjects: Sequence[HasId], *, actor: HasId | None, now: dt.datetime, **detail: Any
) -> None:
    """The same event about each of several subjects, in one statement."""
    rows = [
        {
            "at": now,
            "actor_id": actor.id if actor is not None else None,
            "action": action,
            "subject_kind": subject.__tablename__,
            "subject_id": subject.id,
            "detail": detail,
        }
        for subject in subjects
    ]
    if rows:
        db.session.execute(insert(AuditEvent), rows)
