"""What happens by itself: questions go out, what the person owns is exported, and what was theirs goes."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.common.clock import local_date
from portal.common.events import on
from portal.extensions import db
from portal.jobs.schedule import hourly
from portal.overseas.abroad import check_in_codes, check_ins, family
from portal.overseas.abroad.family_models import ChildCare, FamilyContact
from portal.overseas.abroad.incident_models import Incident, IncidentStep
from portal.overseas.abroad.incident_words import Words, put_words, words_of
from portal.overseas.abroad.local_times import is_daytime
from portal.overseas.abroad.models import CheckIn, CheckInCode, DueContact, Stay
from portal.overseas.abroad.return_models import BroughtHome, Homecoming
from portal.overseas.abroad.states import MayTell
from portal.overseas.abroad.stays import end_stay, plan_contacts
from portal.overseas.models import OverseasCase
from portal.referrals.notices import address, tell
from portal.workers.events import ProfileEmptied
from portal.workers.exporting import EXPORTS
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker

# Questions that go out in one hour: far more than fall due on one day here.
MOST_AN_HOUR = 200


@hourly("abroad.ask_after")
def ask_after(now: dt.datetime) -> int:
    """The question with the link, once for each day that has come and in the daytime there; who cannot be
    written to is called.
    """
    today = local_date(now)
    dues = db.session.scalars(
        select(DueContact)
        .join(Stay, Stay.id == DueContact.stay_id)
        .where(
            DueContact.asked_at.is_(None), DueContact.done_at.is_(None), DueContact.due_on <= today,
            Stay.ended_on.is_(None),
        )
        .options(joinedload(DueContact.stay).joinedload(Stay.case).joinedload(OverseasCase.worker))
        .order_by(DueContact.due_on, DueContact.id)
        .limit(MOST_AN_HOUR)
    ).all()  # fmt: skip
    awake = [due for due in dues if is_daytime(due.stay.time_zone, now)]
    for due in awake:
        due.asked_at = now
        if not _ask(due.stay, now):
            due.call_on = max(due.due_on, today)
        plan_contacts(due.stay, now=now)
    return len(awake)


def _ask(stay: Stay, now: dt.datetime) -> str:
    """The same link as before, its time prolonged; a dead one is made anew."""
    code = check_in_codes.live_code(stay, now) or check_in_codes.give_code(stay, actor=None, now=now)
    check_in_codes.prolong(code, now=now)
    link = address(f"/check-in/{check_in_codes.read_code(code)}")
    return tell("abroad.ask_after", stay.case.worker, lambda: (
        _("Trung tâm hỏi thăm bạn"),
        _("%(centre)s hỏi thăm bạn. Mở %(link)s rồi bấm một nút: Tôi ổn, Gọi cho tôi, hoặc Tôi cần giúp. "
          "Không cần mật khẩu.", centre=current_app.config["CENTRE_NAME"], link=link),
    ), now=now)  # fmt: skip


def _cases_of(worker: Worker) -> Any:
    return select(OverseasCase.id).where(OverseasCase.worker_id == worker.id)


def _stays_of(worker: Worker) -> Any:
    return select(Stay.id).where(Stay.case_id.in_(_cases_of(worker)))


@on(ProfileEmptied)
def forget(event: ProfileEmptied) -> None:
    """That there was a stay stays counted; names, numbers, words and children go."""
    cases, stays = _cases_of(event.worker), _stays_of(event.worker)
    db.session.execute(delete(ChildCare).where(ChildCare.case_id.in_(cases)))
    db.session.execute(
        update(FamilyContact)
        .where(FamilyContact.case_id.in_(cases), FamilyContact.withdrawn_at.is_(None))
        .values(withdrawn_at=event.now, who_sealed=None)
    )
    for stay in db.session.scalars(select(Stay).where(Stay.case_id.in_(cases)).order_by(Stay.id)):
        stay.reach_sealed = None
        if stay.ended_on is None:
            end_stay(stay, local_date(event.now), actor=event.actor, now=event.now)
    db.session.execute(update(CheckIn).where(CheckIn.stay_id.in_(stays)).values(words_sealed=None))
    live = (CheckInCode.stay_id.in_(stays), CheckInCode.ended_at.is_(None))
    db.session.execute(update(CheckInCode).where(*live).values(ended_at=event.now))
    db.session.execute(delete(BroughtHome).where(BroughtHome.case_id.in_(cases)))
    db.session.execute(update(Homecoming).where(Homecoming.case_id.in_(cases)).values(fault_basis="–"))
    _forget_incidents(event.worker, cases)


def _forget_incidents(worker: Worker, cases: Any) -> None:
    theirs = or_(Incident.worker_id == worker.id, Incident.case_id.in_(cases))
    for incident in db.session.scalars(select(Incident).where(theirs).order_by(Incident.id)):
        put_words(incident, Words(""))
    steps = select(Incident.id).where(theirs)
    db.session.execute(
        update(IncidentStep).where(IncidentStep.incident_id.in_(steps)).values(text="", text_sealed=None)
    )


@EXPORTS.add("abroad")
def export_of(worker: Worker, account: Account) -> Any:
    """All that we hold of them, also what is sealed: it is their own."""
    stays = db.session.scalars(select(Stay).where(Stay.id.in_(_stays_of(worker))).order_by(Stay.id))
    words = db.session.scalars(
        select(CheckIn).where(CheckIn.stay_id.in_(_stays_of(worker))).order_by(CheckIn.id)
    )
    relatives = db.session.scalars(
        select(FamilyContact)
        .where(FamilyContact.case_id.in_(_cases_of(worker)), FamilyContact.withdrawn_at.is_(None))
        .order_by(FamilyContact.id)
    )
    children = db.session.scalars(
        select(ChildCare).where(ChildCare.case_id.in_(_cases_of(worker))).order_by(ChildCare.id)
    )
    incidents = db.session.scalars(
        select(Incident).where(Incident.worker_id == worker.id).order_by(Incident.id)
    )
    return {
        "stays": [
            {"country": one.country, "departed": one.departed_on.isoformat(), "ended": _day(one.ended_on)}
            for one in stays
        ],
        "words": [_word(one) for one in words],
        "family": [_relative(one) for one in relatives],
        "children": [_children(one) for one in children],
        "returns": [_return(one) for one in _returns_of(worker)],
        "incidents": [
            {"at": one.opened_at.isoformat(), "kind": one.kind.value, "text": words_of(one).text}
            for one in incidents
        ],
    }


def _word(word: CheckIn) -> dict[str, Any]:
    words, reach = check_ins.words_of(word)
    return {
        "at": word.at.isoformat(), "answer": word.answer.value,
        "wage": word.wage.value if word.wage else None,
        "work": word.work.value if word.work else None, "words": words, "reach": reach,
    }  # fmt: skip


def _relative(row: FamilyContact) -> dict[str, Any]:
    who = family.who_is(row)
    return {
        "name": who.name, "relation": who.relation, "phone": who.phone, "given": row.given_at.isoformat(),
        "may_be_told": [MayTell(value).value for value in row.may_tell],
    }  # fmt: skip


def _returns_of(worker: Worker) -> Sequence[Homecoming]:
    query = select(Homecoming).where(Homecoming.case_id.in_(_cases_of(worker)))
    return db.session.scalars(query.options(joinedload(Homecoming.claim)).order_by(Homecoming.id)).all()


def _return(row: Homecoming) -> dict[str, Any]:
    claim = row.claim
    return {
        "returned": row.returned_on.isoformat(), "contract_ended": _day(row.contract_ended_on),
        "how": row.how.value, "cause": row.cause.value if row.cause else None,
        "fault": row.fault.value, "fault_basis": row.fault_basis,
        "fee_vnd": row.fee_vnd, "fee_paid": _day(row.fee_paid_on),
        "residence_noticed": _day(row.residence_noticed_on), "liquidated": _day(row.liquidated_on),
        "refund_claimed_vnd": claim.principal_vnd if claim else None,
        "refund_paid_vnd": claim.paid_vnd if claim else None,
    }  # fmt: skip


def _children(row: ChildCare) -> dict[str, Any]:
    said = family.children_in(row)
    return {"said": said.said.value, "who_cares": said.who_cares, "asked": row.asked_at.isoformat()}


def _move(kept: Worker, merged: Worker) -> Moved:
    """Cases go along by themselves; what was told of the person without one goes with the person."""
    query = select(Incident.id).where(Incident.worker_id == merged.id).order_by(Incident.id)
    ids = list(db.session.scalars(query))
    _give(ids, kept)
    return {"incidents": ids}


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    _give(moved["incidents"], merged)


def _give(ids: list[int], worker: Worker) -> None:
    if ids:
        db.session.execute(update(Incident).where(Incident.id.in_(ids)).values(worker_id=worker.id))


PARTS.add("incidents")(Part(_move, _undo))


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None
