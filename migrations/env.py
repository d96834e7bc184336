"""Alembic's environment: online only, on the application's own engine."""

from alembic import context
from flask import current_app

from portal.common.columns import ChoiceType, UtcDateTime
from portal.extensions import db

target = db.metadata


def render_item(kind, item, _autogen_context):
    """A migration must not import the application: our types are written as what they store."""
    if kind == "type" and isinstance(item, ChoiceType):
        return "sa.String(length=30)"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    return False


def run() -> None:
    with db.engine.connect().execution_options(write=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=target,
            render_item=render_item,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
