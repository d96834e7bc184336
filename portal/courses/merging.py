"""Two profiles of one person: the classes go along; a person's own data hold them."""

from typing import Any

from sqlalchemy import select, update

from portal.access.models import Account
from portal.courses.models import Enrolment
from portal.courses.queries import enrolments_of
from portal.extensions import db
from portal.workers.exporting import EXPORTS
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker


def _move(kept: Worker, merged: Worker) -> Moved:
    """A class in which both stand stays with each: one cannot be in it twice."""
    have = select(Enrolment.class_id).where(Enrolment.worker_id == kept.id)
    theirs = select(Enrolment.id).where(Enrolment.worker_id == merged.id, Enrolment.class_id.not_in(have))
    ids = list(db.session.scalars(theirs.order_by(Enrolment.id)))
    _give(ids, kept)
    return {"enrolments": ids}


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    _give(moved["enrolments"], merged)


def _give(ids: list[int], worker: Worker) -> None:
    if ids:
        db.session.execute(update(Enrolment).where(Enrolment.id.in_(ids)).values(worker_id=worker.id))


PARTS.add("courses")(Part(_move, _undo))


@EXPORTS.add("courses")
def courses_of(worker: Worker, account: Account) -> list[dict[str, Any]]:
    return [
        {
            "course": row.course_class.course.name,
            "class": row.course_class.name,
            "starts_on": row.course_class.starts_on.isoformat(),
            "ends_on": row.course_class.ends_on.isoformat(),
            "days_attended": attended,
            "days_held": held,
            "result": row.result.value if row.result else None,
            "certificate": row.certificate_number,
            "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            "left_on": row.left_on.isoformat() if row.left_on else None,
        }
        for row, attended, held in enrolments_of(worker)
    ]
