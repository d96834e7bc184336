"""“Tôi đã trả”: the person's own list, the receipts, and what a sender was let see."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF, Role
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.errors import Invalid
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import read, remove_content, store
from portal.files.photos import bare_photo
from portal.overseas.costs import payments as ops
from portal.overseas.costs.blueprint import bp
from portal.overseas.costs.payment_forms import PaymentForm, data_of
from portal.overseas.costs.payment_lists import groups_of
from portal.overseas.costs.payment_queries import Payments, excesses_of, openings_asked_for, shared_ids
from portal.overseas.costs.payments_models import CostPayment
from portal.web.access import allow, get_or_404
from portal.web.downloads import file_response
from portal.web.lists import paginate
from portal.web.transactions import write_transaction
from portal.workers.blueprint import own_worker, someone
from portal.workers.models import Worker


def _own() -> Worker:
    worker = own_worker()
    if worker is None:
        abort(404)
    return worker


@bp.get("/me/payments")
@allow(Role.SEEKER)
def mine() -> Any:
    worker = own_worker()
    if worker is None:
        flash(_("Bạn hãy đăng ký trước, rồi bấm lại."), "wait")
        return redirect(url_for("workers.register"))
    rows = Payments().of_worker(worker).with_list_data().newest_first().all()
    standing = [row for row in rows if row.removed_at is None]
    return render_template(
        "overseas/payments.html",
        groups=groups_of(worker, standing, today()),
        removed=[row for row in rows if row.removed_at is not None],
        shared=shared_ids(worker),
        told={(excess.opening_id, excess.kind) for excess in excesses_of(worker)},
    )


@bp.get("/me/payments/new")
@allow(Role.SEEKER)
def new_payment() -> Any:
    worker = _own()
    asked = request.args.get("opening", "")
    form = PaymentForm(formdata=None, data={"opening": asked, "kind": request.args.get("kind", "")})
    return _form(worker, form)


@bp.post("/me/payments/new")
@allow(Role.SEEKER)
def note() -> Any:
    worker, form = _own(), PaymentForm()

    def change(receipt: StoredFile | None) -> None:
        noted = ops.note_payment(worker, form.paid(), receipt, actor=someone(), now=now())
        if receipt is not None and noted.receipt_id != receipt.id:
            # Sent twice: the first picture is kept.
            remove_content(receipt, folder=current_app.config["UPLOAD_FOLDER"])
            db.session.delete(receipt)

    return _written(worker, form, None, change)


def _mine_or_404(payment_id: int) -> CostPayment:
    shown = Payments().visible_to(someone()).standing().by_id(payment_id).with_list_data()
    return get_or_404((shown.locked() if request.method == "POST" else shown).query)


@bp.get("/me/payments/<int:payment_id>")
@allow(Role.SEEKER)
def one_payment(payment_id: int) -> Any:
    payment = _mine_or_404(payment_id)
    return _form(payment.worker, PaymentForm(formdata=None, data=data_of(payment)), payment)


@bp.post("/me/payments/<int:payment_id>")
@allow(Role.SEEKER)
def correct(payment_id: int) -> Any:
    payment, form = _mine_or_404(payment_id), PaymentForm()

    def change(receipt: StoredFile | None) -> None:
        drop = bool(form.no_receipt.data) and receipt is None
        ops.correct_payment(payment, form.paid(), receipt, drop_receipt=drop, actor=someone(), now=now())

    return _written(payment.worker, form, payment, change)


def _form(worker: Worker, form: PaymentForm, payment: CostPayment | None = None, status: int = 200) -> Any:
    form.offer(openings_asked_for(worker, also=_asked_opening(form)))
    page = render_template(
        "overseas/payment_form.html", form=form, payment=payment, who_sees=_who_sees(worker, payment)
    )
    return page, status


def _who_sees(worker: Worker, payment: CostPayment | None) -> str:
    """As it is switched now, for the sum that is written."""
    shared = shared_ids(worker)
    if None in shared or (payment is not None and payment.id in shared):
        return str(_("Công ty đưa đi cũng xem được, vì bạn đang bật “Cho công ty xem”."))
    return str(_("Chỉ bạn và tư vấn viên của Trung tâm xem được."))


def _asked_opening(form: PaymentForm) -> list[int]:
    """The sheet that somebody comes from: its opening can be chosen, too."""
    text = str(form.opening.data or request.args.get("opening", ""))
    return [int(text)] if text.isascii() and text.isdigit() and len(text) <= 9 else []


def _written(worker: Worker, form: PaymentForm, payment: CostPayment | None, change: Any) -> Any:
    form.offer(openings_asked_for(worker, also=_asked_opening(form)))
    fits = form.validate()
    has_one = payment is not None and payment.receipt_id is not None
    if not (form.asks_for_receipt(has_one=has_one) and fits):
        return _form(worker, form, payment, 422)
    kept: StoredFile | None = None
    try:
        kept = _kept_receipt(form)
        change(kept)
        db.session.commit()
    except BaseException as error:
        # Nothing of a picture stays whose row does not.
        db.session.rollback()
        if kept is not None:
            remove_content(kept, folder=current_app.config["UPLOAD_FOLDER"])
        if not isinstance(error, Invalid):
            raise
        form.put_error(error)
        again = None if payment is None else _mine_or_404(payment.id)
        return _form(_own(), form, again, 422)
    flash(" ".join([_("Đã ghi."), _who_sees(worker, payment)]), "good")
    return redirect(url_for("costs.mine"))


def _kept_receipt(form: PaymentForm) -> StoredFile | None:
    upload = form.receipt.data
    if not upload or form.no_receipt.data:
        return None
    content, content_type = bare_photo(upload.read(), field="receipt")
    folder = current_app.config["UPLOAD_FOLDER"]
    return store(content, upload.filename or "", content_type, folder=folder, actor=someone(), now=now())


@bp.post("/me/payments/<int:payment_id>/remove")
@allow(Role.SEEKER)
def remove(payment_id: int) -> Any:
    ops.remove_payment(_mine_or_404(payment_id), actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã bỏ khoản này ra. Không còn tính nữa."), "good")
    return redirect(url_for("costs.mine"))


@bp.post("/me/payments/sharing/<any(on,off):switch>")
@allow(Role.SEEKER)
def share_all(switch: str) -> Any:
    return _switch(_own(), None, switch)


@bp.post("/me/payments/<int:payment_id>/sharing/<any(on,off):switch>")
@allow(Role.SEEKER)
def share_one(payment_id: int, switch: str) -> Any:
    payment = _mine_or_404(payment_id)
    return _switch(payment.worker, payment, switch)


def _switch(worker: Worker, payment: CostPayment | None, switch: str) -> Any:
    change = ops.share if switch == "on" else ops.stop_sharing
    change(worker, payment, actor=someone(), now=now())
    db.session.commit()
    flash(_switched(payment, switch), "good")
    return redirect(url_for("costs.mine"))


def _switched(payment: CostPayment | None, switch: str) -> str:
    said: str
    if switch == "off":
        said = _("Đã tắt. Công ty không xem được nữa.")
    elif payment is None:
        said = _("Công ty đưa đi xem được mọi khoản, cả khoản ghi sau này. Bạn tắt lúc nào cũng được.")
    else:
        said = _("Công ty đưa đi xem được khoản này từ bây giờ. Bạn tắt lúc nào cũng được.")
    return said


@bp.get("/payments/<int:payment_id>/receipt")
@allow(Role.SEEKER, *CASE_STAFF)
def receipt(payment_id: int) -> Any:
    """The picture itself: for the person and case staff, whose look is written down. Never for a sender."""
    account = someone()
    payment = get_or_404(Payments().visible_to(account).by_id(payment_id).query)
    if payment.receipt is None:
        abort(404)
    folder, stored = current_app.config["UPLOAD_FOLDER"], payment.receipt
    try:
        content = read(stored, folder=folder)
    except FileNotFoundError:
        abort(404)
    name, kind = stored.original_name, stored.content_type
    if account.role in CASE_STAFF:
        with write_transaction():
            seen = db.session.get_one(CostPayment, payment_id)
            record("looked", seen, actor=someone(), now=now(), part="receipt")
    return file_response(content, name, kind, inline=True)


@bp.get("/organisation/payments")
@allow(Role.SENDER)
def shown_to_sender() -> Any:
    """What people chose to let their sender see: line, sum, day. Neither picture, note nor comparison."""
    shown = Payments().visible_to(someone()).with_list_data().newest_first()
    return render_template("overseas/payments_shared.html", page=paginate(shown.query))
