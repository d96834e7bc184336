"""Writing the audit trail."""

import datetime as dt
from typing import Any, Protocol

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
