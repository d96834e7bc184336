"""What counselling adds to the staff's page of a person, and the one press that logs a call."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.counselling import reaching
from portal.counselling.blueprint import bp
from portal.counselling.queries import Contacts
from portal.counselling.reaching import CallResult
from portal.counselling.states import ContactChannel
from portal.extensions import db
from portal.reference.places import places
from portal.web.access import allow
from portal.workers.blueprint import someone
from portal.workers.models import Worker
from portal.workers.panels import STAFF_PANELS
from portal.workers.staff_views import worker_or_404
from portal.workers.states import LIVE_STATES, ContactWay

# What one reads before picking up the phone; the rest is folded.
FEW = 5
# A person counselled every week for a year has about fifty.
MOST = 60


@STAFF_PANELS.add("reaching")
def ways(worker: Worker, account: Account) -> str:
    if account.role not in CASE_STAFF or worker.state not in LIVE_STATES:
        return ""
    return Markup(
        render_template(
            "counselling/contact_ways_panel.html",
            worker=worker,
            ways=reaching.ways_to(worker, places().name(worker.commune_code)),
            texts=reaching.ready_texts(worker),
        )
    )


@STAFF_PANELS.add("contacts")
def history(worker: Worker, account: Account) -> str:
    if account.role not in CASE_STAFF:
        return ""
    shown = Contacts().for_worker(worker)
    rows = list(db.session.scalars(shown.with_list_data().newest_first().query.limit(MOST)).unique())
    return Markup(
        render_template(
            "counselling/contact_history_panel.html",
            worker=worker,
            rows=rows[:FEW],
            older=rows[FEW:],
            total=shown.events(),
            waiting=shown.open_next().by_next_day().with_list_data().all(),
            is_live=worker.state in LIVE_STATES,
            day=today(),
        )
    )


@bp.post("/workers/<int:worker_id>/calls/<any(reached,no_answer,wrong):result>")
@allow(*CASE_STAFF)
def log_call(worker_id: int, result: str) -> Any:
    worker = worker_or_404(worker_id, lock=True)
    # Who wants Zalo is called by Zalo.
    by = ContactChannel.ZALO if worker.contact_way is ContactWay.ZALO else ContactChannel.PHONE
    reaching.log_call(worker, CallResult(result), by, actor=someone(), now=now())
    db.session.commit()
    said = {
        CallResult.REACHED: _("Đã ghi: gọi được."),
        CallResult.NO_ANSWER: _("Đã ghi: không nghe máy."),
        CallResult.WRONG: _("Đã bỏ số điện thoại sai khỏi hồ sơ. Hãy hỏi số mới khi gặp."),
    }
    flash(said[CallResult(result)], "good")
    return redirect(url_for("workers.staff_view", worker_id=worker.id))
