"""What becomes of judgements and shown lists when profiles are merged, emptied, or sent to their person."""

from typing import Any

from sqlalchemy import select, update

from portal.access.models import Account
from portal.common.events import on
from portal.extensions import db
from portal.openings.models import Opening
from portal.ranking.learning_models import FitJudgement
from portal.ranking.models import ShownRow
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


def _move_shown(kept: Worker, merged: Worker) -> Moved:
    """Referrals go along, and what was known when they began. A list that showed both keeps both."""
    shows_kept = select(ShownRow.list_id).where(ShownRow.worker_id == kept.id)
    query = select(ShownRow.list_id).where(
        ShownRow.worker_id == merged.id, ShownRow.list_id.not_in(shows_kept)
    )
    ids = sorted(db.session.scalars(query))
    _give_shown(ids, merged, kept)
    return {"lists": ids}


def _undo_shown(kept: Worker, merged: Worker, moved: Moved) -> None:
    _give_shown(moved["lists"], kept, merged)


def _give_shown(list_ids: list[int], source: Worker, target: Worker) -> None:
    """A list shows a person once."""
    if list_ids:
        theirs = (ShownRow.list_id.in_(list_ids), ShownRow.worker_id == source.id)
        db.session.execute(update(ShownRow).where(*theirs).values(worker_id=target.id))


PARTS.add("shown_lists")(Part(_move_shown, _undo_shown))


@on(ProfileEmptied)
def forget(event: ProfileEmptied) -> None:
    """What was said is counted still; the words and what was known go."""
    db.session.execute(
        update(FitJudgement)
        .where(FitJudgement.worker_id == event.worker.id)
        .values({FitJudgement.note: "", FitJudgement.values: {}})
    )
    db.session.execute(
        update(ShownRow)
        .where(ShownRow.worker_id == event.worker.id)
        .values({ShownRow.parts: {}, ShownRow.values: {}})
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
