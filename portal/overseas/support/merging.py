"""What becomes of claims and loans when profiles are merged or emptied; a person's own data hold them."""

from typing import Any

from flask import current_app
from sqlalchemy import delete, select, update

from portal.access.models import Account
from portal.common.events import on
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import remove_content
from portal.overseas.models import OverseasCase
from portal.overseas.support.models import SupportClaim, SupportLoan, SupportProof, SupportSheet
from portal.overseas.support.states import LIVE_CLAIMS, ClaimState
from portal.workers.events import ProfileEmptied
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

GONE = "–"


@on(ProfileEmptied)
def forget(event: ProfileEmptied) -> None:
    """The sums stay counted; bills, proofs of a group, words and where somebody lives go."""
    theirs = SupportClaim.worker_id == event.worker.id
    proofs = select(SupportProof.file_id).join(SupportProof.claim).where(theirs)
    for file in db.session.scalars(select(StoredFile).where(StoredFile.id.in_(proofs))):
        remove_content(file, folder=current_app.config["UPLOAD_FOLDER"])
    db.session.execute(
        delete(SupportProof).where(SupportProof.claim_id.in_(select(SupportClaim.id).where(theirs)))
    )
    waits = (ClaimState.CLAIMED, ClaimState.APPROVED)
    db.session.execute(
        update(SupportClaim).where(theirs, SupportClaim.state.in_(waits)).values(state=ClaimState.WITHDRAWN)
    )
    db.session.execute(update(SupportClaim).where(theirs).values(note="", decision_reason=""))
    elsewhere = (theirs, SupportClaim.elsewhere_by != "")
    db.session.execute(update(SupportClaim).where(*elsewhere).values(elsewhere_by=GONE))
    db.session.execute(
        update(SupportLoan).where(SupportLoan.worker_id == event.worker.id).values(answer_note="")
    )
    cases = select(OverseasCase.id).where(OverseasCase.worker_id == event.worker.id)
    db.session.execute(delete(SupportSheet).where(SupportSheet.case_id.in_(cases)))


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
