"""The blueprint that all pages of people hang on."""

from flask import Blueprint, abort, request
from flask_login import current_user

from portal.access.models import Account
from portal.workers.models import Worker
from portal.workers.queries import Workers, worker_of

bp = Blueprint("workers", __name__)


def actor() -> Account | None:
    """The account itself, not Flask-Login's stand-in for it."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def someone() -> Account:
    account = actor()
    if account is None:
        abort(401)
    return account


def own_worker() -> Worker | None:
    """The signed-in person's profile with all its lists; locked where the request is going to change it."""
    worker = worker_of(actor())
    if worker is None:
        return None
    shown = Workers().by_id(worker.id).with_profile_data()
    return (shown.locked() if request.method == "POST" else shown).first()
