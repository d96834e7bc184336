"""The blueprints that the desk's contacts, call-backs and what follows from them hang on."""

from flask import Blueprint

bp = Blueprint("counselling", __name__, url_prefix="/counselling")
# What anybody may do without an account has short addresses of its own.
public_bp = Blueprint("call_me", __name__)
