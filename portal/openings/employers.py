"""What openings know of the organisation behind them: whether it may be public, what numbers it gave."""

from collections.abc import Iterable

import phonenumbers
from sqlalchemy import exists, select

from portal.extensions import db
from portal.openings.models import Opening
from portal.organisations.confirming import GIVEN_NUMBERS
from portal.organisations.models import Organisation, OrganisationConfirmation
from portal.organisations.queries import live_confirmation
from portal.organisations.rules import CALLED_KINDS


def employer_known(organisation: Organisation) -> bool:
    """May this organisation's opening be public?

    - somebody called it back, and nobody withdrew that; or
    - it was public before call-backs were kept, and no call-back was ever withdrawn; or
    - it is the centre, an authority or a college.
    """
    if organisation.kind not in CALLED_KINDS or live_confirmation(organisation.id) is not None:
        return True
    Call = OrganisationConfirmation
    return bool(
        db.session.scalar(
            select(
                exists().where(Opening.organisation_id == organisation.id, Opening.published_at.is_not(None))
                & ~exists().where(Call.organisation_id == organisation.id)
            )
        )
    )


@GIVEN_NUMBERS.add("openings")
def numbers_in_openings(organisation: Organisation) -> Iterable[str]:
    """The contact number of every opening, and the numbers written in its words."""
    rows = db.session.execute(
        select(Opening.contact_phone, Opening.text, Opening.benefits, Opening.requirements_text).where(
            Opening.organisation_id == organisation.id
        )
    )
    for contact, *texts in rows:
        yield contact
        for match in phonenumbers.PhoneNumberMatcher("\n".join(texts), "VN"):
            yield f"0{match.number.national_number}"
