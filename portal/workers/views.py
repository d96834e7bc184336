"""The person's own pages: profile, history, pause, export."""

import json
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal.access.states import Role
from portal.common.clock import now, today
from portal.extensions import db
from portal.web.access import allow
from portal.web.downloads import file_response
from portal.workers import (
    benefit_views,
    claim_views,
    consent_views,
    cv_views,
    desk_code_views,
    duplicate_views,
    number_views,
    operations,
    registration_views,
    sensitive,
    staff_views,
    step_views,
    walk_in_views,
)
from portal.workers.blueprint import bp, own_worker, someone
from portal.workers.exporting import export_of
from portal.workers.history import history_of
from portal.workers.identity import masked_national_id
from portal.workers.panels import SELF_PANELS, drawn
from portal.workers.showing import sections
from portal.workers.states import Purpose, WorkerState
from portal.workers.steps import missing_in

# Every module of views hangs its routes on the one blueprint.
__all__ = [
    "benefit_views",
    "bp",
    "claim_views",
    "consent_views",
    "cv_views",
    "desk_code_views",
    "duplicate_views",
    "number_views",
    "registration_views",
    "staff_views",
    "step_views",
    "walk_in_views",
]


@bp.get("/profile")
@allow(Role.SEEKER)
def profile() -> Any:
    worker = own_worker()
    if worker is None:
        return redirect(url_for("workers.register"))
    return render_template(
        "workers/profile.html",
        worker=worker,
        sections=sections(worker, today()),
        missing=missing_in(worker, today()),
        national_id=masked_national_id(worker),
        told={
            purpose: sensitive.is_told(worker, purpose) for purpose in (Purpose.ETHNICITY, Purpose.PRIORITY)
        },
        panels=drawn(SELF_PANELS, worker, someone()),
        WorkerState=WorkerState,
    )


@bp.get("/profile/history")
@allow(Role.SEEKER)
def history() -> Any:
    worker = own_worker()
    if worker is None:
        return redirect(url_for("workers.register"))
    return render_template("workers/history.html", lines=history_of(worker, for_self=True))


@bp.post("/profile/pause")
@allow(Role.SEEKER)
def pause() -> Any:
    worker = own_worker()
    if worker is not None:
        operations.pause(worker, actor=someone(), now=now())
        db.session.commit()
        flash(_("Bạn đã tạm ngưng tìm việc. Khi cần, bạn bấm “Tìm việc lại”."), "good")
    return redirect(url_for("workers.profile"))


@bp.post("/profile/resume")
@allow(Role.SEEKER)
def resume() -> Any:
    worker = own_worker()
    if worker is not None:
        operations.ask_for_work(worker, actor=someone(), now=now())
        db.session.commit()
        flash(_("Trung tâm tìm việc cho bạn trở lại."), "good")
    return redirect(url_for("workers.profile"))


@bp.get("/profile/export")
@allow(Role.SEEKER)
def export() -> Any:
    worker = own_worker()
    if worker is None:
        return redirect(url_for("workers.register"))
    content = json.dumps(export_of(worker, someone()), ensure_ascii=False, indent=2)
    return file_response(content.encode(), "ho-so-ben-viec.json", "application/json")
