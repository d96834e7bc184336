"""Stopping in the middle of a step: what was typed is kept, and the desk can take it up."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.workers import operations
from portal.workers.blueprint import someone
from portal.workers.desk_code import make_desk_code, show_desk_code
from portal.workers.models import Worker
from portal.workers.step_forms import SkillsForm
from portal.workers.step_pages import FORM_STEPS, LIST_STEPS, Unclear
from portal.workers.steps import BY_NAME
from portal.workers.ways import Way


def leave(worker: Worker, name: str, way: Way) -> Any:
    """ "later": the person goes on alone another day; "desk": an adviser goes on with them."""
    _keep_what_was_typed(worker, name)
    if request.form["leave"] != "desk":
        db.session.commit()
        flash(_("Đã giữ lại. Lần sau bạn đăng nhập rồi ghi tiếp từ bước này."), "good")
        return redirect(way.home)
    code = make_desk_code(worker, name, actor=someone(), now=now())
    expires_at = worker.desk_code_expires_at
    db.session.commit()
    return render_template(
        "workers/desk_code_slip.html",
        code=show_desk_code(code),
        expires_at=expires_at,
        step=BY_NAME[name],
        back=way.url(name),
    )


def _keep_what_was_typed(worker: Worker, name: str) -> None:
    """Half an answer is no reason to hold somebody: what does not hold together is left out.

    The step itself is not passed, so that the next visit begins with it.
    """
    reached = worker.step_reached
    try:
        with db.session.begin_nested():
            _save(worker, name)
    except (Unclear, DomainError):
        pass
    worker.step_reached = reached


def _save(worker: Worker, name: str) -> None:
    account, moment = someone(), now()
    if name in FORM_STEPS:
        step = FORM_STEPS[name]
        form = step.make(worker)
        if form.validate():
            operations.save_step(worker, name, step.values(form), actor=account, now=moment)
    elif name in LIST_STEPS:
        form = LIST_STEPS[name].make()
        skills = SkillsForm() if name == "can" else None
        if skills is not None and skills.validate():
            values = {"skills_text": skills.skills_text.data}
            operations.save_step(worker, name, values, actor=account, now=moment)
        row = LIST_STEPS[name].row(form) if form.validate() else None
        if row is not None:
            LIST_STEPS[name].add(worker, name, row, account)
