"""The page of the minimum-wage regions: which unit lies in which region on a day, and what that means."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.common.clock import now, today
from portal.errors import Refused
from portal.extensions import db
from portal.reference import rules as legal_rules
from portal.reference.forms import RuleDayForm, WageRegionForm
from portal.reference.models import WageRegion
from portal.reference.permissions import LEADER, may_change_reference
from portal.reference.views import bp, signed_in
from portal.reference.wage_regions import add_region, regions_of_day
from portal.web.access import PUBLIC, allow

__all__ = ["bp"]


@bp.get("/wage-regions")
@allow(PUBLIC)
def wage_regions() -> str:
    return _page(WageRegionForm(formdata=None))


@bp.post("/wage-regions")
@allow(LEADER)
def save_wage_region() -> Any:
    form = WageRegionForm()
    if form.validate():
        try:
            row = add_region(
                actor=signed_in(),
                now=now(),
                place_code=form.place_code.data,
                region=WageRegion(form.region.data),
                source=form.source.data,
                valid_from=form.valid_from.data,
                verified=form.verified.data,
            )
            db.session.commit()
            flash(_("Đã ghi vùng lương mới. Dòng cũ vẫn áp dụng cho những ngày trước đó."), "good")
            return redirect(url_for("reference.wage_regions", on=row.valid_from.strftime("%d/%m/%Y")))
        except Refused as refusal:
            db.session.rollback()
            form.put_error(refusal)
    return _page(form), 422


def _page(form: WageRegionForm) -> str:
    day_form = RuleDayForm(request.args)
    day = day_form.on.data if day_form.validate() and day_form.on.data else today()
    return render_template(
        "reference/wage_regions.html",
        form=form,
        day_form=day_form,
        day=day,
        regions=regions_of_day(db.session, day, legal_rules.of_day(db.session, day)),
        may_change=may_change_reference(signed_in()),
    )
