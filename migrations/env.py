"""Alembic's environment: online only, on the application's own engine."""

from contextlib import contextmanager

from alembic import context
from flask import current_app

from portal.common.columns import ChoiceType, ExactNumber, UtcDateTime
from portal.extensions import db

target = db.metadata


def render_item(kind, item, _autogen_context):
    """A migration must not import the application: our types are written as what they store."""
    if kind == "type" and isinstance(item, ChoiceType):
        return "sa.String(length=30)"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, ExactNumber):
        return "sa.String(length=24)"
    return False


@contextmanager
def without_foreign_keys(connection):
    """SQLite changes a CHECK by making the table anew; with foreign keys on it would first delete the rows.

    The pragma only works outside a transaction; what was linked before must be linked after.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"this migration leaves {len(broken)} rows without what they point to")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    with db.engine.connect().execution_options(write=True) as connection, without_foreign_keys(connection):
        context.configure(
            connection=connection,
            target_metadata=target,
            render_item=render_item,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
