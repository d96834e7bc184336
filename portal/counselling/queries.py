"""Asking for contacts: plain names filter, `with_…` loads, `visible_to` scopes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.counselling.models import Contact
from portal.counselling.states import ContactChannel, ContactKind, ContactOutcome
from portal.extensions import db
from portal.workers.models import Worker


class Contacts:
    """`Contacts().visible_to(account).in_period(first, last).newest_first().query` is a `Select[Contact]`."""

    def __init__(self, query: Select[Contact] | None = None) -> None:
        self.query: Select[Contact] = select(Contact) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, contact_id: int) -> Self:
        return self.where(Contact.id == contact_id)

    def visible_to(self, account: Account) -> Self:
        """Case staff see all; nobody else sees any."""
        return self if account.role in CASE_STAFF else self.where(false())

    def in_period(self, first: dt.date | None, last: dt.date | None) -> Self:
        """Both days included; None leaves that end open."""
        narrowed = self.where(Contact.day >= first) if first is not None else self
        return narrowed.where(Contact.day <= last) if last is not None else narrowed

    def of_adviser(self, account_id: int) -> Self:
        return self.where(Contact.adviser_id == account_id)

    def for_worker(self, worker: Worker) -> Self:
        return self.where(Contact.worker_id == worker.id)

    def of_kind(self, kind: ContactKind) -> Self:
        return self.where(Contact.kind == kind)

    def by_channel(self, channel: ContactChannel) -> Self:
        return self.where(Contact.channel == channel)

    def with_outcome(self, *outcomes: ContactOutcome) -> Self:
        return self.where(Contact.outcome.in_(outcomes))

    def in_communes(self, codes: Iterable[str]) -> Self:
        return self.where(Contact.commune_code.in_(list(codes)))

    def open_next(self, until: dt.date | None = None) -> Self:
        """Where somebody is still to be seen or called again; `until`: due by that day."""
        waiting = self.where(Contact.next_on.is_not(None), Contact.next_done_at.is_(None))
        return waiting.where(Contact.next_on <= until) if until is not None else waiting

    def newest_first(self) -> Self:
        return type(self)(self.query.order_by(Contact.at.desc(), Contact.id.desc()))

    def by_next_day(self) -> Self:
        return type(self)(self.query.order_by(Contact.next_on, Contact.id))

    def with_list_data(self) -> Self:
        """What a row of a list shows, in a fixed number of queries."""
        return type(self)(self.query.options(joinedload(Contact.worker), joinedload(Contact.adviser)))

    def all(self) -> list[Contact]:
        return list(db.session.scalars(self.query).unique())

    def events(self) -> int:
        """How many contacts there were."""
        rows = self._rows()
        return db.session.scalar(select(func.count()).select_from(rows)) or 0

    def persons(self) -> int:
        """How many different people they were with; contacts without a name are counted apart."""
        rows = self._rows()
        return db.session.scalar(select(func.count(rows.c.worker_id.distinct()))) or 0

    def anonymous(self) -> int:
        return self.where(Contact.worker_id.is_(None)).events()

    def _rows(self) -> Any:
        return self.query.order_by(None).subquery()
