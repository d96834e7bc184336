"""Domain errors know nothing of HTTP; one table here turns them into pages."""

from typing import Any

from flask import Flask, Response, flash, make_response, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from portal.extensions import db
from portal.web.redirects import safe_back


class DomainError(Exception):
    """A sentence for the person who asked; `field` names the place it belongs to."""

    status = 422

    def __init__(self, sentence: Any, *, field: str | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field


class Refused(DomainError):
    """A rule or the present state does not allow this change."""

    status = 409


class NotAllowed(DomainError):
    """This account may not do this."""

    status = 403

    def __init__(self, sentence: Any = "") -> None:
        super().__init__(sentence)


class Invalid(DomainError):
    """A value does not have a meaning we can store."""


PAGES = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)


def error_page(status: int, sentence: Any = None) -> Response:
    page = status if status in PAGES else (400 if status < 500 else 500)
    return make_response(render_template(f"errors/{page}.html", sentence=sentence), status)


def init_app(app: Flask) -> None:
    @app.errorhandler(DomainError)
    def domain_error(error: DomainError) -> Any:
        db.session.rollback()
        # A refused step in a form goes back to the page it came from, with the sentence on top.
        back = safe_back(request.referrer) if request.method == "POST" and error.status == 409 else None
        if back:
            flash(str(error.sentence), "stop")
            return redirect(back)
        return error_page(error.status, error.sentence)

    @app.errorhandler(CSRFError)
    def csrf_error(error: CSRFError) -> Response:
        db.session.rollback()
        return error_page(400)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Any:
        db.session.rollback()
        status = error.code or 500
        if status < 400:
            return error
        response = error_page(status)
        response.headers.extend(
            {k: v for k, v in error.get_headers() if k not in ("Content-Type", "Content-Length")}
        )
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        db.session.rollback()
        # The type alone: an exception's text may hold what a person typed.
        app.logger.error("unexpected %s on %s", type(error).__name__, request.endpoint, exc_info=app.debug)
        if app.testing:
            raise error
        return error_page(500)
