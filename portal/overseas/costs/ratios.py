"""What people really paid, in months of their wage, by sender and programme; never of a few people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from sqlalchemy import func, select

from portal.common.clock import today
from portal.extensions import db
from portal.openings.models import Opening
from portal.overseas.costs.payments_models import CostPayment
from portal.overseas.costs.side import Reader, fact_options
from portal.overseas.costs.states import RETURNED
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState

# Before somebody has left, more may still be paid: an unfinished sum would make the figure too good.
LEFT = (CaseState.ABROAD, CaseState.RETURNED, CaseState.SETTLED)


@dataclass(frozen=True, slots=True)
class PersonCost:
    """One person's sum without what is returned, beside the wage of one month."""

    worker_id: int
    organisation_id: int
    programme_id: int | None
    months: Decimal


@dataclass(frozen=True, slots=True)
class Ratio:
    """`months` None: fewer people than may be shown, and how many is not told either."""

    key: int
    people: int | None
    months: Decimal | None


def person_costs() -> list[PersonCost]:
    """Everybody who left and noted what they paid; who noted nothing has not paid nothing."""
    sums = (
        select(
            CostPayment.worker_id.label("worker_id"),
            CostPayment.opening_id.label("opening_id"),
            func.sum(CostPayment.amount_vnd).label("paid"),
        )
        .where(CostPayment.removed_at.is_(None), CostPayment.kind.not_in(RETURNED))
        .group_by(CostPayment.worker_id, CostPayment.opening_id)
        .subquery()
    )
    rows = db.session.execute(
        select(OverseasCase.worker_id, OverseasCase.programme_id, sums.c.opening_id, sums.c.paid)
        .join(
            sums,
            (sums.c.worker_id == OverseasCase.worker_id) & (sums.c.opening_id == OverseasCase.opening_id),
        )
        .where(OverseasCase.state.in_(LEFT))
        .order_by(OverseasCase.id)
    ).all()
    # Of two cases for one job the newest: what was paid was paid once.
    newest = {(row.worker_id, row.opening_id): row for row in rows}
    wages = _wages({row.opening_id for row in rows})
    return [
        PersonCost(
            row.worker_id,
            wages[row.opening_id][0],
            row.programme_id,
            Decimal(row.paid) / wages[row.opening_id][1],
        )
        for row in newest.values()
        if row.opening_id in wages
    ]


def _wages(opening_ids: set[int]) -> dict[int, tuple[int, int]]:
    """The sender and the month's wage in đồng of each opening whose wage is known."""
    reader = Reader(today())
    query = select(Opening).where(Opening.id.in_(opening_ids)).options(*fact_options())
    found = {}
    for opening in db.session.scalars(query).unique():
        wage = reader.side_of(opening).wage
        if wage:
            found[opening.id] = (opening.organisation_id, wage)
    return found


def ratios(
    people: Iterable[PersonCost], key_of: Callable[[PersonCost], int | None], *, least: int
) -> list[Ratio]:
    """The median by group, the dearest first; groups of fewer than `least` people say neither sum nor number.

    Nor do so many others that whoever takes what is shown from the whole is left with a few people.
    """
    everybody, groups = list(people), dict[int, list[PersonCost]]()
    for one in everybody:
        key = key_of(one)
        if key is not None:
            groups.setdefault(key, []).append(one)
    shown = {key for key, found in groups.items() if _heads(found) >= least}
    while shown and 0 < _heads([one for one in everybody if key_of(one) not in shown]) < least:
        shown.remove(min(shown, key=lambda key: (_heads(groups[key]), key)))
    told = [Ratio(key, _heads(groups[key]), _median(groups[key])) for key in shown]
    told.sort(key=lambda one: (-(one.months or 0), one.key))
    return [*told, *(Ratio(key, None, None) for key in sorted(groups) if key not in shown)]


def over_all(people: Iterable[PersonCost], *, least: int) -> Ratio:
    found = list(people)
    if _heads(found) < least:
        return Ratio(0, None, None)
    return Ratio(0, _heads(found), _median(found))


def _heads(found: Iterable[PersonCost]) -> int:
    """People, not departures: who left twice is one of ten."""
    return len({one.worker_id for one in found})


def _median(found: Iterable[PersonCost]) -> Decimal:
    return median(one.months for one in found).quantize(Decimal("0.1"))
