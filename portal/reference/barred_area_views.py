"""The page of the barred areas: read by everybody, kept by moderators and the leader."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.common.clock import now, today
from portal.errors import Refused
from portal.extensions import db
from portal.reference.barred_areas import bar_area, barred_before_or_after, barred_on, confirm_bar, end_bar
from portal.reference.countries import country_name
from portal.reference.forms import BarAreaForm, ConfirmBarForm, EndBarForm, RuleDayForm
from portal.reference.models import BarReason, BarredArea
from portal.reference.permissions import LEADER, MODERATOR, may_keep_barred_areas
from portal.reference.views import signed_in
from portal.reference.wage_region_views import bp
from portal.web.access import PUBLIC, allow

__all__ = ["bp"]


@bp.get("/barred-areas")
@allow(PUBLIC)
def barred_areas() -> str:
    return _page(BarAreaForm(formdata=None))


@bp.post("/barred-areas")
@allow(LEADER, MODERATOR)
def save_barred_area() -> Any:
    form = BarAreaForm()
    if form.validate():
        try:
            row = bar_area(
                actor=signed_in(),
                now=now(),
                country=form.country.data,
                area=form.area.data or "",
                reason=BarReason(form.reason.data),
                source=form.source.data,
                valid_from=form.valid_from.data,
                verified=form.verified.data,
            )
            db.session.commit()
            flash(_("Đã ghi nơi bị cấm. Tin tuyển đến đó sẽ bị giữ lại hoặc được nhắc."), "good")
            return redirect(url_for("reference.barred_areas", on=row.valid_from.strftime("%d/%m/%Y")))
        except Refused as refusal:
            db.session.rollback()
            form.put_error(refusal)
    return _page(form), 422


@bp.route("/barred-areas/<int:area_id>", methods=["GET", "POST"])
@allow(LEADER, MODERATOR)
def barred_area(area_id: int) -> Any:
    """One row: its end, or the text somebody has read."""
    row = db.session.get(BarredArea, area_id)
    if row is None:
        abort(404)
    ending, confirming = EndBarForm(prefix="end"), ConfirmBarForm(prefix="confirm")
    if request.method == "POST":
        form: Any = confirming if request.form.get("step") == "confirm" else ending
        if form.validate():
            try:
                return _change(row, form)
            except Refused as refusal:
                db.session.rollback()
                form.put_error(refusal)
    status = 422 if request.method == "POST" else 200
    page = render_template(
        "reference/barred_area.html",
        row=row,
        ending=ending,
        confirming=confirming,
        name=country_name(row.country),
    )
    return page, status


def _change(row: BarredArea, form: Any) -> Any:
    if isinstance(form, ConfirmBarForm):
        confirm_bar(actor=signed_in(), now=now(), row=row, source=form.source.data)
        flash(_("Đã ghi là đã kiểm chứng."), "good")
    else:
        end_bar(actor=signed_in(), now=now(), row=row, last_day=form.last_day.data)
        flash(_("Đã ghi ngày cuối. Dòng này vẫn còn cho những ngày trước đó."), "good")
    db.session.commit()
    return redirect(url_for("reference.barred_areas"))


def _page(form: BarAreaForm) -> str:
    day_form = RuleDayForm(request.args)
    day = day_form.on.data if day_form.validate() and day_form.on.data else today()
    return render_template(
        "reference/barred_areas.html",
        form=form,
        day_form=day_form,
        day=day,
        rows=barred_on(db.session, day),
        others=barred_before_or_after(db.session, day),
        name=country_name,
        may_change=may_keep_barred_areas(signed_in()),
    )
