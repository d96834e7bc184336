"""Asking for classes, who attends them, and the days that count for support."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.courses.models import Attendance, ClassDay, Course, CourseClass, Enrolment
from portal.courses.states import CourseKind
from portal.extensions import db
from portal.organisations.models import Membership
from portal.workers.models import Worker


def _own_organisations(account: Account) -> Select[int]:
    return select(Membership.organisation_id).where(
        Membership.account_id == account.id, Membership.ended_at.is_(None)
    )


class Courses:
    def __init__(self, query: Select[Course] | None = None) -> None:
        self.query: Select[Course] = select(Course) if query is None else query

    def visible_to(self, account: Account) -> Self:
        if account.role in CASE_STAFF:
            return self
        mine = Course.organisation_id.in_(_own_organisations(account))
        return type(self)(self.query.where(mine if account.role is Role.COLLEGE else false()))

    def by_name(self) -> Self:
        query = self.query.options(joinedload(Course.organisation))
        return type(self)(query.order_by(Course.kind, Course.name, Course.id))


class Classes:
    """`Classes().visible_to(account).running(on).soonest_first().query` is a `Select[CourseClass]`."""

    def __init__(self, query: Select[CourseClass] | None = None) -> None:
        self.query: Select[CourseClass] = (
            select(CourseClass).join(CourseClass.course) if query is None else query
        )

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, class_id: int) -> Self:
        return self.where(CourseClass.id == class_id)

    def visible_to(self, account: Account) -> Self:
        """Case staff see all; a college the classes that it gives."""
        if account.role in CASE_STAFF:
            return self
        if account.role is not Role.COLLEGE:
            return self.where(false())
        return self.where(Course.organisation_id.in_(_own_organisations(account)))

    def of_kind(self, kind: CourseKind) -> Self:
        return self.where(Course.kind == kind)

    def running(self, on: dt.date) -> Self:
        return self.where(CourseClass.starts_on <= on, CourseClass.ends_on >= on)

    def coming(self, on: dt.date) -> Self:
        return self.where(CourseClass.starts_on > on)

    def ended(self, on: dt.date) -> Self:
        return self.where(CourseClass.ends_on < on)

    def not_over(self, on: dt.date) -> Self:
        """Running, coming, or ended without being settled."""
        return self.where(or_(CourseClass.ends_on >= on, CourseClass.settled_at.is_(None)))

    def newest_first(self) -> Self:
        return type(self)(self.query.order_by(CourseClass.starts_on.desc(), CourseClass.id.desc()))

    def with_course(self) -> Self:
        return type(self)(
            self.query.options(
                contains_eager(CourseClass.course).joinedload(Course.organisation),
                joinedload(CourseClass.settled_by),
            )
        )

    def locked(self) -> Self:
        return type(self)(
            self.query.with_for_update(of=CourseClass).execution_options(populate_existing=True)
        )


def people_in(class_ids: list[int]) -> dict[int, int]:
    """How many are in each class now."""
    rows = db.session.execute(
        select(Enrolment.class_id, func.count())
        .where(Enrolment.class_id.in_(class_ids), Enrolment.left_on.is_(None))
        .group_by(Enrolment.class_id)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class Learner:
    enrolment: Enrolment
    days: int


def learners_of(course_class: CourseClass) -> list[Learner]:
    """Everybody who is or was in it, by name, with the days they attended."""
    days = (
        select(Attendance.enrolment_id, func.count().label("days"))
        .join(ClassDay, ClassDay.id == Attendance.class_day_id)
        .where(ClassDay.class_id == course_class.id)
        .group_by(Attendance.enrolment_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Enrolment, func.coalesce(days.c.days, 0))
        .join(Enrolment.worker)
        .outerjoin(days, days.c.enrolment_id == Enrolment.id)
        .where(Enrolment.class_id == course_class.id)
        .options(contains_eager(Enrolment.worker))
        .order_by(Worker.name_sort, Enrolment.id)
    )
    return [Learner(row[0], row[1]) for row in rows]


def days_held(course_class: CourseClass) -> list[ClassDay]:
    query = select(ClassDay).where(ClassDay.class_id == course_class.id)
    return list(db.session.scalars(query.options(joinedload(ClassDay.entered_by)).order_by(ClassDay.day)))


def day_of(course_class: CourseClass, day: dt.date) -> ClassDay | None:
    return db.session.scalar(
        select(ClassDay).where(ClassDay.class_id == course_class.id, ClassDay.day == day)
    )


def present_on(class_day: ClassDay) -> set[int]:
    """Ids of the enrolments that were there."""
    query = select(Attendance.enrolment_id).where(Attendance.class_day_id == class_day.id)
    return set(db.session.scalars(query))


def enrolments_of(worker: Worker) -> list[tuple[Enrolment, int, int]]:
    """Each class of a person with the days attended and the days held, the newest first."""
    held = select(ClassDay.class_id, func.count().label("n")).group_by(ClassDay.class_id).subquery()
    attended = (
        select(Attendance.enrolment_id, func.count().label("n")).group_by(Attendance.enrolment_id).subquery()
    )
    rows = db.session.execute(
        select(Enrolment, func.coalesce(attended.c.n, 0), func.coalesce(held.c.n, 0))
        .join(Enrolment.course_class)
        .join(CourseClass.course)
        .outerjoin(attended, attended.c.enrolment_id == Enrolment.id)
        .outerjoin(held, held.c.class_id == Enrolment.class_id)
        .where(Enrolment.worker_id == worker.id)
        .options(
            contains_eager(Enrolment.course_class)
            .contains_eager(CourseClass.course)
            .joinedload(Course.organisation)
        )
        .order_by(CourseClass.starts_on.desc(), Enrolment.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in rows]


def support_days(worker_id: int) -> dict[CourseKind, int]:
    """Days on which the person attended, by what was taught; two classes on a day of one kind are one day."""
    rows = db.session.execute(
        select(Course.kind, func.count(func.distinct(ClassDay.day)))
        .join(CourseClass, CourseClass.course_id == Course.id)
        .join(ClassDay, ClassDay.class_id == CourseClass.id)
        .join(Attendance, Attendance.class_day_id == ClassDay.id)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(Enrolment.worker_id == worker_id)
        .group_by(Course.kind)
    )
    return {row[0]: row[1] for row in rows}


def last_day_attended(enrolment: Enrolment) -> dt.date | None:
    query = (
        select(func.max(ClassDay.day))
        .join(Attendance, Attendance.class_day_id == ClassDay.id)
        .where(Attendance.enrolment_id == enrolment.id)
    )
    return db.session.scalar(query)


def days_attended(worker_id: int) -> int:
    """Different days over all classes: meals are paid once a day."""
    query = (
        select(func.count(func.distinct(ClassDay.day)))
        .join(Attendance, Attendance.class_day_id == ClassDay.id)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(Enrolment.worker_id == worker_id)
    )
    return db.session.scalar(query) or 0
