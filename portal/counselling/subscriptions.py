"""What ends or begins a call-back elsewhere, and what becomes of it with the profile."""

import datetime as dt
from typing import Any

from flask import current_app
from sqlalchemy import select, update

from portal.access.models import Account
from portal.common.events import on
from portal.counselling import call_backs
from portal.counselling.call_backs import CallBacks, Wish
from portal.counselling.events import ContactRecorded
from portal.counselling.models import CallBack
from portal.counselling.states import CallBackState, ContactKind, ContactOutcome
from portal.extensions import db
from portal.jobs.schedule import hourly
from portal.referrals.events import CallMeFirst
from portal.workers.events import ClaimAnswer, ProfileAnswered
from portal.workers.exporting import EXPORTS
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker


@on(CallMeFirst)
def call_before_saying_no(event: CallMeFirst) -> None:
    worker = event.worker
    if not worker.phone:
        # Nowhere to call: who has no phone talks to their adviser at the desk.
        return
    wish = Wish(worker.full_name, worker.phone, worker.commune_code, kind=ContactKind.JOB)
    call_backs.ask_call_back(
        wish,
        worker=worker,
        referral_id=event.referral.id,
        call_by=event.call_by,
        actor=event.actor,
        now=event.now,
    )


@on(ContactRecorded)
def end_with_the_contact(event: ContactRecorded) -> None:
    """Who was reached has been called. A contact that reached nobody is one more try."""
    found = event.contact.call_back_id
    if found is None:
        return
    call_back = db.session.scalars(CallBacks().by_id(found).locked().query).one()
    if call_back.state is not CallBackState.OPEN:
        return
    reached = event.contact.outcome is not ContactOutcome.NOT_REACHED
    call_backs.note_try(call_back, reached=reached, actor=event.actor, now=event.now)
    if reached:
        call_backs.finish(call_back, actor=event.actor, now=event.now)


@on(ProfileAnswered)
def forget_who_is_not_theirs(event: ProfileAnswered) -> None:
    if event.answer is ClaimAnswer.REFUSED:
        for call_back in db.session.scalars(_of(event.worker).with_for_update()):
            call_backs.empty(call_back, event.now)


def _of(worker: Worker) -> Any:
    return select(CallBack).where(CallBack.worker_id == worker.id).order_by(CallBack.id)


def _move(kept: Worker, merged: Worker) -> Moved:
    ids = list(db.session.scalars(_of(merged).with_only_columns(CallBack.id)))
    _give(ids, kept)
    return {"call_backs": ids}


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    _give(moved["call_backs"], merged)


def _give(ids: list[int], worker: Worker) -> None:
    if ids:
        db.session.execute(update(CallBack).where(CallBack.id.in_(ids)).values(worker_id=worker.id))


PARTS.add("call_backs")(Part(_move, _undo))


@EXPORTS.add("call_backs")
def _export(worker: Worker, account: Account) -> Any:
    return [
        {
            "name": one.name,
            "phone": one.phone,
            "best_hour": one.best_hour.value,
            "state": one.state.value,
            "asked": one.created_at.isoformat(),
            "ended": one.ended_at.isoformat() if one.ended_at else None,
        }
        for one in db.session.scalars(_of(worker))
    ]


@hourly("counselling.call_backs")
def forget_old_numbers(now: dt.datetime) -> None:
    """A call that is over leaves no name and number behind; what was said stands in the contact."""
    before = now - dt.timedelta(days=current_app.config["CALL_BACK_KEPT_DAYS"])
    db.session.execute(
        update(CallBack)
        .where(CallBack.ended_at < before, CallBack.phone != "")
        .values(name="", phone="", about_name="", note="", commune_code=None)
    )
