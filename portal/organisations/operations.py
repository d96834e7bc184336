"""Recording organisations and what they are licensed to do."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.events import emit
from portal.common.text import fold, tidy_name
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.organisations.events import LicenceChanged
from portal.organisations.models import MarketPermission, Organisation
from portal.organisations.permissions import may_change_contact, may_keep
from portal.organisations.queries import membership_of
from portal.organisations.rules import dates_problem
from portal.organisations.states import LicenceStatus, OrganisationKind


@dataclass(frozen=True)
class OrganisationFacts:
    """What the centre keeps about an organisation, tidy already."""

    kind: OrganisationKind
    name: str
    tax_code: str | None = None
    licence_number: str | None = None
    licence_status: LicenceStatus = LicenceStatus.UNKNOWN
    licence_valid_to: dt.date | None = None


@dataclass(frozen=True)
class ContactFacts:
    commune_code: str | None = None
    address_line: str = ""
    phone: str = ""
    email: str = ""


def create_organisation(
    facts: OrganisationFacts, contact: ContactFacts, *, actor: Account | None, now: dt.datetime
) -> Organisation:
    """Without an actor: a command of the machine's owner."""
    if actor is not None and not may_keep(actor):
        raise NotAllowed
    organisation = Organisation(created_at=now)
    _put(organisation, facts)
    _put_contact(organisation, contact)
    db.session.add(organisation)
    db.session.flush()
    record("organisation.created", organisation, actor=actor, now=now, kind=facts.kind.value)
    return organisation


def change_organisation(
    organisation: Organisation,
    facts: OrganisationFacts,
    contact: ContactFacts,
    *,
    actor: Account,
    now: dt.datetime,
) -> None:
    if not may_keep(actor):
        raise NotAllowed
    if facts.kind != organisation.kind:
        raise Invalid(
            _("Loại tổ chức không đổi được: vai trò của các thành viên theo loại này."), field="kind"
        )
    _put(organisation, facts)
    _put_contact(organisation, contact)
    _note_change(organisation, actor, now)


def change_contact(
    organisation: Organisation, contact: ContactFacts, *, actor: Account, now: dt.datetime
) -> None:
    membership = membership_of(actor)
    own = membership is not None and membership.organisation_id == organisation.id
    if not may_change_contact(actor, membership if own else None):
        raise NotAllowed(_("Chỉ người quản lý của tổ chức sửa được phần này."))
    _put_contact(organisation, contact)
    _note_change(organisation, actor, now)


def _put(organisation: Organisation, facts: OrganisationFacts) -> None:
    if facts.tax_code:
        taken = select(Organisation.name).where(Organisation.tax_code == facts.tax_code)
        if organisation.id is not None:
            taken = taken.where(Organisation.id != organisation.id)
        with db.session.no_autoflush:
            name = db.session.scalar(taken)
        if name:
            raise Refused(_("Mã số thuế này đã ghi cho %(name)s.", name=name), field="tax_code")
    organisation.kind = facts.kind
    organisation.name = tidy_name(facts.name)
    organisation.name_folded = fold(organisation.name)
    organisation.tax_code = facts.tax_code
    organisation.licence_number = facts.licence_number or None
    organisation.licence_status = facts.licence_status
    organisation.licence_valid_to = facts.licence_valid_to


def _put_contact(organisation: Organisation, contact: ContactFacts) -> None:
    organisation.commune_code = contact.commune_code
    organisation.address_line = contact.address_line
    organisation.phone = contact.phone
    organisation.email = contact.email


def _note_change(organisation: Organisation, actor: Account, now: dt.datetime) -> None:
    changed = [name for name in _WATCHED if db.inspect(organisation).attrs[name].history.has_changes()]
    db.session.flush()
    if changed:
        record("organisation.changed", organisation, actor=actor, now=now, fields=changed)
    if any(name.startswith("licence_") for name in changed):
        emit(LicenceChanged(organisation, actor, now))


_WATCHED = (
    "name", "tax_code", "licence_number", "licence_status", "licence_valid_to",
    "commune_code", "address_line", "phone", "email",
)  # fmt: skip


def add_market_permission(
    organisation: Organisation,
    country: str,
    *,
    valid_from: dt.date,
    valid_to: dt.date | None,
    source: str,
    actor: Account,
    now: dt.datetime,
) -> MarketPermission:
    if not may_keep(actor):
        raise NotAllowed
    if organisation.kind != OrganisationKind.SENDER:
        raise Refused(_("Chỉ doanh nghiệp dịch vụ có giấy phép theo thị trường."))
    problem = dates_problem(valid_from, valid_to)
    if problem:
        raise Invalid(problem, field="valid_to")
    permission = MarketPermission(
        organisation_id=organisation.id,
        country=country,
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
    )
    db.session.add(permission)
    db.session.flush()
    record("organisation.market_added", organisation, actor=actor, now=now, country=country)
    return permission


def end_market_permission(
    permission: MarketPermission, on: dt.date, *, actor: Account, now: dt.datetime
) -> None:
    """The row stays: openings of that time were lawful under it."""
    if not may_keep(actor):
        raise NotAllowed
    if permission.valid_to is not None and permission.valid_to <= on:
        raise Refused(_("Thị trường này đã kết thúc rồi."))
    permission.valid_to = max(on, permission.valid_from)
    db.session.flush()
    record(
        "organisation.market_ended",
        permission.organisation,
        actor=actor,
        now=now,
        country=permission.country,
    )
    emit(LicenceChanged(permission.organisation, actor, now))
