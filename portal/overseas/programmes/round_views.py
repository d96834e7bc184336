"""The desk's pages of rounds."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.programmes.blueprint import bp
from portal.overseas.programmes.operations import may_verify
from portal.overseas.programmes.queries import Programmes, Rounds
from portal.overseas.programmes.round_forms import DAYS, DayForm, RoundForm
from portal.overseas.programmes.round_models import ProgrammeRound
from portal.overseas.programmes.round_operations import add_round, change_round
from portal.web.access import allow, get_or_404
from portal.workers.blueprint import someone


@bp.route("/desk/programmes/<int:programme_id>/rounds/new", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def new_round(programme_id: int) -> Any:
    programme = get_or_404(Programmes().by_id(programme_id).query)
    form, days = _forms(None)
    if _valid(form, days):
        try:
            add_round(programme, form.facts(days), actor=someone(), now=now())
            db.session.commit()
            flash(_("Đã thêm kỳ tuyển."), "good")
            return redirect(url_for("programmes.desk_programme", programme_id=programme_id, _anchor="rounds"))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            programme = get_or_404(Programmes().by_id(programme_id).query)
    return _page(form, days, programme, None)


@bp.route("/desk/rounds/<int:round_id>", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def edit_round(round_id: int) -> Any:
    one = _round(round_id)
    form, days = _forms(one)
    if _valid(form, days):
        try:
            change_round(one, form.facts(days), actor=someone(), now=now())
            db.session.commit()
            flash(_("Đã ghi kỳ tuyển."), "good")
            return redirect(
                url_for("programmes.desk_programme", programme_id=one.programme_id, _anchor="rounds")
            )
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            one = _round(round_id)
    return _page(form, days, one.programme, one)


def _round(round_id: int) -> ProgrammeRound:
    found = Rounds().visible_to(someone()).by_id(round_id).with_days()
    return get_or_404((found.locked() if request.method == "POST" else found).query)


def _forms(one: ProgrammeRound | None) -> tuple[RoundForm, list[DayForm]]:
    form = RoundForm(obj=one) if one is not None else RoundForm(year=today().year)
    if not may_verify(someone()):
        del form.verified
    known = list(one.days) if one is not None else []
    days = []
    for number in range(max(DAYS, len(known) + 1)):
        day = known[number] if number < len(known) else None
        data = {"kind": day.kind.value, "day": day.day, "words": day.words} if day is not None else {}
        days.append(DayForm(prefix=f"day{number}-", data=data))
    return form, days


def _valid(form: RoundForm, days: list[DayForm]) -> bool:
    """Every part is checked, so that all that is wrong is said at once."""
    valid = [part.validate_on_submit() for part in (form, *days)]
    return all(valid)


def _page(form: RoundForm, days: list[DayForm], programme: Any, one: ProgrammeRound | None) -> Any:
    wrong = bool(form.errors) or any(day.errors for day in days)
    page = render_template("overseas/round_form.html", form=form, days=days, programme=programme, round=one)
    return page, 422 if wrong else 200
