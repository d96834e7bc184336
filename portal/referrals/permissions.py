"""In which capacity an account acts on one referral."""

from sqlalchemy import exists, select

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.extensions import db
from portal.openings.models import Opening
from portal.organisations.models import Membership
from portal.referrals.transitions import Party
from portal.workers.models import Worker
from portal.workers.permissions import is_self

HIRING_ROLES = (Role.EMPLOYER, Role.SENDER)


def party_of(account: Account | None, worker: Worker, opening: Opening) -> Party | None:
    """- advisers and leaders: the Centre
    - the person: on their own referrals
    - employers and senders: on openings of an organisation they belong to now
    """
    if account is None:
        return None
    if account.role in CASE_STAFF:
        return Party.STAFF
    if is_self(worker, account):
        return Party.PERSON
    if account.role in HIRING_ROLES and _belongs(account, opening):
        return Party.EMPLOYER
    return None


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
