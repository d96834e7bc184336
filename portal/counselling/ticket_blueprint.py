"""The pages of the waiting desk have short addresses: they are typed on a screen in the hall."""

from flask import Blueprint

bp = Blueprint("tickets", __name__)
