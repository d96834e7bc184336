"""Who is asking: Flask-Login's loader, and sessions that end with a password change."""

from flask import Flask, session

from portal.access.models import Account
from portal.extensions import db, login_manager


@login_manager.user_loader
def load_account(session_id: str) -> Account | None:
    account_id, _, version = session_id.partition(".")
    if not account_id.isdigit():
        return None
    account = db.session.get(Account, int(account_id))
    if account is None or not account.is_enabled or str(account.session_version) != version:
        return None
    return account


def init_app(app: Flask) -> None:
    @app.before_request
    def keep_session() -> None:
        # The lifetime counts from the last use.
        session.permanent = True
