"""Rounds of a programme, with their days and the odds of those that are over; and who prepares for them."""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.organisations.models import Organisation
from portal.overseas.models import Programme
from portal.overseas.programmes.states import WAITING_MEMBERS, MemberState, PoolKind, RoundDayKind
from portal.workers.models import Worker
from portal.workers.states import ConsentChannel


class ProgrammeRound(Model):
    __tablename__ = "programme_round"
    __table_args__ = (
        CheckConstraint("apply_to IS NULL OR apply_from IS NULL OR apply_to >= apply_from", name="window"),
        CheckConstraint("places IS NULL OR places > 0", name="places"),
        CheckConstraint("applicants IS NULL OR applicants > 0", name="applicants"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    # For the order of the list, where no day is known.
    year: Mapped[int]
    apply_from: Mapped[dt.date | None]
    apply_to: Mapped[dt.date | None]
    # How many are taken; applicants only once it is known.
    places: Mapped[int | None]
    applicants: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(300))
    verified: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    programme: Mapped[Programme] = relationship()
    days: Mapped[list["RoundDay"]] = relationship(
        back_populates="round", order_by="(RoundDay.day, RoundDay.id)", cascade="all, delete-orphan"
    )


class RoundDay(Model):
    __tablename__ = "programme_round_day"
    __table_args__ = (check_choice("kind", RoundDayKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("programme_round.id"), index=True)
    kind: Mapped[RoundDayKind] = choice_column(RoundDayKind)
    day: Mapped[dt.date]
    words: Mapped[str] = mapped_column(String(200), default="")

    round: Mapped[ProgrammeRound] = relationship(back_populates="days")


class Pool(Model):
    """People who prepare for a coming round. For a sender only with the ministry's approval."""

    __tablename__ = "pool"
    __table_args__ = (
        check_choice("kind", PoolKind),
        CheckConstraint(
            "kind <> 'pre_sourcing' OR (organisation_id IS NOT NULL AND approval_number <> '' "
            "AND approval_date IS NOT NULL AND commitment <> '')",
            name="approved",
        ),
        CheckConstraint(
            "kind <> 'own' OR (organisation_id IS NULL AND training_fee_vnd IS NULL)", name="own"
        ),
        CheckConstraint("training_fee_vnd IS NULL OR training_fee_vnd >= 0", name="training_fee"),
        check_together("closed_at", "closed_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("programme_round.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[PoolKind] = choice_column(PoolKind, default=PoolKind.OWN)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    approval_number: Mapped[str] = mapped_column(String(60), default="")
    approval_date: Mapped[dt.date | None]
    approved_quantity: Mapped[int | None]
    # The paper in which the sender commits itself to take these people first.
    commitment: Mapped[str] = mapped_column(String(200), default="")
    # The only money that may be asked of people in a pool.
    training_fee_vnd: Mapped[int | None] = mapped_column(BigInteger)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    programme: Mapped[Programme] = relationship()
    round: Mapped[ProgrammeRound | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


_WAITING = ", ".join(f"'{state.value}'" for state in WAITING_MEMBERS)


class PoolMember(Model):
    """One person in one pool, for as long as they agreed to be kept in it."""

    __tablename__ = "pool_member"
    __table_args__ = (
        check_choice("state", MemberState),
        check_choice("consent_channel", ConsentChannel),
        CheckConstraint(f"(state IN ({_WAITING})) = (ended_at IS NULL)", name="ended"),
        CheckConstraint("consent_channel = 'online' OR consent_taken_by_id IS NOT NULL", name="taken_by"),
        # Nobody waits twice in one pool; who left may come again.
        Index(
            "ix_pool_member_waiting",
            "pool_id",
            "worker_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("pool.id"), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    state: Mapped[MemberState] = choice_column(MemberState, default=MemberState.PREPARING)
    joined_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # How long the name stays on the receiver's list.
    roster_until: Mapped[dt.date | None]
    consent_version: Mapped[str] = mapped_column(String(20))
    # The sentence that was shown or read out.
    consent_sentence: Mapped[str] = mapped_column(Text)
    consent_channel: Mapped[ConsentChannel] = choice_column(ConsentChannel)
    consent_taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    consent_given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    keep_until: Mapped[dt.date] = mapped_column(index=True)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_because: Mapped[str] = mapped_column(String(200), default="")

    pool: Mapped[Pool] = relationship()
    worker: Mapped[Worker] = relationship()
    consent_taken_by: Mapped[Account | None] = relationship(foreign_keys=[consent_taken_by_id])
    priority: Mapped["PoolPriority | None"] = relationship(
        back_populates="member", cascade="all, delete-orphan"
    )


class PoolPriority(Model):
    """The group a programme's own rules name, as the person told it for this pool alone; sealed."""

    __tablename__ = "pool_priority"
    __table_args__ = (
        check_choice("consent_channel", ConsentChannel),
        CheckConstraint("consent_channel = 'online' OR consent_taken_by_id IS NOT NULL", name="taken_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("pool_member.id"), unique=True)
    group_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    consent_version: Mapped[str] = mapped_column(String(20))
    consent_sentence: Mapped[str] = mapped_column(Text)
    consent_channel: Mapped[ConsentChannel] = choice_column(ConsentChannel)
    consent_taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    consent_given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    member: Mapped[PoolMember] = relationship(back_populates="priority")
