"""Rows that tests of payments read."""

from typing import Any

from sqlalchemy import select

from portal.overseas.costs.payments_models import CostPayment


def only(session: Any, model: Any = CostPayment) -> Any:
    session.expire_all()
    return session.scalars(select(model)).one()


def all_of(session: Any, model: Any) -> Any:
    session.expire_all()
    return session.scalars(select(model).order_by(model.id)).all()
