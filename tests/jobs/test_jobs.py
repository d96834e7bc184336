"""Long work survives everything: nothing is lost, nothing is done by two at once."""

import datetime as dt
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal.common.clock import now
from portal.extensions import db
from portal.jobs import handlers, operations
from portal.jobs.models import Job, JobState
from portal.jobs.operations import LEASE, enqueue_job, take_next
from portal.jobs.runner import run_once

ROOT = Path(__file__).resolve().parents[2]
START = dt.datetime(2026, 1, 5, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    seen: list[int] = []

    def handler(context: handlers.JobContext) -> None:
        for number in range(3):
            with context.writing(number + 1, 3):
                seen.append(number)

    monkeypatch.setitem(handlers.HANDLERS._items, "count", handler)
    return seen


def test_a_job_runs_once_and_shows_its_progress(app: Any, handled: list[int]) -> None:
    job = enqueue_job("count", {}, actor=None, now=START)
    db.session.commit()
    assert run_once(app)
    assert not run_once(app)
    db.session.refresh(job)
    assert (handled, job.state, job.done_steps, job.total_steps) == ([0, 1, 2], JobState.DONE, 3, 3)


def test_a_job_enqueued_in_a_transaction_that_fails_does_not_exist(app: Any) -> None:
    enqueue_job("count", {}, actor=None, now=START)
    db.session.rollback()
    assert db.session.scalars(select(Job)).all() == []


def test_a_job_is_leased_to_one_holder_until_the_lease_ends(app: Any) -> None:
    enqueue_job("count", {}, actor=None, now=START)
    db.session.commit()
    assert take_next("first", now=START) is not None
    db.session.commit()
    assert take_next("second", now=START + LEASE / 2) is None
    again = take_next("second", now=START + LEASE * 2)
    assert again is not None and again.lease_holder == "second" and again.attempts == 2


def test_a_worker_that_lost_its_lease_writes_nothing_more(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    job = enqueue_job("slow", {}, actor=None, now=START)
    db.session.commit()
    job_id = job.id

    def handler(context: handlers.JobContext) -> None:
        db.session.execute(db.update(Job).where(Job.id == job_id).values(lease_holder="other"))
        db.session.commit()
        with context.writing(1, 1):
            db.session.add(Job(kind="trace", run_after=START, created_at=START))

    monkeypatch.setitem(handlers.HANDLERS._items, "slow", handler)
    run_once(app)
    assert db.session.scalar(select(Job.id).where(Job.kind == "trace")) is None


def test_a_job_that_fails_says_so_without_its_text(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def handler(context: handlers.JobContext) -> None:
        raise ValueError("Nguyễn Thị Mai 0901234567")

    monkeypatch.setitem(handlers.HANDLERS._items, "broken", handler)
    job = enqueue_job("broken", {}, actor=None, now=START)
    db.session.commit()
    with pytest.raises(ValueError):
        run_once(app)
    db.session.refresh(job)
    assert (job.state, job.error) == (JobState.FAILED, "ValueError")


def test_a_database_that_was_away_for_a_moment_does_not_end_a_job(
    app: Any, handled: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = enqueue_job("away", {}, actor=None, now=START)
    db.session.commit()
    tries: list[int] = []

    def handler(context: handlers.JobContext) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("SELECT 1", {}, Exception("database is locked"))

    monkeypatch.setitem(handlers.HANDLERS._items, "away", handler)
    with pytest.raises(OperationalError):
        run_once(app)
    assert not run_once(app)
    db.session.execute(db.update(Job).values(lease_until=START))
    db.session.commit()
    assert run_once(app)
    db.session.refresh(job)
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_a_job_that_kills_its_process_again_and_again_is_given_up(app: Any) -> None:
    job = enqueue_job("count", {}, actor=None, now=START)
    moment = START
    for _ in range(operations.MOST_ATTEMPTS):
        assert take_next("w", now=moment) is not None
        moment += LEASE * 2
    assert take_next("w", now=moment) is None
    assert job.state == JobState.FAILED


def test_the_progress_page_is_only_for_who_started_it(app: Any, make: Any, as_role: Any) -> None:
    owner = make.account("college")
    job = enqueue_job("count", {}, actor=owner, now=START, total_steps=3)
    db.session.commit()
    url = f"/jobs/{job.id}"
    assert "đóng trang này" in as_role("college", owner).get(url).text
    as_role("college").get(url, status=404)
    as_role("college").get(f"{url}.json", status=404)


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        (JobState.WAITING, "Việc đang chạy"),
        (JobState.RUNNING, "Việc đang chạy"),
        (JobState.DONE, "Việc đã xong"),
        (JobState.FAILED, "Việc chưa xong được"),
    ],
)
def test_the_heading_says_how_the_job_stands(make: Any, as_role: Any, state: JobState, heading: str) -> None:
    owner = make.account("college")
    job = enqueue_job("count", {}, actor=owner, now=START)
    job.state = state
    db.session.commit()
    page = as_role("college", owner).get(f"/jobs/{job.id}")
    assert page.texts("h1") == [heading]
    assert page.texts("title")[0].strip().startswith(heading)


KILLED = """
import os, sys
sys.path.insert(0, {root!r})
from tests.settings import config_for
from portal import create_app
from portal.jobs import handlers
from portal.jobs.runner import run_once
from portal.extensions import db
from portal.messages.models import Message, Channel
from portal.common.clock import now

def handler(context):
    for number in range(4):
        with context.writing(number + 1, 4):
            exists = db.session.scalar(db.select(Message.id).where(Message.recipient == str(number)))
            if exists is None:
                row = dict(kind="t", channel=Channel.PORTAL, recipient=str(number), body="", created_at=now())
                db.session.add(Message(**row))
        if number == 1:
            os.kill(os.getpid(), 9)

handlers.HANDLERS._items["killed"] = handler
run_once(create_app(config_for({url!r})))
"""


def test_kill_9_in_the_middle_loses_nothing_and_doubles_nothing(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.messages.models import Channel, Message

    job = enqueue_job("killed", {}, actor=None, now=now() - dt.timedelta(minutes=1))
    db.session.commit()
    job_id = job.id
    url = db.engine.url.render_as_string(hide_password=False)
    script = KILLED.format(root=str(ROOT), url=url)
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=60, capture_output=True)
    assert killed.returncode == -9, killed.stderr.decode()[-800:]
    db.session.expire_all()
    half = db.session.get(Job, job_id)
    assert half is not None and half.state == JobState.RUNNING and half.done_steps == 2

    def handler(context: handlers.JobContext) -> None:
        for number in range(4):
            with context.writing(number + 1, 4):
                if db.session.scalar(select(Message.id).where(Message.recipient == str(number))) is None:
                    db.session.add(
                        Message(
                            kind="t", channel=Channel.PORTAL, recipient=str(number), body="", created_at=now()
                        )
                    )

    monkeypatch.setitem(handlers.HANDLERS._items, "killed", handler)
    # The lease of the dead process has to end first.
    db.session.execute(db.update(Job).values(lease_until=now() - dt.timedelta(seconds=1)))
    db.session.commit()
    deadline = time.monotonic() + 10
    while not run_once(app):
        assert time.monotonic() < deadline
    recipients = db.session.scalars(select(Message.recipient).order_by(Message.recipient)).all()
    assert recipients == ["0", "1", "2", "3"]
    db.session.expire_all()
    job = db.session.get(Job, job_id)
    assert job is not None and job.state == JobState.DONE and job.attempts == 2
