"""When two profiles of one person become one, their cases go along, and back again."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from portal.errors import Refused
from portal.extensions import db
from portal.overseas.cases.states import RUNNING
from portal.overseas.models import OverseasCase
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker


def _move(kept: Worker, merged: Worker) -> Moved:
    """Nobody goes to the same place twice."""
    theirs = _cases_of(merged)
    have = {_aim(case) for case in _cases_of(kept) if case.state in RUNNING}
    if any(_aim(case) in have for case in theirs if case.state in RUNNING):
        raise Refused(
            _("Cả hai hồ sơ đang đi cùng một nơi ở nước ngoài. Hãy dừng hồ sơ đi ở bên sẽ gộp vào, rồi gộp.")
        )
    ids = [case.id for case in theirs]
    _give(ids, kept)
    return {"cases": ids}


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    _give(moved["cases"], merged)


def _aim(case: OverseasCase) -> tuple[int | None, int | None]:
    return case.opening_id, None if case.opening_id is not None else case.programme_id


def _cases_of(worker: Worker) -> list[OverseasCase]:
    query = select(OverseasCase).where(OverseasCase.worker_id == worker.id)
    return list(db.session.scalars(query.order_by(OverseasCase.id).with_for_update(of=OverseasCase)))


def _give(ids: list[int], worker: Worker) -> None:
    if ids:
        db.session.execute(update(OverseasCase).where(OverseasCase.id.in_(ids)).values(worker_id=worker.id))


PARTS.add("cases")(Part(_move, _undo))
