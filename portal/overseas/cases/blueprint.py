"""One blueprint for all pages of a case; `cases.pages` imports the modules that fill it."""

from flask import Blueprint

from portal.overseas.cases.choices import aim_words

bp = Blueprint("cases", __name__)

bp.app_template_global("aim_words")(aim_words)
