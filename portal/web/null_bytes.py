"""Null bytes: nobody can type one, and PostgreSQL refuses a text that holds one.

Forms drop them with the other signs that nobody sees (`portal.web.forms.tidy`); what a view reads past the
forms loses them here.
"""

from typing import Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict

NULL = "\x00"


class WithoutNull(ImmutableMultiDict[str, Any]):
    """Names and values of an address or a form. Files stay as they are."""

    def __init__(self, mapping: Any = None) -> None:
        super().__init__(mapping)
        pairs = list(self.items(multi=True))
        if any(NULL in name or (isinstance(value, str) and NULL in value) for name, value in pairs):
            super().__init__([(_cleared(name), _cleared(value)) for name, value in pairs])


def _cleared(value: Any) -> Any:
    return value.replace(NULL, "") if isinstance(value, str) else value


class TidyRequest(Request):
    parameter_storage_class = WithoutNull


def init_app(app: Flask) -> None:
    app.request_class = TidyRequest

    @app.before_request
    def no_such_address() -> None:
        if NULL in request.path:
            abort(404)
