"""One step of one referral: lock, ask the table, change, log, tell. Every operation goes through here."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.events import emit
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.openings.models import Opening
from portal.reference.reasons import reason as reason_named
from portal.referrals.deadlines import choose_owner, desk_due, hired_due
from portal.referrals.events import ReferralMoved
from portal.referrals.facts import facts_of
from portal.referrals.models import Referral, ReferralStep
from portal.referrals.permissions import party_of
from portal.referrals.states import WAITING_STATES, AnswerChannel, ReasonSide, ReferralState
from portal.referrals.transitions import (
    UNMET,
    UNMET_OWN,
    WRONG_STATE,
    Facts,
    Need,
    Party,
    Step,
    find,
    may_ever,
    unmet,
)


@dataclass(frozen=True)
class Given:
    """What came with a step."""

    channel: AnswerChannel | None = None
    reason: str | None = None
    note: str = ""
    date: dt.date | None = None
    proof: str = ""

    @property
    def needs(self) -> set[Need]:
        pairs = (
            (Need.CHANNEL, self.channel),
            (Need.REASON, self.reason),
            (Need.NOTE, self.note.strip()),
            (Need.DATE, self.date),
            (Need.PROOF, self.proof.strip()),
        )
        return {need for need, value in pairs if value}


FIELDS = {Need.REASON: "reason", Need.NOTE: "note", Need.DATE: "date", Need.PROOF: "proof",
          Need.CHANNEL: "channel"}  # fmt: skip


def lock_opening(opening: Opening) -> Opening:
    """Always before its referrals: whoever holds an opening may then lock those one after another."""
    return db.session.scalars(
        select(Opening)
        .where(Opening.id == opening.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def lock(referral: Referral) -> Referral:
    """Nobody else changes this row before our transaction ends; what was read before is read again."""
    return db.session.scalars(
        select(Referral)
        .where(Referral.id == referral.id)
        .with_for_update(of=Referral)
        .execution_options(populate_existing=True)
    ).one()


def check(name: str, facts: Facts, party: Party | None, given: Given) -> Step:
    """The step, or the refusal with its sentence."""
    if party is None:
        raise NotAllowed
    step = find(name, facts.state, party)
    if step is None:
        if not may_ever(name, party):
            raise NotAllowed
        raise Refused(WRONG_STATE)
    need = unmet(step, facts, given.needs)
    if need is not None:
        raise Refused((UNMET_OWN if party is Party.PERSON else UNMET)[need], field=FIELDS.get(need))
    if Need.REASON in step.needs:
        _check_reason(step, given.reason)
    return step


def _check_reason(step: Step, code: str | None) -> None:
    chosen = reason_named(code)
    side, occasion = step.reasons or ("", "")
    if chosen is None or chosen.occasion != occasion or (side and chosen.side != side):
        raise Refused(UNMET[Need.REASON], field="reason")


def move(
    referral: Referral,
    name: str,
    *,
    actor: Account | None,
    now: dt.datetime,
    given: Given | None = None,
    party: Party | None = None,
    due_on: dt.date | None = None,
) -> Step:
    """Take the step on the locked row. `party` is stated only where no account acts (a link, a command)."""
    given = given or Given()
    locked = lock(referral)
    party = party or party_of(actor, locked.worker, locked.opening)
    step = check(name, facts_of(locked, on=local_date(now)), party, given)
    before = locked.state
    _enter(locked, step.target or before, step, given, actor=actor, now=now, due_on=due_on)
    log(locked, step, before, given, actor=actor, now=now)
    return step


def _enter(
    referral: Referral,
    state: ReferralState,
    step: Step,
    given: Given,
    *,
    actor: Account | None,
    now: dt.datetime,
    due_on: dt.date | None,
) -> None:
    changed = state != referral.state
    waits = state in WAITING_STATES
    # Both ask the database, so before anything is changed: a CHECK holds them to the state.
    owner = _owner(referral, actor) if waits else referral.owner
    due = _due(referral, state, now, due_on) if waits else None
    referral.state, referral.owner, referral.due_on, referral.updated_at = state, owner, due, now
    if changed:
        chosen = None if waits else reason_named(given.reason)
        referral.reason_side = ReasonSide(chosen.side) if chosen else None
        referral.reason_code = chosen.code if chosen else None
        referral.reason_note = "" if waits else given.note
        # The question of the old state is dead, whoever answered it.
        referral.ask_code_hash = referral.ask_expires_at = None


def _due(
    referral: Referral, state: ReferralState, now: dt.datetime, due_on: dt.date | None
) -> dt.date | None:
    if due_on is not None:
        return due_on
    if state is ReferralState.HIRED:
        return hired_due(referral)
    return desk_due(state, local_date(now)) if state != referral.state else referral.due_on


def _owner(referral: Referral, actor: Account | None) -> Account:
    owner = referral.owner
    return owner if owner is not None and owner.is_enabled else choose_owner(referral.opening, actor)


def log(
    referral: Referral,
    step: Step,
    before: ReferralState | None,
    given: Given,
    *,
    actor: Account | None,
    now: dt.datetime,
) -> None:
    chosen = reason_named(given.reason)
    db.session.add(
        ReferralStep(
            referral_id=referral.id,
            name=step.name,
            from_state=before.value if before is not None else None,
            to_state=referral.state,
            actor_id=actor.id if actor is not None else None,
            at=now,
            channel=given.channel.value if given.channel else "",
            reason_side=ReasonSide(chosen.side) if chosen else None,
            reason_code=chosen.code if chosen else None,
            note=given.note,
        )
    )
    db.session.flush()
    record(
        f"referral.{step.name}",
        referral,
        actor=actor,
        now=now,
        worker_id=referral.worker_id,
        opening_id=referral.opening_id,
    )
    emit(ReferralMoved(referral, step.name, actor, now))
