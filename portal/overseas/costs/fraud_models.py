"""Somebody suspects a fraud, also without a name: the incident, and the code that opens the answer."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.costs.fraud_states import FraudSign


class FraudReport(Model):
    __tablename__ = "fraud_report"
    __table_args__ = (
        check_choice("sign", FraudSign),
        check_together("answered_at", "answered_by_id"),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), unique=True)
    sign: Mapped[FraudSign] = choice_column(FraudSign)
    # A page, a number, a name on a paper: what others may be warned of.
    where_seen: Mapped[str] = mapped_column(String(300), default="")
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    incident: Mapped[Incident] = relationship()
