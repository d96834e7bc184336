"""When two profiles of one person become one, their referrals go along, and back again."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from portal.errors import Refused
from portal.extensions import db
from portal.referrals.models import Referral
from portal.referrals.states import WAITING_STATES
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker


def _move(kept: Worker, merged: Worker) -> Moved:
    """Nobody stands twice in one opening: an ended referral that clashes stays with the merged profile."""
    have = set(db.session.scalars(select(Referral.opening_id).where(Referral.worker_id == kept.id)))
    theirs = db.session.scalars(
        select(Referral)
        .where(Referral.worker_id == merged.id)
        .order_by(Referral.id)
        .with_for_update(of=Referral)
    ).all()
    for referral in theirs:
        if referral.opening_id in have and referral.state in WAITING_STATES:
            raise Refused(
                _(
                    "Cả hai hồ sơ đang có trong việc “%(job)s”. "
                    "Hãy kết thúc giới thiệu ở hồ sơ sẽ gộp vào, rồi gộp.",
                    job=referral.opening.title,
                )
            )
    ids = [referral.id for referral in theirs if referral.opening_id not in have]
    _give(ids, kept)
    return {"referrals": ids}


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    _give(moved["referrals"], merged)


def _give(ids: list[int], worker: Worker) -> None:
    if ids:
        db.session.execute(update(Referral).where(Referral.id.in_(ids)).values(worker_id=worker.id))


PARTS.add("referrals")(Part(_move, _undo))
