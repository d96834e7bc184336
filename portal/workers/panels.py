"""Sections that later packages add to the pages of a person: function of the person and who looks."""

from collections.abc import Callable

from portal.access.models import Account
from portal.common.registry import Registry
from portal.workers.models import Worker

Panel = Callable[[Worker, Account], str]

STAFF_PANELS: Registry[Panel] = Registry()
SELF_PANELS: Registry[Panel] = Registry()


def drawn(panels: Registry[Panel], worker: Worker, account: Account) -> list[str]:
    """The sections that have something to say."""
    return [section for section in (panel(worker, account) for _name, panel in panels) if section]
