"""Every change of a referral. Interest, question and answer stand here; letters, interviews and
results in modules of their own, named here so that callers have one door."""

import datetime as dt
from collections.abc import Callable

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError

from portal.access.models import Account
from portal.common.clock import local_date
from portal.common.secrets import hash_code, public_code
from portal.errors import Refused
from portal.extensions import db
from portal.openings.models import Opening
from portal.referrals import notices
from portal.referrals.deadlines import choose_owner, desk_due, end_of_day
from portal.referrals.facts import facts_of_pair
from portal.referrals.interviews import (
    answer_interview,
    cancel_interviews,
    record_interview,
    set_interview,
)
from portal.referrals.letters import issue_letter, withdraw_letters
from portal.referrals.models import Referral, ReferralStep
from portal.referrals.moves import Given, check, lock, lock_opening, log, move
from portal.referrals.permissions import party_of
from portal.referrals.results import (
    follow_up,
    record_departure,
    record_exchange,
    record_result,
    reopen_follow_up,
    report_result,
    set_report_aside,
    undo_departure,
    undo_hire,
)
from portal.referrals.states import AnswerChannel, Origin, ReferralState
from portal.referrals.transitions import WRONG_STATE, Facts, Party, find
from portal.workers.models import Worker

__all__ = [
    "answer", "answer_interview", "ask", "decline_interest", "express_interest", "find_pair", "follow_up",
    "invite", "issue_letter", "lapse_due", "record_departure", "record_exchange",
    "record_interview", "record_result",
    "remind_due", "remind", "reopen", "report_result", "set_interview", "set_report_aside", "shortlist",
    "undo_departure", "undo_hire", "withdraw",
]  # fmt: skip


def find_pair(worker: Worker, opening: Opening) -> Referral | None:
    return db.session.scalars(
        select(Referral).where(Referral.worker_id == worker.id, Referral.opening_id == opening.id)
    ).one_or_none()


# --- the beginning ---------------------------------------------------------------------------------------


def express_interest(
    worker: Worker,
    opening: Opening,
    *,
    actor: Account | None,
    now: dt.datetime,
    channel: AnswerChannel = AnswerChannel.PAGE,
) -> Referral:
    """ "I want this job". A second press leads to the same referral and changes nothing."""
    opening = lock_opening(opening)
    referral = find_pair(worker, opening)
    given = Given(channel=channel)
    if referral is None:
        made = _begin(worker, opening, "want", Origin.SELF, given, actor=actor, now=now)
        if made is not None:
            notices.tell_received(made, now=now)
            return made
        referral = _existing(worker, opening)
    party = party_of(actor, worker, opening)
    before = lock(referral).state
    if party is None or find("want", before, party) is None:
        return referral
    move(referral, "want", actor=actor, now=now, given=given)
    if before in (ReferralState.DECLINED, ReferralState.LAPSED):
        referral.origin = Origin.SELF
        notices.tell_received(referral, now=now)
    db.session.flush()
    return referral


def shortlist(
    worker: Worker,
    opening: Opening,
    *,
    shown_list_id: int | None = None,
    actor: Account,
    now: dt.datetime,
) -> Referral:
    """Staff choose a person from the ranked page. Who stands in this opening already stays as they are."""
    opening = lock_opening(opening)
    referral = find_pair(worker, opening)
    if referral is None:
        made = _begin(worker, opening, "shortlist", Origin.STAFF, Given(), actor=actor, now=now,
                      shown_list_id=shown_list_id)  # fmt: skip
        if made is not None:
            return made
        referral = _existing(worker, opening)
    raise Refused(
        _("%(name)s đã có trong việc này: %(state)s.", name=worker.full_name, state=referral.state.label)
    )


def _existing(worker: Worker, opening: Opening) -> Referral:
    found = find_pair(worker, opening)
    if found is None:
        raise Refused(WRONG_STATE)
    return found


