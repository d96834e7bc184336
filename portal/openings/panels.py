"""Sections that later packages add to the pages of an opening."""

from collections.abc import Callable

from portal.access.models import Account
from portal.common.registry import Registry
from portal.openings.models import Opening

STAFF_PANELS: Registry[Callable[[Opening, Account], str]] = Registry()

SEEKER_PANELS: Registry[Callable[[Opening, Account], str]] = Registry()
"""What a person should know before they ask for this opening; stands above the button."""
