"""What was shown to whom, in which order: the ranking learns and is checked from these rows."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.common.columns import UtcDateTime
from portal.extensions import Model


class ShownList(Model):
    __tablename__ = "shown_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    model: Mapped[str] = mapped_column(String(60))
    index_mark: Mapped[int]
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    total_may: Mapped[int]

    rows: Mapped[list["ShownRow"]] = relationship(order_by="ShownRow.position")


class ShownRow(Model):
    __tablename__ = "shown_row"

    list_id: Mapped[int] = mapped_column(ForeignKey("shown_list.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    # Fixed point, thousandths, as matching gives it.
    score: Mapped[int]
    parts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    # How well each part fits, 0 to 10,000: what the ranking learns from, as it was known when the list was
    # shown. A part that is not there was not asked about; rows from before this was kept have none.
    values: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    # Listed below the others, as "may, once something is known".
    is_apart: Mapped[bool] = mapped_column(default=False)
    # What the viewer did with this row: shortlisted, asked …
    decision: Mapped[str | None] = mapped_column(String(30))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class ShownOpenings(Model):
    """The other direction: which openings a person was shown as fitting, best first."""

    __tablename__ = "shown_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    model: Mapped[str] = mapped_column(String(60))
    index_mark: Mapped[int]
    # [[opening_id, score], …] in the order shown; what followed stands in `referral`.
    openings: Mapped[list[list[int]]] = mapped_column(JSON)
