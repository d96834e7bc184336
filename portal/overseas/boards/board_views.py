"""The boards: who waits and how long, and how many came how far."""

from typing import Any

from flask import abort, current_app, render_template, request
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.clock import today
from portal.overseas.abroad.blueprint import bp, public_bp
from portal.overseas.boards import boards
from portal.overseas.boards.funnel import (
    STAGES,
    By,
    funnel,
    labels_of,
    may_be_key,
    rows_behind,
    sees_people,
    ways_for,
    years,
)
from portal.overseas.cases.states import DocumentKind
from portal.overseas.states import CaseState
from portal.reference.places import places
from portal.web.access import PUBLIC, allow
from portal.web.forms import FilterForm
from portal.web.lists import paginate_rows
from portal.workers.blueprint import actor, someone

# What is read at a glance; the whole list is one press away.
FEW = 12


@bp.get("/boards")
@allow(*CASE_STAFF)
def waiting_board() -> Any:
    day, warn_left = today(), current_app.config["CASE_WARN_DAYS_LEFT"]
    lines = boards.stages(day)
    return render_template(
        "overseas/board.html",
        alarms=boards.alarms(day, warn_left),
        lines=lines,
        soonest=boards.soonest(day, warn_left, FEW),
        lapsing=boards.lapsing(day, FEW),
        kinds=DocumentKind,
        day=day,
    )


class FunnelForm(FilterForm):
    year = SelectField(_l("Hồ sơ mở trong năm"), coerce=int, validate_choice=False)
    by = SelectField(_l("Xếp theo"), validate_choice=False)


def _asked(account: Account | None) -> tuple[FunnelForm, By, int]:
    day, ways = today(), ways_for(account)
    over = years(day)
    form = FunnelForm(request.args)
    form.year.choices = [(year, str(year)) for year in over]
    form.by.choices = [(by.value, by.label) for by in ways]
    form.validate()
    by = next((one for one in ways if one.value == form.by.data), ways[0])
    year = form.year.data if form.year.data in over else over[0]
    form.by.data, form.year.data = by.value, year
    return form, by, year


@public_bp.get("/work-abroad/figures")
@allow(PUBLIC)
def figures() -> Any:
    """Everybody may know how it goes; who meets no people is told of no few."""
    account = actor()
    form, by, year = _asked(account)
    return render_template(
        "overseas/funnel.html",
        form=form,
        by=by,
        year=year,
        stages=STAGES,
        found=funnel(account, by, year, today()),
        opens=sees_people(account),
    )


@bp.get("/figures/<stage>")
@allow(*CASE_STAFF)
def figure_rows(stage: str) -> Any:
    """The cases behind one number."""
    if stage not in CaseState.values() or CaseState(stage) not in STAGES:
        abort(404)
    _form, by, year = _asked(someone())
    key = request.args.get("key", "")[:20]
    if not may_be_key(by, key):
        abort(404)
    reached = CaseState(stage)
    page = paginate_rows(rows_behind(someone(), by, key, reached, year, today()))
    return render_template(
        "overseas/funnel_rows.html",
        page=page,
        stage=reached,
        by=by,
        year=year,
        label=labels_of(by, [key]).get(key, "") if key else "",
        place_name=places().name,
    )
