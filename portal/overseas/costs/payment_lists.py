"""Payments in the groups that a page shows: one a job, its lines beside sheet and law."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from portal.extensions import db
from portal.openings.models import Opening
from portal.overseas.costs.excesses import ReaderOf, compared
from portal.overseas.costs.payments_models import CostPayment
from portal.overseas.costs.reckoning import EXCESSES, PaidLine, months_of_wage
from portal.overseas.costs.side import Readers
from portal.overseas.costs.states import RETURNED, PaidFor
from portal.overseas.models import OverseasCase
from portal.workers.models import Worker


@dataclass(frozen=True, slots=True)
class PaymentGroup:
    """All that was paid for one job; `opening` None: for work that does not stand here."""

    opening: Opening | None
    payments: tuple[CostPayment, ...]
    lines: tuple[PaidLine, ...]
    # Without what comes back.
    cost: int
    deposit: int
    wage: int | None

    @property
    def excesses(self) -> tuple[PaidLine, ...]:
        return tuple(line for line in self.lines if line.verdict in EXCESSES)

    @property
    def months_of_wage(self) -> str:
        months = months_of_wage(self.cost, self.wage)
        return "" if months is None else f"{months:f}".replace(".", ",")


def groups_of(worker: Worker, payments: Sequence[CostPayment], on: dt.date) -> list[PaymentGroup]:
    by_opening: dict[int | None, list[CostPayment]] = {}
    for one in payments:
        by_opening.setdefault(one.opening_id, []).append(one)
    cases, reader = _cases(worker), Readers({on, *(one.paid_on for one in payments)})
    return [_group(rows, cases.get(opening_id), reader, on) for opening_id, rows in by_opening.items()]


def _cases(worker: Worker) -> dict[int | None, OverseasCase]:
    """The newest of each opening."""
    query = select(OverseasCase).where(OverseasCase.worker_id == worker.id).order_by(OverseasCase.id)
    return {case.opening_id: case for case in db.session.scalars(query)}


def _group(rows: list[CostPayment], case: OverseasCase | None, reader: ReaderOf, on: dt.date) -> PaymentGroup:
    opening = rows[0].opening
    by_kind: dict[PaidFor, list[CostPayment]] = {}
    for one in rows:
        by_kind.setdefault(one.kind, []).append(one)
    lines = tuple(compared(kind, by_kind[kind], opening, case, reader) for kind in PaidFor if kind in by_kind)
    wage = None if opening is None else reader(on).side_of(opening).wage
    return PaymentGroup(
        opening=opening,
        payments=tuple(rows),
        lines=lines,
        cost=sum(line.paid for line in lines if line.kind not in RETURNED),
        deposit=sum(line.paid for line in lines if line.kind in RETURNED),
        wage=wage,
    )
