"""In which capacity an account acts on a case."""

from sqlalchemy import exists, select

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.extensions import db
from portal.openings.models import Opening
from portal.organisations.models import Membership
from portal.overseas.cases.transitions import Party
from portal.overseas.models import OverseasCase
from portal.workers.models import Worker
from portal.workers.permissions import is_self


def party_of(account: Account | None, worker: Worker, opening: Opening | None) -> Party | None:
    """- advisers and leaders: the Centre
    - the person: on their own case
    - a sender: on cases in an opening of an organisation it belongs to now; it looks, and takes no step
    """
    if account is None:
        return None
    if account.role in CASE_STAFF:
        return Party.STAFF
    if is_self(worker, account):
        return Party.PERSON
    if account.role is Role.SENDER and opening is not None and _belongs(account, opening):
        return Party.SENDER
    return None


def party_in(case: OverseasCase, account: Account | None) -> Party | None:
    return party_of(account, case.worker, case.opening)


def _belongs(account: Account, opening: Opening) -> bool:
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Membership.account_id == account.id,
                    Membership.organisation_id == opening.organisation_id,
                    Membership.ended_at.is_(None),
                )
            )
        )
    )
