"""The blueprint of costs, payments and suspected fraud; and the warning that every overseas page carries."""

from flask import Blueprint, current_app, request
from flask.sansio.blueprints import BlueprintSetupState
from flask_login import current_user

bp = Blueprint("costs", __name__)
OVERSEAS = "portal.overseas."


def warns_of_fraud() -> bool:
    """On every page about work abroad, save for staff: a later page cannot forget it."""
    view = current_app.view_functions.get(request.endpoint or "")
    ours = view is not None and view.__module__.startswith(OVERSEAS)
    return ours and not (current_user.is_authenticated and current_user.is_staff)


@bp.record_once
def on_every_page(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["warns_of_fraud"] = warns_of_fraud
