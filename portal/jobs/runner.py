"""Runs jobs in a thread of `make run`, or in a process of its own (`flask --app wsgi work`)."""

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy.exc import OperationalError

from portal.common.clock import now
from portal.extensions import db
from portal.jobs.handlers import HANDLERS, JobContext, LeaseLost, NotYet
from portal.jobs.models import Job, JobState
from portal.jobs.operations import extend, finish, put_back, take_next
from portal.jobs.schedule import ensure_scheduled
from portal.web.transactions import write_transaction

# How long an idle worker sleeps: a person who pressed a button waits at most this long.
IDLE_SECONDS = 1.0
# How often a scheduled task that lost its next run is noticed.
SCHEDULE_SECONDS = 600.0


def run_once(app: Flask, holder: str | None = None) -> bool:
    """Take and run one job; False when none was due."""
    holder = holder or uuid.uuid4().hex
    with app.app_context():
        try:
            with write_transaction():
                job = take_next(holder, now=now())
                taken = None if job is None else (job.id, job.kind, dict(job.payload))
            if taken is None:
                return False
            _run(app, holder, *taken)
            return True
        finally:
            db.session.remove()


def _run(app: Flask, holder: str, job_id: int, kind: str, payload: dict[str, Any]) -> None:
    @contextmanager
    def writing(done: int, total: int) -> Iterator[None]:
        with write_transaction():
            yield
            if not extend(job_id, holder, done, total, now=now()):
                raise LeaseLost

    handler = HANDLERS.get(kind)
    try:
        if handler is None:
            raise LookupError(f"nobody handles {kind}")
        handler(JobContext(job_id, payload, writing, now))
        with write_transaction():
            finish(_held(job_id, holder), JobState.DONE, now=now())
    except NotYet:
        db.session.rollback()
        with write_transaction():
            put_back(_held(job_id, holder), now=now())
    except LeaseLost:
        app.logger.warning("job %s was taken over by another worker", job_id)
    except OperationalError:
        # The database was away or busy, the work is not wrong: whoever finds the lease ended goes on.
        db.session.rollback()
        raise
    except Exception as error:  # whatever a handler raises ends this job, not the worker
        db.session.rollback()
        # The type alone: an exception's text may hold personal data.
        app.logger.error("job %s (%s) failed: %s", job_id, kind, type(error).__name__)
        with write_transaction():
            finish(_held(job_id, holder), JobState.FAILED, error=type(error).__name__, now=now())
        if app.testing:
            raise


def _held(job_id: int, holder: str) -> Job:
    job: Job | None = db.session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None or job.lease_holder != holder:
        raise LeaseLost
    return job


def run_forever(app: Flask, stop: threading.Event) -> None:
    looked_at = 0.0
    while not stop.is_set():
        try:
            if time.monotonic() - looked_at > SCHEDULE_SECONDS or not looked_at:
                with app.app_context():
                    ensure_scheduled(now())
                looked_at = time.monotonic()
            busy = run_once(app)
        except Exception as error:  # the database may be away for a moment
            app.logger.error("the job worker stumbled: %s", type(error).__name__)
            busy = False
        if not busy:
            stop.wait(IDLE_SECONDS)
