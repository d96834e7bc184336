"""Whom of the family we may speak to, and who looks after the children: in the case alone, sealed."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model
from portal.overseas.models import OverseasCase
from portal.workers.states import ConsentChannel


class FamilyContact(Model):
    """One person of the family, with a consent of its own: who, which number, what may be told.

    Withdrawn, the row stays as proof; name and number are gone.
    """

    __tablename__ = "family_contact"
    __table_args__ = (
        check_choice("channel", ConsentChannel),
        CheckConstraint("channel = 'online' OR taken_by_id IS NOT NULL", name="taken_by"),
        CheckConstraint("(withdrawn_at IS NULL) = (who_sealed IS NOT NULL)", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"), index=True)
    # Name, relation, phone.
    who_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Values of `MayTell`.
    may_tell: Mapped[list[str]] = mapped_column(JSON, default=list)
    # The sentence that was shown or read out.
    sentence: Mapped[str] = mapped_column(Text)
    channel: Mapped[ConsentChannel] = choice_column(ConsentChannel)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[OverseasCase] = relationship()
    taken_by: Mapped[Account | None] = relationship()


class ChildCare(Model):
    """Asked once in the case, so that somebody thinks of the children before the parent leaves."""

    __tablename__ = "child_care"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"), unique=True)
    # What was answered and who looks after them: one sealed text.
    facts_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
