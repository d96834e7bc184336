"""Ethnicity and priority groups: sealed, each with its own consent, every look recorded.

Somebody may be in several groups: their codes stand in one sealed text, with a space between them.
"""

import datetime as dt
from collections.abc import Sequence

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.secrets import seal, unseal
from portal.errors import Invalid, Refused
from portal.extensions import db
from portal.reference.people import ethnic_groups, priority_groups
from portal.workers.consent_models import WorkerSensitive
from portal.workers.models import Worker
from portal.workers.permissions import insist_may_act_for
from portal.workers.queries import consents_to, live_consent
from portal.workers.states import Purpose

COLUMNS = {Purpose.ETHNICITY: "ethnicity_sealed", Purpose.PRIORITY: "priority_sealed"}


def _row(worker: Worker) -> WorkerSensitive | None:
    return db.session.scalar(select(WorkerSensitive).where(WorkerSensitive.worker_id == worker.id))


def _bound(worker_uid: str, purpose: Purpose) -> str:
    return f"{purpose.value}:{worker_uid}"


def sealed_fact(key: bytes, worker_uid: str, purpose: Purpose, code: str) -> bytes:
    """As it stands in the table."""
    return seal(key, code, _bound(worker_uid, purpose))


def tell(worker: Worker, purpose: Purpose, *codes: str, actor: Account | None, now: dt.datetime) -> None:
    """One ethnic group, or every priority group: the support goes by the one that gives most."""
    insist_may_act_for(worker, actor)
    if live_consent(worker, purpose) is None:
        raise Refused(_("Chỉ ghi được khi chính người đó đồng ý."))
    known = ethnic_groups() if purpose is Purpose.ETHNICITY else priority_groups()
    many = purpose is Purpose.PRIORITY
    if not codes or not known.keys() >= set(codes) or (len(codes) > 1 and not many):
        raise Invalid(_("Hãy chọn một mục trong danh sách."), field=purpose.value)
    row = _row(worker)
    if row is None:
        row = WorkerSensitive(worker_id=worker.id, updated_at=now)
        db.session.add(row)
    sealed = sealed_fact(current_app.config["SEAL_KEY"], worker.uid, purpose, " ".join(sorted(set(codes))))
    setattr(row, COLUMNS[purpose], sealed)
    row.updated_at = now
    db.session.flush()
    record("sensitive.told", worker, actor=actor, now=now, purpose=purpose.value)


def read(worker: Worker, purpose: Purpose, *, actor: Account, now: dt.datetime) -> str | None:
    """The code, or the codes with spaces between; the caller's transaction also writes who looked."""
    insist_may_act_for(worker, actor)
    row = _row(worker)
    sealed = getattr(row, COLUMNS[purpose]) if row is not None else None
    if sealed is None or live_consent(worker, purpose) is None:
        return None
    record("looked", worker, actor=actor, now=now, part=purpose.value)
    return unseal(current_app.config["SEAL_KEY"], sealed, _bound(worker.uid, purpose))


def read_label(worker: Worker, purpose: Purpose, *, actor: Account, now: dt.datetime) -> str:
    codes = (read(worker, purpose, actor=actor, now=now) or "").split()
    known = ethnic_groups() if purpose is Purpose.ETHNICITY else priority_groups()
    return "; ".join(known[code].label for code in codes if code in known)


def codes_to_count(worker_ids: Sequence[int]) -> dict[int, dict[Purpose, str]]:
    """For figures without names: what those of these people told who agreed to be counted; nothing is a part
    of the answer for who agreed and told nothing.

    One query whatever their number. The caller writes down that it looked, and at how many.
    """
    rows = db.session.execute(
        select(Worker.id, Worker.uid, WorkerSensitive.ethnicity_sealed, WorkerSensitive.priority_sealed)
        .outerjoin(WorkerSensitive, WorkerSensitive.worker_id == Worker.id)
        .where(Worker.id.in_(list(worker_ids)), consents_to([Purpose.STATISTICS]))
    )
    key = current_app.config["SEAL_KEY"]
    told: dict[int, dict[Purpose, str]] = {}
    for worker_id, uid, ethnicity, priority in rows:
        sealed = {Purpose.ETHNICITY: ethnicity, Purpose.PRIORITY: priority}
        told[worker_id] = {
            purpose: unseal(key, value, _bound(uid, purpose)) for purpose, value in sealed.items() if value
        }
    return told


def is_told(worker: Worker, purpose: Purpose) -> bool:
    row = _row(worker)
    return row is not None and getattr(row, COLUMNS[purpose]) is not None


def forget(worker: Worker, purpose: Purpose, *, now: dt.datetime) -> None:
    """The consent is gone, so is the fact."""
    row = _row(worker)
    if row is not None:
        setattr(row, COLUMNS[purpose], None)
        row.updated_at = now


def bind_anew(source: Worker, target: Worker, *, now: dt.datetime) -> bool:
    """In a merge: the sealed facts of `source` become those of `target`, if that has none."""
    row = _row(source)
    if row is None or _row(target) is not None:
        return False
    key = current_app.config["SEAL_KEY"]
    for purpose, column in COLUMNS.items():
        sealed = getattr(row, column)
        if sealed is not None:
            code = unseal(key, sealed, _bound(source.uid, purpose))
            setattr(row, column, sealed_fact(key, target.uid, purpose, code))
    row.worker_id = target.id
    row.updated_at = now
    return True
