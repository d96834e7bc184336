"""Who keeps the departure of a referral: a later package that follows the person abroad, if any does."""

from collections.abc import Callable

from portal.common.registry import Registry
from portal.referrals.models import Referral

# The address of the page where it is kept; "" when not here.
DEPARTURE_KEEPERS: Registry[Callable[[Referral], str]] = Registry()


def kept_at(referral: Referral) -> str:
    return next((found for _name, keeper in DEPARTURE_KEEPERS if (found := keeper(referral))), "")
