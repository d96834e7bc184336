"""Who asked to be called: an owner and a day, the tries, and the end."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Self

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.text import fold
from portal.counselling.models import CallBack
from portal.counselling.owners import owner_for
from portal.counselling.states import BestHour, CallBackState, ContactKind, ForWhom
from portal.errors import Invalid, Refused
from portal.extensions import db
from portal.reference.calendar import load_calendar
from portal.workers.models import Worker
from portal.workers.permissions import insist_case_staff


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom to call and when. `about_name`: the one it is about, where another answers the phone."""

    name: str
    phone: str
    commune_code: str | None = None
    best_hour: BestHour = BestHour.ANY
    for_whom: ForWhom = ForWhom.SELF
    about_name: str = ""
    kind: ContactKind | None = None


def ask_call_back(
    wish: Wish,
    *,
    worker: Worker | None = None,
    referral_id: int | None = None,
    call_by: dt.date | None = None,
    actor: Account | None,
    now: dt.datetime,
) -> CallBack:
    """`call_by`: a nearer day that the person was told already. Who asks twice is called once."""
    wish = _only_what_is_needed(wish)
    # Somebody else's request says nothing about the profile of the one who is signed in.
    worker = worker if wish.for_whom is ForWhom.SELF else None
    waiting = _same_wish(wish, referral_id)
    if waiting is not None:
        return waiting
    due_on = load_calendar(db.session).add_working_days(local_date(now), current_app.config["CALL_BACK_DAYS"])
    call_back = CallBack(
        name=wish.name,
        phone=wish.phone,
        commune_code=wish.commune_code,
        best_hour=wish.best_hour,
        for_whom=wish.for_whom,
        about_name=wish.about_name,
        kind=wish.kind,
        worker_id=worker.id if worker is not None else None,
        referral_id=referral_id,
        owner_id=_owner(worker).id,
        due_on=call_by or due_on,
        created_at=now,
    )
    db.session.add(call_back)
    db.session.flush()
    record("call_back.asked", call_back, actor=actor, now=now, for_whom=wish.for_whom.value)
    return call_back


def _only_what_is_needed(wish: Wish) -> Wish:
    """A neighbour gives a name and a number to call; what the other one needs, that one says on the phone."""
    if not wish.name or not wish.phone:
        raise Invalid(_("Hãy ghi tên và số điện thoại để Trung tâm gọi."), field="phone")
    if wish.for_whom is ForWhom.SELF:
        return replace(wish, about_name="")
    return replace(wish, kind=None) if wish.for_whom is ForWhom.NEIGHBOUR else wish


def _same_wish(wish: Wish, referral_id: int | None) -> CallBack | None:
    same_number = (CallBack.phone == wish.phone, CallBack.state == CallBackState.OPEN)
    about = (CallBack.for_whom == wish.for_whom, CallBack.referral_id == referral_id)
    query = select(CallBack).where(*same_number, *about).order_by(CallBack.id)
    for one in db.session.scalars(query):
        # Three people may share the number: the name decides.
        if (fold(one.name), fold(one.about_name)) == (fold(wish.name), fold(wish.about_name)):
            return one
    return None


def _owner(worker: Worker | None) -> Account:
    """The person's own adviser, else the adviser with the fewest calls to make."""
    return owner_for(worker, CallBack, CallBack.state == CallBackState.OPEN)


def note_try(call_back: CallBack, *, reached: bool, actor: Account, now: dt.datetime) -> None:
    """Nobody answered: again on the next working day. Reached: the contact that follows ends it."""
    _insist_open(call_back, actor)
    call_back.tries += 1
    call_back.last_tried_at = now
    if not reached:
        again = load_calendar(db.session).add_working_days(local_date(now), 1)
        call_back.due_on = max(call_back.due_on, again)
    db.session.flush()
    record("call_back.tried", call_back, actor=actor, now=now, reached=reached)


def take(call_back: CallBack, *, actor: Account, now: dt.datetime) -> None:
    """A colleague is ill: somebody else makes the call."""
    _insist_open(call_back, actor)
    call_back.owner_id = actor.id
    db.session.flush()
    record("call_back.taken", call_back, actor=actor, now=now)


def finish(call_back: CallBack, *, actor: Account, now: dt.datetime) -> None:
    _insist_open(call_back, actor)
    _end(call_back, CallBackState.DONE, actor, now)


def may_give_up(call_back: CallBack, account: Account) -> bool:
    enough = call_back.tries >= current_app.config["CALL_BACK_TRIES"]
    return enough and call_back.state is CallBackState.OPEN and call_back.owner_id == account.id


def give_up(call_back: CallBack, *, actor: Account, now: dt.datetime) -> None:
    """After so many tries its owner may end it; the person can ask again at any time."""
    _insist_open(call_back, actor)
    if not may_give_up(call_back, actor):
        raise Refused(
            _(
                "Gọi ít nhất %(n)s lần không được thì người lo mới kết thúc được.",
                n=current_app.config["CALL_BACK_TRIES"],
            )
        )
    _end(call_back, CallBackState.UNREACHED, actor, now)


def _insist_open(call_back: CallBack, actor: Account) -> None:
    insist_case_staff(actor)
    if call_back.state is not CallBackState.OPEN:
        raise Refused(_("Yêu cầu này đã xong rồi."))


def _end(call_back: CallBack, state: CallBackState, actor: Account, now: dt.datetime) -> None:
    call_back.state, call_back.ended_at, call_back.ended_by_id = state, now, actor.id
    db.session.flush()
    record(f"call_back.{state.value}", call_back, actor=actor, now=now)


def empty(call_back: CallBack, now: dt.datetime) -> None:
    """Without name and number; that somebody asked on this day stays."""
    call_back.name = call_back.phone = call_back.about_name = call_back.note = ""
    call_back.commune_code = None
    if call_back.state is CallBackState.OPEN:
        call_back.state, call_back.ended_at = CallBackState.DONE, now


class CallBacks:
    """`CallBacks().visible_to(account).open().by_due_date().query` is a `Select[CallBack]`."""

    def __init__(self, query: Select[CallBack] | None = None) -> None:
        self.query: Select[CallBack] = select(CallBack) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, call_back_id: int) -> Self:
        return self.where(CallBack.id == call_back_id)

    def visible_to(self, account: Account) -> Self:
        """Any adviser may make a call for a colleague; partners and seekers see none."""
        return self if account.role in CASE_STAFF else self.where(false())

    def open(self) -> Self:
        return self.where(CallBack.state == CallBackState.OPEN)

    def owned_by(self, account: Account) -> Self:
        return self.where(CallBack.owner_id == account.id)

    def overdue(self, on: dt.date) -> Self:
        return self.open().where(CallBack.due_on < on)

    def by_due_date(self) -> Self:
        return type(self)(self.query.order_by(CallBack.due_on, CallBack.id))

    def with_list_data(self) -> Self:
        return type(self)(self.query.options(joinedload(CallBack.owner), joinedload(CallBack.worker)))

    def locked(self) -> Self:
        locked = self.query.with_for_update(of=CallBack).execution_options(populate_existing=True)
        return type(self)(locked)
