"""The blueprint that the pages of programmes, rounds and pools hang on."""

from flask import Blueprint

bp = Blueprint("programmes", __name__)
