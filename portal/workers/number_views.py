"""The number of the citizen card: the person's own page, and the desk's for a number that comes later."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF, Role
from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.web.access import allow
from portal.workers import operations
from portal.workers.blueprint import bp, own_worker, someone
from portal.workers.forms import NationalIdForm
from portal.workers.models import Worker
from portal.workers.staff_views import note_look, worker_or_404
from portal.workers.states import IdAbsence


@bp.route("/profile/national-id", methods=["GET", "POST"])
@allow(Role.SEEKER)
def national_id() -> Any:
    worker = own_worker()
    if worker is None:
        return redirect(url_for("workers.register"))
    return _number_page(worker, url_for("workers.profile"), for_staff=False)


@bp.route("/workers/<int:worker_id>/national-id", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def staff_national_id(worker_id: int) -> Any:
    worker = worker_or_404(worker_id, lock=request.method == "POST")
    answer = _number_page(worker, url_for("workers.staff_view", worker_id=worker_id), for_staff=True)
    if request.method == "GET":
        note_look(worker_id)
    return answer


def _number_page(worker: Worker, home: str, *, for_staff: bool) -> Any:
    form = NationalIdForm(data={"id_absence": worker.id_absence.value if worker.id_absence else None})
    if form.validate_on_submit():
        try:
            return _keep(worker, form, home)
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    page = render_template(
        "workers/national_id.html",
        form=form,
        home=home,
        for_staff=for_staff,
        name=worker.full_name,
        has_number=worker.national_id_sealed is not None,
    )
    return page, 422 if form.errors else 200


def _keep(worker: Worker, form: NationalIdForm, home: str) -> Any:
    warnings: list[str] = []
    if form.national_id.data:
        warnings = operations.give_national_id(worker, form.national_id.data, actor=someone(), now=now())
        said = _("Đã ghi số căn cước. Số này được khoá lại, chỉ Trung tâm mở được khi cần.")
    else:
        reason = IdAbsence(form.id_absence.data)
        operations.tell_id_absence(worker, reason, actor=someone(), now=now())
        said = _("Đã ghi lý do. Một tư vấn viên sẽ giúp việc này.")
    db.session.commit()
    flash(said, "good")
    for warning in warnings:
        flash(warning, "warn")
    return redirect(home)
