"""Telling the Centre that one draws unemployment benefit, and taking it back; the same page at the desk."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF, Role
from portal.common.clock import now
from portal.extensions import db
from portal.web.access import allow
from portal.workers.benefit import draws_benefit, take_benefit_back, tell_benefit
from portal.workers.blueprint import bp, own_worker, someone
from portal.workers.consent_pages import sentence
from portal.workers.consent_views import DESK_CHANNELS
from portal.workers.models import Worker
from portal.workers.staff_views import note_look, worker_or_404
from portal.workers.states import ConsentChannel, Purpose


@bp.get("/profile/benefit")
@allow(Role.SEEKER)
def benefit() -> Any:
    worker = own_worker()
    if worker is None:
        return redirect(url_for("workers.register"))
    return _page(worker, url_for("workers.profile"), for_staff=False)


@bp.post("/profile/benefit")
@allow(Role.SEEKER)
def save_benefit() -> Any:
    worker = own_worker()
    if worker is None:
        return redirect(url_for("workers.register"))
    return _save(worker, ConsentChannel.ONLINE, url_for("workers.profile"))


@bp.get("/workers/<int:worker_id>/benefit")
@allow(*CASE_STAFF)
def staff_benefit(worker_id: int) -> Any:
    page = _page(worker_or_404(worker_id), url_for("workers.staff_view", worker_id=worker_id), for_staff=True)
    note_look(worker_id)
    return page


@bp.post("/workers/<int:worker_id>/benefit")
@allow(*CASE_STAFF)
def staff_save_benefit(worker_id: int) -> Any:
    channel = request.form.get("channel", "")
    if request.form.get("answer") == "yes" and channel not in {one.value for one in DESK_CHANNELS}:
        abort(400)
    worker = worker_or_404(worker_id, lock=True)
    chosen = ConsentChannel(channel) if channel in ConsentChannel.values() else ConsentChannel.DESK
    return _save(worker, chosen, url_for("workers.staff_view", worker_id=worker_id))


def _page(worker: Worker, back: str, *, for_staff: bool) -> str:
    return render_template(
        "workers/benefit.html",
        worker=worker,
        draws=draws_benefit(worker),
        sentence=sentence(Purpose.BENEFIT),
        channels=DESK_CHANNELS,
        back=back,
        for_staff=for_staff,
    )


def _save(worker: Worker, channel: ConsentChannel, back: str) -> Any:
    answer = request.form.get("answer", "")
    if answer == "yes":
        tell_benefit(worker, channel=channel, actor=someone(), now=now())
        said = _("Đã ghi: đang hưởng trợ cấp thất nghiệp. Trước khi từ chối một việc sẽ có lời nhắc.")
    elif answer == "no":
        take_benefit_back(worker, actor=someone(), now=now())
        said = _("Đã bỏ ghi việc đang hưởng trợ cấp thất nghiệp.")
    else:
        abort(400)
    db.session.commit()
    flash(said, "good")
    return redirect(back)
