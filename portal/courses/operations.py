"""Courses, classes, who is in them, the roll of a day, results. Whoever calls commits."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.courses.models import Attendance, ClassDay, Course, CourseClass, Enrolment
from portal.courses.permissions import insist_may_enrol, insist_may_give, insist_may_teach, may_reopen
from portal.courses.queries import day_of, last_day_attended, present_on
from portal.courses.rules import day_problem
from portal.courses.states import CourseKind, LeavingReason
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationKind
from portal.web.templating import show_date
from portal.workers.models import Worker
from portal.workers.states import LIVE_STATES


@dataclass(frozen=True, slots=True)
class ClassFacts:
    name: str
    starts_on: dt.date
    ends_on: dt.date
    capacity: int
    commune_code: str | None = None
    address_line: str = ""


def add_course(
    organisation: Organisation,
    kind: CourseKind,
    name: str,
    periods: int | None,
    *,
    actor: Account,
    now: dt.datetime,
) -> Course:
    insist_may_give(organisation, actor)
    course = Course(
        kind=kind,
        name=name,
        organisation_id=organisation.id,
        periods=periods,
        created_at=now,
        created_by_id=actor.id,
    )
    db.session.add(course)
    db.session.flush()
    record("course.added", course, actor=actor, now=now, kind=kind.value)
    return course


def add_class(course: Course, facts: ClassFacts, *, actor: Account, now: dt.datetime) -> CourseClass:
    insist_may_give(course.organisation, actor)
    _insist_sensible(facts)
    course_class = CourseClass(course_id=course.id, created_at=now, created_by_id=actor.id)
    _fill(course_class, facts)
    db.session.add(course_class)
    db.session.flush()
    record("class.added", course_class, actor=actor, now=now)
    return course_class


def change_class(course_class: CourseClass, facts: ClassFacts, *, actor: Account, now: dt.datetime) -> None:
    insist_may_teach(course_class, actor)
    _insist_open(course_class)
    _insist_sensible(facts)
    if facts.capacity < _people(course_class):
        raise Invalid(_("Lớp đã có nhiều người hơn số chỗ này."), field="capacity")
    outside = select(ClassDay.day).where(
        ClassDay.class_id == course_class.id,
        ~ClassDay.day.between(facts.starts_on, facts.ends_on),
    )
    if db.session.scalars(outside.limit(1)).first() is not None:
        raise Invalid(_("Có ngày đã điểm danh nằm ngoài khoảng này."), field="ends_on")
    _fill(course_class, facts)
    db.session.flush()
    record("class.changed", course_class, actor=actor, now=now)


def _fill(course_class: CourseClass, facts: ClassFacts) -> None:
    course_class.name, course_class.capacity = facts.name, facts.capacity
    course_class.starts_on, course_class.ends_on = facts.starts_on, facts.ends_on
    course_class.commune_code, course_class.address_line = facts.commune_code, facts.address_line


def _insist_sensible(facts: ClassFacts) -> None:
    if facts.ends_on < facts.starts_on:
        raise Invalid(_("Ngày kết thúc phải sau ngày bắt đầu."), field="ends_on")
    if facts.capacity < 1:
        raise Invalid(_("Lớp phải có ít nhất một chỗ."), field="capacity")


def _insist_open(course_class: CourseClass) -> None:
    if course_class.settled_at is not None:
        raise Refused(_("Lớp này đã chốt. Muốn sửa, nhờ lãnh đạo mở lại lớp."))


def _people(course_class: CourseClass) -> int:
    query = select(func.count()).where(Enrolment.class_id == course_class.id, Enrolment.left_on.is_(None))
    return db.session.scalar(query) or 0


def enrol(
    course_class: CourseClass, worker: Worker, *, may_be_told: bool, actor: Account, now: dt.datetime
) -> Enrolment:
    """`course_class` is locked: two clerks do not give the last place twice."""
    insist_may_enrol(actor)
    _insist_open(course_class)
    if worker.state not in LIVE_STATES:
        raise Refused(_("Hồ sơ của người này không còn dùng."), field="person")
    if course_class.course.organisation.kind is not OrganisationKind.CENTRE and not may_be_told:
        raise Refused(
            _("Nơi dạy sẽ thấy họ tên và năm sinh: hãy hỏi và ghi là người này đồng ý."), field="may_be_told"
        )
    there = db.session.scalar(
        select(Enrolment).where(Enrolment.class_id == course_class.id, Enrolment.worker_id == worker.id)
    )
    if there is not None and there.left_on is None:
        raise Refused(_("Người này đã có tên trong lớp."), field="person")
    if _people(course_class) >= course_class.capacity:
        raise Refused(_("Lớp đã đủ %(n)s người.", n=course_class.capacity), field="person")
    if there is None:
        there = Enrolment(
            class_id=course_class.id, worker_id=worker.id, enrolled_at=now, enrolled_by_id=actor.id
        )
        db.session.add(there)
    # Who left comes back: the days attended before still count.
    there.left_on, there.left_reason = None, None
    db.session.flush()
    record("class.enrolled", there, actor=actor, now=now, class_id=course_class.id)
    return there


def leave(
    enrolment: Enrolment, reason: LeavingReason, left_on: dt.date, *, actor: Account, now: dt.datetime
) -> None:
    insist_may_enrol(actor)
    _insist_open(enrolment.course_class)
    if enrolment.left_on is not None:
        raise Refused(_("Đã ghi là người này thôi học."))
    if left_on > local_date(now):
        raise Invalid(_("Ngày này chưa đến."), field="left_on")
    last = last_day_attended(enrolment)
    if last is not None and left_on < last:
        raise Invalid(_("Người này còn đi học ngày %(day)s.", day=show_date(last)), field="left_on")
    enrolment.left_on, enrolment.left_reason = left_on, reason
    db.session.flush()
    record("class.left", enrolment, actor=actor, now=now, reason=reason.value)


def call_roll(
    course_class: CourseClass,
    day: dt.date,
    present: Collection[int],
    *,
    actor: Account,
    now: dt.datetime,
) -> ClassDay:
    """The whole class at once: `present` holds the enrolments that were there. Again: it is put right."""
    insist_may_teach(course_class, actor)
    _insist_open(course_class)
    problem = day_problem(day, course_class.starts_on, course_class.ends_on, local_date(now))
    if problem:
        raise Refused(problem, field="day")
    members = set(
        db.session.scalars(
            select(Enrolment.id).where(
                Enrolment.class_id == course_class.id,
                Enrolment.left_on.is_(None) | (Enrolment.left_on >= day),
            )
        )
    )
    class_day = day_of(course_class, day)
    if class_day is None:
        class_day = ClassDay(class_id=course_class.id, day=day)
        before: set[int] = set()
    else:
        before = present_on(class_day)
    class_day.entered_at, class_day.entered_by_id = now, actor.id
    db.session.add(class_day)
    db.session.flush()
    there = members.intersection(present)
    _write(class_day, before, there)
    changed = sorted(before.symmetric_difference(there))
    detail = {"day": day.isoformat(), "present": len(there), "members": len(members)}
    record("class.roll", course_class, actor=actor, now=now, **detail, changed=changed if before else [])
    return class_day


def _write(class_day: ClassDay, before: set[int], there: set[int]) -> None:
    gone, come = before - there, there - before
    if gone:
        db.session.execute(
            delete(Attendance).where(
                Attendance.class_day_id == class_day.id, Attendance.enrolment_id.in_(gone)
            )
        )
    if come:
        rows = [{"class_day_id": class_day.id, "enrolment_id": one} for one in sorted(come)]
        db.session.execute(insert(Attendance), rows)


def take_back_day(
    class_day: ClassDay, course_class: CourseClass, *, actor: Account, now: dt.datetime
) -> None:
    """A day entered by mistake: the class was not held."""
    insist_may_teach(course_class, actor)
    _insist_open(course_class)
    day = class_day.day.isoformat()
    db.session.execute(delete(Attendance).where(Attendance.class_day_id == class_day.id))
    db.session.delete(class_day)
    db.session.flush()
    record("class.day_taken_back", course_class, actor=actor, now=now, day=day)


def settle(course_class: CourseClass, *, actor: Account, now: dt.datetime) -> None:
    """From now on attendance and results stand: support is counted from them."""
    insist_may_teach(course_class, actor)
    _insist_open(course_class)
    if course_class.ends_on > local_date(now):
        raise Refused(_("Lớp chưa kết thúc."))
    waiting = select(func.count()).where(
        Enrolment.class_id == course_class.id, Enrolment.left_on.is_(None), Enrolment.result.is_(None)
    )
    without = db.session.scalar(waiting) or 0
    if without:
        raise Refused(_("Còn %(n)s người chưa ghi kết quả.", n=without))
    course_class.settled_at, course_class.settled_by_id = now, actor.id
    db.session.flush()
    record("class.settled", course_class, actor=actor, now=now)


def reopen(course_class: CourseClass, *, reason: str, actor: Account, now: dt.datetime) -> None:
    if not may_reopen(actor):
        raise NotAllowed
    if course_class.settled_at is None:
        raise Refused(_("Lớp này chưa chốt."))
    if not reason.strip():
        raise Invalid(_("Hãy ghi vì sao."), field="reason")
    course_class.settled_at, course_class.settled_by_id = None, None
    db.session.flush()
    record("class.reopened", course_class, actor=actor, now=now, reason=reason.strip()[:300])
