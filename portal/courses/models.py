"""Courses, their classes, who attends on which day, and with what result."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.courses.states import CourseKind, CourseResult, LeavingReason
from portal.extensions import Model
from portal.organisations.models import Organisation
from portal.workers.models import Worker


class Course(Model):
    """What is taught, again and again; a class is one time of it."""

    __tablename__ = "course"
    __table_args__ = (
        check_choice("kind", CourseKind),
        CheckConstraint("periods IS NULL OR periods > 0", name="periods"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CourseKind] = choice_column(CourseKind)
    name: Mapped[str] = mapped_column(String(160))
    # Who gives it: the centre itself or a college.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # Length in teaching periods of 45 minutes; None: not stated.
    periods: Mapped[int | None]
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    organisation: Mapped[Organisation] = relationship()


class CourseClass(Model):
    __tablename__ = "course_class"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        CheckConstraint("capacity > 0", name="capacity"),
        check_together("settled_at", "settled_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    commune_code: Mapped[str | None] = mapped_column(String(10))
    address_line: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[dt.date] = mapped_column(index=True)
    ends_on: Mapped[dt.date] = mapped_column(index=True)
    capacity: Mapped[int]
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    # Closed: attendance and results are final, support is counted from them.
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    course: Mapped[Course] = relationship()
    settled_by: Mapped[Account | None] = relationship(foreign_keys=[settled_by_id])


class Enrolment(Model):
    __tablename__ = "enrolment"
    __table_args__ = (
        check_choice("result", CourseResult),
        check_choice("left_reason", LeavingReason),
        check_together("left_on", "left_reason"),
        check_together("certificate_number", "certified_on"),
        CheckConstraint("certificate_number IS NULL OR result = 'passed'", name="certificate"),
        UniqueConstraint("class_id", "worker_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("course_class.id"), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    enrolled_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    enrolled_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    left_on: Mapped[dt.date | None]
    left_reason: Mapped[LeavingReason | None] = choice_column(LeavingReason)
    result: Mapped[CourseResult | None] = choice_column(CourseResult)
    certificate_number: Mapped[str | None] = mapped_column(String(60))
    certified_on: Mapped[dt.date | None]
    # None with a certificate: no rule says how long this one is valid.
    valid_to: Mapped[dt.date | None]
    result_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    result_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    course_class: Mapped[CourseClass] = relationship()
    worker: Mapped[Worker] = relationship()


class ClassDay(Model):
    """A day on which the class was held and somebody called the names."""

    __tablename__ = "class_day"
    __table_args__ = (UniqueConstraint("class_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("course_class.id"), index=True)
    day: Mapped[dt.date]
    entered_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    entered_by: Mapped[Account] = relationship()


class Attendance(Model):
    """Somebody was there that day; who was away has no row."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("class_day_id", "enrolment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_day_id: Mapped[int] = mapped_column(ForeignKey("class_day.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
