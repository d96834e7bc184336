"""Asking for pools and for those in them: plain names filter, `with_…` loads, `visible_to` scopes."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload, selectinload

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.extensions import db
from portal.overseas.programmes.people import Checks, checks_of, standing
from portal.overseas.programmes.pool_rules import Lapse, fewest_gaps, lapses, undated
from portal.overseas.programmes.queries import ProgrammeDay, Programmes, on_day
from portal.overseas.programmes.round_models import Pool, PoolMember
from portal.overseas.programmes.rules import Point, Standing
from portal.overseas.programmes.states import MemberState, Openness, Verdict
from portal.workers.models import Worker
from portal.workers.queries import worker_of
from portal.workers.states import LIVE_STATES

ALTERNATIVES = 3


class Pools:
    def __init__(self, query: Select[Pool] | None = None) -> None:
        self.query: Select[Pool] = select(Pool) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, pool_id: int) -> Self:
        return self.where(Pool.id == pool_id)

    def visible_to(self, account: Account) -> Self:
        """Case staff alone: who prepares for what is nobody else's business, not even the sender's."""
        return self if account.role in CASE_STAFF else self.where(false())

    def open(self) -> Self:
        return self.where(Pool.closed_at.is_(None))

    def newest_first(self) -> Self:
        return type(self)(self.query.order_by(Pool.closed_at.is_not(None), Pool.id.desc()))

    def with_list_data(self) -> Self:
        return type(self)(
            self.query.options(
                joinedload(Pool.programme), joinedload(Pool.round), joinedload(Pool.organisation)
            )
        )

    def locked(self) -> Self:
        return type(self)(self.query.with_for_update(of=Pool).execution_options(populate_existing=True))


class Members:
    def __init__(self, query: Select[PoolMember] | None = None) -> None:
        self.query: Select[PoolMember] = select(PoolMember) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, member_id: int) -> Self:
        return self.where(PoolMember.id == member_id)

    def visible_to(self, account: Account) -> Self:
        """Case staff: all. A person: their own."""
        if account.role in CASE_STAFF:
            return self
        mine = worker_of(account)
        return self.for_worker(mine) if mine is not None else self.where(false())

    def for_worker(self, worker: Worker) -> Self:
        return self.where(PoolMember.worker_id == worker.id)

    def in_pool(self, pool: Pool) -> Self:
        """Of people whose profile is still there."""
        live = PoolMember.worker.has(Worker.state.in_(LIVE_STATES))
        return self.where(PoolMember.pool_id == pool.id, live)

    def waiting(self) -> Self:
        return self.where(PoolMember.ended_at.is_(None))

    def ended(self) -> Self:
        return self.where(PoolMember.ended_at.is_not(None))

    def by_name(self) -> Self:
        """No priority and no progress puts anybody first."""
        ordered = self.query.join(PoolMember.worker).order_by(Worker.name_sort, PoolMember.id)
        return type(self)(ordered)

    def newest_first(self) -> Self:
        return type(self)(self.query.order_by(PoolMember.joined_at.desc(), PoolMember.id.desc()))

    def with_list_data(self) -> Self:
        """What a row shows, in a fixed number of queries: the pool, and the profile of the person."""
        worker = joinedload(PoolMember.worker)
        pool = joinedload(PoolMember.pool)
        return type(self)(
            self.query.options(
                pool.joinedload(Pool.programme),
                pool.joinedload(Pool.round),
                pool.joinedload(Pool.organisation),
                selectinload(PoolMember.priority),
                worker.selectinload(Worker.occupations),
                worker.selectinload(Worker.experiences),
                worker.selectinload(Worker.certificates),
                worker.selectinload(Worker.wanted_places),
                worker.selectinload(Worker.consents),
            )
        )

    def locked(self) -> Self:
        return type(self)(self.query.with_for_update(of=PoolMember).execution_options(populate_existing=True))

    def all(self) -> list[PoolMember]:
        return list(db.session.scalars(self.query).unique())


@dataclass
class MemberRow:
    """One person in a pool: how far they are, what lapses, what is missing."""

    member: PoolMember
    standing: Standing
    lapses: list[Lapse] = field(default_factory=list)
    undated: list[Point] = field(default_factory=list)

    @property
    def missing(self) -> list[Point]:
        return [*self.standing.of(Verdict.NO), *self.standing.of(Verdict.NOT_YET)]

    @property
    def unknown(self) -> list[Point]:
        return self.standing.of(Verdict.UNKNOWN)


def member_rows(members: list[PoolMember], on: dt.date) -> list[MemberRow]:
    """Without the sealed answers about the body; the same number of queries for two as for twenty."""
    programmes = {member.pool.programme.id: member.pool.programme for member in members}
    days = {one.programme.id: one for one in on_day(list(programmes.values()), on)}
    checks = checks_of([member.worker_id for member in members])
    return [_row(member, days[member.pool.programme_id], checks[member.worker_id]) for member in members]


def _row(member: PoolMember, shown: ProgrammeDay, checks: Checks) -> MemberRow:
    stands = standing(shown, member.worker, checks, of_round=member.pool.round, for_list=True)
    waiting = member.ended_at is None
    return MemberRow(
        member,
        stands,
        lapses(stands, member.roster_until, member.keep_until) if waiting else [],
        undated(stands) if waiting else [],
    )


@dataclass(frozen=True, slots=True)
class Alternative:
    shown: ProgrammeDay
    standing: Standing


def alternatives(member: PoolMember, on: dt.date) -> list[Alternative]:
    """Where else this person could go, by what is missing: never a promise, never a ranking of people."""
    shown = [
        one
        for one in on_day(Programmes().all(), on)
        if one.programme.id != member.pool.programme_id and one.openness is Openness.OPEN
    ]
    checks = checks_of([member.worker_id])[member.worker_id]
    found = [(one, standing(one, member.worker, checks, for_list=True)) for one in shown]
    order = fewest_gaps([(place, stands) for place, (_one, stands) in enumerate(found)])
    return [Alternative(*found[place]) for place in order[:ALTERNATIVES]]


def next_rounds(member: PoolMember, on: dt.date) -> list[Any]:
    """Later rounds of the same programme."""
    shown = on_day([member.pool.programme], on)[0]
    return [one for one in shown.coming_rounds if one.id != member.pool.round_id]


def waits_elsewhere(state: MemberState) -> bool:
    return state in (MemberState.NOT_PICKED, MemberState.LEFT)
