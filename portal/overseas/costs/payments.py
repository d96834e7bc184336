"""What a worker says they paid: noted, put right, shown to the sender or not; an excess is an incident."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.files.models import StoredFile
from portal.overseas.costs.excesses import look_for_excess
from portal.overseas.costs.payment_queries import live_sharing, live_sharings
from portal.overseas.costs.payments_models import CostPayment, PaymentChange, PaymentSharing
from portal.overseas.costs.states import PaidFor
from portal.overseas.pressed_twice import SAME_PRESS, one_after_the_other
from portal.workers.models import Worker
from portal.workers.permissions import insist_may_act_for, is_self

# Whoever is asked about older sums no longer knows the day.
LONGEST_AGO = dt.timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class Paid:
    """One sum as the person tells it."""

    opening_id: int | None
    kind: PaidFor
    amount_vnd: int
    paid_to: str
    paid_on: dt.date
    note: str = ""


def note_payment(
    worker: Worker, paid: Paid, receipt: StoredFile | None, *, actor: Account, now: dt.datetime
) -> CostPayment:
    """A form that was sent twice is one sum; then the second receipt is nobody's."""
    insist_may_act_for(worker, actor)
    _insist_sound(paid, now)
    again = _sent_twice(worker, paid, actor, now)
    if again is not None:
        return again
    payment = CostPayment(
        worker_id=worker.id,
        receipt_id=None if receipt is None else receipt.id,
        no_receipt=receipt is None,
        created_at=now,
        created_by_id=actor.id,
    )
    _put(payment, paid)
    db.session.add(payment)
    db.session.flush()
    record("payment.noted", payment, actor=actor, now=now, kind=paid.kind.value)
    look_for_excess(worker, paid.opening_id, paid.kind, actor=actor, now=now)
    return payment


def _sent_twice(worker: Worker, paid: Paid, actor: Account, now: dt.datetime) -> CostPayment | None:
    one_after_the_other(actor)
    just_noted = select(CostPayment).where(
        CostPayment.worker_id == worker.id,
        CostPayment.created_by_id == actor.id,
        CostPayment.created_at > now - SAME_PRESS,
        CostPayment.removed_at.is_(None),
    )
    return next((one for one in db.session.scalars(just_noted) if _as_told(one) == paid), None)


def correct_payment(
    payment: CostPayment,
    paid: Paid,
    receipt: StoredFile | None,
    *,
    drop_receipt: bool = False,
    actor: Account,
    now: dt.datetime,
) -> None:
    """What it said before is kept. A receipt stays unless a new one comes or the person takes it out."""
    insist_may_act_for(payment.worker, actor)
    _insist_there(payment)
    _insist_sound(paid, now)
    before = (payment.opening_id, payment.kind)
    kept = None if drop_receipt else payment.receipt_id
    receipt_id = kept if receipt is None else receipt.id
    if _as_told(payment) == paid and receipt_id == payment.receipt_id:
        return
    db.session.add(_as_it_was(payment, actor, now))
    _put(payment, paid)
    payment.receipt_id, payment.no_receipt = receipt_id, receipt_id is None
    db.session.flush()
    record("payment.corrected", payment, actor=actor, now=now)
    for opening_id, kind in dict.fromkeys((before, (paid.opening_id, paid.kind))):
        look_for_excess(payment.worker, opening_id, kind, actor=actor, now=now)


def remove_payment(payment: CostPayment, *, actor: Account, now: dt.datetime) -> None:
    """Noted by mistake: it counts no more, the row stays."""
    insist_may_act_for(payment.worker, actor)
    _insist_there(payment)
    payment.removed_at, payment.removed_by_id = now, actor.id
    db.session.flush()
    record("payment.removed", payment, actor=actor, now=now)
    look_for_excess(payment.worker, payment.opening_id, payment.kind, actor=actor, now=now)


def share(worker: Worker, payment: CostPayment | None, *, actor: Account, now: dt.datetime) -> None:
    """Only the person themself lets the sender see. Without a payment: all of them, also later ones."""
    _insist_own(worker, payment, actor)
    # Held until the end: a second press finds the switch on.
    db.session.execute(select(Worker.id).where(Worker.id == worker.id).with_for_update())
    if live_sharing(worker, payment) is not None:
        return
    payment_id = None if payment is None else payment.id
    db.session.add(PaymentSharing(worker_id=worker.id, payment_id=payment_id, given_at=now))
    db.session.flush()
    record("payments.shared", worker, actor=actor, now=now, payment=payment_id)


def stop_sharing(worker: Worker, payment: CostPayment | None, *, actor: Account, now: dt.datetime) -> None:
    """From the next page on the sender sees it no more; the rows stay as proof. Without a payment: of all."""
    _insist_own(worker, payment, actor)
    standing = live_sharings(worker) if payment is None else [live_sharing(worker, payment)]
    ended = [row for row in standing if row is not None]
    if not ended:
        return
    for row in ended:
        row.withdrawn_at = now
    db.session.flush()
    payment_id = None if payment is None else payment.id
    record("payments.sharing_ended", worker, actor=actor, now=now, payment=payment_id)


def _insist_own(worker: Worker, payment: CostPayment | None, actor: Account) -> None:
    if not is_self(worker, actor) or (payment is not None and payment.worker_id != worker.id):
        raise NotAllowed


def _insist_there(payment: CostPayment) -> None:
    if payment.removed_at is not None:
        raise Refused(_("Khoản này đã được bỏ ra rồi."))


def _insist_sound(paid: Paid, now: dt.datetime) -> None:
    if paid.amount_vnd <= 0:
        raise Invalid(_("Hãy ghi số tiền bạn đã trả, ví dụ 5.000.000."), field="amount")
    if paid.paid_on > local_date(now):
        raise Invalid(_("Ngày trả tiền không thể ở sau hôm nay."), field="paid_on")
    if paid.paid_on < local_date(now) - LONGEST_AGO:
        raise Invalid(_("Ngày này xa quá. Hãy xem lại năm."), field="paid_on")
    if not paid.paid_to.strip():
        raise Invalid(_("Hãy ghi bạn đã đưa tiền cho ai."), field="paid_to")


def _put(payment: CostPayment, paid: Paid) -> None:
    payment.opening_id, payment.kind, payment.amount_vnd = paid.opening_id, paid.kind, paid.amount_vnd
    payment.paid_to, payment.paid_on, payment.note = paid.paid_to.strip(), paid.paid_on, paid.note.strip()


def _as_told(payment: CostPayment) -> Paid:
    return Paid(
        payment.opening_id, payment.kind, payment.amount_vnd, payment.paid_to, payment.paid_on, payment.note
    )


def _as_it_was(payment: CostPayment, actor: Account, now: dt.datetime) -> PaymentChange:
    return PaymentChange(
        payment_id=payment.id,
        opening_id=payment.opening_id,
        kind=payment.kind,
        amount_vnd=payment.amount_vnd,
        paid_to=payment.paid_to,
        paid_on=payment.paid_on,
        receipt_id=payment.receipt_id,
        note=payment.note,
        changed_at=now,
        changed_by_id=actor.id,
    )
