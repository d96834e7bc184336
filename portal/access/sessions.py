"""Who is asking: Flask-Login's loader, and sessions that end with a password change."""

from flask import Flask, current_app, session
from flask_login import login_user, logout_user
from sqlalchemy import inspect, select
from sqlalchemy.exc import OperationalError

from config import SettingsError
from portal.access.models import Account
from portal.extensions import db, login_manager

# The public page somebody registers or signs in for; nothing about a person.
CAME_FOR = "came_for"


@login_manager.user_loader
def load_account(session_id: str) -> Account | None:
    account_id, _, version = session_id.partition(".")
    if not account_id.isdigit():
        return None
    account = db.session.get(Account, int(account_id))
    if account is None or not account.is_enabled or str(account.session_version) != version:
        return None
    return account if may_be_used(account) else None


def may_be_used(account: Account) -> bool:
    """The passwords of demo accounts are printed: outside a demo nobody comes in with one."""
    return not account.is_demo or bool(current_app.config["DEMO"])


def open_session(account: Account) -> None:
    """A new session, with nothing of the one before but the language and the opening one came for."""
    came_for = session.get(CAME_FOR)
    _empty_session()
    if came_for:
        session[CAME_FOR] = came_for
    login_user(account)
    session.permanent = True


def close_session() -> None:
    logout_user()
    _empty_session()


def _empty_session() -> None:
    chosen = session.get("locale")
    session.clear()
    if chosen:
        session["locale"] = chosen


def _insist_on_no_demo_account(app: Flask) -> None:
    """Production does not start on the database of a demo."""
    with app.app_context():
        try:
            known = inspect(db.engine).has_table(Account.__tablename__)
            found = known and db.session.scalar(select(Account.id).where(Account.is_demo).limit(1))
        except OperationalError:
            # No database to be reached yet; and nobody can come in with a demo account anyway.
            return
        finally:
            # A server that forks afterwards must not share this connection.
            db.session.remove()
            db.engine.dispose()
    if found:
        raise SettingsError("This database holds demo accounts; production needs a database of its own.")


def init_app(app: Flask) -> None:
    if not app.config["DEMO"]:
        _insist_on_no_demo_account(app)

    @app.before_request
    def keep_session() -> None:
        # The lifetime counts from the last use.
        session.permanent = True
