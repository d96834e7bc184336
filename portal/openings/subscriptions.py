"""What happens to an organisation, to the rules and the barred areas that openings follow."""

from portal.common.events import on
from portal.extensions import db
from portal.openings.holding import hold_breaches, hold_where_barred
from portal.openings.models import Opening
from portal.openings.operations import take_step
from portal.openings.queries import Openings
from portal.openings.states import OpeningState
from portal.organisations.events import ConfirmationWithdrawn, LicenceChanged
from portal.reference.events import ReferenceChanged
from portal.reference.models import BarredArea, LegalRule


@on(ConfirmationWithdrawn)
def hold_public_openings(event: ConfirmationWithdrawn) -> None:
    """They wait for a moderator again, each with the reason in its log."""
    public = Openings().in_states([OpeningState.PUBLISHED]).of_organisation(event.organisation.id)
    for opening in db.session.scalars(public.order_by(Opening.id).locked()).all():
        take_step(opening, "hold", actor=event.actor, now=event.now, reason=event.reason, by_itself=True)
        opening.submitted_at = event.now
    db.session.flush()


@on(LicenceChanged)
def hold_what_it_may_not_send(event: LicenceChanged) -> None:
    hold_breaches(event.now, organisation=event.organisation)


@on(ReferenceChanged)
def hold_what_broke(event: ReferenceChanged) -> None:
    """A day that is still to come holds nothing before it is there: the hourly reading finds it then."""
    if isinstance(event.subject, BarredArea):
        hold_where_barred(event.subject.country, event.at)
    elif isinstance(event.subject, LegalRule):
        hold_breaches(event.at)
