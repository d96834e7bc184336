"""What becomes of judgements when profiles are merged, emptied, or sent to their person."""

from typing import Any

from sqlalchemy import select, update

from portal.access.models import Account
from portal.common.events import on
from portal.extensions import db
from portal.openings.models import Opening
from portal.ranking.learning_models import FitJudgement
from portal.workers.events import ProfileEmptied
from portal.workers.exporting import EXPORTS
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker


def _move(kept: Worker, merged: Worker) -> Moved:
    """Where something stands of both for one opening, what was said of the kept profile goes on standing."""
    theirs = select(FitJudgement).where(FitJudgement.worker_id == merged.id).order_by(FitJudgement.id)
    own = select(FitJudgement.opening_id).where(
        FitJudgement.worker_id == kept.id, FitJudgement.ended_at.is_(None)
    )
    taken = set(db.session.scalars(own))
    ids = [
        said.id
        for said in db.session.scalars(theirs)
        if said.ended_at is not None or said.opening_id not in taken
    ]
    _give(ids, kept)
    return {"judgements": ids}


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    _give(moved["judgements"], merged)


def _give(ids: list[int], worker: Worker) -> None:
    if ids:
        db.session.execute(update(FitJudgement).where(FitJudgement.id.in_(ids)).values(worker_id=worker.id))


PARTS.add("judgements")(Part(_move, _undo))


@on(ProfileEmptied)
def forget(event: ProfileEmptied) -> None:
    """What was said is counted still; the words and what was known go."""
    db.session.execute(
        update(FitJudgement)
        .where(FitJudgement.worker_id == event.worker.id)
        .values({FitJudgement.note: "", FitJudgement.values: {}})
    )


@EXPORTS.add("judgements")
def judgements_of(worker: Worker, account: Account) -> list[dict[str, Any]]:
    query = (
        select(FitJudgement, Opening.title)
        .join(Opening, Opening.id == FitJudgement.opening_id)
        .where(FitJudgement.worker_id == worker.id)
        .order_by(FitJudgement.id)
    )
    return [
        {
            "opening": title,
            "said": said.fit.value,
            "reason": said.reason.value,
            "note": said.note,
            "at": said.made_at.isoformat(),
            "ended": said.ended_at.isoformat() if said.ended_at is not None else None,
        }
        for said, title in db.session.execute(query)
    ]
