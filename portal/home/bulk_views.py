"""Many ticked rows at once, and the report by row; what was not done stays ticked for another try."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.clock import now
from portal.extensions import db
from portal.home.bulk import ACTIONS, MOST_ROWS, BulkForm, Line, run, stopped
from portal.home.views import bp
from portal.referrals.batch import Outcome, counts
from portal.web.access import allow
from portal.web.redirects import safe_back


@bp.app_context_processor
def bulk_form() -> dict[str, Any]:
    """For the lists of earlier capabilities that have rows to tick."""
    return {"bulk_form": lambda: BulkForm.offered(current_user, formdata=None)}


def _ticked() -> list[str]:
    """The ticked rows, or all that were shown."""
    if request.form.get("all"):
        return request.form.get("shown", "").split(",")[:MOST_ROWS]
    return request.form.getlist("item")[:MOST_ROWS]


@bp.post("/desk/bulk")
@allow(*CASE_STAFF)
def bulk() -> Any:
    back = safe_back(request.form.get("back")) or url_for("home.desk")
    form, keys = BulkForm.offered(current_user), [key for key in _ticked() if key]
    if not keys:
        flash(_("Hãy đánh dấu ít nhất một dòng."), "stop")
        return redirect(back)
    if not form.validate():
        return _report(form, stopped(keys, _("Có chỗ cần sửa ở trên."), _actor()), back), 422
    page = _report(form, run(keys, form.asked(), actor=_actor(), now=now()), back)
    db.session.commit()
    return page


def _actor() -> Account:
    account: Account = current_user._get_current_object()
    return account


def _report(form: BulkForm, lines: list[Line], back: str) -> str:
    return render_template(
        "home/bulk_report.html",
        form=form,
        lines=lines,
        again=[line for line in lines if line.outcome is not Outcome.DONE and line.item is not None],
        counts=counts(lines),
        label=ACTIONS.get(form.action.data, ""),
        Outcome=Outcome,
        back=back,
    )
