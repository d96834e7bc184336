"""What a sender is licensed to do on a day. Facts in, answers out."""

import datetime as dt

from portal.organisations.models import Organisation
from portal.organisations.states import LicenceStatus, OrganisationKind

# A licence whose last day has passed, whatever its row still says; and none at all.
EXPIRED, NONE = "expired", "none"
# They send people abroad under the law itself, without a licence.
PUBLIC_UNITS = (OrganisationKind.CENTRE, OrganisationKind.DEPARTMENT)


def licence_of(organisation: Organisation, on: dt.date) -> str | None:
    """`valid`, `suspended`, `revoked`, `expired`, `none`; None where nobody has looked, or none is needed."""
    if organisation.kind is not OrganisationKind.SENDER:
        return None if organisation.kind in PUBLIC_UNITS else NONE
    status = organisation.licence_status
    if status is LicenceStatus.UNKNOWN:
        return None
    if status is LicenceStatus.VALID and not _covers(None, organisation.licence_valid_to, on):
        return EXPIRED
    return status.value


def may_send_to(organisation: Organisation, country: str | None, on: dt.date) -> bool | None:
    """A permission for this market that runs on the day; None where none is needed."""
    if organisation.kind in PUBLIC_UNITS:
        return None
    return any(
        market.country == country and _covers(market.valid_from, market.valid_to, on)
        for market in organisation.market_permissions
    )


def is_licensed_for(organisation: Organisation, country: str | None, on: dt.date) -> bool:
    return (
        organisation.kind is OrganisationKind.SENDER
        and licence_of(organisation, on) == LicenceStatus.VALID
        and bool(may_send_to(organisation, country, on))
    )


def _covers(first: dt.date | None, last: dt.date | None, on: dt.date) -> bool:
    return (first is None or first <= on) and (last is None or last >= on)
