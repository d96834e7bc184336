"""What later packages are told about an organisation, in the same transaction."""

import datetime as dt
from dataclasses import dataclass

from portal.access.models import Account
from portal.organisations.models import Organisation


@dataclass(frozen=True)
class ConfirmationWithdrawn:
    """Nobody stands for this organisation any more: what it has made public is held."""

    organisation: Organisation
    reason: str
    actor: Account
    now: dt.datetime


@dataclass(frozen=True)
class LicenceChanged:
    """What the centre knows of its licence or its markets is no longer what it was."""

    organisation: Organisation
    actor: Account
    now: dt.datetime
