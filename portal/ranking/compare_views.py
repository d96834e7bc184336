"""People of one opening beside each other."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.access.states import CASE_STAFF
from portal.audit.operations import record_all
from portal.common.clock import now, today
from portal.openings.models import Opening
from portal.ranking import comparing, explanations, judgements
from portal.ranking.forms import PersonForm
from portal.ranking.views import bp, cannot_be_ranked, opening_or_404
from portal.web.access import allow
from portal.web.row_numbers import row_number
from portal.web.transactions import write_transaction
from portal.workers.models import Worker
from portal.workers.queries import Workers


def _asked_ids() -> list[int]:
    """Each once, in the order of the address or of the ticks."""
    typed = map(row_number, request.values.getlist("worker_id"))
    return list(dict.fromkeys(number for number in typed if number is not None))


@bp.post("/openings/<int:opening_id>/compare")
@allow(*CASE_STAFF)
def choose_to_compare(opening_id: int) -> Response:
    """The ticks of the ranked list; the page itself has an address that can be kept and sent on."""
    opening, ids = opening_or_404(opening_id), _asked_ids()
    if not comparing.FEWEST <= len(ids) <= comparing.MOST:
        flash(_("Hãy đánh dấu từ hai đến năm người để so sánh."), "warn")
        return redirect(url_for("ranking.candidates", opening_id=opening.id))
    return redirect(url_for("ranking.compare", opening_id=opening.id, worker_id=ids))


@bp.get("/openings/<int:opening_id>/compare")
@allow(*CASE_STAFF)
def compare(opening_id: int) -> Any:
    """Anybody named can be compared, in the list or barred from it."""
    opening, form = opening_or_404(opening_id), PersonForm(request.args)
    people = _people(_asked_ids()[: comparing.MOST])
    found = []
    if form.named() and len(people) < comparing.MOST:
        here = {worker.id for worker in people}
        found = [one for one in explanations.people_named(form.named(), current_user) if one.id not in here]
    try:
        told = comparing.compare(explanations.explain_all(opening, people, today()))
    except ValueError:
        return cannot_be_ranked(opening)
    if people:
        with write_transaction(keep_loaded=True):
            record_all("worker.explained", people, actor=current_user, now=now(), opening=opening_id)
    return _page(opening, form, told, found)


def _people(ids: list[int]) -> list[Worker]:
    """In the order asked for; who does not exist, or may not be seen, is left out."""
    query = Workers().visible_to(current_user).where(Worker.id.in_(ids)).with_profile_data()
    by_id = {worker.id: worker for worker in query.all()}
    return [by_id[number] for number in ids if number in by_id]


def _page(opening: Opening, form: PersonForm, told: comparing.Compared, found: list[Worker]) -> str:
    ids = [answer.worker.id for answer in told.answers]
    return render_template(
        "ranking/compare.html",
        opening=opening,
        form=form,
        told=told,
        found=found,
        ids=ids,
        judged=judgements.standing_in(opening, ids),
        fewest=comparing.FEWEST,
        most=comparing.MOST,
    )
