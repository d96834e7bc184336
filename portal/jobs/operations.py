"""Enqueue in the data's own transaction; take, extend and finish under a lease."""

import datetime as dt
from typing import Any, Protocol

from sqlalchemy import or_, select, update
from sqlalchemy.engine import CursorResult

from portal.extensions import db
from portal.jobs.models import Job, JobState

# A handler extends its lease at every step; this long without one means its process is gone.
LEASE = dt.timedelta(seconds=60)
# How long a job is left alone whose handler says that it cannot begin yet.
PAUSE = dt.timedelta(seconds=30)
# A job that kills its process again and again must not do so for ever.
MOST_ATTEMPTS = 5


class HasId(Protocol):
    id: Any


def enqueue_job(
    kind: str,
    payload: dict[str, Any],
    *,
    actor: HasId | None,
    now: dt.datetime,
    total_steps: int = 0,
    run_after: dt.datetime | None = None,
) -> Job:
    job = Job(
        kind=kind,
        payload=payload,
        run_after=run_after or now,
        total_steps=total_steps,
        created_by_id=actor.id if actor is not None else None,
        created_at=now,
    )
    db.session.add(job)
    db.session.flush()
    return job


def take_next(holder: str, *, now: dt.datetime) -> Job | None:
    """Lease the oldest job that is due or whose holder went silent; the caller commits."""
    due = or_(
        (Job.state == JobState.WAITING) & (Job.run_after <= now),
        (Job.state == JobState.RUNNING) & (Job.lease_until < now),
    )
    query = select(Job).where(due).order_by(Job.run_after, Job.id).limit(1)
    job = db.session.scalars(query.with_for_update(skip_locked=True)).one_or_none()
    if job is None:
        return None
    if job.attempts >= MOST_ATTEMPTS:
        finish(job, JobState.FAILED, error="stopped too often", now=now)
        return None
    job.state = JobState.RUNNING
    job.lease_holder, job.lease_until = holder, now + LEASE
    job.attempts += 1
    db.session.flush()
    return job


def extend(job_id: int, holder: str, done: int, total: int, *, now: dt.datetime) -> bool:
    """False when the lease is no longer ours."""
    result = db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.lease_holder == holder, Job.state == JobState.RUNNING)
        .values(done_steps=done, total_steps=total, lease_until=now + LEASE)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    return bool(result.rowcount)


def put_back(job: Job, *, now: dt.datetime) -> None:
    """It was no attempt: nothing went wrong."""
    job.state, job.run_after, job.attempts = JobState.WAITING, now + PAUSE, job.attempts - 1
    job.lease_until = job.lease_holder = None
    db.session.flush()


def finish(job: Job, state: JobState, *, error: str = "", now: dt.datetime) -> None:
    job.state, job.error, job.finished_at = state, error, now
    job.lease_until = job.lease_holder = None
    db.session.flush()
