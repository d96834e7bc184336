"""Sections that later packages add to the staff view of an opening."""

from collections.abc import Callable

from portal.access.models import Account
from portal.common.registry import Registry
from portal.openings.models import Opening

STAFF_PANELS: Registry[Callable[[Opening, Account], str]] = Registry()
