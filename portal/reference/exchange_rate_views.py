"""The page of the exchange rates: what is stored, and a new row."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal.common.clock import now, today
from portal.errors import Refused
from portal.extensions import db
from portal.reference.exchange_rates import add_rate, latest_rates
from portal.reference.forms import ExchangeRateForm
from portal.reference.permissions import RATE_KEEPERS, STAFF, may_enter_rates
from portal.reference.views import signed_in
from portal.reference.wage_region_views import bp
from portal.web.access import allow
from portal.web.fields import show_decimal

__all__ = ["bp"]


@bp.get("/exchange-rates")
@allow(*STAFF)
def exchange_rates() -> str:
    return _page(ExchangeRateForm(formdata=None, day=today()))


@bp.post("/exchange-rates")
@allow(*RATE_KEEPERS)
def save_exchange_rate() -> Any:
    form = ExchangeRateForm()
    if form.validate():
        try:
            add_rate(
                actor=signed_in(),
                now=now(),
                currency=form.currency.data,
                rate=form.rate.data,
                day=form.day.data,
                source=form.source.data,
                today=today(),
            )
            db.session.commit()
            flash(_("Đã ghi tỷ giá."), "good")
            return redirect(url_for("reference.exchange_rates"))
        except Refused as refusal:
            db.session.rollback()
            form.put_error(refusal)
    return _page(form), 422


def _page(form: ExchangeRateForm) -> str:
    return render_template(
        "reference/exchange_rates.html",
        form=form,
        rates=latest_rates(db.session),
        may_enter=may_enter_rates(signed_in()),
        show=show_decimal,
    )
