"""The figures of a period, and the rows behind each of them."""

import datetime as dt
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from portal.access.states import CASE_STAFF
from portal.common.clock import local_date, today
from portal.home import figures
from portal.home.figures import By, Measure, Period
from portal.home.views import bp
from portal.reference.places import places
from portal.web.access import allow
from portal.web.downloads import csv_response
from portal.web.fields import VnDateField
from portal.web.forms import FilterForm
from portal.web.lists import paginate_rows
from portal.web.templating import show_date

LONGEST_PERIOD = dt.timedelta(days=5 * 366)


class PeriodForm(FilterForm):
    start = VnDateField(_l("Từ ngày"))
    end = VnDateField(_l("Đến ngày"))
    by = SelectField(_l("Xếp theo"), choices=[(one.value, one.label) for one in By], default=By.COMMUNE.value)

    def period(self) -> Period:
        """What was asked; a date that cannot be read or a turned period is said at its field."""
        on = today()
        self.validate()
        start = self.start.data or on.replace(day=1)
        end = self.end.data or max(on, start)
        if end < start:
            self.end.errors = [_("Ngày cuối không thể trước ngày đầu.")]
            end = start
        elif end - start > LONGEST_PERIOD:
            self.end.errors = [_("Khoảng này dài quá năm năm: hãy chọn ngắn hơn.")]
            end = start + LONGEST_PERIOD
        # The form shows the period that is on the page, also where nobody chose one.
        self.start.data, self.end.data = start, end
        return Period(start, end)

    def way(self) -> By:
        return By(self.by.data) if self.by.data in By.values() else By.COMMUNE


def common_periods(on: dt.date) -> list[tuple[Any, Period]]:
    month = on.replace(day=1)
    before = month - dt.timedelta(days=1)
    return [
        (_l("Hôm nay"), Period(on, on)),
        (_l("Tháng này"), Period(month, on)),
        (_l("Tháng trước"), Period(before.replace(day=1), before)),
        (_l("Năm nay"), Period(on.replace(month=1, day=1), on)),
        (_l("Năm trước"), Period(dt.date(on.year - 1, 1, 1), dt.date(on.year - 1, 12, 31))),
    ]


@bp.get("/figures")
@allow(*CASE_STAFF)
def figures_page() -> Any:
    form = PeriodForm(request.args)
    period, by = form.period(), form.way()
    lines, total = figures.lines_of(period, by)
    if "csv" in request.args:
        return _csv(period, by, [*lines, total])
    return render_template(
        "home/figures.html",
        form=form,
        period=period,
        by=by,
        lines=lines,
        total=total,
        measures=list(Measure),
        periods=common_periods(today()),
        most=max((line.events[Measure.CONTACTS] for line in lines), default=0),
    )


def _csv(period: Period, by: By, lines: list[figures.Line]) -> Any:
    header = [str(by.label)]
    for measure in Measure:
        header += [_("%(what)s: lượt", what=measure.label), _("%(what)s: người", what=measure.label)]
    rows = [
        [str(line.label), *(n for one in Measure for n in (line.events[one], line.persons[one]))]
        for line in lines
    ]
    return csv_response(f"so-lieu-{period.start:%Y%m%d}-{period.end:%Y%m%d}.csv", header, rows)


@bp.get("/figures/<measure>")
@allow(*CASE_STAFF)
def figure_rows(measure: str) -> Any:
    if measure not in Measure.values():
        abort(404)
    what, form = Measure(measure), PeriodForm(request.args)
    period, by, key = form.period(), form.way(), request.args.get("key", "")[:80]
    if key and not figures.may_be_key(by, key):
        abort(404)
    page = paginate_rows(figures.rows_behind(what, period, by, key))
    label = figures.labels_of(by, [key]).get(key, "") if key else ""
    return render_template(
        "home/figure_rows.html",
        measure=what,
        period=period,
        by=by,
        label=label,
        page=page,
        day_of=_day_of,
        place_name=places().name,
        back={"start": show_date(period.start), "end": show_date(period.end), "by": by.value},
    )


def _day_of(row: Any) -> dt.date:
    """The day that was counted: of a step, the day on which it was taken."""
    day: dt.date = local_date(row.at) if row.at is not None else row.day
    return day
