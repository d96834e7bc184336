"""What programmes and pools add to the pages of a person."""

from flask import render_template
from markupsafe import Markup

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.clock import today
from portal.overseas.programmes.pool_queries import Members, member_rows
from portal.overseas.programmes.pool_sentences import lapse_words
from portal.workers.models import Worker
from portal.workers.panels import SELF_PANELS, STAFF_PANELS
from portal.workers.states import LIVE_STATES


@STAFF_PANELS.add("programmes")
def for_staff(worker: Worker, account: Account) -> str:
    if account.role not in CASE_STAFF or worker.state not in LIVE_STATES:
        return ""
    return _panel(worker, for_staff=True)


@SELF_PANELS.add("programmes")
def for_self(worker: Worker, account: Account) -> str:
    return _panel(worker, for_staff=False)


def _panel(worker: Worker, *, for_staff: bool) -> str:
    members = Members().for_worker(worker).waiting().with_list_data().newest_first().all()
    return Markup(
        render_template(
            "overseas/worker_panel.html",
            worker=worker,
            rows=member_rows(members, today()) if members else [],
            lapse_words=lapse_words,
            day=today(),
            for_staff=for_staff,
        )
    )
