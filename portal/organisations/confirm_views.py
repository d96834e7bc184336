"""The page of a call-back: what was found out, by whom; and taking it back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.organisations import confirming
from portal.organisations.forms import ConfirmForm, InviteForm, MarketForm
from portal.organisations.member_views import bp
from portal.organisations.permissions import KEEPERS, READERS
from portal.organisations.views import organisation_page, page_of, visible
from portal.web.access import allow

__all__ = ["bp"]


@bp.route("/organisations/<int:organisation_id>/confirm", methods=["GET", "POST"])
@allow(*READERS)
def confirm(organisation_id: int) -> Any:
    organisation = visible(organisation_id)
    form = ConfirmForm()
    if request.method == "POST" and form.validate():
        try:
            confirming.confirm(
                organisation,
                called_number=form.called_number.data,
                number_source=form.number_source.data,
                spoke_with=form.spoke_with.data,
                actor=current_user,
                now=now(),
            )
            db.session.commit()
            flash(_("Đã ghi xác minh. Tin của tổ chức này đăng được khi đã duyệt."), "good")
            return redirect(page_of(organisation))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            organisation = visible(organisation_id)
    page = render_template("organisations/confirm.html", form=form, organisation=organisation)
    return page, 422 if form.errors or form.form_errors else 200


@bp.post("/organisations/<int:organisation_id>/confirmation/withdraw")
@allow(*KEEPERS)
def withdraw_confirmation(organisation_id: int) -> Any:
    organisation = visible(organisation_id)
    reason = request.form.get("reason", "").strip()[:300]
    try:
        confirming.withdraw(organisation, reason, actor=current_user, now=now())
    except DomainError as error:
        db.session.rollback()
        flash(str(error.sentence), "warn")
        return organisation_page(
            visible(organisation_id), InviteForm(formdata=None), MarketForm(formdata=None), status=422
        )
    db.session.commit()
    flash(_("Đã rút xác minh. Tin đang đăng của tổ chức này chuyển về chờ duyệt."), "good")
    return redirect(url_for("organisations.staff_view", organisation_id=organisation_id))
