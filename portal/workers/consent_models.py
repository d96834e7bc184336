"""Consents, the facts that need one of their own, and how profiles are taken over and merged."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model
from portal.workers.models import Worker
from portal.workers.states import ConditionKind, ConsentChannel, DuplicateState, Purpose


class Consent(Model):
    """One purpose, one text version. Withdrawn rows stay as proof."""

    __tablename__ = "consent"
    __table_args__ = (
        check_choice("purpose", Purpose),
        check_choice("channel", ConsentChannel),
        CheckConstraint("purpose <> 'keeping' OR keep_until IS NOT NULL", name="keep_until"),
        CheckConstraint("channel = 'online' OR taken_by_id IS NOT NULL", name="taken_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    purpose: Mapped[Purpose] = choice_column(Purpose)
    text_version: Mapped[str] = mapped_column(String(20))
    # The sentence that was shown or read out.
    sentence: Mapped[str] = mapped_column(Text)
    channel: Mapped[ConsentChannel] = choice_column(ConsentChannel)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    keep_until: Mapped[dt.date | None]
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    worker: Mapped[Worker] = relationship(back_populates="consents")


class WorkerSensitive(Model):
    """Ethnicity and priority group: their own table, their own consent, audited reads, sealed."""

    __tablename__ = "worker_sensitive"

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), unique=True)
    ethnicity_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    priority_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class WorkerCondition(Model):
    """One answer to one requirement of the body; sealed, read by the person and their advisers only."""

    __tablename__ = "worker_condition"
    __table_args__ = (check_choice("kind", ConditionKind), UniqueConstraint("worker_id", "kind", "need"))

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    kind: Mapped[ConditionKind] = choice_column(ConditionKind)
    # The requirement as the programme states it; the answer is to this and nothing else.
    need: Mapped[str] = mapped_column(String(200))
    answer_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    answered_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class ClaimCode(Model):
    """Given to a person whom somebody else registered: take over, or say "this was not me"."""

    __tablename__ = "claim_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    contested_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class DuplicatePair(Model):
    """Two profiles that may be one person; an adviser decides."""

    __tablename__ = "duplicate_pair"
    __table_args__ = (
        check_choice("state", DuplicateState),
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("(decided_at IS NULL) = (state = 'open')", name="decided"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    # Codes of what agrees: phone, name_birth …
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[DuplicateState] = choice_column(DuplicateState, default=DuplicateState.OPEN)
    found_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Merge(Model):
    """What a merge moved, so that it can be undone."""

    __tablename__ = "worker_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    moved: Mapped[dict[str, Any]] = mapped_column(JSON)
    done_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    done_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
