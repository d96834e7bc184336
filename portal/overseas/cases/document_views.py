"""Papers of a case at the desk and on the phone; and the files themselves, private to whom they concern."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access.states import CASE_STAFF, Role
from portal.common.clock import now
from portal.errors import DomainError, Invalid
from portal.extensions import db
from portal.files import operations as files
from portal.files.models import StoredFile
from portal.files.scans import scan_type
from portal.overseas.abroad.looks import note_look
from portal.overseas.cases import documents
from portal.overseas.cases.blueprint import bp
from portal.overseas.cases.document_forms import DeskPaperForm, JudgeForm, PaperForm
from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.documents_needed import needed_in
from portal.overseas.cases.queries import Cases
from portal.overseas.cases.receiver_consents import standing_consent
from portal.overseas.cases.states import BEFORE_DEPARTURE, DocumentKind, DocumentState
from portal.overseas.cases.step_views import actor, visible
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.web.access import allow, get_or_404
from portal.web.downloads import file_response
from portal.web.transactions import slow_first, write_transaction

HANDED_ON_IN = (*BEFORE_DEPARTURE, CaseState.ABROAD)


def paper_of(case: OverseasCase, document_id: int) -> CaseDocument:
    return get_or_404(
        select(CaseDocument)
        .where(
            CaseDocument.id == document_id,
            CaseDocument.case_id == case.id,
            CaseDocument.state != DocumentState.REPLACED,
        )
        .options(joinedload(CaseDocument.file), joinedload(CaseDocument.judged_by))
    )


def keeping(form: PaperForm, change: Any) -> Any:
    """Store the picture for a change of the case; where that fails, nothing of it stays on the disk."""
    upload = form.file.data
    if not upload:
        with write_transaction():
            return change(None)
    content, folder = upload.read(), current_app.config["UPLOAD_FOLDER"]
    # What it is is read before anything waits for us.
    scan_type(content)
    stored: StoredFile | None = None
    try:
        with write_transaction():
            name = upload.filename or ""
            stored = files.store_scan(content, name, folder=folder, actor=actor(), now=now())
            return change(stored)
    except BaseException:
        if stored is not None:
            files.remove_content(stored, folder=folder)
        raise


@bp.route("/cases/<int:case_id>/documents/new", methods=["GET", "POST"])
@allow(*CASE_STAFF)
@slow_first
def add_document(case_id: int) -> Any:
    case = visible(case_id)
    form = DeskPaperForm(data={"kind": request.args.get("kind", "")})
    if form.validate_on_submit():
        try:
            keeping(form, lambda stored: _added(visible(case_id), form, stored))
            flash(_("Đã ghi giấy tờ."), "good")
            return redirect(url_for("cases.view", case_id=case_id, _anchor="papers"))
        except DomainError as error:
            form.put_error(error)
            case = visible(case_id)
    page = render_template("overseas/document_new.html", case=case, form=form)
    return page, 422 if form.errors else 200


def _added(case: OverseasCase, form: DeskPaperForm, stored: StoredFile | None) -> CaseDocument:
    dates = {"issued_on": form.issued_on.data, "expires_on": form.expires_on.data}
    added = documents.add(
        case, DocumentKind(form.kind.data), stored, number=form.number.data or "", **dates,
        actor=actor(), now=now(),
    )  # fmt: skip
    if form.seen.data == "yes":
        documents.judge(added, **dates, actor=actor(), now=now())
    return added


@bp.route("/cases/<int:case_id>/documents/<int:document_id>", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def judge_document(case_id: int, document_id: int) -> Any:
    case = visible(case_id)
    paper = paper_of(case, document_id)
    number = documents.read_number(paper, actor=actor())
    form = JudgeForm(data={"number": number, "issued_on": paper.issued_on, "expires_on": paper.expires_on})
    if form.validate_on_submit():
        try:
            documents.judge(
                paper, _problem(form, paper), number=form.number.data or "", issued_on=form.issued_on.data,
                expires_on=form.expires_on.data, actor=actor(), now=now(),
            )  # fmt: skip
            db.session.commit()
            flash(_("Đã ghi giấy tờ."), "good")
            return redirect(url_for("cases.view", case_id=case_id, _anchor="papers"))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    page = render_template("overseas/document.html", case=case, paper=paper, form=form)
    if not form.is_submitted():
        note_look(case.id, "case_document", kind=paper.kind.value)
    return page, 422 if form.errors else 200


def _problem(form: JudgeForm, paper: CaseDocument) -> str:
    """What the person reads. Of a picture the usual reason is known; of a paper without one it is not."""
    if form.verdict.data == "good":
        return ""
    problem: str = form.problem.data or ""
    if not problem and paper.file is None:
        raise Invalid(_("Hãy ghi vì sao phải nộp lại."), field="problem")
    return problem or str(_("Ảnh không đọc được. Xin chụp lại."))


@bp.get("/cases/<int:case_id>/documents/<int:document_id>/file")
@allow(*CASE_STAFF, Role.SEEKER, Role.SENDER)
def document_file(case_id: int, document_id: int) -> Any:
    case = get_or_404(Cases().visible_to(current_user).by_id(case_id).with_page_data().query)
    paper = paper_of(case, document_id)
    if paper.file is None or not _may_open(case, paper):
        abort(404)
    content = files.read(paper.file, folder=current_app.config["UPLOAD_FOLDER"])
    name, content_type = paper.file.original_name, paper.file.content_type
    if current_user.role is not Role.SEEKER:
        note_look(case.id, "case_document", kind=paper.kind.value)
    return file_response(content, name, content_type, inline=True)


def _may_open(case: OverseasCase, paper: CaseDocument) -> bool:
    if current_user.role is not Role.SENDER:
        return True
    return may_be_handed_on(case, paper)


def may_be_handed_on(case: OverseasCase, paper: CaseDocument) -> bool:
    """A sender opens what it hands on, once checked, while the person agrees to that."""
    return paper.state is DocumentState.CHECKED and paper.kind in handed_on(case)


def handed_on(case: OverseasCase) -> set[DocumentKind]:
    """The kinds of papers a sender hands on; none without the consent for abroad, nor once that is over."""
    if case.state not in HANDED_ON_IN or standing_consent(case) is None:
        return set()
    return {one.kind for one in needed_in(case) if one.for_sender}
