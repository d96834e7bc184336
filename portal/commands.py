"""The flask commands, one group a capability."""

from flask import Flask


def init_app(app: Flask) -> None:
    pass
