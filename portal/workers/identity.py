"""The national ID: the only thing that tells two people apart. Sealed, found again by a keyed index."""

import datetime as dt

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.access.models import Account
from portal.access.states import Role
from portal.audit.operations import record
from portal.common.events import emit
from portal.common.secrets import blind_index, seal, unseal
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.reference.national_id import check_national_id
from portal.workers.duplicates import note_pair
from portal.workers.events import IdGiven, IdMissing
from portal.workers.models import Worker
from portal.workers.permissions import is_case_staff, is_self
from portal.workers.rules import mask_number
from portal.workers.states import IdAbsence


def _index(number: str) -> str:
    return blind_index(current_app.config["INDEX_KEY"], number)


def _bound(worker: Worker) -> str:
    return f"national_id:{worker.uid}"


def worker_with_id(number: str) -> Worker | None:
    """Only for the machine's own comparing; whose it is, is never told to who typed it."""
    return db.session.scalar(select(Worker).where(Worker.national_id_index == _index(number)))


def give_national_id(worker: Worker, typed: str, *, actor: Account | None, now: dt.datetime) -> list[str]:
    """Warnings come back as sentences. A number that another profile has leaves a pair for the adviser;
    to who typed it both profiles look the same."""
    _insist_may_tell(worker, actor)
    sex = worker.sex.value if worker.sex is not None else None
    check = check_national_id(typed, worker.birth_date, worker.birth_year, sex)
    if check.number is None:
        raise Invalid(" ".join(str(error) for error in check.errors), field="national_id")
    if worker.national_id_sealed is not None and not is_case_staff(actor):
        raise Refused(_("Số căn cước đã ghi rồi. Cần sửa, bạn gọi Trung tâm giúp."), field="national_id")
    if not _store(worker, check.number):
        other = worker_with_id(check.number)
        if other is not None and other.id != worker.id:
            note_pair(worker, other, ["national_id"], now=now)
    worker.id_absence = None
    worker.updated_at = now
    db.session.flush()
    record("worker.id_given", worker, actor=actor, now=now)
    emit(IdGiven(worker, actor, now))
    return [str(warning) for warning in check.warnings]


def tell_id_absence(worker: Worker, reason: IdAbsence, *, actor: Account | None, now: dt.datetime) -> None:
    """Nobody is turned away for want of a card: the reason is kept, and an adviser gets a task."""
    _insist_may_tell(worker, actor)
    if worker.national_id_sealed is not None:
        raise Refused(_("Hồ sơ đã có số căn cước."), field="id_absence")
    if worker.id_absence is reason:
        return
    worker.id_absence = reason
    worker.updated_at = now
    db.session.flush()
    record("worker.id_missing", worker, actor=actor, now=now, reason=reason.value)
    emit(IdMissing(worker, reason, actor, now))


def _store(worker: Worker, number: str) -> bool:
    """The index goes to who had the number first; two who write it in one moment cannot both get it.

    False where somebody else has it.
    """
    sealed = seal(current_app.config["SEAL_KEY"], number, _bound(worker))
    try:
        with db.session.begin_nested():
            worker.national_id_sealed, worker.national_id_index = sealed, _index(number)
            db.session.flush()
    except IntegrityError:
        db.session.refresh(worker)
        worker.national_id_sealed, worker.national_id_index = sealed, None
        db.session.flush()
        return False
    return True


def _insist_may_tell(worker: Worker, actor: Account | None) -> None:
    by_college = actor is not None and actor.role is Role.COLLEGE and worker.account_id is None
    if not (by_college or is_case_staff(actor) or is_self(worker, actor)):
        raise NotAllowed


def read_national_id(worker: Worker, *, actor: Account, now: dt.datetime) -> str | None:
    """The whole number, for a letter or a paper; the look is recorded."""
    if not (is_case_staff(actor) or is_self(worker, actor)):
        raise NotAllowed
    number = _open(worker)
    if number is not None:
        record("looked", worker, actor=actor, now=now, part="national_id")
    return number


def masked_national_id(worker: Worker) -> str:
    number = _open(worker)
    return mask_number(number) if number is not None else ""


def _open(worker: Worker) -> str | None:
    if worker.national_id_sealed is None:
        return None
    return unseal(current_app.config["SEAL_KEY"], worker.national_id_sealed, _bound(worker))


def same_number(one: Worker, other: Worker) -> bool | None:
    """None where one of them has no number."""
    first, second = _open(one), _open(other)
    return None if first is None or second is None else first == second


def move_national_id(source: Worker, target: Worker) -> str | None:
    """In a merge and its undoing: the number goes along, sealed anew for its new profile.

    Tells what went: "whole", the "index" alone where both have the number, or nothing.
    """
    number = _open(source)
    if number is None:
        return None
    if target.national_id_sealed is None:
        index, source.national_id_sealed, source.national_id_index = source.national_id_index, None, None
        db.session.flush()
        target.national_id_sealed = seal(current_app.config["SEAL_KEY"], number, _bound(target))
        target.national_id_index = index
        return "whole"
    if source.national_id_index is not None and target.national_id_index is None:
        index, source.national_id_index = source.national_id_index, None
        db.session.flush()
        target.national_id_index = index
        return "index"
    return None
