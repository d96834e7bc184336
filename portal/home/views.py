"""Pages that combine: the public front and "me"; the desk is in day_views."""

from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user

from portal.access.states import Role
from portal.common.clock import today
from portal.extensions import db
from portal.home.me import facts_of
from portal.messages.queries import unread_count
from portal.openings.queries import Openings
from portal.openings.states import Sphere
from portal.referrals.notices import place_of
from portal.web.access import PUBLIC, allow
from portal.workers.queries import worker_of

bp = Blueprint("home", __name__)

NEWEST = 6


@bp.get("/")
@allow(PUBLIC)
def front() -> Any:
    newest = Openings().published(today()).newest_first().with_list_data().limit(NEWEST)
    return render_template("home/front.html", openings=db.session.scalars(newest).all(), Sphere=Sphere)


@bp.get("/me")
@allow(Role.SEEKER)
def me() -> Any:
    worker = worker_of(current_user)
    return render_template(
        "home/me.html",
        account=current_user,
        facts=facts_of(worker, today()) if worker is not None else None,
        unread=unread_count(current_user),
        place_of=place_of,
    )
