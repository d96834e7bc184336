"""Who sees a roster, who posts one and who may take it back."""

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.errors import NotAllowed
from portal.organisations.models import Organisation
from portal.organisations.queries import membership_of


def may_post(account: Account, organisation: Organisation | None) -> bool:
    """The college alone vouches for its list; staff do not post in its name."""
    if account.role is not Role.COLLEGE or organisation is None or organisation.closed_at is not None:
        return False
    membership = membership_of(account)
    return membership is not None and membership.organisation_id == organisation.id


def may_withdraw(account: Account, organisation: Organisation) -> bool:
    return account.role in CASE_STAFF or may_post(account, organisation)


def sees_people(account: Account) -> bool:
    """Which rows were known before, and what people answered, is for the centre's case staff alone."""
    return account.role in CASE_STAFF


def insist_may_post(account: Account, organisation: Organisation | None) -> None:
    if not may_post(account, organisation):
        raise NotAllowed


def insist_may_withdraw(account: Account, organisation: Organisation) -> None:
    if not may_withdraw(account, organisation):
        raise NotAllowed
