"""A step that takes longer than a lease keeps it, says where it is, and stops once another has taken over."""

import time
from typing import Any

import pytest
from sqlalchemy import update

from portal.common.clock import now
from portal.extensions import db
from portal.jobs import heartbeat as beating
from portal.jobs.handlers import HANDLERS, JobContext
from portal.jobs.heartbeat import heartbeat
from portal.jobs.models import Job, JobState
from portal.jobs.operations import enqueue_job
from portal.jobs.runner import run_once
from portal.web.transactions import write_transaction


@pytest.fixture
def long_step(app: Any, monkeypatch: Any) -> Any:
    """Runs a job whose only step is the given function."""
    monkeypatch.setattr(beating, "BEAT_SECONDS", 0.02)

    def run(step: Any) -> Job:
        def handle(context: JobContext) -> None:
            with heartbeat(context) as beat:
                step(context, beat)

        monkeypatch.setitem(HANDLERS._items, "test.long_step", handle)
        with write_transaction():
            job_id = enqueue_job("test.long_step", {}, actor=None, now=now()).id
        assert run_once(app)
        db.session.expire_all()
        return db.session.get_one(Job, job_id)

    return run


def seen(job_id: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, job_id, populate_existing=True)


def until(true: Any) -> None:
    for _ in range(500):
        if true():
            return
        time.sleep(0.01)
    pytest.fail("it never came")


def test_the_lease_grows_and_the_progress_is_written_while_the_step_runs(long_step: Any) -> None:
    def step(context: JobContext, beat: Any) -> None:
        first = seen(context.job_id).lease_until
        beat.told(3, 7)
        until(lambda: seen(context.job_id).done_steps == 3)
        until(lambda: seen(context.job_id).lease_until > first)
        assert seen(context.job_id).total_steps == 7
        db.session.rollback()

    assert long_step(step).state is JobState.DONE


def test_who_has_lost_the_lease_stops_at_the_next_word(long_step: Any) -> None:
    after = []

    def step(context: JobContext, beat: Any) -> None:
        with write_transaction():
            db.session.execute(update(Job).where(Job.id == context.job_id).values(lease_holder="another"))
        until(lambda: beat.lost)
        beat.told(1, 2)
        after.append("went on")

    job = long_step(step)
    assert not after
    assert (job.state, job.lease_holder) == (JobState.RUNNING, "another")
