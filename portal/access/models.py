"""Accounts, and what protects them."""

import datetime as dt

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.states import STAFF, Role
from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model


class Account(UserMixin, Model):
    __tablename__ = "account"
    __table_args__ = (check_choice("role", Role),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Phone, e-mail or a chosen name, folded to one spelling (rules.tidy_sign_in_name). None: whoever
    # comes in by a code to a phone that others share.
    sign_in_name: Mapped[str | None] = mapped_column(String(120), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[Role] = choice_column(Role)
    locale: Mapped[str] = mapped_column(String(5), default="vi")
    # A way to reach people, not an identity: several accounts may have the same one.
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    # When a code sent to this phone was last entered for this account: numbers are given out again.
    phone_proved_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(200))
    is_enabled: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    # Raised by a password change or a lock: every session opened before it ends.
    session_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    last_sign_in_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    def get_id(self) -> str:
        return f"{self.id}.{self.session_version}"

    @property
    def is_active(self) -> bool:
        return self.is_enabled

    @property
    def given_name(self) -> str:
        """As people call each other: the last word of the name."""
        return self.display_name.split()[-1] if self.display_name.split() else ""

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF


class SignInThrottle(Model):
    """Failed tries by name and by address, kept in the database so that all processes count alike."""

    __tablename__ = "sign_in_throttle"

    id: Mapped[int] = mapped_column(primary_key=True)
    # A keyed hash of the name or the address: the table tells nobody who tried.
    key: Mapped[str] = mapped_column(String(64), unique=True)
    failures: Mapped[int] = mapped_column(default=0)
    window_started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class ResetCode(Model):
    __tablename__ = "reset_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class PhoneCode(Model):
    """A one-time code sent to a number, kept as a keyed hash: the table tells nobody who asked."""

    __tablename__ = "phone_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone_hash: Mapped[str] = mapped_column(String(64), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
