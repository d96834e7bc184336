"""What is done again and again: each is a job that puts its next run into the table when it is done."""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import delete, exists, select

from portal.common.registry import Registry
from portal.extensions import db
from portal.jobs.handlers import HANDLERS, JobContext
from portal.jobs.models import Job, JobState
from portal.jobs.operations import enqueue_job
from portal.web.transactions import write_transaction

EVERY = dt.timedelta(hours=1)

# name → what to do; each must be safe to do twice.
HOURLY: Registry[Callable[[dt.datetime], object]] = Registry()


def hourly(name: str) -> Callable[[Callable[[dt.datetime], object]], Callable[[dt.datetime], object]]:
    def keep(task: Callable[[dt.datetime], object]) -> Callable[[dt.datetime], object]:
        HOURLY.add(name)(task)

        def handle(context: JobContext) -> None:
            with context.writing(1, 1):
                now = context.now()
                task(now)
                # What was done before is history of no interest: one row a task stays.
                db.session.execute(delete(Job).where(Job.kind == name, Job.state == JobState.DONE))
                _enqueue_next(name, now + EVERY, now)

        HANDLERS.add(name)(handle)
        return task

    return keep


def _enqueue_next(name: str, run_after: dt.datetime, now: dt.datetime) -> None:
    waiting = exists().where(Job.kind == name, Job.state == JobState.WAITING)
    if not db.session.scalar(select(waiting)):
        enqueue_job(name, {}, actor=None, now=now, run_after=run_after)


def ensure_scheduled(now: dt.datetime) -> None:
    """Every task has a next run, also after a crash or the first start."""
    with write_transaction():
        for name, _task in HOURLY:
            alive = exists().where(Job.kind == name, Job.state.in_([JobState.WAITING, JobState.RUNNING]))
            if not db.session.scalar(select(alive)):
                enqueue_job(name, {}, actor=None, now=now)
