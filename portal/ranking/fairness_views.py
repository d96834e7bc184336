"""How groups of people fare: of one opening, and of a whole month."""

import datetime as dt
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import SelectField

from portal.access.states import CASE_STAFF, Role
from portal.common.clock import now, today
from portal.extensions import db
from portal.ranking import fairness_tables
from portal.ranking.fairness_jobs import ask_for_count
from portal.ranking.fairness_people import month_after
from portal.ranking.fairness_tables import Table
from portal.ranking.states import GROUPED, LATER, SEALED, Dimension, Stage
from portal.ranking.views import bp, opening_or_404
from portal.web.access import allow
from portal.web.downloads import csv_response
from portal.web.forms import FilterForm
from portal.web.lists import paginate_rows

MONTHS_BACK = 12
# The administrator and the department meet no people: one opening is too small a place for them to look into.
MAY_COUNT = (*CASE_STAFF, Role.ADMINISTRATOR)
# Nobody reads of one opening what people told in confidence.
OF_OPENING = tuple(one for one in GROUPED if one not in SEALED)
OF_MONTH = (*MAY_COUNT, Role.DEPARTMENT)


class FairnessForm(FilterForm):
    month = SelectField(_l("Tháng"), choices=[])
    by = SelectField(_l("Xếp theo"), choices=[])

    def fill(self, groupings: tuple[Dimension, ...] = GROUPED) -> "FairnessForm":
        self.by.choices = [(one.value, one.label) for one in groupings]
        months = last_months(today())
        self.month.choices = [(month_key(one), f"{one:%m/%Y}") for one in months]
        usual = {"month": month_key(months[0]), "by": Dimension.SEX.value}
        for name, value in usual.items():
            self[name].data = self[name].data or value
        self.validate()
        for name in self.errors:
            # Somebody wrote the address by hand: said at the field, and the usual is shown.
            self[name].data = usual[name]
        return self

    def first_day(self) -> dt.date:
        return dt.date.fromisoformat(f"{self.month.data}-01")


def month_key(month: dt.date) -> str:
    return f"{month:%Y-%m}"


def last_months(on: dt.date) -> list[dt.date]:
    months = [on.replace(day=1)]
    while len(months) < MONTHS_BACK:
        months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
    return months


@bp.get("/fairness")
@allow(*OF_MONTH)
def fairness_of_month() -> Any:
    form = FairnessForm(request.args).fill()
    tables = fairness_tables.tables_of(fairness_tables.counts_of(form.first_day(), None), current_user)
    if "csv" in request.args:
        return _csv(tables, form)
    openings = None
    if current_user.role in CASE_STAFF:
        openings = paginate_rows(fairness_tables.openings_counted(form.first_day()))
    return _page("ranking/fairness_month.html", tables, form, openings=openings)


@bp.get("/openings/<int:opening_id>/fairness")
@allow(*CASE_STAFF)
def fairness_of_opening(opening_id: int) -> Any:
    opening, form = opening_or_404(opening_id), FairnessForm(request.args).fill(OF_OPENING)
    counts = fairness_tables.counts_of(form.first_day(), opening.id)
    tables = fairness_tables.tables_of(counts, current_user)
    if "csv" in request.args:
        return _csv(tables, form)
    return _page("ranking/fairness_opening.html", tables, form, opening=opening)


@bp.post("/fairness/count")
@allow(*MAY_COUNT)
def count_month() -> Any:
    return _count(None)


@bp.post("/openings/<int:opening_id>/fairness/count")
@allow(*CASE_STAFF)
def count_opening(opening_id: int) -> Any:
    return _count(opening_or_404(opening_id).id)


def _count(opening_id: int | None) -> Any:
    """Begin the count and show how far it is; the page can be left."""
    asked = request.form.get("month", "")
    month = next((one for one in last_months(today()) if month_key(one) == asked), None)
    if month is None:
        abort(400)
    job = ask_for_count(month, opening_id, actor=current_user._get_current_object(), now=now())
    db.session.commit()
    return redirect(url_for("jobs.progress", job_id=job.id))


def _csv(tables: dict[Dimension, Table], form: FairnessForm) -> Any:
    if not tables:
        abort(404)
    table = tables[Dimension(form.by.data)]
    rows = [fairness_tables.sheet_row(line) for line in table.lines]
    return csv_response(f"cong-bang-{form.month.data}-{form.by.data}.csv", fairness_tables.header(), rows)


def _page(template: str, tables: dict[Dimension, Table], form: FairnessForm, **more: Any) -> str:
    month = form.first_day()
    return render_template(
        template,
        form=form,
        month=month,
        sealed=Dimension(form.by.data) in SEALED,
        table=tables.get(Dimension(form.by.data)),
        low=[(table, *found) for table in tables.values() for found in table.low],
        stages=list(Stage),
        later=LATER,
        said_of=fairness_tables,
        may_count=current_user.role in MAY_COUNT,
        over=month_after(month) <= today(),
        **more,
    )
