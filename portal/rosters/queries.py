"""Asking for rosters and their rows."""

from typing import Self

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.extensions import db
from portal.organisations.models import Membership
from portal.rosters.models import Roster, RosterRow
from portal.rosters.states import NoticeState, RowOutcome


class Rosters:
    def __init__(self, query: Select[Roster] | None = None) -> None:
        self.query: Select[Roster] = select(Roster) if query is None else query

    def visible_to(self, account: Account) -> Self:
        """Case staff see all; a college sees its own."""
        if account.role in CASE_STAFF:
            return self
        if account.role is not Role.COLLEGE:
            return type(self)(self.query.where(false()))
        mine = select(Membership.organisation_id).where(
            Membership.account_id == account.id, Membership.ended_at.is_(None)
        )
        return type(self)(self.query.where(Roster.organisation_id.in_(mine)))

    def with_id(self, roster_id: int) -> Self:
        return type(self)(self.query.where(Roster.id == roster_id))

    def with_list_data(self) -> Self:
        return type(self)(self.query.options(joinedload(Roster.organisation), joinedload(Roster.job)))

    def with_page_data(self) -> Self:
        return type(self)(
            self.query.options(
                joinedload(Roster.organisation),
                joinedload(Roster.job),
                joinedload(Roster.file),
                joinedload(Roster.created_by),
                joinedload(Roster.committed_by),
                joinedload(Roster.withdrawn_by),
            )
        )

    def newest_first(self) -> Self:
        return type(self)(self.query.order_by(Roster.created_at.desc(), Roster.id.desc()))


def rows_of(roster: Roster) -> Select[RosterRow]:
    return select(RosterRow).where(RosterRow.roster_id == roster.id).order_by(RosterRow.row_number)


def first_rows(roster: Roster, numbers: list[int], limit: int) -> list[RosterRow]:
    """The first `limit` rows, and the named ones."""
    first = (
        select(RosterRow.id)
        .where(RosterRow.roster_id == roster.id)
        .order_by(RosterRow.row_number)
        .limit(limit)
    )
    wanted = RosterRow.id.in_(first) | RosterRow.row_number.in_(numbers)
    return list(db.session.scalars(rows_of(roster).where(wanted)))


def count_outcomes(roster: Roster) -> dict[RowOutcome | None, int]:
    query = (
        select(RosterRow.outcome, func.count())
        .where(RosterRow.roster_id == roster.id)
        .group_by(RosterRow.outcome)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def count_notices(roster: Roster) -> dict[NoticeState | None, int]:
    query = (
        select(RosterRow.notice, func.count())
        .where(RosterRow.roster_id == roster.id)
        .group_by(RosterRow.notice)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
