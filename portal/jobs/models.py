"""The job table: the transactional outbox of long work."""

import datetime as dt
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.common.choices import Choices
from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model


class JobState(Choices):
    WAITING = "waiting", _l("Đang chờ")
    RUNNING = "running", _l("Đang chạy")
    DONE = "done", _l("Đã xong")
    FAILED = "failed", _l("Không xong")


class Job(Model):
    __tablename__ = "job"
    __table_args__ = (check_choice("state", JobState), Index("ix_job_next", "state", "run_after", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[JobState] = choice_column(JobState, default=JobState.WAITING)
    run_after: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # Who holds the lease; a worker that lost it may not write the result.
    lease_holder: Mapped[str | None] = mapped_column(String(40))
    attempts: Mapped[int] = mapped_column(default=0)
    done_steps: Mapped[int] = mapped_column(default=0)
    total_steps: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
