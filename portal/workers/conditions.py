"""Answers to what a chosen programme asks of the body: yes, no or not known, to that requirement alone.

Sealed and bound to their row; read by the person and the centre's case staff; gone with their consent.
Nothing of it reaches the profile, the index, a list, a partner or the detail of the audit trail.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.events import on
from portal.common.secrets import seal, unseal
from portal.errors import Refused
from portal.extensions import db
from portal.workers.consent_models import WorkerCondition
from portal.workers.events import ConsentWithdrawn, ProfileEmptied
from portal.workers.exporting import EXPORTS
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker
from portal.workers.permissions import insist_may_act_for
from portal.workers.queries import live_consent
from portal.workers.states import ConditionAnswer, ConditionKind, Purpose

# What is asked: the kind, and the requirement as the programme states it.
Need = tuple[ConditionKind, str]


def tell_conditions(
    worker: Worker, answers: Mapping[Need, ConditionAnswer], *, actor: Account | None, now: dt.datetime
) -> None:
    insist_may_act_for(worker, actor)
    if live_consent(worker, Purpose.CONDITIONS) is None:
        raise Refused(_("Chỉ ghi được khi chính người đó đồng ý."))
    rows = {(row.kind, row.need): row for row in _rows(worker)}
    for need, answer in answers.items():
        row = rows.get(need)
        if row is None:
            row = WorkerCondition(worker_id=worker.id, kind=need[0], need=need[1])
            db.session.add(row)
        row.answer_sealed, row.answered_at = _seal(worker, need, answer.value), now
    db.session.flush()
    record("conditions.told", worker, actor=actor, now=now)


def read_conditions(
    worker: Worker, needs: Iterable[Need], *, actor: Account | None
) -> dict[Need, ConditionAnswer]:
    """Who shows them to staff records the look (`part="conditions"`)."""
    insist_may_act_for(worker, actor)
    asked = set(needs)
    if not asked or live_consent(worker, Purpose.CONDITIONS) is None:
        return {}
    return {need: answer for need, answer in _opened(worker).items() if need in asked}


def forget_conditions(worker: Worker) -> None:
    db.session.execute(delete(WorkerCondition).where(WorkerCondition.worker_id == worker.id))


@on(ConsentWithdrawn)
def _forget(event: ConsentWithdrawn) -> None:
    if event.purpose is Purpose.CONDITIONS:
        forget_conditions(event.worker)


@on(ProfileEmptied)
def _forget_with_profile(event: ProfileEmptied) -> None:
    forget_conditions(event.worker)


def _rows(worker: Worker) -> list[WorkerCondition]:
    query = select(WorkerCondition).where(WorkerCondition.worker_id == worker.id)
    return list(db.session.scalars(query.order_by(WorkerCondition.id)))


def _bound(worker: Worker, need: Need) -> str:
    return f"condition:{worker.uid}:{need[0].value}:{need[1]}"


def _seal(worker: Worker, need: Need, value: str) -> bytes:
    return seal(current_app.config["SEAL_KEY"], value, _bound(worker, need))


def _opened(worker: Worker) -> dict[Need, ConditionAnswer]:
    key = current_app.config["SEAL_KEY"]
    found = {}
    for row in _rows(worker):
        need = (row.kind, row.need)
        found[need] = ConditionAnswer(unseal(key, row.answer_sealed, _bound(worker, need)))
    return found


@EXPORTS.add("conditions")
def _exported(worker: Worker, account: Account) -> Any:
    """The person's own file holds all that we hold of them."""
    return [
        {"kind": kind.value, "requirement": need, "answer": answer.value}
        for (kind, need), answer in _opened(worker).items()
    ]


def _move(kept: Worker, merged: Worker) -> Moved:
    """Along with the consent that was moved just before; what the kept profile has answered stands."""
    # The lists were moved by UPDATE: the kept profile's consents are read again.
    db.session.expire(kept, ["consents"])
    if live_consent(kept, Purpose.CONDITIONS) is None:
        return {"answers": []}
    have = {(row.kind, row.need) for row in _rows(kept)}
    return {
        "answers": _bind_anew(
            [row for row in _rows(merged) if (row.kind, row.need) not in have], merged, kept
        )
    }


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    _bind_anew([row for row in _rows(kept) if row.id in moved["answers"]], kept, merged)


def _bind_anew(rows: list[WorkerCondition], source: Worker, target: Worker) -> list[int]:
    key = current_app.config["SEAL_KEY"]
    for row in rows:
        need = (row.kind, row.need)
        row.answer_sealed = _seal(target, need, unseal(key, row.answer_sealed, _bound(source, need)))
        row.worker_id = target.id
    return [row.id for row in rows]


PARTS.add("conditions")(Part(_move, _undo))
