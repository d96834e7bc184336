"""Reporting a suspected fraud, also without a name; and the list of those who answer."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.access.throttle import TooManyTries, take_try
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.common.secrets import spaced_code
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.organisations.models import Organisation
from portal.organisations.queries import Organisations
from portal.organisations.states import OrganisationKind
from portal.overseas.abroad.incident_words import words_of
from portal.overseas.costs.blueprint import bp
from portal.overseas.costs.fraud_forms import FraudAnswerForm, FraudFilter, FraudForm
from portal.overseas.costs.fraud_models import FraudReport
from portal.overseas.costs.fraud_states import FraudSign
from portal.overseas.costs.frauds import FraudReports, Suspected, answer_report, report_fraud
from portal.web.access import PUBLIC, allow, get_or_404
from portal.web.lists import paginate
from portal.web.transactions import write_transaction
from portal.workers.blueprint import actor, someone


@bp.get("/report-fraud")
@allow(PUBLIC)
def new_fraud() -> Any:
    """An opening or a sender may be named in the address: one comes from its page."""
    form = FraudForm(formdata=None)
    form.opening.data, form.sender.data = request.args.get("opening", ""), request.args.get("sender", "")
    return _form(form)


@bp.post("/report-fraud")
@allow(PUBLIC)
def send_fraud() -> Any:
    form = FraudForm()
    if not form.validate():
        return _form(form, 422)
    try:
        take_try("fraud_report", request.remote_addr, now=now())
    except TooManyTries as error:
        # What somebody took the courage to write stays before them while they wait.
        db.session.rollback()
        form.put_error(error)
        return _form(form, error.status)
    opening, sender = _about(form)
    told = Suspected(
        sign=FraudSign(form.sign.data),
        text=form.text.data or "",
        where_seen=form.where_seen.data or "",
        name=form.name.data or "",
        phone=form.phone.data or "",
        opening_id=None if opening is None else opening.id,
        organisation_id=None if sender is None else sender.id,
    )
    report, code = report_fraud(told, account=actor() if form.named.data else None, now=now())
    db.session.commit()
    # The page itself: a code in an address would stay in the browser's history.
    return render_template(
        "counselling/complaint_sent.html",
        due_on=report.incident.due_on,
        code=spaced_code(code),
        heading=_("Trung tâm đã nhận tin báo của bạn"),
        asks_money=True,
    )


def _form(form: FraudForm, status: int = 200) -> Any:
    opening, sender = _about(form)
    return render_template("overseas/fraud_new.html", form=form, opening=opening, sender=sender), status


def _about(form: FraudForm) -> tuple[Opening | None, Organisation | None]:
    """What everybody may see, and nothing else; a public opening brings its organisation."""
    opening = sender = None
    if (opening_id := _number(form.opening.data)) is not None:
        shown = Openings().visible_to(None).by_id(opening_id).with_list_data()
        opening = db.session.scalars(shown).one_or_none()
    if opening is not None:
        return opening, opening.organisation
    if (sender_id := _number(form.sender.data)) is not None:
        shown_senders = Organisations().of_kind(OrganisationKind.SENDER).with_id(sender_id)
        sender = db.session.scalars(shown_senders.query).one_or_none()
    return None, sender


def _number(text: str | None) -> int | None:
    """An id as it stands in an address; more figures than any id has are none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else None


@bp.get("/overseas/frauds")
@allow(*CASE_STAFF)
def frauds() -> Any:
    form = FraudFilter(request.args)
    shown = FraudReports().visible_to(someone())
    state = form.state.data if form.validate() else "waiting"
    if state != "all":
        shown = shown.answered() if state == "answered" else shown.waiting()
    if form.whose.data == "mine":
        shown = shown.owned_by(someone())
    if form.sign.data in FraudSign.values():
        shown = shown.with_sign(FraudSign(form.sign.data))
    page = paginate(shown.with_list_data().by_due_date().query)
    return render_template("overseas/fraud_list.html", form=form, page=page, day=today())


def _seen(report_id: int, *, lock: bool = False) -> FraudReport:
    shown = FraudReports().visible_to(someone()).by_id(report_id).with_list_data()
    return get_or_404((shown.locked() if lock else shown).query)


@bp.get("/overseas/frauds/<int:report_id>")
@allow(*CASE_STAFF)
def fraud(report_id: int) -> Any:
    page = _page(_seen(report_id), FraudAnswerForm(formdata=None))
    with write_transaction():
        record("looked", db.session.get_one(FraudReport, report_id), actor=someone(), now=now())
    return page


@bp.get("/overseas/incidents/<int:incident_id>/fraud-report")
@allow(*CASE_STAFF)
def fraud_of_incident(incident_id: int) -> Any:
    """From the incident to what its reporter waits for."""
    report = get_or_404(FraudReports().visible_to(someone()).of_incident(incident_id).query)
    return redirect(url_for("costs.fraud", report_id=report.id))


@bp.post("/overseas/frauds/<int:report_id>/answer")
@allow(*CASE_STAFF)
def answer_fraud(report_id: int) -> Any:
    report, form = _seen(report_id, lock=True), FraudAnswerForm()
    if not form.validate():
        return _page(report, form), 422
    answer_report(report, form.answer.data or "", actor=someone(), now=now())
    db.session.commit()
    flash(
        _("Đã trả lời. Người báo đọc được bằng mã của mình. Làm gì thêm thì ghi ở đây, rồi kết thúc."), "good"
    )
    return redirect(url_for("abroad.incident", incident_id=report.incident_id))


def _page(report: FraudReport, form: FraudAnswerForm) -> str:
    incident = report.incident
    by = db.session.get(Account, report.answered_by_id) if report.answered_by_id else None
    return render_template(
        "overseas/fraud_view.html",
        report=report,
        incident=incident,
        words=words_of(incident),
        opening=db.session.get(Opening, incident.opening_id) if incident.opening_id else None,
        sender=db.session.get(Organisation, incident.organisation_id) if incident.organisation_id else None,
        form=form,
        answered_by=by,
        day=today(),
    )
