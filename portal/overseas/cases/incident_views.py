"""Something went wrong before the departure: an adviser who is told of it writes it down with the case."""

from typing import Any

from flask import redirect, render_template, url_for

from portal.access.states import CASE_STAFF
from portal.common.clock import now
from portal.overseas.abroad.incident_forms import TellForm
from portal.overseas.abroad.incident_opened import after_opening
from portal.overseas.abroad.incidents import Told, open_incident
from portal.overseas.cases.blueprint import bp
from portal.overseas.cases.moves import lock
from portal.overseas.cases.step_views import actor, visible
from portal.overseas.states import IncidentKind, Severity
from portal.web.access import allow


@bp.route("/cases/<int:case_id>/incidents/new", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def new_incident(case_id: int) -> Any:
    case = visible(case_id)
    if case.departed_on is not None:
        # Of somebody who is abroad it is told beside what they said themselves.
        return redirect(url_for("abroad.abroad", case_id=case_id))
    form = TellForm()
    if form.validate_on_submit():
        told = Told(
            IncidentKind(form.kind.data),
            Severity(form.severity.data),
            form.text.data or "",
            organisation_id=case.opening.organisation_id if case.opening is not None else None,
            opening_id=case.opening_id,
        )
        # One after the other: the same press sent twice opens one.
        made = open_incident(told, case=lock(case), actor=actor(), now=now())
        return after_opening(made, url_for("cases.view", case_id=case_id))
    return render_template("overseas/incident_new.html", case=case, form=form), 422 if form.errors else 200
