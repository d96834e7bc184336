"""What a person paid, on the page on which their adviser looks after them; and the sheets they may read."""

from flask import render_template
from markupsafe import Markup

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.clock import today
from portal.openings.models import Opening
from portal.openings.panels import SEEKER_PANELS
from portal.openings.states import Sphere
from portal.overseas.costs.payment_lists import groups_of
from portal.overseas.costs.payment_queries import Payments, excesses_of, openings_asked_for
from portal.overseas.states import IncidentState
from portal.workers.models import Worker
from portal.workers.panels import STAFF_PANELS


@STAFF_PANELS.add("payments")
def of_worker(worker: Worker, account: Account) -> str:
    if account.role not in CASE_STAFF:
        return ""
    openings = openings_asked_for(worker)
    rows = Payments().of_worker(worker).standing().with_list_data().newest_first().all()
    if not openings and not rows:
        return ""
    return Markup(
        render_template(
            "overseas/payment_panel.html",
            worker=worker,
            openings=openings,
            groups=groups_of(worker, rows, today()),
            excesses=excesses_of(worker),
            closed=IncidentState.CLOSED,
            day=today(),
        )
    )


@SEEKER_PANELS.add("costs")
def before_asking(opening: Opening, account: Account) -> str:
    """Before somebody asks for work abroad they have seen where it says what it costs."""
    if opening.sphere is not Sphere.OVERSEAS:
        return ""
    return Markup(render_template("overseas/cost_panel.html", opening=opening))
