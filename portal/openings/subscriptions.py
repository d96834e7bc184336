"""What happens to an organisation that its openings follow."""

from portal.common.events import on
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.operations import take_step
from portal.openings.queries import Openings
from portal.openings.states import OpeningState
from portal.organisations.events import ConfirmationWithdrawn


@on(ConfirmationWithdrawn)
def hold_public_openings(event: ConfirmationWithdrawn) -> None:
    """They wait for a moderator again, each with the reason in its log."""
    public = Openings().in_states([OpeningState.PUBLISHED]).of_organisation(event.organisation.id)
    for opening in db.session.scalars(public.order_by(Opening.id).locked()).all():
        take_step(opening, "hold", actor=event.actor, now=event.now, reason=event.reason, by_itself=True)
        opening.submitted_at = event.now
    db.session.flush()
