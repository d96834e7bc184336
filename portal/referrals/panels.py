"""What referrals add to the pages of a person and of an opening."""

from flask import render_template
from markupsafe import Markup

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.openings.models import Opening
from portal.openings.panels import STAFF_PANELS as OPENING_PANELS
from portal.referrals.queries import Referrals, state_counts
from portal.referrals.states import WAITING_STATES
from portal.referrals.tones import tone_of
from portal.workers.models import Worker
from portal.workers.panels import STAFF_PANELS as WORKER_PANELS


@WORKER_PANELS.add("referrals")
def of_worker(worker: Worker, account: Account) -> str:
    if account.role not in CASE_STAFF:
        return ""
    rows = Referrals().for_worker(worker).with_list_data().newest_first().all()
    return Markup(render_template("referrals/worker_panel.html", rows=rows, tone=tone_of))


@OPENING_PANELS.add("referrals")
def of_opening(opening: Opening, account: Account) -> str:
    if account.role not in CASE_STAFF:
        return ""
    counts = state_counts(opening)
    waiting = sum(count for state, count in counts.items() if state in WAITING_STATES)
    return Markup(
        render_template("referrals/opening_panel.html", opening=opening, counts=counts, waiting=waiting)
    )
