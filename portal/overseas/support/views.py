"""Support in one case: what the person is entitled to, what was claimed, a new claim, the facts behind it."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.courses.queries import support_days
from portal.errors import DomainError
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import remove_content, store_scan
from portal.overseas.abroad.fund_rules import fund_benefits
from portal.overseas.cases.queries import Cases
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.overseas.support import operations
from portal.overseas.support.blueprint import bp
from portal.overseas.support.entitled import Entitled, entitled, sheet_of
from portal.overseas.support.forms import ClaimForm, ElsewhereForm, FactsForm, known
from portal.overseas.support.models import SupportClaim
from portal.overseas.support.operations import MISSING
from portal.overseas.support.queries import Claims, Loans
from portal.overseas.support.rules import ALLOWANCES
from portal.overseas.support.states import LIVE_CLAIMS, Content, Fund, ProofKind
from portal.web.access import allow, get_or_404
from portal.web.transactions import write_transaction
from portal.workers.blueprint import someone

# The fund pays who is abroad or has come back.
GONE = (CaseState.ABROAD, CaseState.RETURNED, CaseState.SETTLED)


def case_or_404(case_id: int) -> OverseasCase:
    return get_or_404(Cases().visible_to(someone()).by_id(case_id).with_list_data().query)


def looked(case: OverseasCase) -> Entitled:
    """For a GET: the looks at the person and at their sealed group are written in one short transaction."""
    with write_transaction(keep_loaded=True):
        record("looked", case.worker, actor=someone(), now=now(), part="support")
        return entitled(case, on=today(), actor=someone(), now=now())


@bp.get("/cases/<int:case_id>")
@allow(*CASE_STAFF)
def case(case_id: int) -> Any:
    found = case_or_404(case_id)
    sheet = sheet_of(found)
    # Of the person, whatever the case: a content is paid once.
    claims = list(
        db.session.scalars(Claims().for_worker(found.worker_id).newest_first().with_page_data().query)
    )
    loans = list(db.session.scalars(Loans().for_case(found).newest_first().with_page_data().query))
    days = support_days(found.worker_id)
    shown = looked(found)
    return render_template(
        "support/case.html",
        case=found,
        shown=shown,
        standing={one.content: one for one in claims if one.state in LIVE_CLAIMS},
        claims=claims,
        loans=loans,
        sheet=sheet,
        days=days,
        day=today(),
        missing=MISSING,
        fund=fund_benefits(today(), shown.rules) if found.state in GONE else (),
    )


@bp.route("/cases/<int:case_id>/facts", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def facts(case_id: int) -> Any:
    found = case_or_404(case_id)
    form = FactsForm(data=known(sheet_of(found)))
    if form.validate_on_submit():
        try:
            operations.keep_facts(found, form.facts(), actor=someone(), now=now())
            db.session.commit()
            flash(_("Đã lưu."), "good")
            return redirect(url_for("support.case", case_id=found.id))
        except DomainError as error:
            form.put_error(error)
    answer = render_template("support/facts.html", form=form, case=found, days=support_days(found.worker_id))
    return answer, 422 if form.errors else 200


@bp.route("/cases/<int:case_id>/claims/<content>", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def new_claim(case_id: int, content: str) -> Any:
    if content not in Content.values():
        abort(404)
    found, what = case_or_404(case_id), Content(content)
    if request.method == "GET":
        shown = looked(found)
    else:
        shown = entitled(found, on=today(), actor=someone(), now=now())
    rights = shown.options.get(what, ())
    if not rights:
        flash(_("Người này không thuộc nhóm được hỗ trợ nội dung này."), "stop")
        return redirect(url_for("support.case", case_id=case_id))
    funds = [(one.fund.value, one.fund.label) for one in rights]
    form = ClaimForm(funds=funds, data={"fund": shown.best[what].fund.value})
    if form.validate_on_submit():
        try:
            made = _claimed(found, what, form)
            flash(_("Đã ghi đề nghị. Một người khác sẽ duyệt."), "good")
            return redirect(url_for("support.claim", claim_id=made.id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            found = case_or_404(case_id)
    answer = render_template(
        "support/claim_new.html",
        form=form,
        case=found,
        content=what,
        rights=rights,
        is_allowance=what in ALLOWANCES,
        missing=MISSING,
    )
    return answer, 422 if form.errors else 200


def _claimed(case: OverseasCase, content: Content, form: ClaimForm) -> SupportClaim:
    stored = stored_upload(form)
    try:
        made = operations.claim(
            case,
            content,
            Fund(form.fund.data),
            cost_vnd=form.cost_vnd.data,
            note=form.note.data or "",
            actor=someone(),
            now=now(),
        )
        if stored is not None:
            operations.add_proof(made, ProofKind(form.kind.data), stored, actor=someone(), now=now())
        db.session.commit()
    except BaseException:
        forget_upload(stored)
        raise
    return made


def stored_upload(form: Any) -> StoredFile | None:
    """Checked by its content and kept; None where no file was chosen."""
    upload = form.file.data
    if not upload:
        return None
    folder = current_app.config["UPLOAD_FOLDER"]
    return store_scan(upload.read(), upload.filename or "", folder=folder, actor=someone(), now=now())


def forget_upload(stored: StoredFile | None) -> None:
    """Nothing of a file stays on the disk where its claim was refused."""
    if stored is not None:
        remove_content(stored, folder=current_app.config["UPLOAD_FOLDER"])


@bp.route("/cases/<int:case_id>/elsewhere", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def elsewhere(case_id: int) -> Any:
    found, form = case_or_404(case_id), ElsewhereForm()
    if form.validate_on_submit():
        try:
            operations.declare_elsewhere(
                found, Content(form.what.data), form.by.data or "", actor=someone(), now=now()
            )
            db.session.commit()
            flash(_("Đã ghi: nội dung này nơi khác đã chi."), "good")
            return redirect(url_for("support.case", case_id=found.id))
        except DomainError as error:
            form.put_error(error)
    answer = render_template("support/elsewhere.html", form=form, case=found)
    return answer, 422 if form.errors else 200
