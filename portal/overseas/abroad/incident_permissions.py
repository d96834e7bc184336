"""Who may know of an incident, and who may act on it."""

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.overseas.abroad.incident_models import Incident


def may_see(incident: Incident, account: Account) -> bool:
    """
    - leaders: all
    - advisers: all that tell neither of violence nor of trafficking; of those, the ones given to them
    """
    if account.role is Role.LEADER:
        return True
    return account.role in CASE_STAFF and (not incident.is_restricted or incident.owner_id == account.id)


def may_act(incident: Incident, account: Account) -> bool:
    """The owner, a leader, and any adviser where nobody owns it yet."""
    if not may_see(incident, account):
        return False
    return account.role is Role.LEADER or incident.owner_id in (None, account.id)
