"""How many people of each group came how far, counted by a job; no row names anybody."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model
from portal.ranking.states import Dimension


class FairnessCount(Model):
    """One group of one opening and month; without an opening, of the whole month, each person once."""

    __tablename__ = "fairness_count"
    __table_args__ = (
        check_choice("dimension", Dimension),
        # Each later count is a part of the eligible: rates are never above one.
        CheckConstraint(
            "shown <= eligible AND shortlisted <= shown AND placed <= shortlisted", name="nested"
        ),
        UniqueConstraint("opening_id", "month", "dimension", "group_key"),
        # NULLs are all different to a unique constraint.
        Index(
            "ix_fairness_count_whole_month",
            "month",
            "dimension",
            "group_key",
            unique=True,
            sqlite_where=text("opening_id IS NULL"),
            postgresql_where=text("opening_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"))
    # Its first day.
    month: Mapped[dt.date]
    dimension: Mapped[Dimension] = choice_column(Dimension)
    group_key: Mapped[str] = mapped_column(String(20))
    eligible: Mapped[int]
    shown: Mapped[int]
    shortlisted: Mapped[int]
    placed: Mapped[int]
    # How much the places in the lists are looked at, added up, in thousandths of a first place.
    exposure: Mapped[int]
    # The day on which the gates were read, and when.
    pool_on: Mapped[dt.date]
    counted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
