"""Asking for payments: the person's own, what the Centre may see, what a sender was let see."""

from collections.abc import Iterable
from typing import Any, Self

from sqlalchemy import Select, and_, exists, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.openings.states import Sphere
from portal.organisations.models import Membership
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.costs.payments_models import CostExcess, CostPayment, PaymentSharing
from portal.overseas.costs.side import fact_options
from portal.overseas.costs.states import PaidFor
from portal.overseas.models import OverseasCase
from portal.referrals.models import Referral
from portal.workers.models import Worker
from portal.workers.queries import worker_of


class Payments:
    """`Payments().visible_to(account).standing().newest_first().query` is a `Select[CostPayment]`."""

    def __init__(self, query: Select[CostPayment] | None = None) -> None:
        self.query: Select[CostPayment] = select(CostPayment) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, payment_id: int) -> Self:
        return self.where(CostPayment.id == payment_id)

    def of_worker(self, worker: Worker) -> Self:
        return self.where(CostPayment.worker_id == worker.id)

    def visible_to(self, account: Account) -> Self:
        """Case staff: all. A person: their own. A sender: what the person shares, of its own openings."""
        if account.role in CASE_STAFF:
            return self
        if account.role is Role.SENDER:
            return self.shared_with(account).standing()
        mine = worker_of(account)
        return self.of_worker(mine) if mine is not None else self.where(false())

    def shared_with(self, account: Account) -> Self:
        own = select(Opening.id).where(
            Opening.organisation_id.in_(
                select(Membership.organisation_id).where(
                    Membership.account_id == account.id, Membership.ended_at.is_(None)
                )
            )
        )
        switched_on = exists().where(
            PaymentSharing.worker_id == CostPayment.worker_id,
            PaymentSharing.withdrawn_at.is_(None),
            or_(PaymentSharing.payment_id.is_(None), PaymentSharing.payment_id == CostPayment.id),
        )
        return self.where(CostPayment.opening_id.in_(own), switched_on)

    def standing(self) -> Self:
        return self.where(CostPayment.removed_at.is_(None))

    def for_line(self, opening_id: int | None, kind: PaidFor) -> Self:
        of_opening = (
            CostPayment.opening_id.is_(None) if opening_id is None else CostPayment.opening_id == opening_id
        )
        return self.where(of_opening, CostPayment.kind == kind)

    def newest_first(self) -> Self:
        return type(self)(self.query.order_by(CostPayment.paid_on.desc(), CostPayment.id.desc()))

    def with_list_data(self) -> Self:
        return type(self)(
            self.query.options(
                joinedload(CostPayment.worker),
                *fact_options(CostPayment.opening),
                selectinload(CostPayment.changes),
            )
        )

    def locked(self) -> Self:
        locked = self.query.with_for_update(of=CostPayment).execution_options(populate_existing=True)
        return type(self)(locked)

    def all(self) -> list[CostPayment]:
        return list(db.session.scalars(self.query).unique())


def live_sharing(worker: Worker, payment: CostPayment | None) -> PaymentSharing | None:
    """The switch of this payment; without one the switch for all."""
    which = (
        PaymentSharing.payment_id.is_(None) if payment is None else PaymentSharing.payment_id == payment.id
    )
    return db.session.scalars(
        select(PaymentSharing).where(
            PaymentSharing.worker_id == worker.id, PaymentSharing.withdrawn_at.is_(None), which
        )
    ).one_or_none()


def live_sharings(worker: Worker) -> list[PaymentSharing]:
    """Every switch that is on."""
    query = select(PaymentSharing).where(
        PaymentSharing.worker_id == worker.id, PaymentSharing.withdrawn_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(PaymentSharing.id)))


def shared_ids(worker: Worker) -> set[int | None]:
    """The payments whose own switch is on; None among them: the switch for all."""
    return {row.payment_id for row in live_sharings(worker)}


def excesses_of(worker: Worker) -> list[CostExcess]:
    query = (
        select(CostExcess)
        .where(CostExcess.worker_id == worker.id)
        .options(joinedload(CostExcess.incident).joinedload(Incident.owner))
        .order_by(CostExcess.id)
    )
    return list(db.session.scalars(query))


def openings_asked_for(worker: Worker, *, also: Iterable[int] = ()) -> list[Opening]:
    """Work abroad that this person has to do with, for the choice on the form; the newest first."""
    own = or_(
        Opening.id.in_(select(Referral.opening_id).where(Referral.worker_id == worker.id)),
        Opening.id.in_(select(OverseasCase.opening_id).where(OverseasCase.worker_id == worker.id)),
        Opening.id.in_(select(CostPayment.opening_id).where(CostPayment.worker_id == worker.id)),
        # From a sheet that everybody may read.
        Opening.id.in_(
            Openings().visible_to(None).where(Opening.id.in_(list(also))).with_only_columns(Opening.id)
        ),
    )
    query = select(Opening).where(and_(own, Opening.sphere == Sphere.OVERSEAS)).order_by(Opening.id.desc())
    return list(db.session.scalars(query.options(joinedload(Opening.organisation))))


def case_of(worker: Worker, opening_id: int | None) -> OverseasCase | None:
    """The person's case for this opening, the newest."""
    if opening_id is None:
        return None
    return db.session.scalars(
        select(OverseasCase)
        .where(OverseasCase.worker_id == worker.id, OverseasCase.opening_id == opening_id)
        .order_by(OverseasCase.id.desc())
        .limit(1)
    ).first()
