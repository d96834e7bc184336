"""Earlier packages tell what they changed; it is written down here."""

from portal.audit.operations import record
from portal.common.events import on
from portal.reference.events import ReferenceChanged


@on(ReferenceChanged)
def record_reference_change(event: ReferenceChanged) -> None:
    record(event.action, event.subject, actor=event.actor, now=event.at, **event.detail)
