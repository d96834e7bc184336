"""The papers of a case: one row a paper, older ones of the same kind stay behind it."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.files.models import StoredFile
from portal.overseas.cases.states import DocumentKind, DocumentState
from portal.overseas.models import OverseasCase


class CaseDocument(Model):
    __tablename__ = "case_document"
    __table_args__ = (
        check_choice("kind", DocumentKind),
        check_choice("state", DocumentState),
        check_together("judged_at", "judged_by_id"),
        CheckConstraint("state NOT IN ('checked', 'returned') OR judged_at IS NOT NULL", name="judged"),
        CheckConstraint("state <> 'returned' OR return_reason <> ''", name="return_reason"),
        CheckConstraint(
            "expires_on IS NULL OR issued_on IS NULL OR expires_on >= issued_on", name="dates_in_order"
        ),
        Index("ix_case_document_case_id_kind", "case_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Random, never shown: the sealed number is bound to it.
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"))
    kind: Mapped[DocumentKind] = choice_column(DocumentKind)
    state: Mapped[DocumentState] = choice_column(DocumentState, default=DocumentState.WAITING)
    number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    issued_on: Mapped[dt.date | None]
    # What stands on the paper, or what follows from its day and a rule; the earlier of the two.
    expires_on: Mapped[dt.date | None] = mapped_column(index=True)
    # None: seen on paper at the desk, no picture of it is kept.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    judged_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    return_reason: Mapped[str] = mapped_column(String(300), default="")

    case: Mapped[OverseasCase] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    judged_by: Mapped[Account | None] = relationship(foreign_keys=[judged_by_id])
