"""Who may manage which accounts."""

from portal.access.models import Account
from portal.access.states import STAFF, Role

MANAGERS = (Role.LEADER, Role.ADMINISTRATOR)


def roles_to_create(actor: Account) -> tuple[Role, ...]:
    """Partners come by invitation and job seekers register themselves; here the centre's own people."""
    if actor.role == Role.ADMINISTRATOR:
        return (*STAFF, Role.ADMINISTRATOR)
    return STAFF if actor.role == Role.LEADER else ()


def may_manage(actor: Account, account: Account) -> bool:
    """Enable, disable, give a reset code: never oneself, and an administrator only by another one."""
    if actor.role not in MANAGERS or actor.id == account.id:
        return False
    return account.role != Role.ADMINISTRATOR or actor.role == Role.ADMINISTRATOR
