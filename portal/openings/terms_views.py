"""The terms of an overseas opening, in short steps; what the law says of them stands beside each field."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.common.clock import now, today
from portal.errors import DomainError
from portal.files.operations import read
from portal.openings import papers
from portal.openings.conditions_views import bp
from portal.openings.desk_views import own_opening
from portal.openings.models import Opening
from portal.openings.permissions import DESK
from portal.openings.standing import Checker
from portal.openings.terms_forms import ANSWERS, STEP_TITLES, STEPS, YES_NO_FIELDS, MoneyForm, Step
from portal.openings.terms_states import CostKind, LodgingBy, PaperKind, PayableWhen, Payer
from portal.openings.terms_writing import CostLine, change_terms, insist_may_write_terms
from portal.web.access import allow
from portal.web.downloads import file_response
from portal.web.forms import BaseForm
from portal.web.transactions import slow_first, write_transaction

__all__ = ["bp"]


NAMES = tuple(STEPS)
CHOICES = {
    "lodging_by": LodgingBy,
    "airfare_out_paid_by": Payer,
    "airfare_back_paid_by": Payer,
}


@bp.route("/desk/openings/<int:opening_id>/terms/<part>", methods=["GET", "POST"])
@allow(*DESK)
@slow_first
def terms(opening_id: int, part: str) -> Any:
    step = STEPS.get(part) or abort(404)
    opening = own_opening(opening_id)
    insist_may_write_terms(opening, current_user)
    form = step.form(data=_data(opening, step.form) if request.method == "GET" else None)
    wrong: dict[str, Any] = {}
    if request.method == "POST" and not _rearranged(form) and form.validate():
        wrong = _keep_papers(opening_id, step)
        if not wrong:
            try:
                with write_transaction():
                    change_terms(
                        own_opening(opening_id), _values(form), _costs(form), actor=current_user, now=now()
                    )
            except DomainError as error:
                form.put_error(error)
            else:
                flash(_("Đã ghi."), "good")
                return redirect(_after(opening_id, step))
        opening = own_opening(opening_id)
    return _page(opening, step, form, wrong)


def _keep_papers(opening_id: int, step: Step) -> dict[str, Any]:
    """Every file that was chosen; by kind what is wrong with one. Those in order are kept all the same."""
    wrong: dict[str, Any] = {}
    for kind in PaperKind if step.name == "papers" else ():
        upload = request.files.get(f"file-{kind.value}")
        if upload is None or not upload.filename:
            continue
        content = upload.read()
        try:
            with write_transaction():
                papers.attach(
                    own_opening(opening_id),
                    kind,
                    content,
                    upload.filename,
                    folder=current_app.config["UPLOAD_FOLDER"],
                    actor=current_user,
                    now=now(),
                )
            flash(_("Đã lưu tệp. Người duyệt tin sẽ đối chiếu."), "good")
        except DomainError as error:
            wrong[kind.value] = error.sentence
    return wrong


@bp.get("/desk/openings/<int:opening_id>/papers/<kind>")
@allow(*DESK)
def paper(opening_id: int, kind: str) -> Any:
    opening = own_opening(opening_id)
    found = papers.live_papers(opening).get(PaperKind(kind)) if kind in PaperKind.values() else None
    if found is None:
        abort(404)
    content = read(found.file, folder=current_app.config["UPLOAD_FOLDER"])
    return file_response(content, found.file.original_name, found.file.content_type)


# --- between the form and the rows -----------------------------------------------------------------------


def _data(opening: Opening, form_class: type[BaseForm]) -> dict[str, Any]:
    stored = opening.overseas
    if stored is None:
        return {}
    data: dict[str, Any] = {}
    for name in (field.name for field in form_class(formdata=None) if hasattr(stored, field.name)):
        value = getattr(stored, name)
        if name == "costs":
            value = [_row(line) for line in value]
        elif name in YES_NO_FIELDS:
            value = {answer: word for word, answer in ANSWERS.items()}.get(value, "")
        data[name] = "" if value is None and name in CHOICES else value
    return data


def _row(line: Any) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "amount": line.amount,
        "currency": line.currency,
        "payable_when": line.payable_when.value if line.payable_when else "",
        "receipt_by": line.receipt_by,
    }


def _values(form: BaseForm) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in form:
        if field.name in ("csrf_token", "costs"):
            continue
        if field.name in CHOICES:
            values[field.name] = CHOICES[field.name](field.data) if field.data else None
        elif field.name in YES_NO_FIELDS:
            values[field.name] = ANSWERS.get(field.data or "")
        elif field.type == "StringField":
            values[field.name] = field.data or ""
        else:
            values[field.name] = field.data or None if field.name == "job_class" else field.data
    return values


def _costs(form: BaseForm) -> list[CostLine] | None:
    if not isinstance(form, MoneyForm):
        return None
    return [
        CostLine(
            CostKind(row.form.kind.data),
            row.form.amount.data,
            row.form.currency.data,
            PayableWhen(row.form.payable_when.data) if row.form.payable_when.data else None,
            row.form.receipt_by.data or "",
        )
        for row in form.costs
    ]


def _rearranged(form: BaseForm) -> bool:
    """A line more or less: only the form changes, nothing is stored."""
    action = request.form.get("action", "")
    if not isinstance(form, MoneyForm):
        return False
    if action == "add":
        if len(form.costs.entries) < (form.costs.max_entries or 0):
            form.costs.append_entry()
        return True
    if action.startswith("remove-"):
        form.costs.entries = [one for one in form.costs.entries if one.name != action.removeprefix("remove-")]
        return True
    return False


def _after(opening_id: int, step: Step) -> str:
    if request.form.get("action") != "next":
        return url_for("openings.terms", opening_id=opening_id, part=step.name)
    following = NAMES.index(step.name) + 1
    if following == len(NAMES):
        return url_for("openings.staff_view", opening_id=opening_id)
    return url_for("openings.terms", opening_id=opening_id, part=NAMES[following])


def _page(opening: Opening, step: Step, form: BaseForm, wrong: dict[str, Any] | None = None) -> Any:
    report = Checker(today()).as_stated(opening)
    page = render_template(
        "openings/terms.html",
        opening=opening,
        step=step,
        form=form,
        titles=STEP_TITLES,
        at=NAMES.index(step.name) + 2,
        last=step.name == NAMES[-1],
        previous=NAMES[NAMES.index(step.name) - 1] if step.name != NAMES[0] else None,
        report=report,
        papers=papers.live_papers(opening),
        kinds=list(PaperKind),
        wrong=wrong or {},
    )
    return page, 422 if form.errors or wrong else 200
