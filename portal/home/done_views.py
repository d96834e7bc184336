"""What I did today."""

from typing import Any

from flask import render_template
from flask_login import current_user

from portal.access.states import STAFF
from portal.common.clock import today
from portal.home.done_today import done_on
from portal.home.views import bp
from portal.web.access import allow


@bp.get("/desk/done")
@allow(*STAFF)
def done() -> Any:
    day = today()
    return render_template("home/done.html", groups=done_on(current_user, day), day=day)
