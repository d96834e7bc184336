"""What went wrong for somebody on the way abroad or there, and who sees to it."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.overseas.states import IncidentKind, IncidentOutcome, IncidentState, IncidentStepName, Severity
from portal.workers.models import Worker


class Incident(Model):
    __tablename__ = "incident"
    __table_args__ = (
        check_choice("kind", IncidentKind),
        check_choice("severity", Severity),
        check_choice("state", IncidentState),
        check_choice("outcome_kind", IncidentOutcome),
        check_together("closed_at", "closed_by_id"),
        check_together("closed_at", "outcome_kind"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("kind NOT IN ('violence', 'trafficking') OR is_restricted", name="restricted"),
        # What was said stands sealed or open, never both.
        CheckConstraint("words_sealed IS NULL OR (text = '' AND told_by = '' AND phone = '')", name="words"),
        CheckConstraint("NOT is_restricted OR words_sealed IS NOT NULL", name="sealed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Random, never shown: sealed words are bound to it.
    uid: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: uuid.uuid4().hex)
    kind: Mapped[IncidentKind] = choice_column(IncidentKind)
    severity: Mapped[Severity] = choice_column(Severity, default=Severity.NORMAL)
    state: Mapped[IncidentState] = choice_column(IncidentState, default=IncidentState.OPEN)
    # None: told by somebody who did not say who they are.
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("worker.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("overseas_case.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    # Once restricted, always restricted: only the owner and the leaders know that it is there.
    is_restricted: Mapped[bool] = mapped_column(default=False, server_default=false())
    text: Mapped[str] = mapped_column(Text)
    # How to reach who told of it, where they are no worker of ours.
    told_by: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    # Of a restricted one: text, told_by and phone, bound to the row.
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    due_on: Mapped[dt.date] = mapped_column(index=True)
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome_kind: Mapped[IncidentOutcome | None] = choice_column(IncidentOutcome)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    owner: Mapped[Account | None] = relationship(foreign_keys=[owner_id])
    worker: Mapped[Worker | None] = relationship()
    steps: Mapped[list["IncidentStep"]] = relationship(
        back_populates="incident", order_by="IncidentStep.id", cascade="all, delete-orphan"
    )


class IncidentStep(Model):
    """What was done about it. Of a restricted incident the words are sealed."""

    __tablename__ = "incident_step"
    __table_args__ = (
        check_choice("name", IncidentStepName),
        CheckConstraint("text_sealed IS NULL OR text = ''", name="words"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    name: Mapped[IncidentStepName] = choice_column(IncidentStepName)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # None: the person themselves, by their link.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str] = mapped_column(Text, default="")
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    incident: Mapped[Incident] = relationship(back_populates="steps")
    actor: Mapped[Account | None] = relationship()
