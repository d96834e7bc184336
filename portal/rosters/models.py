"""Lists of people posted by an organisation."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model
from portal.files.models import StoredFile
from portal.jobs.models import Job
from portal.organisations.models import Organisation
from portal.rosters.states import NoticeState, RosterState, RowOutcome
from portal.workers.models import Worker


class Roster(Model):
    __tablename__ = "roster"
    __table_args__ = (check_choice("state", RosterState),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[RosterState] = choice_column(RosterState, default=RosterState.CHECKING)
    title: Mapped[str] = mapped_column(String(200))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    # Errors of the whole file (no rows, a missing column …), one depth at a time.
    file_errors: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    row_count: Mapped[int] = mapped_column(default=0)
    error_count: Mapped[int] = mapped_column(default=0)
    # What was found in the whole file, and what the college answered to the proposals: sealed, emptied
    # with the rows.
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    committed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    committed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()
    file: Mapped[StoredFile] = relationship()
    job: Mapped[Job | None] = relationship()
    created_by: Mapped[Account] = relationship(foreign_keys=[created_by_id])
    committed_by: Mapped[Account | None] = relationship(foreign_keys=[committed_by_id])
    withdrawn_by: Mapped[Account | None] = relationship(foreign_keys=[withdrawn_by_id])
    rows: Mapped[list["RosterRow"]] = relationship(order_by="RosterRow.row_number", back_populates="roster")


class RosterRow(Model):
    __tablename__ = "roster_row"
    __table_args__ = (
        check_choice("outcome", RowOutcome),
        check_choice("notice", NoticeState),
        UniqueConstraint("roster_id", "row_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"), index=True)
    # As in the file: the header's row plus one is the first.
    row_number: Mapped[int]
    # As read, sealed; emptied once the roster is committed or withdrawn, with the two lists below.
    cells: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    errors: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    proposals: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("worker.id"), index=True)
    outcome: Mapped[RowOutcome | None] = choice_column(RowOutcome)
    notice: Mapped[NoticeState | None] = choice_column(NoticeState)

    roster: Mapped[Roster] = relationship(back_populates="rows")
    worker: Mapped[Worker | None] = relationship()
