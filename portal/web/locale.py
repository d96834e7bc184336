"""Vietnamese first; English for who asks for it."""

from flask import Blueprint, current_app, redirect, request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.web.access import PUBLIC, allow
from portal.web.redirects import safe_back

bp = Blueprint("locale", __name__)


def choose() -> str:
    chosen = session.get("locale") if request else None
    if not chosen and current_user and current_user.is_authenticated:
        chosen = current_user.locale
    return chosen if chosen in current_app.config["LANGUAGES"] else "vi"


@bp.get("/language/<code>")
@allow(PUBLIC)
def switch(code: str) -> Response:
    if code in current_app.config["LANGUAGES"]:
        session["locale"] = code
    return redirect(safe_back(request.args.get("next")) or "/")
