"""The blueprint that the pages of support and loans hang on."""

from flask import Blueprint

bp = Blueprint("support", __name__, url_prefix="/support")
