"""Profiles that may be one person, side by side; the adviser decides, and can take it back."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.errors import Refused
from portal.extensions import db
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate
from portal.web.transactions import write_transaction
from portal.workers import operations
from portal.workers.blueprint import bp, someone
from portal.workers.consent_models import DuplicatePair, Merge
from portal.workers.duplicates import REASONS, decide_distinct
from portal.workers.forms import MergeForm
from portal.workers.identity import masked_national_id
from portal.workers.models import Worker
from portal.workers.queries import Workers, open_duplicates
from portal.workers.showing import sections
from portal.workers.states import DuplicateState

# The merges of the last days are at hand for who notices a mistake.
LAST_MERGES = 10


def _by_id(ids: set[int]) -> dict[int, Worker]:
    return {worker.id: worker for worker in db.session.scalars(select(Worker).where(Worker.id.in_(ids)))}


@bp.get("/workers/duplicates")
@allow(*CASE_STAFF)
def duplicates() -> Any:
    page = paginate(open_duplicates())
    merges = db.session.scalars(
        select(Merge).where(Merge.undone_at.is_(None)).order_by(Merge.id.desc()).limit(LAST_MERGES)
    ).all()
    ids = {pair.first_id for pair in page.items} | {pair.second_id for pair in page.items}
    ids |= {merge.kept_id for merge in merges} | {merge.merged_id for merge in merges}
    return render_template(
        "workers/duplicates.html", page=page, merges=merges, people=_by_id(ids), reasons=REASONS
    )


def _pair(pair_id: int, *, lock: bool = False) -> DuplicatePair:
    query = select(DuplicatePair).where(DuplicatePair.id == pair_id)
    return get_or_404(query.with_for_update() if lock else query)


def _both(pair: DuplicatePair, *, lock: bool = False) -> list[Worker]:
    shown = Workers().visible_to(someone()).where(Worker.id.in_((pair.first_id, pair.second_id)))
    shown = shown.with_profile_data().by_id_order()
    return (shown.locked() if lock else shown).all()


@bp.route("/workers/duplicates/<int:pair_id>", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def duplicate(pair_id: int) -> Any:
    form = MergeForm()
    pair = _pair(pair_id, lock=form.is_submitted())
    both = _both(pair, lock=form.is_submitted())
    form.offer([(worker.id, label) for worker, label in zip(both, _numbered(), strict=True)])
    if form.validate_on_submit():
        if pair.state is not DuplicateState.OPEN:
            raise Refused(_("Hai hồ sơ này đã được xem rồi."))
        kept = next(worker for worker in both if worker.id == form.keep.data)
        merged = next(worker for worker in both if worker.id != form.keep.data)
        operations.merge(kept, merged, actor=someone(), now=now())
        db.session.commit()
        flash(_("Đã gộp hai hồ sơ. Gộp nhầm thì bấm “Tách ra” trong danh sách."), "good")
        return redirect(url_for("workers.staff_view", worker_id=kept.id))
    page = _pair_page(pair, both, form)
    if not form.is_submitted():
        _note_looks([worker.id for worker in both])
    return page, 422 if form.errors else 200


def _pair_page(pair: DuplicatePair, both: list[Worker], form: MergeForm) -> str:
    return render_template(
        "workers/duplicate.html",
        pair=pair,
        both=both,
        rows=_side_by_side(both),
        form=form,
        reasons=[REASONS[reason] for reason in pair.reasons if reason in REASONS],
        numbered=_numbered(),
        is_open=pair.state is DuplicateState.OPEN,
    )


def _numbered() -> list[str]:
    return [_("Hồ sơ thứ nhất"), _("Hồ sơ thứ hai")]


def _note_looks(ids: list[int]) -> None:
    with write_transaction():
        for worker_id in ids:
            record("looked", db.session.get_one(Worker, worker_id), actor=someone(), now=now())


def _side_by_side(both: list[Worker]) -> list[tuple[str, list[str]]]:
    """Label, then what each profile says."""
    rows: dict[str, list[str]] = {}
    for place, worker in enumerate(both):
        pairs = [(label, value) for section in sections(worker, today()) for label, value in section.pairs]
        for label, value in [*pairs, (_("Số căn cước"), masked_national_id(worker))]:
            cells = rows.setdefault(label, ["" for _worker in both])
            cells[place] = "; ".join(part for part in (cells[place], value) if part)
    return [(label, cells) for label, cells in rows.items() if any(cells)]


@bp.post("/workers/duplicates/<int:pair_id>/distinct")
@allow(*CASE_STAFF)
def distinct(pair_id: int) -> Any:
    pair = _pair(pair_id, lock=True)
    if pair.state is not DuplicateState.OPEN:
        raise Refused(_("Hai hồ sơ này đã được xem rồi."))
    decide_distinct(pair, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã ghi: hai người khác nhau."), "good")
    return redirect(url_for("workers.duplicates"))


@bp.post("/workers/merges/<int:merge_id>/undo")
@allow(*CASE_STAFF)
def undo_merge(merge_id: int) -> Any:
    done = get_or_404(select(Merge).where(Merge.id == merge_id).with_for_update())
    operations.undo_merge(done, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã tách lại thành hai hồ sơ."), "good")
    return redirect(url_for("workers.duplicates"))
