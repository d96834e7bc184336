"""What is done every hour happens by itself, once, and goes on after a crash."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from portal.access.models import SignInThrottle
from portal.common.clock import now
from portal.extensions import db
from portal.jobs.models import Job, JobState
from portal.jobs.runner import run_once
from portal.jobs.schedule import SCHEDULED, ensure_scheduled
from portal.openings.models import Opening
from portal.openings.states import OpeningState


def test_every_task_has_exactly_one_next_run_however_often_one_looks(app: Any) -> None:
    for _ in range(3):
        ensure_scheduled(now())
    kinds = db.session.scalars(select(Job.kind).order_by(Job.kind)).all()
    assert list(kinds) == sorted(name for name, _ in SCHEDULED)


def test_a_task_that_ran_waits_for_its_next_time(app: Any) -> None:
    ensure_scheduled(now())
    while run_once(app):
        pass
    waiting = db.session.scalars(select(Job).where(Job.state == JobState.WAITING)).all()
    assert sorted(job.kind for job in waiting) == sorted(name for name, _ in SCHEDULED)
    pauses = dict(SCHEDULED)
    assert all(job.run_after > now() + pauses[job.kind] - dt.timedelta(seconds=50) for job in waiting)


def test_an_opening_past_its_day_expires_without_anybody_doing_anything(app: Any, make: Any) -> None:
    opening = make.opening(expires_on=now().date() - dt.timedelta(days=3))
    ensure_scheduled(now())
    while run_once(app):
        pass
    db.session.expire_all()
    assert db.session.get_one(Opening, opening.id).state is OpeningState.EXPIRED


def test_tries_that_no_longer_count_are_forgotten(app: Any) -> None:
    late, fresh = now() - dt.timedelta(hours=30), now()
    db.session.add_all(
        SignInThrottle(key=key, failures=3, window_started_at=at) for key, at in (("a", late), ("b", fresh))
    )
    db.session.commit()
    ensure_scheduled(now())
    while run_once(app):
        pass
    assert db.session.scalars(select(SignInThrottle.key)).all() == ["b"]
