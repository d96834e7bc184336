"""What an adviser has to do for a person by a day: begun by an event, ended by hand or by itself."""

import datetime as dt
from typing import Any, Self

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Select, false, select, update
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.events import on
from portal.counselling.models import Task
from portal.counselling.owners import owner_for
from portal.counselling.states import TaskKind
from portal.errors import Refused
from portal.extensions import db
from portal.reference.calendar import load_calendar
from portal.workers.events import IdGiven, IdMissing, ProfileEmptied
from portal.workers.exporting import EXPORTS
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker
from portal.workers.permissions import insist_case_staff, is_case_staff


def make_task(worker: Worker, kind: TaskKind, *, actor: Account | None, now: dt.datetime) -> Task:
    """One open task of a kind for a person: asked again, it is the same one."""
    found = db.session.scalars(
        Tasks().for_worker(worker).of_kind(kind).open().query.order_by(Task.id).limit(1)
    ).first()
    if found is not None:
        return found
    staff = actor if is_case_staff(actor) else None
    days = current_app.config["TASK_DAYS"]
    task = Task(
        kind=kind,
        worker_id=worker.id,
        owner_id=owner_for(worker, Task, Task.done_at.is_(None), staff).id,
        due_on=load_calendar(db.session).add_working_days(local_date(now), days),
        note="",
        created_at=now,
    )
    db.session.add(task)
    db.session.flush()
    record("task.made", task, actor=actor, now=now, kind=kind.value)
    return task


def finish_task(task: Task, *, note: str, actor: Account, now: dt.datetime) -> None:
    insist_case_staff(actor)
    if task.done_at is not None:
        raise Refused(_("Việc này đã xong rồi."))
    task.done_at, task.done_by_id, task.note = now, actor.id, note.strip()[:500]
    db.session.flush()
    record("task.done", task, actor=actor, now=now)


@on(IdMissing)
def help_with_a_number(event: IdMissing) -> None:
    make_task(event.worker, TaskKind.NATIONAL_ID, actor=event.actor, now=event.now)


@on(IdGiven)
def the_number_is_here(event: IdGiven) -> None:
    """Nobody has to tick it off: with the number the task is done, by who gave it."""
    waiting = Tasks().for_worker(event.worker).of_kind(TaskKind.NATIONAL_ID).open().query
    for task in db.session.scalars(waiting.order_by(Task.id)):
        task.done_at = event.now
        task.done_by_id = event.actor.id if event.actor is not None else task.owner_id
        db.session.flush()
        record("task.done", task, actor=event.actor, now=event.now, by_itself=True)


@on(ProfileEmptied)
def nobody_is_there_any_more(event: ProfileEmptied) -> None:
    db.session.execute(
        update(Task)
        .where(Task.worker_id == event.worker.id, Task.done_at.is_(None))
        .values(done_at=event.now, done_by_id=Task.owner_id)
    )
    db.session.execute(update(Task).where(Task.worker_id == event.worker.id).values(note=""))


class Tasks:
    """`Tasks().visible_to(account).open().by_due_date().query` is a `Select[Task]`."""

    def __init__(self, query: Select[Task] | None = None) -> None:
        self.query: Select[Task] = select(Task) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, task_id: int) -> Self:
        return self.where(Task.id == task_id)

    def visible_to(self, account: Account) -> Self:
        return self if account.role in CASE_STAFF else self.where(false())

    def open(self) -> Self:
        return self.where(Task.done_at.is_(None))

    def done(self) -> Self:
        return self.where(Task.done_at.is_not(None))

    def owned_by(self, account: Account) -> Self:
        return self.where(Task.owner_id == account.id)

    def for_worker(self, worker: Worker) -> Self:
        return self.where(Task.worker_id == worker.id)

    def of_kind(self, kind: TaskKind) -> Self:
        return self.where(Task.kind == kind)

    def by_due_date(self) -> Self:
        return type(self)(self.query.order_by(Task.due_on, Task.id))

    def newest_done_first(self) -> Self:
        return type(self)(self.query.order_by(Task.done_at.desc(), Task.id.desc()))

    def with_list_data(self) -> Self:
        return type(self)(self.query.options(joinedload(Task.worker), joinedload(Task.owner)))

    def locked(self) -> Self:
        return type(self)(self.query.with_for_update(of=Task).execution_options(populate_existing=True))


def _move(kept: Worker, merged: Worker) -> Moved:
    ids = list(db.session.scalars(select(Task.id).where(Task.worker_id == merged.id).order_by(Task.id)))
    _give(ids, kept)
    return {"tasks": ids}


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    _give(moved["tasks"], merged)


def _give(ids: list[int], worker: Worker) -> None:
    if ids:
        db.session.execute(update(Task).where(Task.id.in_(ids)).values(worker_id=worker.id))


PARTS.add("tasks")(Part(_move, _undo))


@EXPORTS.add("tasks")
def tasks_of(worker: Worker, account: Account) -> list[dict[str, Any]]:
    rows = db.session.scalars(Tasks().for_worker(worker).query.order_by(Task.id))
    return [
        {
            "kind": one.kind.value,
            "due": one.due_on.isoformat(),
            "done": one.done_at.isoformat() if one.done_at else None,
            "note": one.note,
        }
        for one in rows
    ]
