"""Who may do what with an opening. Plain functions over a role and an organisation."""

from dataclasses import dataclass

from portal.access.states import STAFF, Role

AUTHORS = (Role.EMPLOYER, Role.SENDER)
DESK = (*STAFF, *AUTHORS)
MODERATORS = (Role.MODERATOR, Role.LEADER)


@dataclass(frozen=True)
class Asker:
    """An account with the organisation that it stands for now."""

    role: Role
    organisation_id: int | None = None

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF


def may_author(asker: Asker, organisation_id: int) -> bool:
    """Write an opening and send it for checking.

    - advisers, moderators and leaders: of every organisation
    - employers and senders: of their own organisation
    """
    if asker.is_staff:
        return True
    return asker.role in AUTHORS and asker.organisation_id == organisation_id


def may_moderate(asker: Asker, organisation_id: int) -> bool:
    """Publish, return, decide about a sentence: moderators and leaders."""
    return asker.role in MODERATORS
