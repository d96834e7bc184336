"""The counts of fairness as long work: every night, and when somebody asks for it."""

import datetime as dt

from flask import url_for
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import LOCAL_ZONE, local_date
from portal.extensions import db
from portal.jobs.handlers import HANDLERS, JobContext
from portal.jobs.models import Job, JobState
from portal.jobs.operations import enqueue_job
from portal.jobs.schedule import hourly
from portal.jobs.views import RESULT_PAGES
from portal.ranking import fairness_counting as counting
from portal.ranking.fairness_groups import Groups
from portal.ranking.fairness_people import openings_of, reached_in
from portal.ranking.states import SEALED
from portal.reference.rules import of_day

KIND = "ranking.fairness"
# The Centre is closed and nobody waits for a page.
NIGHT = range(1, 5)


def ask_for_count(month: dt.date, opening_id: int | None, *, actor: Account | None, now: dt.datetime) -> Job:
    """The same work already waiting or running for the same person is not begun twice."""
    payload = {"month": month.isoformat(), "opening_id": opening_id}
    actor_id = actor.id if actor is not None else None
    unfinished = select(Job).where(
        Job.kind == KIND,
        Job.state.in_([JobState.WAITING, JobState.RUNNING]),
        Job.created_by_id.is_(None) if actor_id is None else Job.created_by_id == actor_id,
    )
    for job in db.session.scalars(unfinished.order_by(Job.id)):
        if job.payload == payload:
            return job
    return enqueue_job(KIND, payload, actor=actor, now=now)


@HANDLERS.add(KIND)
def count(context: JobContext) -> None:
    month = dt.date.fromisoformat(context.payload["month"])
    only: int | None = context.payload["opening_id"]
    now = context.now()
    on = counting.pool_day(month, local_date(now))
    rule, whole = of_day(db.session, on), counting.Whole()
    groups = Groups(on, sealed=only is None and not _asked_for(context))
    reached = reached_in(month, only)
    openings = [only] if only is not None else openings_of(month, reached)
    steps = len(openings) + (only is None)
    for done, opening_id in enumerate(openings, start=1):
        eligible, here = counting.eligible_for(opening_id, on, rule), reached[opening_id]
        rows = counting.rows_of(opening_id, month, eligible, here, groups, now)
        whole.add(eligible, here)
        with context.writing(done, steps):
            counting.keep(opening_id, month, rows)
            _note_look(context, groups, now)
    if only is None:
        rows = counting.rows_of(None, month, whole.everybody(), whole.reached, groups, now)
        with context.writing(steps, steps):
            counting.keep(None, month, rows, but=() if groups.sealed else SEALED)
            _note_look(context, groups, now)


def _asked_for(context: JobContext) -> bool:
    """Whoever may count again just after looking at one more person would read in the difference what that
    person told; what is sealed is therefore counted at night alone."""
    return db.session.get_one(Job, context.job_id).created_by_id is not None


def _note_look(context: JobContext, groups: Groups, now: dt.datetime) -> None:
    """Sealed facts were opened to be counted: their number and nobody's name, with the first rows made from
    them. A run that fails later has said what it opened."""
    if not groups.opened:
        return
    job = db.session.get_one(Job, context.job_id)
    actor = db.session.get(Account, job.created_by_id) if job.created_by_id is not None else None
    record(
        "sensitive.counted", job, actor=actor, now=now,
        month=context.payload["month"], opening=context.payload["opening_id"], people=groups.opened,
    )  # fmt: skip
    groups.opened = 0


@RESULT_PAGES.add(KIND)
def result_page(job: Job) -> str:
    month, only = job.payload["month"][:7], job.payload["opening_id"]
    if only is None:
        return url_for("ranking.fairness_of_month", month=month)
    return url_for("ranking.fairness_of_opening", opening_id=only, month=month)


@hourly("ranking.fairness_nightly")
def count_at_night(now: dt.datetime) -> None:
    """Yesterday's month: in the first night of a month the one that ended is counted for the last time."""
    if now.astimezone(LOCAL_ZONE).hour not in NIGHT:
        return
    month = (local_date(now) - dt.timedelta(days=1)).replace(day=1)
    # What somebody asked for in the evening does not stand for the night: it left the sealed rows out.
    lately = select(Job).where(
        Job.kind == KIND,
        Job.created_by_id.is_(None),
        Job.state != JobState.FAILED,
        Job.created_at > now - dt.timedelta(hours=12),
    )
    wanted = {"month": month.isoformat(), "opening_id": None}
    if all(job.payload != wanted for job in db.session.scalars(lately)):
        ask_for_count(month, None, actor=None, now=now)
