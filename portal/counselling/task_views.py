"""Tasks for people: mine or everybody's, ticked off with a note."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.counselling import tasks
from portal.counselling.blueprint import bp
from portal.counselling.states import TaskKind
from portal.counselling.tasks import Tasks
from portal.extensions import db
from portal.web.access import allow, get_or_404
from portal.web.fields import Longest
from portal.web.forms import BaseForm, FilterForm
from portal.web.lists import paginate
from portal.workers.blueprint import someone
from portal.workers.staff_views import note_look

PER_PAGE = 30


class TaskFilter(FilterForm):
    whose = SelectField(
        _l("Của ai"),
        choices=[("mine", _l("Của tôi")), ("all", _l("Tất cả"))],
        default="mine",
        validate_choice=False,
    )
    state = SelectField(
        _l("Tình trạng"),
        choices=[("open", _l("Còn phải làm")), ("done", _l("Đã xong"))],
        default="open",
        validate_choice=False,
    )


class TaskDoneForm(BaseForm):
    note = StringField(_l("Đã làm gì"), [Longest(500)])


@bp.get("/tasks")
@allow(*CASE_STAFF)
def task_list() -> Any:
    form = TaskFilter(request.args)
    account = someone()
    mine, is_done = form.whose.data != "all", form.state.data == "done"
    shown = Tasks().visible_to(account)
    if mine:
        shown = shown.owned_by(account)
    shown = shown.done().newest_done_first() if is_done else shown.open().by_due_date()
    page = paginate(shown.with_list_data().query, per_page=PER_PAGE)
    return render_template(
        "counselling/tasks.html",
        form=form,
        page=page,
        mine=mine,
        is_done=is_done,
        day=today(),
        TaskKind=TaskKind,
    )


@bp.route("/tasks/<int:task_id>", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def task(task_id: int) -> Any:
    found = Tasks().visible_to(someone()).by_id(task_id).with_list_data()
    shown = get_or_404((found.locked() if request.method == "POST" else found).query)
    form = TaskDoneForm()
    if form.validate_on_submit():
        tasks.finish_task(shown, note=form.note.data or "", actor=someone(), now=now())
        db.session.commit()
        flash(_("Đã ghi là xong."), "good")
        return redirect(url_for("counselling.task_list"))
    answer = render_template("counselling/task.html", task=shown, form=form, day=today(), TaskKind=TaskKind)
    if request.method == "GET":
        note_look(shown.worker_id)
    return answer, 422 if form.errors else 200
