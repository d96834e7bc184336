"""What cases add to the pages of a person and of a referral."""

from flask import render_template
from markupsafe import Markup

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.overseas.cases.queries import Cases, case_of_referral
from portal.overseas.cases.sentences import stand
from portal.overseas.cases.states import RUNNING, TONES
from portal.referrals.keepers import DEPARTURE_KEEPERS
from portal.referrals.models import Referral
from portal.workers.models import Worker
from portal.workers.panels import SELF_PANELS, STAFF_PANELS
from portal.workers.states import LIVE_STATES


@STAFF_PANELS.add("cases")
def of_worker(worker: Worker, account: Account) -> str:
    if account.role not in CASE_STAFF or worker.state not in LIVE_STATES:
        return ""
    rows = Cases().for_worker(worker).with_list_data().newest_first().all()
    if not rows and not worker.wants_abroad:
        return ""
    return Markup(render_template("overseas/case_worker_panel.html", worker=worker, rows=rows, tones=TONES))


@SELF_PANELS.add("cases")
def of_self(worker: Worker, account: Account) -> str:
    rows = [
        row
        for row in Cases().for_worker(worker).with_list_data().newest_first().all()
        if row.state in RUNNING
    ]
    if not rows:
        return ""
    shown = [(row, stand(row)) for row in rows]
    return Markup(render_template("overseas/self_panel.html", rows=shown))


@DEPARTURE_KEEPERS.add("cases")
def keeps_departure(referral: Referral) -> bool:
    case = case_of_referral(referral)
    return case is not None and case.state in RUNNING
