"""A moderator compares an overseas opening with its papers, and lets a warning pass or not."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from portal.common.clock import now, today
from portal.errors import DomainError, Refused
from portal.extensions import db
from portal.openings import ticking
from portal.openings.checked_values import FIELDS
from portal.openings.desk_views import own_opening
from portal.openings.import_views import bp as imports_bp
from portal.openings.moderation_views import moderation_page
from portal.openings.permissions import MODERATORS
from portal.openings.standing import Checker, key_of
from portal.openings.terms_views import bp
from portal.web.access import allow

__all__ = ["bp", "imports_bp"]


@bp.post("/desk/openings/<int:opening_id>/ticks")
@allow(*MODERATORS)
def tick(opening_id: int) -> Any:
    opening = own_opening(opening_id)
    fields = [name for name in request.form.getlist("field") if name in FIELDS]
    seen = {name: request.form.get(f"seen-{name}", "") for name in fields}
    ticked = ticking.tick(opening, fields, seen=seen, actor=current_user, now=now())
    db.session.commit()
    flash(
        ngettext("Đã ghi: %(num)s mục khớp giấy tờ.", "Đã ghi: %(num)s mục khớp giấy tờ.", len(ticked)),
        "good",
    )
    return redirect(url_for("openings.moderate", opening_id=opening_id, _anchor="values"))


@bp.post("/desk/openings/<int:opening_id>/ticks/<field>/undo")
@allow(*MODERATORS)
def untick(opening_id: int, field: str) -> Any:
    ticking.untick(own_opening(opening_id), field, actor=current_user, now=now())
    db.session.commit()
    flash(_("Mục này lại chờ đối chiếu."), "good")
    return redirect(url_for("openings.moderate", opening_id=opening_id, _anchor="values"))


@bp.post("/desk/openings/<int:opening_id>/warnings")
@allow(*MODERATORS)
def override_warning(opening_id: int) -> Any:
    opening = own_opening(opening_id)
    key = tuple(request.form.get(name, "") for name in ("rule", "field", "stated"))
    reason = request.form.get("reason", "").strip()[:1000]
    standing = Checker(today()).standing(opening)
    finding = next((one for one in standing.open_warnings if key_of(one) == key), None)
    if finding is None:
        raise Refused(_("Lời nhắc này không còn nữa. Hãy xem lại trang."))
    try:
        ticking.override(opening, standing, finding, reason, actor=current_user, now=now())
    except DomainError as error:
        db.session.rollback()
        return moderation_page(own_opening(opening_id), wrong={key: error.sentence}, typed=reason), 422
    db.session.commit()
    flash(_("Đã ghi lý do cho qua."), "good")
    return redirect(url_for("openings.moderate", opening_id=opening_id))
