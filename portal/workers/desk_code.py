"""A half-filled registration goes on at the desk: a short code says whose it is and where they stopped."""

import datetime as dt

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.secrets import hash_code, public_code, tidy_code
from portal.errors import Refused
from portal.extensions import db
from portal.workers import steps
from portal.workers.models import Worker
from portal.workers.permissions import insist_case_staff, insist_may_act_for
from portal.workers.states import LIVE_STATES, WorkerState

# Read aloud over a counter; it opens nothing without an adviser's account.
LENGTH = 6


def _hash(code: str) -> str:
    return hash_code(current_app.config["CODE_KEY"], f"desk:{tidy_code(code)}")


def show_desk_code(code: str) -> str:
    tidy = tidy_code(code)
    return f"{tidy[:3]} {tidy[3:]}"


def make_desk_code(worker: Worker, step: str, *, actor: Account | None, now: dt.datetime) -> str:
    """Shown once; an older code of this person ends."""
    insist_may_act_for(worker, actor)
    if worker.state is not WorkerState.DRAFT:
        raise Refused(_("Hồ sơ này đã điền xong."))
    code = _unused_code()
    worker.desk_code_hash, worker.desk_code_step = _hash(code), step
    worker.desk_code_expires_at = now + dt.timedelta(days=current_app.config["DESK_CODE_DAYS"])
    db.session.flush()
    record("desk_code.made", worker, actor=actor, now=now, step=step)
    return code


def _unused_code() -> str:
    while True:
        code = public_code(LENGTH)
        taken = select(Worker.id).where(Worker.desk_code_hash == _hash(code))
        if db.session.scalar(taken) is None:
            return code


def take_up(code: str, *, actor: Account, now: dt.datetime) -> tuple[Worker, str] | None:
    """The profile and the step on which its person stopped; None for any code that opens nothing.

    The code ends with its use. The adviser who takes it up is the person's from now on, if they have none.
    """
    insist_case_staff(actor)
    worker = db.session.scalars(
        select(Worker)
        .where(
            Worker.desk_code_hash == _hash(code),
            Worker.desk_code_expires_at > now,
            Worker.state.in_(LIVE_STATES),
        )
        .with_for_update(of=Worker)
    ).one_or_none()
    if worker is None:
        return None
    step = worker.desk_code_step if worker.desk_code_step in steps.NAMES else "who"
    worker.desk_code_hash, worker.desk_code_expires_at, worker.desk_code_step = None, None, ""
    worker.adviser_id = worker.adviser_id or actor.id
    db.session.flush()
    record("desk_code.taken_up", worker, actor=actor, now=now, step=step)
    return worker, step
