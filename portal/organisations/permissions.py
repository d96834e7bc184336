"""Who may change what about an organisation."""

from portal.access.models import Account
from portal.access.states import PARTNERS, Role
from portal.organisations.models import Membership, Organisation
from portal.organisations.states import OrganisationKind

# Licences and names decide what may be published: those who answer for publishing keep them.
KEEPERS = (Role.MODERATOR, Role.LEADER)
READERS = (Role.ADVISER, Role.MODERATOR, Role.LEADER)


def may_keep(actor: Account) -> bool:
    return actor.role in KEEPERS


def may_change_contact(actor: Account, membership: Membership | None) -> bool:
    """The address, phone and e-mail are the organisation's own to say."""
    return may_keep(actor) or (membership is not None and membership.is_manager)


def may_manage_members(actor: Account, organisation: Organisation, membership: Membership | None) -> bool:
    if organisation.kind == OrganisationKind.CENTRE:
        return actor.role == Role.LEADER
    if actor.role in PARTNERS:
        return (
            membership is not None and membership.is_manager and membership.organisation_id == organisation.id
        )
    return may_keep(actor)


def may_confirm(actor: Account) -> bool:
    """Call an employer back: every adviser, moderator and leader, by name."""
    return actor.role in READERS
