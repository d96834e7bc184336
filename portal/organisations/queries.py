"""Finding organisations, members and invitations."""

import datetime as dt
from typing import Self

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.access.models import Account
from portal.common.text import LONGEST_SEARCH, fold
from portal.extensions import db
from portal.organisations.models import Invitation, Membership, Organisation, OrganisationConfirmation
from portal.organisations.permissions import READERS
from portal.organisations.states import OrganisationKind


class Organisations:
    def __init__(self, query: Select[Organisation] | None = None) -> None:
        self.query = select(Organisation) if query is None else query

    def where(self, *conditions: ColumnElement[bool]) -> Self:
        return type(self)(self.query.where(*conditions))

    def visible_to(self, account: Account) -> Self:
        """Staff see all; a partner sees the organisations it belongs to now."""
        if account.role in READERS:
            return self
        mine = select(Membership.organisation_id).where(
            Membership.account_id == account.id, Membership.ended_at.is_(None)
        )
        return self.where(Organisation.id.in_(mine))

    def with_id(self, organisation_id: int) -> Self:
        return self.where(Organisation.id == organisation_id)

    def of_kind(self, *kinds: OrganisationKind) -> Self:
        return self.where(Organisation.kind.in_(kinds))

    def open(self) -> Self:
        return self.where(Organisation.closed_at.is_(None))

    def search(self, text: str) -> Self:
        """By name without diacritics, or by tax code."""
        text = text[:LONGEST_SEARCH]
        folded = fold(text)
        if not folded:
            return self
        return self.where(
            Organisation.name_folded.contains(folded, autoescape=True)
            | Organisation.tax_code.contains(text.strip(), autoescape=True)
        )

    def with_market_permissions(self) -> Self:
        return type(self)(self.query.options(selectinload(Organisation.market_permissions)))

    def in_order(self) -> Self:
        return type(self)(self.query.order_by(Organisation.name_folded, Organisation.id))


def membership_of(account: Account) -> Membership | None:
    """The present membership; the latest if there are several."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.account_id == account.id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.organisation))
        .order_by(Membership.id.desc())
        .limit(1)
    ).one_or_none()


def organisation_of(account: Account) -> Organisation | None:
    membership = membership_of(account)
    return membership.organisation if membership else None


def members_of(organisation: Organisation) -> list[Membership]:
    query = (
        select(Membership)
        .where(Membership.organisation_id == organisation.id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.account))
        .order_by(Membership.created_at, Membership.id)
    )
    return list(db.session.scalars(query))


def open_invitations() -> Select[Invitation]:
    return select(Invitation).where(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))


def invitations_of(organisation: Organisation, *, now: dt.datetime) -> list[Invitation]:
    query = open_invitations().where(
        Invitation.organisation_id == organisation.id, Invitation.expires_at > now
    )
    return list(db.session.scalars(query.order_by(Invitation.id)))


def invitation_with(code_hash: str, *, now: dt.datetime) -> Invitation | None:
    query = open_invitations().where(Invitation.code_hash == code_hash, Invitation.expires_at > now)
    return db.session.scalars(
        query.options(joinedload(Invitation.organisation)).with_for_update(of=Invitation)
    ).one_or_none()


def member_counts(organisations: list[Organisation]) -> dict[int, int]:
    rows = db.session.execute(
        select(Membership.organisation_id, func.count())
        .where(
            Membership.organisation_id.in_([row.id for row in organisations]), Membership.ended_at.is_(None)
        )
        .group_by(Membership.organisation_id)
    )
    return {row[0]: row[1] for row in rows}


def live_confirmation(organisation_id: int) -> OrganisationConfirmation | None:
    """The call-back that stands; the latest if there were several."""
    return db.session.scalars(
        select(OrganisationConfirmation)
        .where(
            OrganisationConfirmation.organisation_id == organisation_id,
            OrganisationConfirmation.withdrawn_at.is_(None),
        )
        .order_by(OrganisationConfirmation.id.desc())
        .limit(1)
    ).one_or_none()


def confirmations_of(organisation: Organisation) -> list[tuple[OrganisationConfirmation, str, str | None]]:
    """Every call-back with the names of who called and who withdrew it, the newest first."""
    caller, withdrawer = aliased(Account), aliased(Account)
    rows = db.session.execute(
        select(OrganisationConfirmation, caller.display_name, withdrawer.display_name)
        .join(caller, caller.id == OrganisationConfirmation.confirmed_by_id)
        .outerjoin(withdrawer, withdrawer.id == OrganisationConfirmation.withdrawn_by_id)
        .where(OrganisationConfirmation.organisation_id == organisation.id)
        .order_by(OrganisationConfirmation.id.desc())
    )
    return [(row, called_by, withdrawn_by) for row, called_by, withdrawn_by in rows]
