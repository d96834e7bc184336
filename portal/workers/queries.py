"""Asking for workers: plain names filter, `with_…` loads, `visible_to` scopes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import selectinload

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.common.text import LONGEST_SEARCH, name_words
from portal.extensions import db
from portal.workers.consent_models import Consent, DuplicatePair
from portal.workers.models import Worker, WorkerOccupation
from portal.workers.rules import ADULT_AGE, MATCHING_PURPOSES, WORKING_AGE, born_on_or_before
from portal.workers.states import LIVE_STATES, DuplicateState, Purpose, WorkerState

AGES_OF_MATCHING = (WORKING_AGE, ADULT_AGE)


def _last_whole_year(day: dt.date) -> int:
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def born_by(day: dt.date) -> ColumnElement[bool]:
    """Certainly born on or before that day; where only the year is known, its last day counts."""
    return or_(
        # Never NULL, so that "not born by" can be asked too.
        and_(Worker.birth_date.is_not(None), Worker.birth_date <= day),
        and_(Worker.birth_date.is_(None), Worker.birth_year <= _last_whole_year(day)),
    )


def born_between(after: dt.date, upto: dt.date) -> list[ColumnElement[bool]]:
    """Born by the second day and not by the first, as ranges that an index finds."""
    first, last = _last_whole_year(after), _last_whole_year(upto)
    by_day = and_(Worker.birth_date > after, Worker.birth_date <= upto)
    by_year = and_(Worker.birth_year > first, Worker.birth_year <= last, Worker.birth_date.is_(None))
    return [by_day, by_year] if first < last else [by_day]


def consents_to(purposes: Iterable[Purpose]) -> ColumnElement[bool]:
    return exists().where(
        Consent.worker_id == Worker.id, Consent.purpose.in_(list(purposes)), Consent.withdrawn_at.is_(None)
    )


class Workers:
    """`Workers().visible_to(account).active().search("mai").query` is a `Select[Worker]`."""

    def __init__(self, query: Select[Worker] | None = None) -> None:
        self.query: Select[Worker] = select(Worker) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, worker_id: int) -> Self:
        return self.where(Worker.id == worker_id)

    def visible_to(self, account: Account) -> Self:
        """Case staff see everybody, a seeker themselves; partners meet people in referrals and rosters."""
        if account.role in CASE_STAFF:
            return self
        if account.role is Role.SEEKER:
            mine = worker_of(account)
            return self.where(Worker.id == mine.id) if mine is not None else self.where(false())
        return self.where(false())

    def live(self) -> Self:
        return self.where(Worker.state.in_(LIVE_STATES))

    def active(self) -> Self:
        return self.where(Worker.state == WorkerState.ACTIVE)

    def in_state(self, state: WorkerState) -> Self:
        return self.where(Worker.state == state)

    def consenting(self, *purposes: Purpose) -> Self:
        return self.where(consents_to(purposes))

    def matchable(self, on: dt.date) -> Self:
        """The same as `rules.may_be_matched`, for the whole table."""
        return (
            self.active()
            .consenting(*MATCHING_PURPOSES)
            .where(
                born_by(born_on_or_before(WORKING_AGE, on)),
                or_(born_by(born_on_or_before(ADULT_AGE, on)), Worker.guardian_consented_at.is_not(None)),
            )
        )

    def aged(self, at_least: int | None, at_most: int | None, on: dt.date) -> Self:
        narrowed = self
        if at_least is not None:
            narrowed = narrowed.where(born_by(born_on_or_before(at_least, on)))
        if at_most is not None:
            day = born_on_or_before(at_most + 1, on)
            narrowed = narrowed.where(Worker.birth_year.is_not(None), ~born_by(day))
        return narrowed

    def came_of_age(self, since: dt.date, on: dt.date) -> Self:
        """Whoever has had a birthday since that day that may let them be matched, in whatever state."""
        spans = [(born_on_or_before(age, since), born_on_or_before(age, on)) for age in AGES_OF_MATCHING]
        return self.where(or_(*(range_ for span in spans for range_ in born_between(*span))))

    def in_communes(self, codes: list[str]) -> Self:
        return self.where(Worker.commune_code.in_(codes))

    def with_occupation(self, code: str) -> Self:
        """Everyone whose occupation lies in this part of the classification."""
        return self.where(
            exists().where(
                WorkerOccupation.worker_id == Worker.id,
                WorkerOccupation.code.startswith(code, autoescape=True),
            )
        )

    def search(self, text: str) -> Self:
        """By name without diacritics, or by the whole phone number."""
        figures = "".join(letter for letter in text if letter.isdigit())
        if len(figures) >= 6:
            return self.where(Worker.phone == figures)
        narrowed = self
        # A name has no more words; a pasted page must not become a query of a thousand parts.
        for word in name_words(text[:LONGEST_SEARCH])[:12]:
            narrowed = narrowed.where(Worker.name_folded.contains(word, autoescape=True))
        return narrowed

    def by_name(self) -> Self:
        return type(self)(self.query.order_by(Worker.name_sort, Worker.id))

    def by_id_order(self) -> Self:
        return type(self)(self.query.order_by(Worker.id))

    def with_list_data(self) -> Self:
        """What a row of a list shows, in a fixed number of queries."""
        return type(self)(self.query.options(selectinload(Worker.occupations), selectinload(Worker.consents)))

    def with_profile_data(self) -> Self:
        """All that a profile page and the ranking read."""
        return type(self)(
            self.query.options(
                selectinload(Worker.occupations),
                selectinload(Worker.experiences),
                selectinload(Worker.certificates),
                selectinload(Worker.wanted_places),
                selectinload(Worker.consents),
            )
        )

    def ids(self) -> Select[int]:
        return self.query.with_only_columns(Worker.id)

    def locked(self) -> Self:
        """Nobody else changes these rows before the commit; what was read earlier is read again."""
        return type(self)(self.query.with_for_update().execution_options(populate_existing=True))

    def all(self) -> list[Worker]:
        return list(db.session.scalars(self.query).unique())

    def first(self) -> Worker | None:
        return db.session.scalars(self.query.limit(1)).first()


def worker_of(account: Account | None) -> Worker | None:
    """The profile of a signed-in person; after a merge, the one that was kept."""
    if account is None or account.role is not Role.SEEKER:
        return None
    worker = db.session.scalar(select(Worker).where(Worker.account_id == account.id))
    while worker is not None and worker.merged_into_id is not None:
        worker = db.session.get(Worker, worker.merged_into_id)
    return worker if worker is not None and worker.state in LIVE_STATES else None


def live_consent(worker: Worker, purpose: Purpose) -> Consent | None:
    for consent in reversed(worker.consents):
        if consent.purpose is purpose and consent.withdrawn_at is None:
            return consent
    return None


def live_purposes(worker: Worker) -> frozenset[Purpose]:
    return frozenset(consent.purpose for consent in worker.consents if consent.withdrawn_at is None)


def open_duplicates() -> Select[DuplicatePair]:
    """Pairs an adviser has still to look at; both profiles must still be there."""

    # Looked up from the pair: two lists of everybody would be tried against each other, for seconds.
    def lives(worker_id: Any) -> ColumnElement[bool]:
        return exists().where(Worker.id == worker_id, Worker.state.in_(LIVE_STATES))

    return (
        select(DuplicatePair)
        .where(
            DuplicatePair.state == DuplicateState.OPEN,
            lives(DuplicatePair.first_id),
            lives(DuplicatePair.second_id),
        )
        .order_by(DuplicatePair.found_at, DuplicatePair.id)
    )
