"""How the person comes in: at the desk an adviser confirms the number, or lets them set a new PIN."""

from flask import render_template
from markupsafe import Markup

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.workers.models import Worker
from portal.workers.panels import STAFF_PANELS


@STAFF_PANELS.add("sign_in")
def sign_in_help(worker: Worker, account: Account) -> str:
    own = worker.account
    if own is None or not own.is_enabled or account.role not in CASE_STAFF:
        return ""
    return Markup(render_template("access/worker_panel.html", own=own))
