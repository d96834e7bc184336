"""What a worker says they paid on their way abroad, who may see it, and what was asked too much."""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.files.models import StoredFile
from portal.openings.models import Opening
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.costs.states import PaidFor
from portal.workers.models import Worker


class CostPayment(Model):
    """One sum, as the person tells it now; what it said before stands in its changes."""

    __tablename__ = "cost_payment"
    __table_args__ = (
        check_choice("kind", PaidFor),
        check_together("removed_at", "removed_by_id"),
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint("(receipt_id IS NULL) = no_receipt", name="receipt"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    # None: paid for work abroad that does not stand here.
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    kind: Mapped[PaidFor] = choice_column(PaidFor)
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
    paid_to: Mapped[str] = mapped_column(String(200))
    paid_on: Mapped[dt.date]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    no_receipt: Mapped[bool]
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    # Noted by mistake: it counts no more and is not forgotten.
    removed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    worker: Mapped[Worker] = relationship()
    opening: Mapped[Opening | None] = relationship()
    receipt: Mapped[StoredFile | None] = relationship()
    changes: Mapped[list["PaymentChange"]] = relationship(
        back_populates="payment", order_by="PaymentChange.id"
    )


class PaymentChange(Model):
    """What a payment said before a correction."""

    __tablename__ = "cost_payment_change"
    __table_args__ = (check_choice("kind", PaidFor),)

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("cost_payment.id"), index=True)
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"))
    kind: Mapped[PaidFor] = choice_column(PaidFor)
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
    paid_to: Mapped[str] = mapped_column(String(200))
    paid_on: Mapped[dt.date]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    note: Mapped[str] = mapped_column(String(500), default="")
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    payment: Mapped[CostPayment] = relationship(back_populates="changes")


class PaymentSharing(Model):
    """The person lets the sender see one payment, or all; each switch is a row, taken back by its end."""

    __tablename__ = "payment_sharing"
    __table_args__ = (
        Index(
            "ix_payment_sharing_all", "worker_id", unique=True,
            sqlite_where=text("payment_id IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("payment_id IS NULL AND withdrawn_at IS NULL"),
        ),
        Index(
            "ix_payment_sharing_one", "payment_id", unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    # None: every payment, also later ones.
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("cost_payment.id"))
    given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class CostExcess(Model):
    """For one line of one person's way abroad more was taken than the law lets anybody take."""

    __tablename__ = "cost_excess"
    __table_args__ = (
        check_choice("kind", PaidFor),
        CheckConstraint("excess_vnd >= 0 AND excess_vnd <= paid_vnd", name="excess"),
        UniqueConstraint("worker_id", "opening_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    kind: Mapped[PaidFor] = choice_column(PaidFor)
    # As it is now: a correction may make it smaller, or nothing.
    paid_vnd: Mapped[int] = mapped_column(BigInteger)
    excess_vnd: Mapped[int] = mapped_column(BigInteger)
    # What the incident was opened over: only more than this opens another once it is closed.
    told_vnd: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(String(200))
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    found_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    incident: Mapped[Incident] = relationship()
