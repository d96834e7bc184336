"""The list of people and the page of one, for the centre's case staff."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.extensions import db
from portal.reference.occupations import search as search_occupations
from portal.reference.places import places
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate
from portal.web.transactions import write_transaction
from portal.workers import claims, identity, operations, sensitive
from portal.workers.blueprint import bp, someone
from portal.workers.claims import show_code
from portal.workers.duplicates import pairs_of
from portal.workers.forms import WorkerFilter
from portal.workers.history import history_of
from portal.workers.models import Worker
from portal.workers.panels import STAFF_PANELS, drawn
from portal.workers.queries import Workers, live_purposes
from portal.workers.rules import MATCHING_PURPOSES, is_minor
from portal.workers.showing import age_words, sections
from portal.workers.states import LIVE_STATES, Purpose, WorkerState
from portal.workers.steps import Missing, missing_in

TONES = {
    WorkerState.DRAFT: "calm",
    WorkerState.ACTIVE: "good",
    WorkerState.PAUSED: "wait",
    WorkerState.MERGED: "calm",
    WorkerState.REFUSED: "stop",
    WorkerState.REMOVED: "calm",
}


def _filtered(form: WorkerFilter) -> Workers:
    shown = Workers().visible_to(someone())
    if form.q.data:
        shown = shown.search(form.q.data)
    if form.commune.data:
        options = places().options(form.commune.data)
        shown = shown.in_communes([option.code for option in options[:1]])
    if form.occupation.data:
        found = search_occupations(form.occupation.data, 1)
        shown = shown.with_occupation(found[0].code if found else "-")
    shown = shown.in_state(WorkerState(form.state.data)) if form.state.data else shown.live()
    return shown.aged(form.age_from.data, form.age_to.data, today())


@bp.get("/workers")
@allow(*CASE_STAFF)
def staff_list() -> Any:
    form = WorkerFilter(request.args)
    valid = form.validate()
    shown = _filtered(form) if valid else Workers().visible_to(someone()).live()
    return render_template(
        "workers/staff_list.html",
        form=form,
        page=paginate(shown.with_list_data().by_name().query),
        understood=_understood(form),
        age_words=lambda worker: age_words(worker, today()),
        agreed=lambda worker: bool(live_purposes(worker).intersection(MATCHING_PURPOSES)),
        is_young=lambda worker: is_minor(worker.birth_date, worker.birth_year, today()),
        tones=TONES,
    )


def _understood(form: WorkerFilter) -> str:
    """What the filter took the typed place and occupation for."""
    said = []
    if form.commune.data:
        options = places().options(form.commune.data)
        said.append(options[0].name if options else _("không thấy xã, phường này"))
    if form.occupation.data:
        found = search_occupations(form.occupation.data, 1)
        said.append(found[0].label if found else _("không thấy việc này"))
    return "; ".join(said)


def worker_or_404(worker_id: int, *, lock: bool = False) -> Worker:
    shown = Workers().visible_to(someone()).by_id(worker_id).with_profile_data()
    return get_or_404((shown.locked() if lock else shown).query)


@bp.get("/workers/<int:worker_id>")
@allow(*CASE_STAFF)
def staff_view(worker_id: int) -> Any:
    page = _staff_page(worker_or_404(worker_id))
    note_look(worker_id)
    return page


def note_look(worker_id: int) -> None:
    """Once the page is drawn and reading is over: the look is written in a short transaction of its own."""
    with write_transaction():
        record("looked", db.session.get_one(Worker, worker_id), actor=someone(), now=now())


def _staff_page(worker: Worker, opened: dict[str, str] | None = None) -> str:
    account = someone()
    return render_template(
        "workers/staff_view.html",
        worker=worker,
        sections=sections(worker, today()),
        missing=missing_in(worker, today()),
        age=age_words(worker, today()),
        is_minor=is_minor(worker.birth_date, worker.birth_year, today()),
        history=history_of(worker),
        takers=_takers(worker),
        national_id=identity.masked_national_id(worker),
        told=[p for p in (Purpose.ETHNICITY, Purpose.PRIORITY) if sensitive.is_told(worker, p)],
        opened=opened or {},
        pairs=pairs_of(worker),
        panels=drawn(STAFF_PANELS, worker, account),
        tones=TONES,
        WorkerState=WorkerState,
        is_live=worker.state in LIVE_STATES,
    )


def _takers(worker: Worker) -> dict[int, str]:
    """Names of the staff who took consents."""
    ids = {consent.taken_by_id for consent in worker.consents if consent.taken_by_id is not None}
    if not ids:
        return {}
    rows = db.session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids)))
    return dict(rows.all())


@bp.post("/workers/<int:worker_id>/open/<part>")
@allow(*CASE_STAFF)
def open_sealed(worker_id: int, part: str) -> Any:
    """The page itself shows the fact, once; the look is in the history."""
    worker = worker_or_404(worker_id)
    account = someone()
    shown = ""
    if part == "national_id":
        shown = identity.read_national_id(worker, actor=account, now=now()) or ""
    elif part in (Purpose.ETHNICITY, Purpose.PRIORITY):
        shown = sensitive.read_label(worker, Purpose(part), actor=account, now=now())
    db.session.commit()
    return _staff_page(worker, {part: shown or _("không có")})


@bp.post("/workers/<int:worker_id>/claim-code")
@allow(*CASE_STAFF)
def claim_code(worker_id: int) -> Any:
    worker = worker_or_404(worker_id, lock=True)
    code = operations.make_claim_code(worker, actor=someone(), now=now())
    db.session.commit()
    return claim_slip(worker, code)


def claim_slip(worker: Worker, code: str, missing: list[Missing] | None = None) -> str:
    """Shown once and printable; a copy of the code is kept nowhere."""
    return render_template(
        "workers/claim_slip.html", worker=worker, code=show_code(code), missing=missing or []
    )


# What the one button does, by the state the profile is in.
CHANGES = {
    WorkerState.DRAFT: operations.finish_registration,
    WorkerState.ACTIVE: operations.pause,
    WorkerState.PAUSED: operations.ask_for_work,
}


@bp.post("/workers/<int:worker_id>/settle")
@allow(*CASE_STAFF)
def settle_contest(worker_id: int) -> Any:
    worker = worker_or_404(worker_id, lock=True)
    claims.settle_contest(worker, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã bỏ hồ sơ. Không còn dữ liệu cá nhân nào của người này."), "good")
    return redirect(url_for("workers.staff_list"))


@bp.post("/workers/<int:worker_id>/state")
@allow(*CASE_STAFF)
def change_state(worker_id: int) -> Any:
    worker = worker_or_404(worker_id, lock=True)
    CHANGES.get(worker.state, operations.ask_for_work)(worker, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã đổi tình trạng của hồ sơ."), "good")
    return redirect(url_for("workers.staff_view", worker_id=worker.id))
