"""Walking one step: read, save, go on; or leave it for later. Used by the person and by staff."""

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.reference.languages import certificate_label
from portal.web.access import allow
from portal.workers import operations
from portal.workers.blueprint import bp, someone
from portal.workers.consent_pages import run_consents
from portal.workers.leaving import leave
from portal.workers.models import Worker
from portal.workers.staff_views import note_look, worker_or_404
from portal.workers.step_forms import SkillsForm
from portal.workers.step_pages import FORM_STEPS, LIST_STEPS, Unclear
from portal.workers.steps import BY_NAME
from portal.workers.ways import Way


@bp.route("/workers/<int:worker_id>/edit/<step>", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def staff_edit(worker_id: int, step: str) -> Any:
    worker = worker_or_404(worker_id, lock=request.method == "POST")
    way = Way(worker, today(), for_staff=True, at_desk="row" in request.args)
    answer = run_step(worker, step, way)
    if request.method == "GET":
        note_look(worker_id)
    return answer


def run_step(worker: Worker, name: str, way: Way) -> Any:
    if name not in BY_NAME or name == "account":
        abort(404)
    if "leave" in request.form and way.may_be_left:
        return leave(worker, name, way)
    if name in LIST_STEPS:
        return _list_step(worker, name, way)
    if name in FORM_STEPS:
        return _form_step(worker, name, way)
    if way.for_staff and not way.in_a_row:
        abort(404)
    return run_consents(worker, way)


def _form_step(worker: Worker, name: str, way: Way) -> Any:
    if "skip" in request.form and BY_NAME[name].skippable:
        return _skip(worker, name, way)
    step = FORM_STEPS[name]
    form = step.make(worker)
    if form.validate_on_submit():
        try:
            operations.save_step(worker, name, step.values(form), actor=someone(), now=now())
            db.session.commit()
            return redirect(_saved(name, way))
        except Unclear:
            db.session.rollback()
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    return _page(name, way, form)


def _skip(worker: Worker, name: str, way: Way) -> Any:
    operations.pass_step(worker, name, actor=someone(), now=now())
    db.session.commit()
    return redirect(way.after(name))


def _saved(name: str, way: Way) -> str:
    if not way.in_a_row:
        flash(_("Đã ghi."), "good")
    return way.after(name)


def _list_step(worker: Worker, name: str, way: Way) -> Any:
    step = LIST_STEPS[name]
    if request.method == "POST" and "remove" in request.form:
        step.remove(worker, name, request.form.get("remove", 0, type=int), someone())
        db.session.commit()
        return redirect(way.url(name))
    form = step.make()
    skills = SkillsForm(data={"skills_text": worker.skills_text}) if name == "can" else None
    if form.validate_on_submit() and (skills is None or skills.validate()):
        try:
            row = step.row(form)
            if row is not None:
                step.add(worker, name, row, someone())
            if skills is not None and "skills_text" in request.form:
                values = {"skills_text": skills.skills_text.data}
                operations.save_step(worker, name, values, actor=someone(), now=now())
            elif row is None:
                operations.pass_step(worker, name, actor=someone(), now=now())
            db.session.commit()
            return redirect(way.url(name) if "add" in request.form else _saved(name, way))
        except Unclear:
            db.session.rollback()
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    return _page(name, way, form, rows=step.rows(worker), skills=skills)


def _page(name: str, way: Way, form: Any, **more: Any) -> Any:
    shown = way.steps
    page = render_template(
        f"workers/steps/{name}.html",
        form=form,
        step=BY_NAME[name],
        labels=[one.label for one in shown] if way.in_a_row else None,
        at=[one.name for one in shown].index(name) + 1 if BY_NAME[name] in shown else 1,
        way=way,
        worker=way.worker,
        certificate_name=certificate_label,
        action=way.url(name),
        back=way.back(name),
        later=way.home,
        **more,
    )
    return page, 422 if form.errors else 200