def _begin(
    worker: Worker,
    opening: Opening,
    name: str,
    origin: Origin,
    given: Given,
    *,
    actor: Account | None,
    now: dt.datetime,
    shown_list_id: int | None = None,
) -> Referral | None:
    """A new row, or None when another request has just made it."""
    on = local_date(now)
    facts = Facts(None, frozenset(facts_of_pair(worker, opening, on=on)))
    step = check(name, facts, party_of(actor, worker, opening), given)
    state = step.target or ReferralState.INTERESTED
    referral = Referral(
        worker=worker,
        opening=opening,
        state=state,
        origin=origin,
        owner=choose_owner(opening, actor),
        due_on=desk_due(state, on),
        shown_list_id=shown_list_id,
        created_by_id=actor.id if actor is not None else None,
        created_at=now,
        updated_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(referral)
    except IntegrityError:
        return None
    log(referral, step, None, given, actor=actor, now=now)
    return referral


def invite(referral: Referral, *, actor: Account, now: dt.datetime) -> Referral:
    """The person asked for this job themselves: the Centre says yes."""
    move(referral, "invite", actor=actor, now=now)
    notices.tell_invited(referral, now=now)
    return referral


def decline_interest(
    referral: Referral, *, reason: str, note: str = "", actor: Account, now: dt.datetime
) -> Referral:
    """Not this time, with the Centre's reason. Who was never asked nor asked for it is not written to."""
    told = lock(referral).state is not ReferralState.SHORTLISTED
    move(referral, "not_now", actor=actor, now=now, given=Given(reason=reason, note=note))
    if told:
        notices.tell_end(referral, now=now)
    return referral


# --- the question ----------------------------------------------------------------------------------------


def ask(referral: Referral, *, actor: Account, now: dt.datetime) -> Referral:
    """ "May we refer you?": a message with a link that opens this one question."""
    move(referral, "ask", actor=actor, now=now)
    _send_question(referral, now=now)
    return referral


def remind(referral: Referral, *, actor: Account | None, now: dt.datetime) -> Referral:
    """The same question again, by a new link; the old one is dead."""
    party = None if actor is not None else Party.SYSTEM
    move(referral, "remind", actor=actor, now=now, party=party)
    _send_question(referral, now=now, again=True)
    return referral


def _send_question(referral: Referral, *, now: dt.datetime, again: bool = False) -> None:
    code = public_code()
    referral.ask_code_hash = hash_code(current_app.config["CODE_KEY"], code)
    referral.ask_expires_at = end_of_day(referral.due_on or local_date(now))
    way = notices.tell_question(referral, code, now=now, again=again)
    step = db.session.scalars(
        select(ReferralStep)
        .where(ReferralStep.referral_id == referral.id)
        .order_by(ReferralStep.id.desc())
        .limit(1)
    ).one()
    # "": nothing could be sent, so the page tells the adviser to call.
    step.channel = way
    db.session.flush()


def answer(
    referral: Referral,
    agrees: bool,
    *,
    channel: AnswerChannel,
    reason: str | None = None,
    note: str = "",
    actor: Account | None,
    now: dt.datetime,
) -> Referral:
    """The person's yes or no: on their page, by the link (`actor` None), or told to staff."""
    party = Party.PERSON if actor is None and channel is AnswerChannel.LINK else None
    given = Given(channel=channel, reason=None if agrees else reason, note=note)
    move(referral, "agree" if agrees else "decline", actor=actor, now=now, given=given, party=party)
    return referral


def withdraw(
    referral: Referral,
    *,
    reason: str,
    note: str = "",
    channel: AnswerChannel = AnswerChannel.PAGE,
    actor: Account,
    now: dt.datetime,
) -> Referral:
    """The person no longer wants this job: the letter is void, the interview is off."""
    move(referral, "withdraw", actor=actor, now=now, given=Given(channel=channel, reason=reason, note=note))
    withdraw_letters(referral, now=now)
    cancel_interviews(referral)
    return referral


# --- clocks ----------------------------------------------------------------------------------------------


def lapse_due(*, now: dt.datetime) -> list[Referral]:
    """End the questions that nobody answered in time. Safe to run again."""
    today = local_date(now)
    due = (Referral.state == ReferralState.ASKED, Referral.due_on < today)

    def end(referral: Referral) -> None:
        move(referral, "lapse", actor=None, now=now, party=Party.SYSTEM)
        notices.tell_end(referral, now=now)

    return _each(due, end)


def remind_due(*, now: dt.datetime) -> list[Referral]:
    """One reminder a question, when its last day is today or tomorrow."""
    today = local_date(now)
    last_step = (
        select(ReferralStep.name)
        .where(ReferralStep.referral_id == Referral.id)
        .order_by(ReferralStep.id.desc())
        .limit(1)
        .correlate(Referral)
        .scalar_subquery()
    )
    due = (
        Referral.state == ReferralState.ASKED,
        Referral.due_on >= today,
        Referral.due_on <= today + dt.timedelta(days=1),
        last_step == "ask",
    )
    return _each(due, lambda referral: _try_remind(referral, now))


def _try_remind(referral: Referral, now: dt.datetime) -> None:
    try:
        remind(referral, actor=None, now=now)
    except Refused:
        # Consent withdrawn or opening closed since: nobody is written to.
        return


def _each(conditions: tuple[ColumnElement[bool], ...], change: Callable[[Referral], None]) -> list[Referral]:
    found = db.session.scalars(
        select(Referral).where(*conditions).order_by(Referral.id).with_for_update(of=Referral)
    ).all()
    for referral in found:
        change(referral)
    return list(found)


def reopen(referral: Referral, *, note: str, actor: Account, now: dt.datetime) -> Referral:
    """Ended by mistake, or things have changed."""
    if lock(referral).state in (ReferralState.PLACED, ReferralState.LEFT):
        reopen_follow_up(referral)
    move(referral, "reopen", actor=actor, now=now, given=Given(note=note))
    return referral
