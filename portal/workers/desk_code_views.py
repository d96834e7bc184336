"""At the desk: the code a person reads aloud opens the step on which they stopped."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from portal.access.states import CASE_STAFF
from portal.access.throttle import TooManyTries, give_back_try, take_try
from portal.common.clock import now, today
from portal.errors import Invalid
from portal.extensions import db
from portal.web.access import allow
from portal.web.fields import Longest, Needed
from portal.web.forms import BaseForm
from portal.workers import desk_code
from portal.workers.blueprint import bp, someone
from portal.workers.models import Worker
from portal.workers.states import WorkerState
from portal.workers.ways import Way


class DeskCodeForm(BaseForm):
    desk_code = StringField(
        _l("Mã người này đọc"),
        [Needed(_l("Hãy ghi mã 6 chữ và số.")), Longest(20)],
        description=_l("6 chữ và số; viết hoa hay viết thường đều được"),
    )


@bp.route("/desk-code", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def take_up() -> Any:
    form = DeskCodeForm()
    status = 200
    if form.validate_on_submit():
        try:
            found = _found(form.desk_code.data or "")
            if found is not None:
                return redirect(_goes_on_at(*found))
            form.put_error(
                Invalid(
                    _("Mã không đúng hoặc đã hết hạn. Bạn tìm người này theo tên hoặc số điện thoại."),
                    field="desk_code",
                )
            )
        except TooManyTries as error:
            db.session.rollback()
            form.put_error(error)
            status = error.status
    page = render_template("workers/desk_code.html", form=form)
    return page, (422 if form.errors and status == 200 else status)


def _found(code: str) -> tuple[Worker, str] | None:
    """Every try is counted, also the wrong ones; a right one is given back."""
    account, address, moment = someone(), request.remote_addr, now()
    take_try("desk_code", address, name=str(account.id), now=moment)
    found = desk_code.take_up(code, actor=account, now=moment)
    if found is not None:
        give_back_try("desk_code", address, name=str(account.id), now=moment)
    db.session.commit()
    return found


def _goes_on_at(worker: Worker, step: str) -> str:
    if worker.state is not WorkerState.DRAFT:
        flash(_("Người này đã điền xong hồ sơ."), "good")
        return url_for("workers.staff_view", worker_id=worker.id)
    return Way(worker, today(), for_staff=True, at_desk=True).url(step)
