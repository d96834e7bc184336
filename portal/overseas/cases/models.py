"""What happened to a case, and whether its profile may go to somebody abroad."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model
from portal.overseas.cases.states import ExitReason
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.workers.states import ConsentChannel


class CaseStep(Model):
    __tablename__ = "case_step"
    __table_args__ = (
        check_choice("from_state", CaseState),
        check_choice("to_state", CaseState),
        check_choice("reason", ExitReason),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"), index=True)
    name: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[CaseState | None] = choice_column(CaseState)
    to_state: Mapped[CaseState] = choice_column(CaseState)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # The day it stands for, where that is not the day on which it was written down.
    day: Mapped[dt.date | None]
    reason: Mapped[ExitReason | None] = choice_column(ExitReason)
    note: Mapped[str] = mapped_column(Text, default="")
    # Gates of unverified rules that the adviser passed over, for the reason in `passed_note`.
    passed: Mapped[list[str]] = mapped_column(JSON, default=list)
    passed_note: Mapped[str] = mapped_column(Text, default="")


class ReceiverConsent(Model):
    """The profile may go to this receiver in this country. Withdrawn rows stay as proof."""

    __tablename__ = "receiver_consent"
    __table_args__ = (
        check_choice("channel", ConsentChannel),
        CheckConstraint("channel = 'online' OR taken_by_id IS NOT NULL", name="taken_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"), index=True)
    receiver: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2))
    text_version: Mapped[str] = mapped_column(String(20))
    # The sentence that was shown or read out, with the receiver and the country in it.
    sentence: Mapped[str] = mapped_column(Text)
    channel: Mapped[ConsentChannel] = choice_column(ConsentChannel)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[OverseasCase] = relationship()


class ProfileSending(Model):
    """The profile went to a receiver abroad: when, by whom, what, and on which consent."""

    __tablename__ = "profile_sending"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"), index=True)
    consent_id: Mapped[int] = mapped_column(ForeignKey("receiver_consent.id"))
    # Kinds of documents, and "profile" for the particulars; no content.
    parts: Mapped[list[str]] = mapped_column(JSON)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    consent: Mapped[ReceiverConsent] = relationship()
