"""Who may see and change reference rows. The accounts live in a later package: a role is its name here."""

from typing import Any, Protocol

STAFF = ("adviser", "moderator", "leader")
LEADER = "leader"
MODERATOR = "moderator"
# Who compares openings abroad with their papers needs the rate of the day.
RATE_KEEPERS = (MODERATOR, LEADER)


class Actor(Protocol):
    """The account that acts, as far as this package needs to know it."""

    @property
    def id(self) -> Any: ...
    @property
    def role(self) -> Any: ...


def may_change_reference(actor: Actor | None) -> bool:
    """
    - the leader of the Centre, who signs a legal rule and publishes the year's swapped days
    """
    return actor is not None and str(actor.role) == LEADER


def may_enter_rates(actor: Actor | None) -> bool:
    """
    - moderators and the leader
    """
    return actor is not None and str(actor.role) in RATE_KEEPERS


def may_keep_barred_areas(actor: Actor | None) -> bool:
    """
    - the leader of the Centre, and the moderator who stops openings there
    """
    return actor is not None and str(actor.role) in (LEADER, MODERATOR)
