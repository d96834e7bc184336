"""When a transaction begins, and of which kind.

SQLite: a transaction that will write starts with BEGIN IMMEDIATE, so that nobody changes between our
reading and our writing (without it updates are lost). PostgreSQL: operations lock the rows they change.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import Flask, current_app, request
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from portal.extensions import db

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
View = TypeVar("View", bound=Callable[..., Any])


def slow_first(view: View) -> View:
    """The view does slow work (argon2, PDF, a sheet) and opens its own `write_transaction`."""
    view.slow_first = True  # type: ignore[attr-defined]
    return view


@contextmanager
def write_transaction(*, keep_loaded: bool = False) -> Iterator[None]:
    """End what was read so far, begin a transaction that writes, commit at the end.

    Objects loaded before are expired and read again inside it, so that nothing old is written back.
    `keep_loaded` is for a GET that only records something: its page goes on with what it has read.
    """
    if keep_loaded:
        db.session.commit()
    else:
        db.session.rollback()
        # Also without a transaction to roll back: objects outlive a commit (portal/extensions.py), and what
        # an earlier transaction read must not be counted on in this one.
        db.session.expire_all()
    begin_write()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def begin_write() -> None:
    db.session.connection(execution_options={"write": True})


def prepare_sqlite(engine: Engine) -> None:
    """Real transactions on SQLite; pysqlite's own BEGIN logic is switched off."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def init_app(app: Flask) -> None:
    @app.before_request
    def begin_before_writing() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if request.method in SAFE_METHODS or view is None or getattr(view, "slow_first", False):
            return
        begin_write()
