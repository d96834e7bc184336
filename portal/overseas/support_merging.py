"""Two profiles of one person: claims and loans go along; a person's own data hold them."""

from typing import Any

from sqlalchemy import select, update

from portal.access.models import Account
from portal.extensions import db
from portal.overseas.support_models import SupportClaim, SupportLoan
from portal.overseas.support_states import LIVE_CLAIMS
from portal.workers.exporting import EXPORTS
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker


def _ids(model: Any, worker: Worker, *conditions: Any) -> list[int]:
    query = select(model.id).where(model.worker_id == worker.id, *conditions)
    return list(db.session.scalars(query.order_by(model.id)))


def _move(kept: Worker, merged: Worker) -> Moved:
    """A content that stands with both stays where it is: nobody has it twice, and nothing is lost."""
    have = select(SupportClaim.content).where(
        SupportClaim.worker_id == kept.id, SupportClaim.state.in_(LIVE_CLAIMS)
    )
    free = SupportClaim.state.not_in(LIVE_CLAIMS) | SupportClaim.content.not_in(have)
    moved = {"claims": _ids(SupportClaim, merged, free), "loans": _ids(SupportLoan, merged)}
    _give(moved, kept)
    return moved


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    _give(moved, merged)


def _give(moved: Moved, worker: Worker) -> None:
    for model, ids in ((SupportClaim, moved["claims"]), (SupportLoan, moved["loans"])):
        if ids:
            db.session.execute(update(model).where(model.id.in_(ids)).values(worker_id=worker.id))


PARTS.add("support")(Part(_move, _undo))


@EXPORTS.add("support")
def support_of(worker: Worker, account: Account) -> dict[str, Any]:
    claims = db.session.scalars(
        select(SupportClaim).where(SupportClaim.worker_id == worker.id).order_by(SupportClaim.id)
    )
    loans = db.session.scalars(
        select(SupportLoan).where(SupportLoan.worker_id == worker.id).order_by(SupportLoan.id)
    )
    return {
        "claims": [
            {
                "content": one.content.value,
                "state": one.state.value,
                "claimed_on": one.claimed_on.isoformat(),
                "cost_vnd": one.cost_vnd,
                "amount_vnd": one.amount_vnd,
                "decision_reason": one.decision_reason,
                "paid_on": one.paid_on.isoformat() if one.paid_on else None,
                "elsewhere_by": one.elsewhere_by,
            }
            for one in claims
        ],
        "loans": [
            {
                "state": one.state.value,
                "asked_vnd": one.asked_vnd,
                "asked_on": one.asked_on.isoformat(),
                "approved_vnd": one.approved_vnd,
                "paid_out_vnd": one.paid_out_vnd,
                "owed": [{"day": row.day.isoformat(), "owed_vnd": row.owed_vnd} for row in one.balances],
            }
            for one in loans
        ],
    }
