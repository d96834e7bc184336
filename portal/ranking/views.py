"""The ranked page of an opening, why-not, nearest misses, openings for me."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.access.states import Role
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.openings.states import OpeningState
from portal.ranking import explanations, judgements, lists, operations, points, refused, sentences
from portal.ranking.forms import CandidateFilter, PersonForm
from portal.ranking.keeper import IndexMissing
from portal.ranking.lists import PEOPLE_AT_ONCE
from portal.ranking.rebuilding import progress
from portal.referrals import operations as referrals
from portal.web.access import allow, get_or_404
from portal.web.lists import asked_page
from portal.web.row_numbers import may_be_row, row_number
from portal.web.transactions import write_transaction
from portal.workers.models import Worker
from portal.workers.queries import Workers, worker_of

bp = Blueprint("ranking", __name__)


@bp.app_context_processor
def words() -> dict[str, Any]:
    return {
        "said": sentences.said, "fit_words": sentences.fit_words, "fit_share": sentences.share,
        "part_rows": sentences.part_rows, "sum_words": sentences.sum_words,
        "of_hundred": points.of_hundred, "taken_words": sentences.taken_words,
    }  # fmt: skip


@bp.app_errorhandler(IndexMissing)
def index_missing(_error: IndexMissing) -> tuple[str, int, dict[str, str]]:
    """Said at once, with how far it is: nobody waits minutes for an answer."""
    db.session.rollback()
    page = render_template("ranking/being_made.html", sentence=None, progress=progress())
    return page, 503, {"Retry-After": "60"}


def opening_or_404(opening_id: int) -> Opening:
    return get_or_404(Openings().visible_to(current_user).by_id(opening_id).with_page_data())


def cannot_be_ranked(opening: Opening) -> str:
    """A requirement may not be asked: the opening has to be mended before anybody is ranked by it."""
    return render_template(
        "ranking/cannot.html", opening=opening, refused=refused.in_the_way(opening, today())
    )


@bp.get("/openings/<int:opening_id>/candidates")
@allow(Role.ADVISER, Role.LEADER)
def candidates(opening_id: int) -> str | Response:
    opening = opening_or_404(opening_id)
    form = CandidateFilter(request.args).fill()
    page = asked_page()
    try:
        shown = lists.ranked_list(
            opening, on=today(), limit=PEOPLE_AT_ONCE, offset=(page - 1) * PEOPLE_AT_ONCE,
            narrow=form.gates(), exclude=lists.already_in(opening) if form.new_only.data else (),
            filters=form.stated() | ({"page": page} if page > 1 else {}),
        )  # fmt: skip
    except ValueError:
        return cannot_be_ranked(opening)
    if page > shown.last_page:
        # An old link, or a list that has become shorter: nothing is recorded of a page without people.
        there = form.stated() | {"page": shown.last_page}
        return redirect(url_for(".candidates", opening_id=opening_id, **there))
    with write_transaction(keep_loaded=True):
        kept = operations.record_shown(opening, shown, actor=current_user, now=now())
        list_id = kept.id
    return render_template(
        "ranking/candidates.html", opening=opening, shown=shown, form=form, list_id=list_id,
        page=page, stated=form.stated(), open_now=opening.state is OpeningState.PUBLISHED,
    )  # fmt: skip


@bp.post("/openings/<int:opening_id>/shortlist")
@allow(Role.ADVISER, Role.LEADER)
def shortlist(opening_id: int) -> Response:
    """Put the ticked people on the opening's list; each row is told what happened to it."""
    opening = opening_or_404(opening_id)
    list_id = request.form.get("list_id", type=int)
    if list_id is not None and not may_be_row(list_id):
        list_id = None
    typed = set(map(row_number, request.form.getlist("worker_id")))
    ids = sorted(number for number in typed if number is not None)
    done, problems = 0, []
    for worker_id in ids:
        worker = Workers().visible_to(current_user).by_id(worker_id).first()
        if worker is None:
            problems.append(_("Hồ sơ số %(id)s không còn.", id=worker_id))
            continue
        try:
            with db.session.begin_nested():
                referrals.shortlist(
                    worker, opening, shown_list_id=lists.own_list(list_id, opening, current_user),
                    actor=current_user, now=now(),
                )  # fmt: skip
                operations.mark_decision(list_id, worker_id, "shortlisted", actor=current_user, now=now())
            done += 1
        except DomainError as error:
            problems.append(f"{worker.full_name}: {error.sentence}")
    db.session.commit()
    if done:
        flash(
            ngettext("Đã đưa %(num)s người vào danh sách.", "Đã đưa %(num)s người vào danh sách.", done),
            "good",
        )
    if not ids:
        flash(_("Hãy đánh dấu ít nhất một người."), "warn")
    for problem in problems:
        flash(problem, "warn")
    return redirect(url_for("referrals.for_opening" if done else "ranking.candidates", opening_id=opening.id))


@bp.get("/openings/<int:opening_id>/why-not")
@allow(Role.ADVISER, Role.LEADER)
def why_not(opening_id: int) -> str:
    """Why is this person (not) in the list? Any named person, in or out of the index."""
    opening = opening_or_404(opening_id)
    form = PersonForm(request.args)
    named = request.args.get("worker_id", type=int)
    found: list[Worker] = []
    answer = judged = None
    if named is not None:
        if not may_be_row(named):
            abort(404)
        worker = Workers().visible_to(current_user).by_id(named).with_profile_data().first()
        if worker is None:
            abort(404)
        try:
            answer = explanations.explain(opening, worker, today())
        except ValueError:
            return cannot_be_ranked(opening)
        judged = judgements.standing(worker, opening)
        with write_transaction(keep_loaded=True):
            record("worker.explained", worker, actor=current_user, now=now(), opening=opening_id)
    elif form.named():
        found = explanations.people_named(form.named(), current_user)
    return render_template(
        "ranking/why_not.html", opening=opening, form=form, found=found, answer=answer, judged=judged
    )


@bp.get("/openings/<int:opening_id>/near-misses")
@allow(Role.ADVISER, Role.LEADER)
def near_misses(opening_id: int) -> str:
    opening = opening_or_404(opening_id)
    try:
        shown = lists.near_misses(opening, on=today(), limit=PEOPLE_AT_ONCE)
    except ValueError:
        return cannot_be_ranked(opening)
    with write_transaction(keep_loaded=True):
        operations.record_shown(opening, shown, actor=current_user, now=now())
    return render_template("ranking/near_misses.html", opening=opening, shown=shown, rows=shown.rows)


@bp.get("/me/openings")
@allow(Role.SEEKER)
def for_me() -> str:
    worker = worker_of(current_user)
    if worker is None:
        return render_template("ranking/for_me.html", worker=None, rows=[])
    shown = lists.openings_for(worker, on=today())
    with write_transaction(keep_loaded=True):
        operations.record_shown_openings(worker, shown, actor=current_user, now=now())
    return render_template("ranking/for_me.html", worker=worker, rows=shown.rows)
