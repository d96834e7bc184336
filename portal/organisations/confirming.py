"""Calling an employer back on a number found independently, and taking that confirmation back."""

import datetime as dt
from collections.abc import Callable, Iterable

from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.events import emit
from portal.common.registry import Registry
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.organisations.events import ConfirmationWithdrawn
from portal.organisations.models import Invitation, Membership, Organisation, OrganisationConfirmation
from portal.organisations.permissions import may_confirm, may_keep
from portal.organisations.queries import live_confirmation
from portal.organisations.rules import callable_number, number_key

# Later packages add the numbers that the organisation gave to them, as in its openings.
GIVEN_NUMBERS: Registry[Callable[[Organisation], Iterable[str]]] = Registry()


def confirm(
    organisation: Organisation,
    *,
    called_number: str,
    number_source: str,
    spoke_with: str,
    actor: Account,
    now: dt.datetime,
) -> OrganisationConfirmation:
    _insist_may_confirm(organisation, actor)
    _lock(organisation)
    if live_confirmation(organisation.id) is not None:
        raise Refused(_("Tổ chức này đã được xác minh rồi."))
    try:
        number = callable_number(called_number)
    except ValueError as error:
        raise Invalid(str(error), field="called_number") from error
    if number_key(number) in numbers_given_by(organisation):
        raise Invalid(
            _(
                "Đây là số chính tổ chức này đã cho. Hãy tìm số ở nơi khác: đăng ký kinh doanh, cơ quan "
                "thuế, ủy ban xã, tổng đài, bảng hiệu."
            ),
            field="called_number",
        )
    _insist_written("number_source", number_source, _("Hãy ghi nơi đã tìm thấy số này."))
    _insist_written("spoke_with", spoke_with, _("Hãy ghi tên và việc của người đã nói chuyện."))
    row = OrganisationConfirmation(
        organisation_id=organisation.id,
        called_number=number,
        number_source=number_source.strip(),
        spoke_with=spoke_with.strip(),
        confirmed_by_id=actor.id,
        confirmed_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record("organisation.confirmed", organisation, actor=actor, now=now, confirmation=row.id)
    return row


def withdraw(organisation: Organisation, reason: str, *, actor: Account, now: dt.datetime) -> None:
    """The row stays with who withdrew it and why; public openings are held by whoever listens."""
    if not may_keep(actor):
        raise NotAllowed
    _lock(organisation)
    row = live_confirmation(organisation.id)
    if row is None:
        raise Refused(_("Tổ chức này chưa được xác minh, hoặc xác minh đã rút."))
    _insist_written("reason", reason, _("Hãy ghi lý do."))
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_reason = now, actor.id, reason.strip()[:300]
    db.session.flush()
    record("organisation.confirmation_withdrawn", organisation, actor=actor, now=now, confirmation=row.id)
    emit(ConfirmationWithdrawn(organisation, row.withdrawn_reason, actor, now))


def _lock(organisation: Organisation) -> None:
    """Two members of staff cannot both confirm, nor one withdraw what the other is just writing."""
    db.session.execute(select(Organisation.id).where(Organisation.id == organisation.id).with_for_update())


def numbers_given_by(organisation: Organisation) -> set[str]:
    """Every number that came from the organisation itself: such a number proves nothing."""
    accounts = db.session.scalars(
        select(Account.phone)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.organisation_id == organisation.id, Account.phone.is_not(None))
    )
    invited = db.session.scalars(
        select(Invitation.recipient).where(
            Invitation.organisation_id == organisation.id, ~Invitation.recipient.contains("@")
        )
    )
    given = [organisation.phone, *accounts, *invited]
    for _name, numbers_of in GIVEN_NUMBERS:
        given += numbers_of(organisation)
    return {key for number in given if number and (key := number_key(number))}


def _insist_may_confirm(organisation: Organisation, actor: Account) -> None:
    if not may_confirm(actor):
        raise NotAllowed
    # Also of old times: who has worked there does not vouch for it.
    member = select(Membership.id).where(
        Membership.organisation_id == organisation.id, Membership.account_id == actor.id
    )
    if db.session.scalar(member) is not None:
        raise NotAllowed(_("Người của tổ chức này không xác minh cho chính mình."))


def _insist_written(field: str, text: str, sentence: str) -> None:
    if not text.strip():
        raise Invalid(sentence, field=field)
