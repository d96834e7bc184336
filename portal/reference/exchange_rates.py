"""Exchange rates as people entered them: dated, with their source. Nothing is fetched, nothing is guessed."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.common.events import emit
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.reference.events import ReferenceChanged
from portal.reference.models import ExchangeRate
from portal.reference.permissions import Actor, may_enter_rates
from portal.reference.queries import AnySession

# The money in which people from here are paid abroad.
CURRENCIES = (
    "JPY", "KRW", "TWD", "USD", "EUR", "AUD", "SGD", "CNY", "MOP", "MYR", "RON", "HUF", "PLN", "CZK",
    "BGN", "SAR", "AED", "NZD", "CAD", "THB",
)  # fmt: skip


def rates_on(session: AnySession, day: dt.date, *, within_days: int) -> dict[str, Decimal]:
    """By currency, the latest of that day or the days before it; an older one says nothing of that day."""
    return latest_on(rates_between(session, day - dt.timedelta(days=within_days), day), day, within_days)


def rates_between(session: AnySession, first: dt.date, last: dt.date) -> list[ExchangeRate]:
    """Every row of these days, the newest last."""
    query = select(ExchangeRate).where(ExchangeRate.day >= first, ExchangeRate.day <= last)
    return list(session.scalars(query.order_by(ExchangeRate.day, ExchangeRate.id)))


def latest_on(rows: Iterable[ExchangeRate], day: dt.date, within_days: int) -> dict[str, Decimal]:
    """The same as `rates_on`, for many days out of rows that were read once."""
    first = day - dt.timedelta(days=within_days)
    return {row.currency: row.rate for row in rows if first <= row.day <= day}


def latest_rates(session: AnySession) -> list[ExchangeRate]:
    """One of each currency, by its code."""
    rows = session.scalars(
        select(ExchangeRate).order_by(ExchangeRate.currency, ExchangeRate.day.desc(), ExchangeRate.id.desc())
    )
    found: dict[str, ExchangeRate] = {}
    for row in rows:
        found.setdefault(row.currency, row)
    return list(found.values())


def add_rate(
    *,
    actor: Actor | None,
    now: dt.datetime,
    currency: str,
    rate: Decimal,
    day: dt.date,
    source: str,
    today: dt.date,
) -> ExchangeRate:
    """A new row; one entered again for a day counts instead of the earlier."""
    if actor is None or not may_enter_rates(actor):
        raise NotAllowed(_l("Chỉ người duyệt tin và lãnh đạo Trung tâm được ghi tỷ giá."))
    if rate <= 0:
        raise Refused(_l("Tỷ giá phải lớn hơn 0."), field="rate")
    if day > today:
        raise Refused(_l("Ngày này chưa tới, chưa ai biết tỷ giá."), field="day")
    row = ExchangeRate(
        currency=currency, rate=rate, day=day, source=source, entered_by_id=actor.id, entered_at=now
    )
    db.session.add(row)
    db.session.flush()
    detail = {"currency": currency, "day": day.isoformat()}
    emit(ReferenceChanged("exchange_rate.added", row, actor, now, detail))
    return row
