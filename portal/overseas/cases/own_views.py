"""The person's own pages of their case: where I stand, what I bring next, how long, who helps me."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access.states import Role
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.cases import documents, receiver_consents
from portal.overseas.cases import operations as ops
from portal.overseas.cases.blueprint import bp
from portal.overseas.cases.choices import aim_words
from portal.overseas.cases.document_forms import PaperForm
from portal.overseas.cases.document_views import keeping
from portal.overseas.cases.documents_needed import needed_in
from portal.overseas.cases.forms import ReceiverForm, WithdrawForm
from portal.overseas.cases.queries import Cases
from portal.overseas.cases.receiver_consents import receiver_of, sendings_of, standing_consent
from portal.overseas.cases.sentences import stand, way_of
from portal.overseas.cases.showing import due_next, papers_table, to_bring_next
from portal.overseas.cases.stages import stages_of
from portal.overseas.cases.states import BEFORE_DEPARTURE, RUNNING, DocumentKind, ExitReason
from portal.overseas.cases.step_views import actor, visible
from portal.overseas.cases.views import clock_of
from portal.overseas.models import OverseasCase
from portal.web.access import allow
from portal.web.transactions import slow_first
from portal.workers.states import ConsentChannel


@bp.get("/me/cases")
@allow(Role.SEEKER)
def mine() -> Any:
    rows = Cases().visible_to(current_user).with_list_data().newest_first().all()
    if len(rows) == 1:
        return redirect(url_for("cases.mine_one", case_id=rows[0].id))
    # What goes on comes before what is over.
    rows.sort(key=lambda row: row.state not in RUNNING)
    return render_template("overseas/own_cases.html", rows=[(row, stand(row)) for row in rows])


@bp.get("/me/cases/<int:case_id>")
@allow(Role.SEEKER)
def mine_one(case_id: int) -> Any:
    return _page(visible(case_id))


def _page(case: OverseasCase, receiver_form: Any = None, withdraw_form: Any = None) -> Any:
    receiver_form = receiver_form or _receiver_form(case)
    withdraw_form = withdraw_form or WithdrawForm(formdata=None)
    wrong = bool(receiver_form.errors or withdraw_form.errors)
    bring = to_bring_next(case, today()) if case.state in BEFORE_DEPARTURE else []
    page = render_template(
        "overseas/own_case.html",
        case=case,
        aim=aim_words(case),
        stand=stand(case),
        way=way_of(case, stages_of(case)),
        clock=clock_of(case),
        bring=bring,
        next_kinds=due_next(case),
        papers=papers_table(case, today()),
        consent=standing_consent(case),
        asks_receiver=case.state in BEFORE_DEPARTURE,
        consent_sentence=receiver_consents.sentence(receiver_of(case) or "…", case.country or "…"),
        named=bool(receiver_of(case) and case.country),
        sendings=sendings_of(case),
        receiver_form=receiver_form,
        withdraw_form=withdraw_form,
        may_leave=case.state in BEFORE_DEPARTURE,
        takes_papers=case.state in RUNNING,
        hotline=current_app.config["HOTLINE"],
    )
    return page, 422 if wrong else 200


def _receiver_form(case: OverseasCase) -> ReceiverForm:
    form = ReceiverForm(formdata=None)
    form.receiver.data, form.country.data = receiver_of(case), case.country or ""
    return form


@bp.route("/me/cases/<int:case_id>/documents/<kind>", methods=["GET", "POST"])
@allow(Role.SEEKER)
@slow_first
def own_document(case_id: int, kind: str) -> Any:
    """One paper on one page: a picture from the phone, its number and its days."""
    case = visible(case_id)
    if kind not in DocumentKind.values() or case.state not in RUNNING:
        abort(404)
    form = PaperForm()
    if form.validate_on_submit():
        try:
            keeping(form, lambda stored: documents.add(
                visible(case_id), DocumentKind(kind), stored, number=form.number.data or "",
                issued_on=form.issued_on.data, expires_on=form.expires_on.data, actor=actor(), now=now(),
            ))  # fmt: skip
            flash(_("Đã nhận giấy của bạn. Tư vấn viên sẽ kiểm tra."), "good")
            return redirect(url_for("cases.mine_one", case_id=case_id))
        except DomainError as error:
            form.put_error(error)
            case = visible(case_id)
    needed = next((one for one in needed_in(case) if one.kind == kind), None)
    page = render_template(
        "overseas/own_document.html", case=case, kind=DocumentKind(kind), form=form, needed=needed
    )
    return page, 422 if form.errors else 200


@bp.post("/me/cases/<int:case_id>/receiver")
@allow(Role.SEEKER)
def own_consent(case_id: int) -> Any:
    case = visible(case_id)
    form = ReceiverForm()
    if form.validate():
        try:
            receiver_consents.give(
                case, form.receiver.data or "", form.country.data or "",
                channel=ConsentChannel.ONLINE, actor=actor(), now=now(),
            )  # fmt: skip
            db.session.commit()
            flash(_("Đã ghi bạn đồng ý. Bạn rút lại lúc nào cũng được."), "good")
            return redirect(url_for("cases.mine_one", case_id=case_id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    return _page(visible(case_id), receiver_form=form)


@bp.post("/me/cases/<int:case_id>/receiver/withdraw")
@allow(Role.SEEKER)
def own_consent_withdraw(case_id: int) -> Any:
    receiver_consents.withdraw(visible(case_id), actor=actor(), now=now())
    db.session.commit()
    flash(_("Đã ghi bạn rút lại. Từ giờ không ai gửi thêm gì nữa."), "good")
    return redirect(url_for("cases.mine_one", case_id=case_id))


@bp.post("/me/cases/<int:case_id>/withdraw")
@allow(Role.SEEKER)
def leave(case_id: int) -> Any:
    case = visible(case_id)
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _page(case, withdraw_form=form)
    ops.withdraw(case, ExitReason(form.reason.data), form.note.data or "", actor=actor(), now=now())
    db.session.commit()
    flash(_("Đã ghi. Trung tâm không làm tiếp hồ sơ này nữa."), "good")
    return redirect(url_for("cases.mine_one", case_id=case_id))
