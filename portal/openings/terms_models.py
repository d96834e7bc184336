"""What was compared with the papers of an overseas opening, and which warnings a moderator let pass."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.files.models import StoredFile
from portal.openings.terms_states import PaperKind


class OpeningPaper(Model):
    """A private file of an opening. A new one takes the place of the old; the old row stays as history."""

    __tablename__ = "opening_paper"
    __table_args__ = (
        check_choice("kind", PaperKind),
        check_together("removed_at", "removed_by_id"),
        Index(
            "ix_opening_paper_live",
            "opening_id",
            "kind",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    kind: Mapped[PaperKind] = choice_column(PaperKind)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    file: Mapped[StoredFile] = relationship()
    added_by: Mapped[Account] = relationship(foreign_keys=[added_by_id])


class CheckedValue(Model):
    """Who entered a value of an overseas opening, and who compared it with which paper.

    `value` is what was compared, in the writing of openings/checked_values.py: a tick counts only while
    the opening still says the same.
    """

    __tablename__ = "checked_value"
    __table_args__ = (
        UniqueConstraint("opening_id", "field"),
        check_together("ticked_at", "ticked_by_id"),
        check_together("ticked_at", "paper_id"),
        CheckConstraint("ticked_by_id IS NULL OR ticked_by_id <> entered_by_id", name="by_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    # None: entered before this was kept, or by a list of openings.
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    value: Mapped[str] = mapped_column(Text, default="")
    ticked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ticked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("opening_paper.id"))

    entered_by: Mapped[Account | None] = relationship(foreign_keys=[entered_by_id])
    ticked_by: Mapped[Account | None] = relationship(foreign_keys=[ticked_by_id])


class WarningOverride(Model):
    """A warning that was let pass, with the reason. It holds for what was stated and allowed then."""

    __tablename__ = "warning_override"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    rule: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(40))
    stated: Mapped[str] = mapped_column(Text)
    allowed: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    decided_by: Mapped[Account] = relationship()
