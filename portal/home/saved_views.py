"""My lists: keep one, find it again, rename it, let it go."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from portal.access.models import Account
from portal.access.states import STAFF
from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.home import saved
from portal.home.models import SavedView
from portal.home.views import bp
from portal.web.access import allow, get_or_404


@bp.app_context_processor
def saved_lists() -> dict[str, Any]:
    """For My day (all) and for each list (its own)."""
    return {"saved_lists": saved_here, "saved_address": saved.address_of}


def saved_here(endpoint: str | None = None) -> list[SavedView]:
    if not current_user.is_authenticated or current_user.role not in STAFF:
        return []
    return saved.views_of(current_user, endpoint)


def _me() -> Account:
    account: Account = current_user._get_current_object()
    return account


def _own(view_id: int) -> SavedView:
    return get_or_404(select(SavedView).where(SavedView.id == view_id, SavedView.account_id == _me().id))


@bp.get("/desk/saved")
@allow(*STAFF)
def saved_all() -> Any:
    return render_template("home/saved.html", views=saved.views_of(_me()), lists=saved.LISTS)


@bp.post("/desk/saved")
@allow(*STAFF)
def save_list() -> Any:
    """The addresses of lists hold their filters; only known ones are kept."""
    endpoint = request.form.get("endpoint", "")
    if endpoint not in saved.LISTS:
        abort(404)
    try:
        view = saved.save(
            request.form.get("name", ""), endpoint, request.form.get("query", ""), actor=_me(), now=now()
        )
    except DomainError as error:
        if error.status == 403:
            raise
        db.session.rollback()
        flash(str(error.sentence), "stop")
        query = saved.kept_filters(endpoint, request.form.get("query", ""))
        return redirect(f"{url_for(endpoint)}?{query}" if query else url_for(endpoint))
    address, name = saved.address_of(view), view.name
    db.session.commit()
    flash(_("Đã lưu danh sách “%(name)s”. Chữ và số trong ô tìm không được lưu.", name=name), "good")
    return redirect(address)


@bp.post("/desk/saved/<int:view_id>/rename")
@allow(*STAFF)
def rename_list(view_id: int) -> Any:
    try:
        saved.rename(_own(view_id), request.form.get("name", ""), actor=_me())
    except DomainError as error:
        db.session.rollback()
        flash(str(error.sentence), "stop")
        return redirect(url_for("home.saved_all"))
    db.session.commit()
    flash(_("Đã đổi tên."), "good")
    return redirect(url_for("home.saved_all"))


@bp.post("/desk/saved/<int:view_id>/remove")
@allow(*STAFF)
def remove_list(view_id: int) -> Any:
    saved.remove(_own(view_id), actor=_me())
    db.session.commit()
    flash(_("Đã xóa danh sách."), "good")
    return redirect(url_for("home.saved_all"))
