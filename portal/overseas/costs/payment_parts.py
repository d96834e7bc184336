"""What becomes of payments when profiles are merged or emptied, and when a person asks for their data."""

from typing import Any

from flask import current_app
from sqlalchemy import select, update

from portal.access.models import Account
from portal.common.events import on
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import remove_content
from portal.overseas.cases.events import CaseMoved
from portal.overseas.costs.excesses import look_for_excess
from portal.overseas.costs.payment_queries import Payments
from portal.overseas.costs.payments_models import CostExcess, CostPayment, PaymentChange, PaymentSharing
from portal.overseas.costs.reckoning import TOO_EARLY
from portal.workers.events import ProfileEmptied
from portal.workers.exporting import EXPORTS
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker

GONE = "–"


def _move(kept: Worker, merged: Worker) -> Moved:
    """A line that both told of stays with its own incident; a switch for all that stands is not doubled."""
    have = {(row.opening_id, row.kind) for row in db.session.scalars(_of(CostExcess, kept))}
    theirs = db.session.scalars(_of(CostExcess, merged)).all()
    switched = {row.payment_id for row in db.session.scalars(_live(kept))}
    moved = {
        "payments": [row.id for row in db.session.scalars(_of(CostPayment, merged))],
        "excesses": [row.id for row in theirs if (row.opening_id, row.kind) not in have],
        "sharings": [
            row.id
            for row in db.session.scalars(_of(PaymentSharing, merged))
            if row.withdrawn_at is not None or row.payment_id is not None or None not in switched
        ],
    }
    _give_all(moved, kept)
    return moved


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    _give_all(moved, merged)


def _of(model: Any, worker: Worker) -> Any:
    return select(model).where(model.worker_id == worker.id).order_by(model.id)


def _live(worker: Worker) -> Any:
    return _of(PaymentSharing, worker).where(PaymentSharing.withdrawn_at.is_(None))


MODELS = {"payments": CostPayment, "excesses": CostExcess, "sharings": PaymentSharing}


def _give_all(moved: Moved, worker: Worker) -> None:
    for name, model in MODELS.items():
        if moved[name]:
            db.session.execute(update(model).where(model.id.in_(moved[name])).values(worker_id=worker.id))


PARTS.add("payments")(Part(_move, _undo))


@on(CaseMoved)
def look_again(event: CaseMoved) -> None:
    """What was noted before there was a case may have been asked for before its time."""
    case = event.case
    if case.opening_id is None:
        return
    noted = select(CostPayment.kind).where(
        CostPayment.worker_id == case.worker_id,
        CostPayment.opening_id == case.opening_id,
        CostPayment.kind.in_(TOO_EARLY),
        CostPayment.removed_at.is_(None),
    )
    for kind in sorted(set(db.session.scalars(noted))):
        look_for_excess(case.worker, case.opening_id, kind, actor=event.actor, now=event.now)


@on(ProfileEmptied)
def forget(event: ProfileEmptied) -> None:
    """The sums stay counted; whom they went to, what was told and the pictures go."""
    mine = select(CostPayment.id).where(CostPayment.worker_id == event.worker.id)
    pictures = db.session.scalars(
        select(StoredFile).where(
            StoredFile.id.in_(select(CostPayment.receipt_id).where(CostPayment.id.in_(mine)))
            | StoredFile.id.in_(select(PaymentChange.receipt_id).where(PaymentChange.payment_id.in_(mine)))
        )
    )
    for picture in pictures:
        remove_content(picture, folder=current_app.config["UPLOAD_FOLDER"])
    db.session.execute(
        update(PaymentChange).where(PaymentChange.payment_id.in_(mine)).values(paid_to=GONE, note="")
    )
    db.session.execute(
        update(CostPayment).where(CostPayment.worker_id == event.worker.id).values(paid_to=GONE, note="")
    )
    db.session.execute(
        update(PaymentSharing)
        .where(PaymentSharing.worker_id == event.worker.id, PaymentSharing.withdrawn_at.is_(None))
        .values(withdrawn_at=event.now)
    )


@EXPORTS.add("payments")
def _export(worker: Worker, account: Account) -> Any:
    return [
        {
            "for": row.kind.value,
            "amount_vnd": row.amount_vnd,
            "to": row.paid_to,
            "on": row.paid_on.isoformat(),
            "receipt": not row.no_receipt,
            "note": row.note,
            "opening": row.opening.title if row.opening is not None else None,
            "removed": row.removed_at.isoformat() if row.removed_at else None,
            "before": [
                {"amount_vnd": one.amount_vnd, "to": one.paid_to, "on": one.paid_on.isoformat()}
                for one in row.changes
            ],
        }
        for row in Payments().of_worker(worker).with_list_data().newest_first().all()
    ]
