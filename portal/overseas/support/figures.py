"""Claimed, decided and paid, by source of money and month, for those who answer for the money."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import extract, func, select

from portal.extensions import db
from portal.overseas.support.models import SupportClaim
from portal.overseas.support.states import DECIDED_CLAIMS, ClaimState, Fund


@dataclass
class Cell:
    claimed: int = 0
    approved: int = 0
    refused: int = 0
    approved_vnd: int = 0
    paid: int = 0
    paid_vnd: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(*(getattr(self, name) + getattr(other, name) for name in Cell.__dataclass_fields__))


@dataclass
class Year:
    year: int
    # Month 1 to 12 and source; what has nothing is not there.
    cells: dict[tuple[int, Fund], Cell] = field(default_factory=dict)

    def of_fund(self, fund: Fund) -> Cell:
        return sum((cell for key, cell in self.cells.items() if key[1] is fund), Cell())

    @property
    def total(self) -> Cell:
        return sum(self.cells.values(), Cell())

    @property
    def rows(self) -> list[tuple[int, Fund, Cell]]:
        order = list(Fund)
        keys = sorted(self.cells, key=lambda key: (key[0], order.index(key[1])))
        return [(month, fund, self.cells[month, fund]) for month, fund in keys]


def figures_of(year: int) -> Year:
    """Each thing in the month in which it happened: a claim of May may be paid in July."""
    found = Year(year)
    for month, fund, count, _sum in _by_month(SupportClaim.claimed_on, year):
        _cell(found, month, fund).claimed = count
    approved = SupportClaim.state.in_(DECIDED_CLAIMS)
    for month, fund, count, sum_ in _by_month(SupportClaim.decided_on, year, approved):
        cell = _cell(found, month, fund)
        cell.approved, cell.approved_vnd = count, sum_
    refused = SupportClaim.state == ClaimState.REFUSED
    for month, fund, count, _sum in _by_month(SupportClaim.decided_on, year, refused):
        _cell(found, month, fund).refused = count
    for month, fund, count, sum_ in _by_month(SupportClaim.paid_on, year):
        cell = _cell(found, month, fund)
        cell.paid, cell.paid_vnd = count, sum_
    return found


def _cell(found: Year, month: int, fund: Fund) -> Cell:
    return found.cells.setdefault((month, fund), Cell())


def _by_month(day: Any, year: int, *conditions: Any) -> list[tuple[int, Fund, int, int]]:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    month = extract("month", day)
    rows = db.session.execute(
        select(month, SupportClaim.fund, func.count(), func.coalesce(func.sum(SupportClaim.amount_vnd), 0))
        .where(day.between(first, last), SupportClaim.fund.is_not(None), *conditions)
        .group_by(month, SupportClaim.fund)
    )
    return [(int(row[0]), row[1], int(row[2]), int(row[3])) for row in rows]
