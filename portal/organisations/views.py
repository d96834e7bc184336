"""Organisations: the centre's list, and each partner's own page."""

from typing import Any

from flask import Blueprint, render_template

from portal.access.states import Role
from portal.web.access import allow

bp = Blueprint("organisations", __name__)


@bp.get("/organisation")
@allow(Role.EMPLOYER, Role.SENDER, Role.COLLEGE, Role.COMMUNE, Role.DEPARTMENT)
def mine() -> Any:
    return render_template("organisations/mine.html")
