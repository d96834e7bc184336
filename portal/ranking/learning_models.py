"""What staff say of a pair, and what was learned from outcomes."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.ranking.learning_states import Fit, FitReason, VersionState

_standing, _active = text("ended_at IS NULL"), text("state = 'active'")


class FitJudgement(Model):
    """What staff said: fits, or does not, because. One stands for a pair; what is ended is kept."""

    __tablename__ = "fit_judgement"
    __table_args__ = (
        check_choice("fit", Fit),
        check_choice("reason", FitReason),
        check_together("ended_at", "ended_by_id"),
        Index(
            "ix_fit_judgement_standing", "opening_id", "worker_id", unique=True,
            sqlite_where=_standing, postgresql_where=_standing,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    fit: Mapped[Fit] = choice_column(Fit)
    reason: Mapped[FitReason] = choice_column(FitReason)
    # For colleagues; nothing is learned from it.
    note: Mapped[str] = mapped_column(Text, default="")
    # How well each part fitted when it was said, 0 to 10,000; a part that is not there was not asked about.
    values: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    made_by: Mapped[Account] = relationship(foreign_keys=[made_by_id])
    ended_by: Mapped[Account | None] = relationship(foreign_keys=[ended_by_id])


class RankingVersion(Model):
    """One training and its verdict. Parameters and figures are never changed."""

    __tablename__ = "ranking_version"
    __table_args__ = (
        check_choice("state", VersionState),
        CheckConstraint("(state = 'too_few') = (digest = '')", name="digest"),
        CheckConstraint(
            "state NOT IN ('active', 'replaced', 'taken_back') OR activated_at IS NOT NULL", name="activated"
        ),
        CheckConstraint("(state IN ('replaced', 'taken_back')) = (ended_at IS NOT NULL)", name="ended"),
        CheckConstraint("state <> 'taken_back' OR ended_reason <> ''", name="taken_back"),
        Index(
            "ix_ranking_version_active", "state", unique=True,
            sqlite_where=_active, postgresql_where=_active,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[VersionState] = choice_column(VersionState)
    # As in the model of every list that it orders; empty where nothing was learned.
    digest: Mapped[str] = mapped_column(String(40))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    # [{"code", "figures"}]: why it may not be used.
    against: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    # What it was measured against, and what comes back when it is taken back; none: the stated weights.
    present_id: Mapped[int | None] = mapped_column(ForeignKey("ranking_version.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # None: by a command.
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    activated_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    activated_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_reason: Mapped[str] = mapped_column(Text, default="")

    activated_by: Mapped[Account | None] = relationship(foreign_keys=[activated_by_id])
    ended_by: Mapped[Account | None] = relationship(foreign_keys=[ended_by_id])
