"""The blueprints that life abroad, incidents, return and boards hang on."""

from flask import Blueprint

bp = Blueprint("abroad", __name__, url_prefix="/overseas")
# What a person abroad opens without an account has a short address of its own.
public_bp = Blueprint("check_ins", __name__)
