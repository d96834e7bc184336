"""Organisations, who belongs to them, and what they are licensed to do."""

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.access.states import Role
from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.common.secrets import public_code
from portal.extensions import Model
from portal.organisations.states import LicenceStatus, OrganisationKind


class Organisation(Model):
    __tablename__ = "organisation"
    __table_args__ = (check_choice("kind", OrganisationKind), check_choice("licence_status", LicenceStatus))

    id: Mapped[int] = mapped_column(primary_key=True)
    # A sender prints it on its papers: anybody can check it at /verify.
    public_code: Mapped[str] = mapped_column(String(20), unique=True, default=public_code)
    kind: Mapped[OrganisationKind] = choice_column(OrganisationKind)
    name: Mapped[str] = mapped_column(String(200))
    name_folded: Mapped[str] = mapped_column(String(200), index=True)
    tax_code: Mapped[str | None] = mapped_column(String(20), unique=True)
    commune_code: Mapped[str | None] = mapped_column(String(10))
    address_line: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    licence_number: Mapped[str | None] = mapped_column(String(60))
    licence_status: Mapped[LicenceStatus] = choice_column(LicenceStatus, default=LicenceStatus.UNKNOWN)
    licence_valid_to: Mapped[dt.date | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    market_permissions: Mapped[list["MarketPermission"]] = relationship(back_populates="organisation")


class MarketPermission(Model):
    """A sender may send people to this country in this period."""

    __tablename__ = "market_permission"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    country: Mapped[str] = mapped_column(String(2))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(String(200))

    organisation: Mapped[Organisation] = relationship(back_populates="market_permissions")


class OrganisationConfirmation(Model):
    """A named member of staff called the organisation on a number found independently of what it told us."""

    __tablename__ = "organisation_confirmation"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    called_number: Mapped[str] = mapped_column(String(40))
    # Where the number was found: business register, tax office, directory …
    number_source: Mapped[str] = mapped_column(String(200))
    spoke_with: Mapped[str] = mapped_column(String(120))
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_reason: Mapped[str] = mapped_column(String(300), default="")


class Membership(Model):
    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    is_manager: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
    organisation: Mapped[Organisation] = relationship()


class Invitation(Model):
    __tablename__ = "invitation"
    __table_args__ = (check_choice("role", Role),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role] = choice_column(Role)
    recipient: Mapped[str] = mapped_column(String(200))
    is_manager: Mapped[bool] = mapped_column(default=False)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()
