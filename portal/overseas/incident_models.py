"""What went wrong for somebody on the way abroad or there, and who sees to it."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.overseas.states import IncidentKind, IncidentState, Severity


class Incident(Model):
    __tablename__ = "incident"
    __table_args__ = (
        check_choice("kind", IncidentKind),
        check_choice("severity", Severity),
        check_choice("state", IncidentState),
        check_together("closed_at", "closed_by_id"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[IncidentKind] = choice_column(IncidentKind)
    severity: Mapped[Severity] = choice_column(Severity, default=Severity.NORMAL)
    state: Mapped[IncidentState] = choice_column(IncidentState, default=IncidentState.OPEN)
    # None: told by somebody who did not say who they are.
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("worker.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("overseas_case.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    # How to reach who told of it, where they are no worker of ours.
    told_by: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    due_on: Mapped[dt.date] = mapped_column(index=True)
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    owner: Mapped[Account | None] = relationship(foreign_keys=[owner_id])
