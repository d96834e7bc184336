"""One step of one case: lock, ask the table, change, log. Every operation goes through here."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.events import emit
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.openings.models import Opening
from portal.overseas.cases.events import CaseMoved
from portal.overseas.cases.gates import Question, all_missing
from portal.overseas.cases.models import CaseStep
from portal.overseas.cases.permissions import party_in
from portal.overseas.cases.stages import stages_of
from portal.overseas.cases.states import ExitReason
from portal.overseas.cases.transitions import (
    UNGIVEN,
    WHY_ON,
    WRONG_STATE,
    Facts,
    Missing,
    Need,
    Party,
    Step,
    find,
    may_ever,
    standing_in_the_way,
    ungiven,
)
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState


@dataclass(frozen=True)
class Given:
    """What came with a step."""

    date: dt.date | None = None
    reason: ExitReason | None = None
    note: str = ""
    ticks: frozenset[Need] = frozenset()
    # Why the adviser goes on although an unverified rule stands in the way.
    why_on: str = ""
    # Where the case stood on the page that was answered; a step back, pressed twice, must not go two back.
    seen: CaseState | None = None

    @property
    def needs(self) -> frozenset[Need]:
        pairs = ((Need.DATE, self.date), (Need.REASON, self.reason), (Need.NOTE, self.note.strip()))
        return self.ticks | {need for need, value in pairs if value}


class Stopped(Refused):
    """A gate is shut. `missing` names each thing; `passable`: a written reason would carry over them all."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        self.missing = tuple(missing)
        self.passable = all(one.passable for one in missing)
        said = [str(one.sentence) for one in missing]
        if self.passable:
            said.append(str(WHY_ON))
        super().__init__(" ".join(said), field="why_on" if self.passable else None)


@dataclass(frozen=True)
class Taken:
    step: Step
    before: CaseState | None
    passed: tuple[Need, ...] = field(default=())


def lock_opening(opening: Opening) -> Opening:
    """Always before its cases, and those before their referrals: nobody waits for somebody who waits."""
    return db.session.scalars(
        select(Opening)
        .where(Opening.id == opening.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def lock(case: OverseasCase) -> OverseasCase:
    """Nobody else changes this row before our transaction ends; what was read before is read again."""
    return db.session.scalars(
        select(OverseasCase)
        .where(OverseasCase.id == case.id)
        .with_for_update(of=OverseasCase)
        .execution_options(populate_existing=True)
    ).one()


def facts_for(case: OverseasCase, step: Step, *, on: dt.date, needs: Sequence[Need]) -> Facts:
    return Facts(case.state, all_missing(needs, Question(case, on, step)), stages_of(case))


def stage_of(case: OverseasCase) -> Facts:
    """The stage alone, before anything is asked of the database."""
    return Facts(case.state, {}, stages_of(case))


def step_named(name: str, facts: Facts, party: Party | None) -> Step:
    """The step, or the refusal with its sentence."""
    if party is None:
        raise NotAllowed
    step = find(name, facts, party)
    if step is None:
        if not may_ever(name, party):
            raise NotAllowed
        raise Refused(WRONG_STATE)
    return step


FIELDS = {Need.DATE: "date", Need.REASON: "reason", Need.NOTE: "note"}


def check(step: Step, facts: Facts, given: Given) -> tuple[Need, ...]:
    """Which gates were passed over with a reason; raises where the step may not be taken."""
    lacking = ungiven(step, given.needs)
    if lacking is not None:
        raise Refused(UNGIVEN[lacking], field=FIELDS.get(lacking, lacking.value))
    missing = standing_in_the_way(facts, step.facts)
    hard = [one for one in missing if not one.passable]
    if hard or (missing and not given.why_on.strip()):
        raise Stopped(hard or missing)
    return tuple(need for need in step.facts if need in facts.missing)


def move(
    case: OverseasCase,
    name: str,
    *,
    actor: Account | None,
    now: dt.datetime,
    given: Given | None = None,
    party: Party | None = None,
    details: Mapping[str, Any] | None = None,
    stamps: Mapping[str, Any] | None = None,
) -> Taken:
    """Take the step on the locked row. `party` is stated only where no account acts.

    `details` are written before the gates look at them, `stamps` together with the new stage.
    """
    given = given or Given()
    locked = lock(case)
    today = local_date(now)
    if given.seen not in (None, locked.state):
        raise Refused(WRONG_STATE)
    step = step_named(name, stage_of(locked), party or party_in(locked, actor))
    for field_name, value in (details or {}).items():
        setattr(locked, field_name, value)
    facts = facts_for(locked, step, on=given.date or today, needs=step.facts)
    taken = Taken(step, locked.state, check(step, facts, given))
    _enter(locked, step, given, now)
    for field_name, value in (stamps or {}).items():
        setattr(locked, field_name, value)
    log(locked, taken, given, actor=actor, now=now)
    return taken


# What a stage alone makes true: gone when the step into it turns out to have been a slip.
STAMPED = {
    CaseState.SELECTED: ("selected_on", "depart_by"),
    CaseState.CONTRACT: ("contract_signed_on",),
    CaseState.ABROAD: ("departed_on",),
    CaseState.RETURNED: ("returned_on",),
}


def _enter(case: OverseasCase, step: Step, given: Given, now: dt.datetime) -> None:
    before = case.state
    target = way_back(case) if step.back else (step.target or before)
    if step.back and before is not CaseState.ENDED:
        for field_name in STAMPED.get(before, ()):
            setattr(case, field_name, None)
    if target is CaseState.ENDED:
        case.ended_from, case.exit_reason = before, given.reason or ExitReason.WITHDREW
    elif before is CaseState.ENDED:
        case.ended_from = case.exit_reason = None
    case.state, case.updated_at = target, now


def way_back(case: OverseasCase) -> CaseState:
    """Where an ended case ended; else where the last step that led here came from."""
    if case.state is CaseState.ENDED and case.ended_from is not None:
        return case.ended_from
    # Not from a reopening: that led back to a stage, not on to it.
    came_from = db.session.scalars(
        select(CaseStep.from_state)
        .where(
            CaseStep.case_id == case.id,
            CaseStep.to_state == case.state,
            CaseStep.from_state.is_not(None),
            CaseStep.from_state != case.state,
            CaseStep.name.not_in(("reopen", "undo", "undo_depart")),
        )
        .order_by(CaseStep.id.desc())
        .limit(1)
    ).one_or_none()
    if came_from is None:
        raise Refused(_("Không biết bước trước của hồ sơ này."))
    return came_from


def log(case: OverseasCase, taken: Taken, given: Given, *, actor: Account | None, now: dt.datetime) -> None:
    db.session.add(
        CaseStep(
            case_id=case.id,
            name=taken.step.name,
            from_state=taken.before,
            to_state=case.state,
            actor_id=actor.id if actor is not None else None,
            at=now,
            day=given.date,
            reason=case.exit_reason if case.state is CaseState.ENDED else None,
            note=given.note.strip(),
            passed=[need.value for need in taken.passed],
            passed_note=given.why_on.strip() if taken.passed else "",
        )
    )
    db.session.flush()
    record(
        f"case.{taken.step.name}",
        case,
        actor=actor,
        now=now,
        worker_id=case.worker_id,
        opening_id=case.opening_id,
        passed=[need.value for need in taken.passed],
    )
    emit(CaseMoved(case, taken.step.name, taken.before, actor, now))
