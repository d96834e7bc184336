"""What courses add to the pages of a person: the classes, for staff and for the person."""

from flask import render_template
from markupsafe import Markup

from portal.access.models import Account
from portal.common.clock import today
from portal.courses.permissions import may_enrol
from portal.courses.queries import enrolments_of
from portal.workers.models import Worker
from portal.workers.panels import SELF_PANELS, STAFF_PANELS


@STAFF_PANELS.add("courses")
@SELF_PANELS.add("courses")
def classes(worker: Worker, account: Account) -> str:
    rows = enrolments_of(worker)
    if not rows:
        return ""
    page = render_template("courses/_panel.html", rows=rows, day=today(), is_staff=may_enrol(account))
    return Markup(page)
