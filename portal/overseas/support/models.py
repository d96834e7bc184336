"""What a person asks for, gets and borrows on the way abroad."""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.files.models import StoredFile
from portal.overseas.models import OverseasCase
from portal.overseas.support.states import (
    LIVE_CLAIMS,
    LIVE_LOANS,
    ClaimState,
    Content,
    Fund,
    LoanState,
    ProofKind,
)
from portal.workers.models import Worker


def _among(states: tuple[ClaimState, ...] | tuple[LoanState, ...]) -> str:
    return f"state IN ({', '.join(repr(state.value) for state in states)})"


class SupportSheet(Model):
    """What the amounts depend on, in one case. None: not asked yet."""

    __tablename__ = "support_sheet"
    __table_args__ = (
        CheckConstraint("eligible_training_days >= 0", name="days"),
        CheckConstraint("lodging_months >= 0", name="months"),
        CheckConstraint("distance_m >= 0", name="distance"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"), unique=True)
    eligible_training_days: Mapped[int | None]
    lodging_months: Mapped[int | None]
    # Metres: 14.9 km are not 15.
    distance_m: Mapped[int | None]
    in_hard_area: Mapped[bool] = mapped_column(default=False)
    in_programme_area: Mapped[bool | None]
    is_upskilling: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class SupportClaim(Model):
    __tablename__ = "support_claim"
    __table_args__ = (
        check_choice("content", Content),
        check_choice("fund", Fund),
        check_choice("state", ClaimState),
        check_together("decided_on", "decided_by_id"),
        check_together("paid_on", "paid_by_id"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> entered_by_id", name="two_people"),
        CheckConstraint("amount_vnd IS NULL OR amount_vnd >= 0", name="amount"),
        CheckConstraint(
            "amount_vnd IS NULL OR cost_vnd IS NULL OR amount_vnd <= cost_vnd", name="not_above_cost"
        ),
        CheckConstraint(
            "amount_vnd IS NULL OR ceiling_vnd IS NULL OR amount_vnd <= ceiling_vnd", name="not_above_ceiling"
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'paid') OR (amount_vnd IS NOT NULL AND decided_on IS NOT NULL)",
            name="decided",
        ),
        CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name="paid"),
        CheckConstraint("(fund IS NULL) = (elsewhere_by <> '')", name="elsewhere"),
        Index(
            "uq_support_claim_once", "worker_id", "content", unique=True,
            sqlite_where=text(_among(LIVE_CLAIMS)), postgresql_where=text(_among(LIVE_CLAIMS)),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    content: Mapped[Content] = choice_column(Content)
    # None: paid by somebody else.
    fund: Mapped[Fund | None] = choice_column(Fund)
    state: Mapped[ClaimState] = choice_column(ClaimState, default=ClaimState.CLAIMED, index=True)
    # What the person paid or has to pay; an allowance has no bill.
    cost_vnd: Mapped[int | None] = mapped_column(BigInteger)
    # As they stood when it was decided; the group that gives the right is not kept here.
    ceiling_vnd: Mapped[int | None] = mapped_column(BigInteger)
    rule_source: Mapped[str] = mapped_column(String(200), default="")
    rule_since: Mapped[dt.date | None]
    # The last day on which this money may be spent.
    payable_until: Mapped[dt.date | None]
    amount_vnd: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(String(300), default="")
    claimed_on: Mapped[dt.date] = mapped_column(index=True)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[dt.date | None] = mapped_column(index=True)
    decided_on: Mapped[dt.date | None] = mapped_column(index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decision_reason: Mapped[str] = mapped_column(String(300), default="")
    paid_on: Mapped[dt.date | None] = mapped_column(index=True)
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    payment_number: Mapped[str] = mapped_column(String(60), default="")
    # Which office paid it.
    elsewhere_by: Mapped[str] = mapped_column(String(200), default="")

    case: Mapped[OverseasCase] = relationship()
    worker: Mapped[Worker] = relationship()
    entered_by: Mapped[Account] = relationship(foreign_keys=[entered_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    paid_by: Mapped[Account | None] = relationship(foreign_keys=[paid_by_id])
    proofs: Mapped[list["SupportProof"]] = relationship(order_by="SupportProof.id", back_populates="claim")


class SupportProof(Model):
    __tablename__ = "support_proof"
    __table_args__ = (check_choice("kind", ProofKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("support_claim.id"), index=True)
    kind: Mapped[ProofKind] = choice_column(ProofKind)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    claim: Mapped[SupportClaim] = relationship(back_populates="proofs")
    file: Mapped[StoredFile] = relationship()


class SupportLoan(Model):
    """A loan of the policy bank: the bank decides, an adviser writes down what it said and when."""

    __tablename__ = "support_loan"
    __table_args__ = (
        check_choice("state", LoanState),
        CheckConstraint("asked_vnd > 0", name="asked"),
        CheckConstraint("most_vnd IS NULL OR asked_vnd <= most_vnd", name="not_above_most"),
        CheckConstraint("approved_vnd IS NULL OR approved_vnd <= asked_vnd", name="not_above_asked"),
        CheckConstraint("paid_out_vnd IS NULL OR paid_out_vnd <= approved_vnd", name="not_above_approved"),
        check_together("paid_out_on", "paid_out_vnd"),
        CheckConstraint(
            "state NOT IN ('approved', 'paid_out', 'repaid') OR approved_vnd IS NOT NULL", name="approved"
        ),
        CheckConstraint("(state IN ('paid_out', 'repaid')) = (paid_out_on IS NOT NULL)", name="paid_out"),
        Index(
            "uq_support_loan_once", "case_id", unique=True,
            sqlite_where=text(_among(LIVE_LOANS)), postgresql_where=text(_among(LIVE_LOANS)),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    state: Mapped[LoanState] = choice_column(LoanState, default=LoanState.ASKED, index=True)
    asked_vnd: Mapped[int] = mapped_column(BigInteger)
    asked_on: Mapped[dt.date]
    # Stated by the sheet of costs, and what the budget had decided to pay by that day.
    cost_vnd: Mapped[int] = mapped_column(BigInteger)
    support_vnd: Mapped[int] = mapped_column(BigInteger, default=0)
    most_vnd: Mapped[int | None] = mapped_column(BigInteger)
    needs_collateral: Mapped[bool | None]
    term_months: Mapped[int | None]
    # None: no rule says by when the bank must answer.
    due_on: Mapped[dt.date | None] = mapped_column(index=True)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_on: Mapped[dt.date | None]
    approved_vnd: Mapped[int | None] = mapped_column(BigInteger)
    answer_note: Mapped[str] = mapped_column(String(300), default="")
    paid_out_on: Mapped[dt.date | None]
    paid_out_vnd: Mapped[int | None] = mapped_column(BigInteger)

    case: Mapped[OverseasCase] = relationship()
    worker: Mapped[Worker] = relationship()
    balances: Mapped[list["LoanBalance"]] = relationship(
        order_by="LoanBalance.day, LoanBalance.id", back_populates="loan"
    )


class LoanBalance(Model):
    """What was still owed on a day, as the person or the bank said."""

    __tablename__ = "loan_balance"
    __table_args__ = (
        CheckConstraint("owed_vnd >= 0", name="owed"),
        UniqueConstraint("loan_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("support_loan.id"), index=True)
    day: Mapped[dt.date]
    owed_vnd: Mapped[int] = mapped_column(BigInteger)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    loan: Mapped[SupportLoan] = relationship(back_populates="balances")
