"""One step for the ticked cases: what it asks is asked once, a report says of each row what became of it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF
from portal.common.clock import now
from portal.errors import Invalid
from portal.extensions import db
from portal.overseas.cases import batch
from portal.overseas.cases.blueprint import bp
from portal.overseas.cases.forms import StepForm
from portal.overseas.cases.states import TONES
from portal.overseas.cases.step_views import actor
from portal.overseas.cases.transitions import TICKS
from portal.referrals.batch import Outcome
from portal.web.access import allow
from portal.web.redirects import safe_back


def _asked() -> list[int]:
    """The ticked ones, or with one tick all that the list showed."""
    if request.form.get("all"):
        shown = request.form.get("shown", "").split(",")
        return [int(one) for one in shown if one.isdecimal() and len(one) < 10]
    return request.form.getlist("case", type=int)


@bp.post("/cases/batch")
@allow(*CASE_STAFF)
def batch_step() -> Any:
    back = safe_back(request.form.get("back")) or url_for("cases.list")
    ids = _asked()
    action = batch.ACTIONS.get(request.form.get("step", ""))
    cases = batch.chosen(ids, actor())
    if action is None or not cases:
        flash(_("Hãy đánh dấu ít nhất một người và chọn một việc để làm."), "stop")
        return redirect(back)
    # Whoever was left is asked again with what was typed for all.
    form = action.form()
    # A reason to go on over a gate is given where that gate is read, person by person.
    del form.why_on
    if request.form.get("go") == "1" and form.validate():
        lines = batch.run(action, ids, form, actor=actor(), now=now())
        slip = batch.slip_of_all(lines, form)
        if slip is None:
            page = _report(action, lines, form, back)
            db.session.commit()
            return page
        db.session.rollback()
        form.put_error(Invalid(slip.sentences[0], field=slip.field))
        cases = batch.chosen(ids, actor())
    page = render_template(
        "overseas/batch_form.html", action=action, cases=cases, form=form, back=back, tones=TONES
    )
    return page, 422 if form.errors else 200


def _report(action: batch.Action, lines: list[batch.Line], form: StepForm, back: str) -> str:
    not_kept = {"csrf_token", *(need.value for need in TICKS)}
    return render_template(
        "overseas/batch_report.html",
        action=action,
        lines=lines,
        done=sum(line.outcome is Outcome.DONE for line in lines),
        again=[line.case for line in lines if line.outcome is Outcome.REFUSED],
        # A tick is given anew each time.
        typed=[
            (name, one) for name in form.data if name not in not_kept for one in request.form.getlist(name)
        ],
        Outcome=Outcome,
        back=back,
        tones=TONES,
    )
