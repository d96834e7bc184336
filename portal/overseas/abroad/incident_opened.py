"""Where somebody who opened an incident goes next: to it, or back with a word where they may not read it."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.extensions import db
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.incident_permissions import may_see
from portal.workers.blueprint import someone


def after_opening(made: Incident, back: str) -> Response:
    """Commits. `back` is the page for who may not read what they opened."""
    number, owner = made.id, made.owner.display_name if made.owner is not None else _("Tư vấn viên")
    is_seen = may_see(made, someone())
    db.session.commit()
    if is_seen:
        flash(_("Đã mở sự việc số %(number)s.", number=number), "good")
        return redirect(url_for("abroad.incident", incident_id=number))
    flash(
        _("Đã mở sự việc số %(number)s. Chỉ %(name)s và lãnh đạo xem được.", number=number, name=owner),
        "good",
    )
    return redirect(back)
