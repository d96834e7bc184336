"""One blueprint for all pages of the capability; `pages` imports the modules that fill it."""

from flask import Blueprint

bp = Blueprint("referrals", __name__)
