"""Who keeps the departure of a referral: a later package that follows the person abroad, if any does."""

from collections.abc import Callable

from portal.common.registry import Registry
from portal.referrals.models import Referral

DEPARTURE_KEEPERS: Registry[Callable[[Referral], bool]] = Registry()


def is_kept_elsewhere(referral: Referral) -> bool:
    return any(keeps(referral) for _name, keeps in DEPARTURE_KEEPERS)
