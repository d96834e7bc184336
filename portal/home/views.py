"""Pages that combine: the public front, "me", the desk."""

from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user

from portal.access.states import Role
from portal.web.access import PUBLIC, allow

bp = Blueprint("home", __name__)


@bp.get("/")
@allow(PUBLIC)
def front() -> Any:
    return render_template("home/front.html")


@bp.get("/me")
@allow(Role.SEEKER)
def me() -> Any:
    return render_template("home/me.html", account=current_user)


@bp.get("/desk")
@allow(Role.ADVISER, Role.MODERATOR, Role.LEADER)
def desk() -> Any:
    return render_template("home/desk.html")
