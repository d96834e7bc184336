"""One claim: its page, its proofs and its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.errors import DomainError, Refused
from portal.extensions import db
from portal.files.operations import read
from portal.overseas.support import operations
from portal.overseas.support.blueprint import bp
from portal.overseas.support.entitled import entitled
from portal.overseas.support.forms import ApproveForm, PayForm, ProofForm, ReasonForm
from portal.overseas.support.models import SupportClaim, SupportProof
from portal.overseas.support.operations import Worth, worth
from portal.overseas.support.queries import Claims
from portal.overseas.support.states import ClaimState, ProofKind
from portal.overseas.support.transitions import CLAIM_STEPS, TWO_PEOPLE, SupportStep, find, steps_from
from portal.overseas.support.views import forget_upload, stored_upload
from portal.web.access import allow, get_or_404
from portal.web.downloads import file_response
from portal.web.transactions import write_transaction
from portal.workers.blueprint import someone


def claim_or_404(claim_id: int) -> SupportClaim:
    shown = Claims().visible_to(someone()).by_id(claim_id).with_page_data()
    return get_or_404((shown.locked() if request.method == "POST" else shown).query)


def _looked(made: SupportClaim) -> Worth | None:
    """What could be decided now; only where it waits for that."""
    with write_transaction(keep_loaded=True):
        record("looked", made.worker, actor=someone(), now=now(), part="support")
        if made.state is not ClaimState.CLAIMED:
            return None
        return worth(made, entitled(made.case, on=made.claimed_on, actor=someone(), now=now()))


@bp.get("/claims/<int:claim_id>")
@allow(*CASE_STAFF)
def claim(claim_id: int) -> Any:
    made = claim_or_404(claim_id)
    found = _looked(made)
    is_mine = made.entered_by_id == someone().id
    steps = steps_from(CLAIM_STEPS, made.state)
    return render_template(
        "support/claim.html",
        claim=made,
        found=found,
        steps=[step for step in steps if not (step.by_another and is_mine)],
        waits_for_another=any(step.by_another for step in steps) and is_mine,
        two_people=TWO_PEOPLE,
        day=today(),
    )


@dataclass(frozen=True)
class StepPage:
    run: Callable[[SupportClaim, Any], Any]
    form: type[Any]
    done: Any


def _by() -> dict[str, Any]:
    return {"actor": someone(), "now": now()}


def _prove(made: SupportClaim, form: Any) -> None:
    stored = stored_upload(form)
    if stored is None:
        raise Refused(_("Hãy chọn một tệp."), field="file")
    try:
        operations.add_proof(made, ProofKind(form.kind.data), stored, **_by())
    except BaseException:
        forget_upload(stored)
        raise


PAGES = {
    "approve": StepPage(
        lambda made, form: operations.approve(
            made, form.amount_vnd.data, reason=form.reason.data or "", **_by()
        ),
        ApproveForm,
        lambda: _("Đã duyệt. Người này được báo."),
    ),
    "refuse": StepPage(
        lambda made, form: operations.refuse(made, reason=form.reason.data or "", **_by()),
        ReasonForm,
        lambda: _("Đã ghi là không duyệt. Người này được báo."),
    ),
    "pay": StepPage(
        lambda made, form: operations.pay(made, form.paid_on.data, form.number.data or "", **_by()),
        PayForm,
        lambda: _("Đã ghi là đã chi."),
    ),
    "withdraw": StepPage(
        lambda made, form: operations.withdraw(made, reason=form.reason.data or "", **_by()),
        ReasonForm,
        lambda: _("Đã rút lại."),
    ),
    "prove": StepPage(_prove, ProofForm, lambda: _("Đã thêm giấy tờ.")),
}


@bp.route("/claims/<int:claim_id>/<any(approve,refuse,pay,withdraw,prove):name>", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def claim_step(claim_id: int, name: str) -> Any:
    made, page = claim_or_404(claim_id), PAGES[name]
    step = find(CLAIM_STEPS, name, made.state)
    if step.by_another and made.entered_by_id == someone().id:
        raise Refused(TWO_PEOPLE)
    form = page.form(data=_known(made, name))
    if form.validate_on_submit():
        try:
            page.run(made, form)
            db.session.commit()
            flash(page.done(), "good")
            return redirect(url_for("support.claim", claim_id=claim_id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            made = claim_or_404(claim_id)
    return _step_page(made, step, form)


def _known(made: SupportClaim, name: str) -> dict[str, Any]:
    return {"paid_on": today()} if name == "pay" else {}


def _step_page(made: SupportClaim, step: SupportStep, form: Any) -> Any:
    found = _looked(made) if request.method == "GET" and step.name == "approve" else None
    if found is not None and found.most_vnd is not None:
        form.amount_vnd.data = found.most_vnd
    answer = render_template("support/claim_step.html", claim=made, step=step, form=form, found=found)
    return answer, 422 if form.errors else 200


@bp.get("/proofs/<int:proof_id>")
@allow(*CASE_STAFF)
def proof(proof_id: int) -> Any:
    """A bill or the proof of a group: whoever opens it is written down."""
    found = get_or_404(
        select(SupportProof)
        .where(SupportProof.id == proof_id)
        .options(
            joinedload(SupportProof.file), joinedload(SupportProof.claim).joinedload(SupportClaim.worker)
        )
    )
    try:
        content = read(found.file, folder=current_app.config["UPLOAD_FOLDER"])
    except FileNotFoundError:
        abort(404)
    name, content_type = found.file.original_name, found.file.content_type
    with write_transaction(keep_loaded=True):
        record("looked", found.claim.worker, actor=someone(), now=now(), part=f"proof:{found.kind.value}")
    return file_response(content, name, content_type, inline=True)
