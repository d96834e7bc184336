"""Recording what was shown, and what the viewer then did."""

import datetime as dt

from portal.access.models import Account
from portal.extensions import db
from portal.openings.models import Opening
from portal.ranking.lists import OpeningList, RankedList, values_asked
from portal.ranking.models import ShownList, ShownOpenings, ShownRow
from portal.workers.models import Worker

# The page drawn again, or the back button.
SAME_LOOK = dt.timedelta(minutes=10)


def record_shown(opening: Opening, shown: RankedList, *, actor: Account, now: dt.datetime) -> ShownList:
    """Who saw whom, in which order, by which model; people with something unknown come after the list."""
    kept = ShownList(
        opening_id=opening.id,
        account_id=actor.id,
        at=now,
        model=shown.model,
        index_mark=shown.index_mark,
        filters=shown.filters,
        total_may=shown.total_may,
    )
    db.session.add(kept)
    db.session.flush()
    rows = [*shown.rows, *shown.unknowns]
    if rows:
        db.session.execute(
            db.insert(ShownRow),
            [
                {
                    "list_id": kept.id,
                    "position": position,
                    "worker_id": int(row.candidate.worker_id),
                    "score": row.candidate.score,
                    "parts": dict(row.candidate.parts),
                    "values": values_asked(row.candidate),
                    "is_apart": position > len(shown.rows),
                }
                for position, row in enumerate(rows, start=1)
            ],
        )
    return kept


def mark_decision(
    list_id: int | None, worker_id: int, decision: str, *, actor: Account, now: dt.datetime
) -> None:
    """Only in a list that this account itself saw."""
    if list_id is None:
        return
    kept = db.session.get(ShownList, list_id)
    if kept is None or kept.account_id != actor.id:
        return
    row = db.session.scalar(
        db.select(ShownRow).where(ShownRow.list_id == list_id, ShownRow.worker_id == worker_id)
    )
    if row is not None:
        row.decision, row.decided_at = decision, now
        db.session.flush()


def record_shown_openings(
    worker: Worker, shown: OpeningList, *, actor: Account, now: dt.datetime
) -> ShownOpenings:
    """What a person saw under "openings that fit me"; the same list again at once is kept once."""
    openings = [[row.opening.id, row.ranked.score] for row in shown.rows]
    last: ShownOpenings | None = db.session.scalars(
        db.select(ShownOpenings)
        .where(ShownOpenings.worker_id == worker.id)
        .order_by(ShownOpenings.id.desc())
        .limit(1)
    ).one_or_none()
    if last is not None and last.openings == openings and now - last.at < SAME_LOOK:
        return last
    kept = ShownOpenings(
        worker_id=worker.id,
        account_id=actor.id,
        at=now,
        model=shown.model,
        index_mark=shown.index_mark,
        openings=openings,
    )
    db.session.add(kept)
    db.session.flush()
    return kept
