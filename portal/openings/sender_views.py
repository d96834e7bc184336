"""The public list of senders and the page of one: who asks for money without standing here is asked about."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField

from portal.common.clock import today
from portal.openings.senders import Senders, openings_of, row_of, rows_of
from portal.organisations.queries import live_confirmation
from portal.reference.countries import MARKETS, market_choices
from portal.web.access import PUBLIC, allow, get_or_404
from portal.web.forms import FilterForm
from portal.web.lists import paginate

bp = Blueprint("senders", __name__, url_prefix="/senders")


class SenderFilter(FilterForm):
    q = StringField(_l("Tên công ty hoặc mã số thuế"))
    country = SelectField(_l("Được đưa người đến"), default="", validate_choice=False)
    licensed = BooleanField(_l("Giấy phép còn hiệu lực"))
    hiring = BooleanField(_l("Đang tuyển người"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = [("", str(_l("Tất cả"))), *market_choices()]


@bp.get("")
@allow(PUBLIC)
def listed() -> Any:
    form, on = SenderFilter(request.args), today()
    shown = Senders().listed().search(form.q.data or "")
    if form.country.data in MARKETS:
        shown = shown.for_market(form.country.data, on)
    if form.licensed.data:
        shown = shown.licensed(on)
    if form.hiring.data:
        shown = shown.with_openings(on)
    page = paginate(shown.with_market_permissions().in_order().query)
    return render_template("openings/senders.html", form=form, page=page, rows=rows_of(page.items, on))


@bp.get("/<int:organisation_id>")
@allow(PUBLIC)
def one(organisation_id: int) -> Any:
    on = today()
    organisation = get_or_404(Senders().listed().with_id(organisation_id).with_market_permissions().query)
    openings = openings_of(organisation, on)
    return render_template(
        "openings/sender.html",
        row=row_of(organisation, on, len(openings)),
        openings=openings,
        confirmation=live_confirmation(organisation.id),
    )
