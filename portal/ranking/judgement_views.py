""" "Fits / does not fit, because": the small form of every row, and the page with all that was said."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.extensions import db
from portal.openings.models import Opening
from portal.ranking import judgements, lists
from portal.ranking.learning_states import REASONS_FOR, Fit, FitReason
from portal.ranking.views import bp, opening_or_404
from portal.web.access import allow
from portal.web.fields import Longest, Needed
from portal.web.forms import BaseForm
from portal.web.redirects import safe_back
from portal.web.row_numbers import may_be_row
from portal.web.transactions import slow_first, write_transaction
from portal.workers.models import Worker
from portal.workers.queries import Workers

FIT_OF = {reason: fit for fit, reasons in REASONS_FOR.items() for reason in reasons}
HEADINGS = {Fit.FITS: _l("Hợp, vì"), Fit.DOES_NOT_FIT: _l("Không hợp, vì")}


@bp.app_context_processor
def words() -> dict[str, Any]:
    # The same for every row of a list in which nothing was said yet: made once a page.
    return {"fit_options": cache(_fit_options)}


def _fit_options(chosen: FitReason | None = None) -> Markup:
    """The reasons under "fits" and "does not fit": the reason says which."""
    groups = [
        Markup('<optgroup label="{}">{}</optgroup>').format(HEADINGS[fit], _options(reasons, chosen))
        for fit, reasons in REASONS_FOR.items()
    ]
    return Markup('<option value="">{}</option>').format(_("Hãy chọn")) + Markup().join(groups)


def _options(reasons: Iterable[FitReason], chosen: FitReason | None) -> Markup:
    return Markup().join(
        Markup('<option value="{}"{}>{}</option>').format(
            reason.value, Markup(" selected") if reason == chosen else "", reason.label
        )
        for reason in reasons
    )


class JudgeForm(BaseForm):
    reason = SelectField(_l("Hợp / Không hợp, vì"), [Needed(_l("Hãy chọn một lý do."))])
    note = StringField(_l("Ghi thêm"), [Longest(500)])

    def fill(self) -> "JudgeForm":
        self.reason.choices = [SelectChoice("", _("Hãy chọn"))] + [
            SelectChoice(reason.value, str(reason.label), optgroup=str(HEADINGS[fit]))
            for reason, fit in FIT_OF.items()
        ]
        return self


def _pair(opening_id: int, worker_id: int) -> tuple[Opening, Worker]:
    if not may_be_row(worker_id):
        abort(404)
    # Nothing is said any more of a profile that was merged into another or emptied.
    worker = Workers().visible_to(current_user).live().by_id(worker_id).first()
    if worker is None:
        abort(404)
    return opening_or_404(opening_id), worker


@bp.route("/openings/<int:opening_id>/people/<int:worker_id>/fit", methods=["GET", "POST"])
@allow(*CASE_STAFF)
@slow_first
def judge(opening_id: int, worker_id: int) -> Any:
    opening, worker = _pair(opening_id, worker_id)
    said = judgements.standing(worker, opening)
    known = {"reason": said.reason.value, "note": said.note} if said else None
    form = JudgeForm(data=known).fill()
    if form.validate_on_submit():
        reason = FitReason(form.reason.data)
        values = lists.values_now(opening, worker, today())
        with write_transaction():
            opening, worker = _pair(opening_id, worker_id)
            judgements.judge(
                worker, opening, FIT_OF[reason], reason, note=form.note.data or "", values=values,
                actor=current_user, now=now(),
            )  # fmt: skip
        flash(_("Đã ghi nhận xét về %(name)s.", name=worker.full_name), "good")
        return redirect(_back(opening_id))
    page = render_template(
        "ranking/judgement.html", opening=opening, worker=worker, form=form, said=said,
        history=judgements.history(worker, opening),
    )  # fmt: skip
    return (page, 422) if request.method == "POST" else page


@bp.post("/openings/<int:opening_id>/people/<int:worker_id>/fit/withdraw")
@allow(*CASE_STAFF)
def withdraw_judgement(opening_id: int, worker_id: int) -> Response:
    opening, worker = _pair(opening_id, worker_id)
    judgements.withdraw(worker, opening, actor=current_user, now=now())
    db.session.commit()
    flash(_("Đã rút lại nhận xét."), "good")
    return redirect(url_for("ranking.judge", opening_id=opening_id, worker_id=worker_id))


def _back(opening_id: int) -> str:
    """To the page of the list it was said on; from anywhere else to its first."""
    back = safe_back(request.referrer)
    lists_of_it = f"/openings/{opening_id}/"
    is_list = back is not None and back.startswith(lists_of_it) and "/people/" not in back
    return back if back is not None and is_list else url_for("ranking.candidates", opening_id=opening_id)
