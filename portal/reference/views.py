"""Pages to read reference data, and the suggestions under the fields of forms."""

import datetime as dt
from typing import Any

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from portal.common.clock import now, today
from portal.errors import Refused
from portal.extensions import db
from portal.reference import occupations
from portal.reference.calendar import load_calendar
from portal.reference.forms import PlaceSearchForm, RuleFilterForm, RuleForm, SwapForm
from portal.reference.models import RuleUnit
from portal.reference.operations import add_rule, remove_day, swap_days
from portal.reference.permissions import LEADER, STAFF, may_change_reference
from portal.reference.places import Level, PlaceOption, places
from portal.reference.queries import days_of_year, fixed_days, latest_rule, rule_histories, rule_names
from portal.web.access import PUBLIC, allow

bp = Blueprint("reference", __name__, url_prefix="/reference")

MOST_LETTERS = 200
SUGGESTIONS = 10
# The names change with a release only; an hour spares a phone on a slow line most of the asking.
SUGGESTIONS_MAX_AGE = 3600


@bp.get("/places.json")
@allow(PUBLIC)
def places_json() -> Response:
    level = Level.PROVINCE if request.args.get("level") == Level.PROVINCE else Level.COMMUNE
    found = places().options(_typed(), SUGGESTIONS, level)
    return _suggestions([_place_suggestion(option) for option in found])


@bp.get("/occupations.json")
@allow(PUBLIC)
def occupations_json() -> Response:
    found = occupations.search(_typed(), SUGGESTIONS)
    return _suggestions([{"code": one.code, "label": one.label, "note": one.note} for one in found])


@bp.get("/places")
@allow(PUBLIC)
def place_search() -> str:
    form = PlaceSearchForm(request.args)
    typed = _typed()
    matches = places().search(typed, limit=20) if typed else []
    return render_template(
        "reference/places.html", form=form, typed=typed, matches=matches, places=places(), Level=Level
    )


@bp.get("/rules")
@allow(PUBLIC)
def rules() -> str:
    form = RuleFilterForm(request.args)
    day = form.on.data if form.validate() and form.on.data else today()
    return render_template(
        "reference/rules.html",
        form=form,
        day=day,
        histories=rule_histories(db.session, day, form.topic.data),
        may_change=may_change_reference(signed_in()),
    )


@bp.get("/rules/new")
@allow(LEADER)
def new_rule() -> str:
    form = RuleForm(formdata=None, key=request.args.get("key") or None)
    latest = latest_rule(db.session, form.key.data) if form.key.data in rule_names() else None
    if latest is not None:
        form.unit.data = latest.unit.value
    return render_template("reference/rule_form.html", form=form, latest=latest)


@bp.post("/rules/new")
@allow(LEADER)
def save_rule() -> AnyResponse | str:
    form = RuleForm()
    if form.validate():
        try:
            add_rule(
                actor=signed_in(),
                now=now(),
                key=form.key.data,
                value=form.value.data,
                unit=RuleUnit(form.unit.data),
                source=form.source.data,
                valid_from=form.valid_from.data,
                verified=form.verified.data,
                note=form.note.data or "",
            )
            db.session.commit()
            flash(_("Đã ghi quy định mới. Dòng cũ vẫn còn trong phần trước đây."), "good")
            return redirect(url_for("reference.rules"))
        except Refused as refusal:
            db.session.rollback()
            form.put_error(refusal)
    latest = latest_rule(db.session, form.key.data) if form.key.data in rule_names() else None
    return render_template("reference/rule_form.html", form=form, latest=latest)


@bp.get("/calendar")
@allow(*STAFF)
def calendar() -> str:
    return _calendar_page(SwapForm(formdata=None))


@bp.post("/calendar")
@allow(LEADER)
def save_swap() -> AnyResponse | str:
    form = SwapForm()
    if form.validate():
        try:
            swap_days(
                actor=signed_in(),
                now=now(),
                off=form.off.data,
                worked=form.worked.data,
                name=form.name.data,
                source=form.source.data,
                verified=form.verified.data,
            )
            db.session.commit()
            flash(_("Đã ghi vào lịch. Các hạn tính từ bây giờ theo lịch mới."), "good")
            return redirect(url_for("reference.calendar", year=form.off.data.year))
        except Refused as refusal:
            db.session.rollback()
            form.put_error(refusal)
    return _calendar_page(form)


@bp.post("/calendar/<string:day>/remove")
@allow(LEADER)
def remove_calendar_day(day: str) -> AnyResponse:
    try:
        chosen = dt.date.fromisoformat(day)
    except ValueError:
        abort(404)
    remove_day(actor=signed_in(), now=now(), day=chosen)
    db.session.commit()
    flash(_("Đã bỏ ngày %(day)s khỏi lịch.", day=chosen.strftime("%d/%m/%Y")), "good")
    return redirect(url_for("reference.calendar", year=chosen.year))


def _calendar_page(form: SwapForm) -> str:
    working = load_calendar(db.session)
    known = working.loaded_years or {today().year}
    # One year past the last, so that its days can be entered.
    years = range(min(known), max(known) + 2)
    year = min(max(request.args.get("year", today().year, type=int), years[0]), years[-1])
    return render_template(
        "reference/calendar.html",
        form=form,
        year=year,
        years=years,
        days=days_of_year(db.session, year),
        fixed=fixed_days(),
        beyond=working.warns(dt.date(year, 1, 1)),
        may_change=may_change_reference(signed_in()),
    )


def signed_in() -> Any:
    return current_user if current_user.is_authenticated else None


def _typed() -> str:
    return (request.args.get("q") or "").strip()[:MOST_LETTERS]


def _place_suggestion(option: PlaceOption) -> dict[str, str]:
    note = ""
    if option.formerly:
        note = (
            _("một phần của %(old)s", old=option.formerly)
            if option.share == "part"
            else _("trước đây là %(old)s", old=option.formerly)
        )
    return {"code": option.code, "label": option.name, "note": note}


def _suggestions(rows: list[dict[str, str]]) -> Response:
    response = jsonify(rows)
    response.headers["Cache-Control"] = f"private, max-age={SUGGESTIONS_MAX_AGE}"
    # The notes are in the language of the page, which the session cookie keeps.
    response.headers["Vary"] = "Cookie"
    return response
