"""One blueprint for all pages of the capability; `pages` imports the modules that fill it."""

import datetime as dt

from flask import Blueprint
from flask_babel import format_datetime
from flask_babel import gettext as _

bp = Blueprint("referrals", __name__)


@bp.app_template_filter("appointment")
def appointment(moment: dt.datetime) -> str:
    """A time one must keep: with the day of the week, as people say it."""
    return str(_("%(clock)s, %(day)s", clock=format_datetime(moment, "HH:mm"),
                 day=format_datetime(moment, "EEEE dd/MM/yyyy")))  # fmt: skip
