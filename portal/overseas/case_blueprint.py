"""One blueprint for all pages of a case; `case_pages` imports the modules that fill it."""

from flask import Blueprint

bp = Blueprint("cases", __name__)
