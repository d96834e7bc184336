"""The one-page CV: the person's own copy, and the copy that staff print at the desk."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from portal.access.states import CASE_STAFF, Role
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.extensions import db
from portal.web.access import allow
from portal.web.downloads import file_response
from portal.web.forms import FilterForm
from portal.web.transactions import write_transaction
from portal.workers.blueprint import bp, own_worker, someone
from portal.workers.cv import Choices, cv_data, cv_pdf
from portal.workers.models import Worker
from portal.workers.staff_views import worker_or_404


class CvForm(FilterForm):
    lang = RadioField(
        _l("Ngôn ngữ"), choices=[("vi", _l("Tiếng Việt")), ("en", _l("Tiếng Anh"))], default="vi"
    )
    contact = RadioField(
        _l("Ghi điện thoại và thư điện tử"),
        choices=[("yes", _l("Có")), ("no", _l("Không"))],
        default="yes",
        validate_choice=False,
    )
    birth = BooleanField(
        _l("Ghi ngày sinh"), description=_l("Không bắt buộc: nơi tuyển không cần biết tuổi khi xem hồ sơ.")
    )

    def chosen(self) -> Choices:
        return Choices(self.lang.data, self.contact.data != "no", bool(self.birth.data))


@bp.get("/profile/cv")
@allow(Role.SEEKER)
def own_cv() -> Any:
    worker = own_worker()
    if worker is None:
        return redirect(url_for("workers.register"))
    return _page_or_pdf(worker, url_for("workers.profile"), for_staff=False)


@bp.get("/workers/<int:worker_id>/cv")
@allow(*CASE_STAFF)
def staff_cv(worker_id: int) -> Any:
    worker = worker_or_404(worker_id)
    return _page_or_pdf(worker, url_for("workers.staff_view", worker_id=worker_id), for_staff=True)


def _page_or_pdf(worker: Worker, back: str, *, for_staff: bool) -> Any:
    """The choices first; with a language among them, the paper. The address tells nothing of the person."""
    asked = "lang" in request.args
    form = CvForm(request.args if asked else None)
    if not asked or not form.validate():
        page = render_template("workers/cv.html", form=form, worker=worker, back=back, for_staff=for_staff)
        return page, 422 if form.errors else 200
    data = cv_data(worker, form.chosen(), on=today())
    if for_staff:
        _note_look(worker.id)
    # The database is read: no transaction is open while the page is set.
    db.session.rollback()
    return file_response(cv_pdf(data), f"cv-{form.lang.data}.pdf", "application/pdf", inline=True)


def _note_look(worker_id: int) -> None:
    with write_transaction():
        record("looked", db.session.get_one(Worker, worker_id), actor=someone(), now=now(), part="cv")
