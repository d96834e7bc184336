"""What is done again and again: each is a job that puts its next run into the table when it is done."""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import delete, exists, select

from portal.common.registry import Registry
from portal.extensions import db
from portal.jobs.handlers import HANDLERS, Handler, JobContext
from portal.jobs.models import Job, JobState
from portal.jobs.operations import enqueue_job
from portal.web.transactions import write_transaction

EVERY = dt.timedelta(hours=1)

# name → the pause between two runs.
SCHEDULED: Registry[dt.timedelta] = Registry()


def hourly(name: str) -> Callable[[Callable[[dt.datetime], object]], Callable[[dt.datetime], object]]:
    """The task runs inside one write transaction, together with the row of its next run: it must be short,
    and safe to do twice."""
    SCHEDULED.add(name)(EVERY)

    def keep(task: Callable[[dt.datetime], object]) -> Callable[[dt.datetime], object]:
        def handle(context: JobContext) -> None:
            with context.writing(1, 1):
                now = context.now()
                task(now)
                _schedule_next(name, EVERY, now)

        HANDLERS.add(name)(handle)
        return task

    return keep


def recurring(name: str, every: dt.timedelta) -> Callable[[Handler], Handler]:
    """For what may take long: the handler writes as any other does, and the next run comes after it."""
    SCHEDULED.add(name)(every)

    def keep(handler: Handler) -> Handler:
        def handle(context: JobContext) -> None:
            handler(context)
            with context.writing(1, 1):
                _schedule_next(name, every, context.now())

        HANDLERS.add(name)(handle)
        return handler

    return keep


def _schedule_next(name: str, every: dt.timedelta, now: dt.datetime) -> None:
    # What was done before is history of no interest: one row a task stays.
    db.session.execute(delete(Job).where(Job.kind == name, Job.state == JobState.DONE))
    waiting = exists().where(Job.kind == name, Job.state == JobState.WAITING)
    if not db.session.scalar(select(waiting)):
        enqueue_job(name, {}, actor=None, now=now, run_after=now + every)


def ensure_scheduled(now: dt.datetime) -> None:
    """Every task has a next run, also after a crash or the first start."""
    with write_transaction():
        for name, _every in SCHEDULED:
            alive = exists().where(Job.kind == name, Job.state.in_([JobState.WAITING, JobState.RUNNING]))
            if not db.session.scalar(select(alive)):
                enqueue_job(name, {}, actor=None, now=now)
