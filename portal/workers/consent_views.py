"""What a person agreed to, given and withdrawn one by one; the same page for staff who ask at the desk."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF, Role
from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.web.access import allow
from portal.workers import operations, sensitive
from portal.workers.blueprint import bp, own_worker, someone
from portal.workers.consent_pages import FORMS, asked_of, said, sentence, standing_of
from portal.workers.models import Worker
from portal.workers.staff_views import note_look, worker_or_404
from portal.workers.states import ConsentChannel, Purpose

DESK_CHANNELS = [channel for channel in ConsentChannel if channel is not ConsentChannel.ONLINE]


@bp.get("/profile/consents")
@allow(Role.SEEKER)
def consents() -> Any:
    return _page(_own(), for_staff=False)


@bp.post("/profile/consents/<purpose>")
@allow(Role.SEEKER)
def give(purpose: str) -> Any:
    return _give(_own(), _purpose(purpose), ConsentChannel.ONLINE, for_staff=False)


@bp.post("/profile/consents/<purpose>/withdraw")
@allow(Role.SEEKER)
def withdraw(purpose: str) -> Any:
    return _withdraw(_own(), _purpose(purpose), for_staff=False)


@bp.get("/workers/<int:worker_id>/consents")
@allow(*CASE_STAFF)
def staff_consents(worker_id: int) -> Any:
    page = _page(worker_or_404(worker_id), for_staff=True)
    note_look(worker_id)
    return page


@bp.post("/workers/<int:worker_id>/consents/<purpose>")
@allow(*CASE_STAFF)
def staff_give(worker_id: int, purpose: str) -> Any:
    channel = request.form.get("channel", "")
    if channel not in {one.value for one in DESK_CHANNELS}:
        abort(400)
    worker = worker_or_404(worker_id, lock=True)
    return _give(worker, _purpose(purpose), ConsentChannel(channel), for_staff=True)


@bp.post("/workers/<int:worker_id>/consents/<purpose>/withdraw")
@allow(*CASE_STAFF)
def staff_withdraw(worker_id: int, purpose: str) -> Any:
    return _withdraw(worker_or_404(worker_id, lock=True), _purpose(purpose), for_staff=True)


def _own() -> Worker:
    worker = own_worker()
    if worker is None:
        abort(404)
    return worker


def _purpose(text: str) -> Purpose:
    if text not in Purpose.values():
        abort(404)
    return Purpose(text)


def _page(worker: Worker, *, for_staff: bool, wrong: tuple[Purpose, Any] | None = None) -> Any:
    forms = {purpose: form(formdata=None, prefix=purpose.value) for purpose, form in FORMS.items()}
    if wrong is not None:
        forms[wrong[0]] = wrong[1]
    page = render_template(
        "workers/consents.html",
        worker=worker,
        for_staff=for_staff,
        purposes=asked_of(worker),
        standing=standing_of(worker),
        sentence=sentence,
        forms=forms,
        wrong=wrong[1] if wrong is not None else None,
        channels=DESK_CHANNELS,
        urls=_urls(worker, for_staff),
    )
    return page, 422 if wrong is not None else 200


def _urls(worker: Worker, for_staff: bool) -> dict[str, Any]:
    if for_staff:
        return {
            "give": lambda p: url_for("workers.staff_give", worker_id=worker.id, purpose=p.value),
            "withdraw": lambda p: url_for("workers.staff_withdraw", worker_id=worker.id, purpose=p.value),
            "home": url_for("workers.staff_view", worker_id=worker.id),
        }
    return {
        "give": lambda p: url_for("workers.give", purpose=p.value),
        "withdraw": lambda p: url_for("workers.withdraw", purpose=p.value),
        "home": url_for("workers.profile"),
    }


def _give(worker: Worker, purpose: Purpose, channel: ConsentChannel, *, for_staff: bool) -> Any:
    if purpose not in asked_of(worker):
        abort(404)
    form = FORMS[purpose](prefix=purpose.value) if purpose in FORMS else None
    if form is not None and not form.validate():
        return _page(worker, for_staff=for_staff, wrong=(purpose, form))
    keep_until = form.keep_until.data if purpose is Purpose.KEEPING and form is not None else None
    try:
        operations.give_consent(
            worker, purpose, channel=channel, keep_until=keep_until, actor=someone(), now=now()
        )
        if purpose in sensitive.COLUMNS and form is not None:
            told = form.told.data
            codes = told if isinstance(told, list) else [told]
            sensitive.tell(worker, purpose, *codes, actor=someone(), now=now())
    except DomainError as error:
        if form is None:
            raise
        db.session.rollback()
        form.put_error(error)
        return _page(worker, for_staff=for_staff, wrong=(purpose, form))
    db.session.commit()
    flash(said(purpose), "good")
    return redirect(_back(worker, for_staff))


def _withdraw(worker: Worker, purpose: Purpose, *, for_staff: bool) -> Any:
    operations.withdraw_consent(worker, purpose, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã rút lại, có hiệu lực ngay: %(purpose)s.", purpose=purpose.label), "good")
    return redirect(_back(worker, for_staff))


def _back(worker: Worker, for_staff: bool) -> str:
    if for_staff:
        return url_for("workers.staff_consents", worker_id=worker.id)
    return url_for("workers.consents")
