"""Asking for cases: plain names filter, `with_…` loads, `visible_to` scopes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from sqlalchemy import ColumnElement, Exists, Select, and_, case, exists, false, func, literal, or_, select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.common.text import LONGEST_SEARCH, name_words
from portal.courses.models import CourseClass, Enrolment
from portal.extensions import db
from portal.openings.models import Opening
from portal.organisations.models import Membership, Organisation
from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.models import CaseStep
from portal.overseas.cases.states import (
    BEFORE_DEPARTURE,
    PIPELINE,
    RUNNING,
    WAITING_TO_LEAVE,
    DocumentState,
)
from portal.overseas.models import OverseasCase, Programme
from portal.overseas.programmes.queries import taking_cases
from portal.overseas.states import CaseState
from portal.referrals.models import Referral
from portal.workers.models import Worker
from portal.workers.queries import consents_to, worker_of
from portal.workers.states import Purpose

# Before that a sender has not been told of the person.
SHOWN_TO_SENDER = PIPELINE[PIPELINE.index(CaseState.NOMINATED) :]


class Cases:
    """`Cases().visible_to(account).running().by_clock().query` is a `Select[OverseasCase]`."""

    def __init__(self, query: Select[OverseasCase] | None = None) -> None:
        self.query: Select[OverseasCase] = select(OverseasCase) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, case_id: int) -> Self:
        return self.where(OverseasCase.id == case_id)

    def by_ids(self, ids: Iterable[int]) -> Self:
        return self.where(OverseasCase.id.in_(list(ids)))

    def for_worker(self, worker: Worker) -> Self:
        return self.where(OverseasCase.worker_id == worker.id)

    def visible_to(self, account: Account) -> Self:
        """Case staff: all. A person: their own. A sender: its own openings, once nominated and consented."""
        if account.role in CASE_STAFF:
            return self
        if account.role is Role.SENDER:
            return self.shown_to_sender(account)
        mine = worker_of(account)
        return self.for_worker(mine) if mine is not None else self.where(false())

    def shown_to_sender(self, account: Account) -> Self:
        """Gone again as soon as the person withdraws the consent to be shown."""
        own = select(Opening.id).where(
            Opening.organisation_id.in_(
                select(Membership.organisation_id).where(
                    Membership.account_id == account.id, Membership.ended_at.is_(None)
                )
            )
        )
        return self.where(
            OverseasCase.opening_id.in_(own),
            or_(
                OverseasCase.state.in_(SHOWN_TO_SENDER),
                and_(OverseasCase.state == CaseState.ENDED, OverseasCase.ended_from.in_(SHOWN_TO_SENDER)),
            ),
            OverseasCase.worker.has(consents_to([Purpose.SHARING])),
        )

    def running(self) -> Self:
        return self.where(OverseasCase.state.in_(RUNNING))

    def before_departure(self) -> Self:
        return self.where(OverseasCase.state.in_(BEFORE_DEPARTURE))

    def in_state(self, state: CaseState) -> Self:
        return self.where(OverseasCase.state == state)

    def looked_after_by(self, account: Account) -> Self:
        return self.where(OverseasCase.adviser_id == account.id)

    def of_programme(self, programme_id: int) -> Self:
        return self.where(OverseasCase.programme_id == programme_id)

    def of_sender(self, organisation_id: int) -> Self:
        return self.where(OverseasCase.opening.has(Opening.organisation_id == organisation_id))

    def in_class(self, class_id: int) -> Self:
        """Of those who are in the class now."""
        return self.where(_learns().where(Enrolment.class_id == class_id))

    def on_flight(self, flight: str) -> Self:
        return self.where(OverseasCase.flight == flight)

    def named(self, text: str) -> Self:
        narrowed = self
        for word in name_words(text[:LONGEST_SEARCH])[:12]:
            narrowed = narrowed.where(
                OverseasCase.worker.has(Worker.name_folded.contains(word, autoescape=True))
            )
        return narrowed

    def to_leave_by(self, day: dt.date) -> Self:
        """Selected, still here, and their last day comes no later than that."""
        return self.where(OverseasCase.state.in_(WAITING_TO_LEAVE), OverseasCase.depart_by <= day)

    def with_papers_waiting(self) -> Self:
        return self.where(_has_paper(CaseDocument.state == DocumentState.WAITING))

    def with_papers_lapsing(self, on: dt.date) -> Self:
        """A checked paper does not outlast the departure."""
        return self.where(OverseasCase.state.in_(BEFORE_DEPARTURE), _has_paper(lapses(on)))

    def by_clock(self) -> Self:
        """Whose time ends first comes first; then those whose clock has not begun, then who has left."""
        return type(self)(
            self.query.order_by(
                OverseasCase.departed_on.is_not(None),
                OverseasCase.depart_by.is_(None),
                OverseasCase.depart_by,
                OverseasCase.opened_at,
                OverseasCase.id,
            )
        )

    def newest_first(self) -> Self:
        return type(self)(self.query.order_by(OverseasCase.updated_at.desc(), OverseasCase.id.desc()))

    def with_list_data(self) -> Self:
        """All that a row of any list shows, in one query."""
        return type(self)(
            self.query.options(
                joinedload(OverseasCase.worker),
                joinedload(OverseasCase.programme),
                joinedload(OverseasCase.opening).joinedload(Opening.organisation),
                joinedload(OverseasCase.adviser),
            )
        )

    def with_page_data(self) -> Self:
        return type(self)(
            self.with_list_data().query.options(
                joinedload(OverseasCase.opening).joinedload(Opening.overseas),
                joinedload(OverseasCase.worker).selectinload(Worker.consents),
                joinedload(OverseasCase.referral).joinedload(Referral.worker),
            )
        )

    def all(self) -> list[OverseasCase]:
        return list(db.session.scalars(self.query).unique())


def _learns() -> Exists:
    return exists().where(Enrolment.worker_id == OverseasCase.worker_id, Enrolment.left_on.is_(None))


def _has_paper(*conditions: Any) -> Any:
    return exists().where(CaseDocument.case_id == OverseasCase.id, *conditions)


def lapses(on: dt.date) -> ColumnElement[bool]:
    """Of a checked paper of a case: over before the planned day, or today already, whatever is planned."""
    leaves = case((OverseasCase.planned_departure > on, OverseasCase.planned_departure), else_=literal(on))
    return and_(CaseDocument.state == DocumentState.CHECKED, CaseDocument.expires_on < leaves)


def papers_waiting(ids: Iterable[int]) -> dict[int, int]:
    """How many papers wait to be looked at, for the cases of one page."""
    rows = db.session.execute(
        select(CaseDocument.case_id, func.count())
        .where(CaseDocument.case_id.in_(list(ids)), CaseDocument.state == DocumentState.WAITING)
        .group_by(CaseDocument.case_id)
    )
    return {row[0]: row[1] for row in rows}


def steps_of(case: OverseasCase) -> list[tuple[CaseStep, str | None]]:
    """The log with the names of who took each step, newest first."""
    rows = db.session.execute(
        select(CaseStep, Account.display_name)
        .outerjoin(Account, Account.id == CaseStep.actor_id)
        .where(CaseStep.case_id == case.id)
        .order_by(CaseStep.id.desc())
    )
    return [(step, name) for step, name in rows]


def programmes_with_cases() -> list[Programme]:
    used = select(OverseasCase.programme_id)
    return list(db.session.scalars(select(Programme).where(Programme.id.in_(used)).order_by(Programme.id)))


def classes_with_cases() -> list[CourseClass]:
    """Newest first."""
    running = OverseasCase.state.in_(RUNNING)
    learns = select(Enrolment.class_id).join(OverseasCase, OverseasCase.worker_id == Enrolment.worker_id)
    query = select(CourseClass).where(CourseClass.id.in_(learns.where(Enrolment.left_on.is_(None), running)))
    return list(db.session.scalars(query.order_by(CourseClass.starts_on.desc(), CourseClass.id.desc())))


def open_programmes(on: dt.date) -> list[Programme]:
    query = select(Programme).where(Programme.is_open_here)
    return taking_cases(list(db.session.scalars(query.order_by(Programme.name_vi, Programme.id))), on)


def senders_with_cases() -> list[Organisation]:
    opened = select(Opening.organisation_id).where(
        Opening.id.in_(select(OverseasCase.opening_id).where(OverseasCase.opening_id.is_not(None)))
    )
    query = select(Organisation).where(Organisation.id.in_(opened))
    return list(db.session.scalars(query.order_by(Organisation.name_folded, Organisation.id)))


def owns_running(account: Account) -> bool:
    query = select(OverseasCase.id).where(
        OverseasCase.adviser_id == account.id, OverseasCase.state.in_(RUNNING)
    )
    return db.session.scalar(query.limit(1)) is not None


def case_of_referral(referral: Referral) -> OverseasCase | None:
    return db.session.scalars(
        select(OverseasCase).where(OverseasCase.referral_id == referral.id)
    ).one_or_none()


def advisers() -> list[Account]:
    query = select(Account).where(Account.role.in_(CASE_STAFF), Account.is_enabled)
    return list(db.session.scalars(query.order_by(Account.display_name, Account.id)))
