"""Deny by default: every route states who may come in, or the app does not start."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Select

from portal.extensions import db
from portal.web.redirects import safe_back
from portal.web.transactions import SAFE_METHODS

PUBLIC = "public"
SIGNED_IN = "signed_in"

View = TypeVar("View", bound=Callable[..., Any])
Row = TypeVar("Row")


def allow(*who: str) -> Callable[[View], View]:
    """`@allow(PUBLIC)`, `@allow(SIGNED_IN)` or `@allow(Role.ADVISER, …)`, directly under the route."""

    def mark(view: View) -> View:
        if getattr(view, "allowed", None) is not None:
            raise ValueError(f"{view.__name__} states its access twice")
        view.allowed = frozenset(str(name) for name in who)  # type: ignore[attr-defined]
        return view

    return mark


def get_or_404(query: Select[Row]) -> Row:
    """The one row of a scoped query; what is not yours does not exist."""
    row = db.session.scalars(query).one_or_none()
    if row is None:
        abort(404)
    return row


def routes_without_access(app: Flask) -> list[str]:
    return sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not getattr(app.view_functions[rule.endpoint], "allowed", None)
    )


def init_app(app: Flask) -> None:
    app.view_functions["static"].allowed = frozenset([PUBLIC])  # type: ignore[attr-defined]

    @app.before_request
    def check_access() -> Any:
        view = current_app.view_functions.get(request.endpoint or "")
        if view is None:
            return None
        allowed: frozenset[str] = view.allowed  # type: ignore[attr-defined]
        if PUBLIC in allowed:
            return None
        if not current_user.is_authenticated:
            flash(_("Mời bạn đăng nhập để xem trang này."), "water")
            return redirect(url_for("access.sign_in", next=_way_back()))
        if SIGNED_IN not in allowed and current_user.role.value not in allowed:
            abort(403)
        return None


def _way_back() -> str | None:
    """Where to go on after signing in. What was sent by a form has no page of its own: back to the form."""
    return safe_back(request.full_path if request.method in SAFE_METHODS else request.referrer)


def insist(app: Flask) -> None:
    """Called once all routes stand."""
    missing = routes_without_access(app)
    if missing:
        raise RuntimeError(f"these routes do not state who may come in: {', '.join(missing)}")
