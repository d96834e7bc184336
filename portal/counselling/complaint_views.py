"""Complaints: the open form, the way back to the answer, and the list of those who answer."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.access.throttle import take_try
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.common.secrets import spaced_code
from portal.counselling import complaints as ops
from portal.counselling.answers import Answered, behind
from portal.counselling.behind_codes import counted
from portal.counselling.blueprint import bp, public_bp
from portal.counselling.complaint_forms import AnswerForm, CodeForm, ComplaintFilter, ComplaintForm, OwnerForm
from portal.counselling.complaints import Complaints, Said
from portal.counselling.models import Complaint
from portal.counselling.states import ComplaintAbout
from portal.extensions import db
from portal.web.access import PUBLIC, allow, get_or_404
from portal.web.lists import paginate
from portal.web.transactions import slow_first, write_transaction
from portal.workers.blueprint import actor, someone


@public_bp.get("/complaints/new")
@allow(PUBLIC)
def new_complaint() -> Any:
    return _new(ComplaintForm(formdata=None))


def _new(form: ComplaintForm, status: int = 200) -> Any:
    return render_template("counselling/complaint_new.html", form=form), status


@public_bp.post("/complaints/new")
@allow(PUBLIC)
def send_complaint() -> Any:
    form = ComplaintForm()
    if not form.validate():
        return _new(form, 422)
    take_try("complaint", request.remote_addr, now=now())
    said = Said(
        ComplaintAbout(form.about.data), form.text.data or "", form.name.data or "", form.phone.data or None
    )
    complaint, code = ops.complain(said, account=actor() if form.to_account.data else None, now=now())
    db.session.commit()
    # The page itself: a code in an address would stay in the browser's history.
    return render_template("counselling/complaint_sent.html", due_on=complaint.due_on, code=spaced_code(code))


@public_bp.get("/complaints/answer")
@allow(PUBLIC)
def complaint_answer() -> Any:
    return render_template("counselling/complaint_code.html", form=CodeForm(formdata=None), found=None)


@public_bp.post("/complaints/answer")
@allow(PUBLIC)
@slow_first
def open_complaint_answer() -> Any:
    """By POST: the code stands in no address and in no log."""
    form = CodeForm()
    found: Answered | None = None
    if form.validate():
        found = counted("complaint_code", form.code.data or "", lambda code: behind(code, now()))
        if found is None:
            form.code.errors = [_("Mã này không có hoặc đã quá hạn. Bạn xem lại từng chữ.")]
    page = render_template("counselling/complaint_code.html", form=form, found=found, day=today())
    return page, 200 if found is not None else 422


@bp.get("/complaints")
@allow(*CASE_STAFF)
def complaints() -> Any:
    form = ComplaintFilter(request.args)
    shown = Complaints().visible_to(someone())
    state = form.state.data if form.validate() else "open"
    if state == "late":
        shown = shown.overdue(today())
    elif state != "all":
        shown = shown.answered() if state == "answered" else shown.open()
    if form.about.data in ComplaintAbout.values():
        shown = shown.where(Complaint.about == form.about.data)
    page = paginate(shown.with_list_data().by_due_date().query)
    return render_template("counselling/complaint_list.html", form=form, page=page, day=today())


def _seen(complaint_id: int, *, lock: bool = False) -> Complaint:
    shown = Complaints().visible_to(someone()).by_id(complaint_id).with_list_data()
    return get_or_404((shown.locked() if lock else shown).query)


@bp.get("/complaints/<int:complaint_id>")
@allow(*CASE_STAFF)
def complaint(complaint_id: int) -> Any:
    found = _seen(complaint_id)
    page = _page(found, AnswerForm(formdata=None))
    with write_transaction():
        record("looked", db.session.get_one(Complaint, complaint_id), actor=someone(), now=now())
    return page


def _owner_form(complaint: Complaint, *, sent: bool = False) -> OwnerForm:
    form = OwnerForm() if sent else OwnerForm(formdata=None, data={"owner": str(complaint.owner_id or "")})
    form.owner.choices = [(str(one.id), one.display_name) for one in ops.possible_owners()]
    return form


def _page(complaint: Complaint, form: AnswerForm) -> str:
    answered_by = db.session.get(Account, complaint.answered_by_id) if complaint.answered_by_id else None
    return render_template(
        "counselling/complaint_view.html",
        complaint=complaint,
        form=form,
        owner_form=_owner_form(complaint) if someone().role is Role.LEADER else None,
        answered_by=answered_by,
        day=today(),
    )


@bp.post("/complaints/<int:complaint_id>/answer")
@allow(*CASE_STAFF)
def answer_complaint(complaint_id: int) -> Any:
    found, form = _seen(complaint_id, lock=True), AnswerForm()
    if not form.validate():
        return _page(found, form), 422
    ops.answer(found, form.answer.data or "", actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã trả lời. Người gửi đọc được bằng mã của mình."), "good")
    return redirect(url_for("counselling.complaints"))


@bp.post("/complaints/<int:complaint_id>/owner")
@allow(Role.LEADER)
def give_complaint(complaint_id: int) -> Any:
    found = _seen(complaint_id, lock=True)
    form = _owner_form(found, sent=True)
    if not form.validate():
        flash(_("Hãy chọn một người."), "stop")
        return redirect(url_for("counselling.complaint", complaint_id=found.id))
    owner = db.session.get_one(Account, int(form.owner.data))
    ops.give_to(found, owner, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã giao cho %(name)s.", name=owner.display_name), "good")
    return redirect(url_for("counselling.complaint", complaint_id=found.id))
