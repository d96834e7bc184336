"""One blueprint for all pages of the capability; `pages` imports the modules that fill it."""

from flask import Blueprint

from portal.referrals.notices import appointment

bp = Blueprint("referrals", __name__)


bp.app_template_filter("appointment")(appointment)
