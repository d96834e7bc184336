"""An adviser's "fits / does not fit, because": said, changed, withdrawn; nothing said is lost."""

import datetime as dt
from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from portal.access.models import Account
from portal.audit.operations import record
from portal.errors import Invalid, Refused
from portal.extensions import db
from portal.openings.models import Opening
from portal.ranking.learning_models import FitJudgement
from portal.ranking.learning_states import REASONS_FOR, Fit, FitReason
from portal.workers.models import Worker
from portal.workers.permissions import insist_case_staff


def judge(
    worker: Worker,
    opening: Opening,
    fit: Fit,
    reason: FitReason,
    *,
    note: str = "",
    values: dict[str, int],
    actor: Account,
    now: dt.datetime,
) -> FitJudgement:
    """`values`: how well each part fits now, empty where the person cannot be ranked."""
    insist_case_staff(actor)
    if reason not in REASONS_FOR[fit]:
        raise Invalid(_("Hãy chọn một lý do."), field="reason")
    before = standing(worker, opening, lock=True)
    said = (fit, reason, note.strip())
    if before is not None:
        if said == (before.fit, before.reason, before.note):
            return before
        _end(before, actor=actor, now=now)
    made = FitJudgement(
        opening_id=opening.id, worker_id=worker.id, fit=fit, reason=reason, note=note.strip(),
        values=values, made_at=now, made_by_id=actor.id,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        # A colleague spoke in the same moment. Theirs can be read now: this one takes its place.
        return judge(worker, opening, fit, reason, note=note, values=values, actor=actor, now=now)
    detail = {"opening": opening.id, "fit": fit.value, "reason": reason.value}
    record("worker.judged", worker, actor=actor, now=now, **detail)
    return made


def withdraw(worker: Worker, opening: Opening, *, actor: Account, now: dt.datetime) -> None:
    insist_case_staff(actor)
    said = standing(worker, opening, lock=True)
    if said is None:
        raise Refused(_("Nhận xét này đã được rút lại rồi."))
    _end(said, actor=actor, now=now)
    record("worker.judgement_withdrawn", worker, actor=actor, now=now, opening=opening.id)


def _end(said: FitJudgement, *, actor: Account, now: dt.datetime) -> None:
    said.ended_at, said.ended_by_id = now, actor.id
    # The index lets one stand for a pair.
    db.session.flush()


def standing(worker: Worker, opening: Opening, *, lock: bool = False) -> FitJudgement | None:
    query = select(FitJudgement).where(
        FitJudgement.worker_id == worker.id,
        FitJudgement.opening_id == opening.id,
        FitJudgement.ended_at.is_(None),
    )
    found: FitJudgement | None = db.session.scalar(query.with_for_update() if lock else query)
    return found


def standing_in(opening: Opening, worker_ids: Iterable[int]) -> dict[int, FitJudgement]:
    query = select(FitJudgement).where(
        FitJudgement.opening_id == opening.id,
        FitJudgement.worker_id.in_(list(worker_ids)),
        FitJudgement.ended_at.is_(None),
    )
    loaded = query.options(selectinload(FitJudgement.made_by))
    return {said.worker_id: said for said in db.session.scalars(loaded)}


def history(worker: Worker, opening: Opening) -> list[FitJudgement]:
    query = (
        select(FitJudgement)
        .where(FitJudgement.worker_id == worker.id, FitJudgement.opening_id == opening.id)
        .options(selectinload(FitJudgement.made_by), selectinload(FitJudgement.ended_by))
        .order_by(FitJudgement.id.desc())
    )
    return list(db.session.scalars(query))
