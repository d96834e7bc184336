"""The results of a class, everybody's at once, with certificates and how long they are valid."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.courses.models import Course, CourseClass, Enrolment
from portal.courses.permissions import insist_may_teach
from portal.courses.rules import certificate_valid_to
from portal.courses.states import CourseResult
from portal.errors import Invalid, Refused
from portal.extensions import db
from portal.reference.rules import of_day


@dataclass(frozen=True, slots=True)
class Outcome:
    """`result` None: not known yet."""

    result: CourseResult | None
    certificate_number: str = ""
    certified_on: dt.date | None = None


def record_results(
    course_class: CourseClass, outcomes: Mapping[int, Outcome], *, actor: Account, now: dt.datetime
) -> int:
    """By enrolment; how many changed. A wrong line is named by its field, `number-ID` or `on-ID`."""
    insist_may_teach(course_class, actor)
    if course_class.settled_at is not None:
        raise Refused(_("Lớp này đã chốt. Muốn sửa, nhờ lãnh đạo mở lại lớp."))
    rows = list(
        db.session.scalars(
            select(Enrolment)
            .where(Enrolment.class_id == course_class.id, Enrolment.id.in_(list(outcomes)))
            .order_by(Enrolment.id)
        )
    )
    for row in rows:
        _insist_sound(row, outcomes[row.id], course_class, local_date(now))
    _insist_new_numbers(course_class, {row.id: outcomes[row.id] for row in rows})
    changed = [row.id for row in rows if _enter(row, outcomes[row.id], course_class, actor, now)]
    db.session.flush()
    if changed:
        record("class.results", course_class, actor=actor, now=now, enrolments=changed)
    return len(changed)


def _insist_sound(row: Enrolment, outcome: Outcome, course_class: CourseClass, today: dt.date) -> None:
    number, day = outcome.certificate_number.strip(), outcome.certified_on
    if (number or day) and outcome.result is not CourseResult.PASSED:
        raise Invalid(_("Chỉ người đạt mới có giấy chứng nhận."), field=f"number-{row.id}")
    if number and day is None:
        raise Invalid(_("Hãy ghi ngày cấp giấy chứng nhận."), field=f"on-{row.id}")
    if day is not None and not number:
        raise Invalid(_("Hãy ghi số giấy chứng nhận."), field=f"number-{row.id}")
    if day is not None and not course_class.starts_on <= day <= today:
        raise Invalid(_("Ngày cấp phải sau khi lớp bắt đầu và không sau hôm nay."), field=f"on-{row.id}")


def _insist_new_numbers(course_class: CourseClass, outcomes: Mapping[int, Outcome]) -> None:
    """One number, one person, whoever the organisation gave it to and in whatever class."""
    seen: dict[str, int] = {}
    for row_id, outcome in outcomes.items():
        number = outcome.certificate_number.strip()
        if number and number in seen:
            raise Invalid(_("Số này đã ghi cho người khác."), field=f"number-{row_id}")
        seen[number] = row_id
    numbers = [number for number in seen if number]
    if not numbers:
        return
    taken = db.session.scalars(
        select(Enrolment.certificate_number)
        .join(Enrolment.course_class)
        .join(CourseClass.course)
        .where(
            Course.organisation_id == course_class.course.organisation_id,
            Enrolment.certificate_number.in_(numbers),
            Enrolment.id.not_in(list(outcomes)),
        )
        .limit(1)
    ).first()
    if taken is not None:
        raise Invalid(_("Số này đã ghi cho người khác."), field=f"number-{seen[taken]}")


def _enter(
    row: Enrolment, outcome: Outcome, course_class: CourseClass, actor: Account, now: dt.datetime
) -> bool:
    number = outcome.certificate_number.strip() or None
    if (row.result, row.certificate_number, row.certified_on) == (
        outcome.result,
        number,
        outcome.certified_on,
    ):
        return False
    row.result, row.certificate_number, row.certified_on = outcome.result, number, outcome.certified_on
    row.valid_to = None
    if outcome.certified_on is not None:
        rules = of_day(db.session, outcome.certified_on)
        row.valid_to = certificate_valid_to(course_class.course.kind, outcome.certified_on, rules)
    row.result_at = now if outcome.result is not None else None
    row.result_by_id = actor.id if outcome.result is not None else None
    return True
