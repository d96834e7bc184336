"""The flask commands of the whole; each capability adds its own below."""

import click
from flask import Flask, current_app
from flask_migrate import upgrade

from matching.warm import compile_kernels
from portal.access.commands import create_account_command
from portal.access.states import Role
from portal.common.clock import now
from portal.demo.commands import demo_command
from portal.extensions import db
from portal.jobs.commands import work_command
from portal.openings.check_commands import check_opening_command
from portal.openings.commands import (
    expire_openings_command,
    import_openings_command,
    read_openings_command,
)
from portal.overseas.programmes.seed import load_programmes
from portal.ranking.commands import make_index_command, rank_command, why_not_command
from portal.ranking.training_commands import ranking_group
from portal.reference.seed import load_reference
from portal.referrals.commands import lapse_referrals_command
from portal.web.route_table import as_markdown, route_table
from portal.web.transactions import write_transaction


def set_up() -> None:
    """Bring the database to the newest schema, put in missing reference rows, compile what ranks."""
    upgrade()
    compile_kernels()
    with write_transaction():
        load_reference(db.session, now=now())
        load_programmes(db.session, now=now())


@click.command("setup")
def setup_command() -> None:
    """Migrate the database and load the reference rows."""
    set_up()
    click.echo("The database is ready.")


@click.command("permissions")
def permissions_command() -> None:
    """Print who may open which page, as docs/permissions.md keeps it."""
    click.echo(as_markdown(route_table(current_app, Role.values())), nl=False)


def init_app(app: Flask) -> None:
    app.cli.add_command(setup_command)
    app.cli.add_command(permissions_command)
    app.cli.add_command(create_account_command)
    app.cli.add_command(work_command)
    app.cli.add_command(demo_command)
    app.cli.add_command(rank_command)
    app.cli.add_command(why_not_command)
    app.cli.add_command(ranking_group)
    app.cli.add_command(make_index_command)
    app.cli.add_command(expire_openings_command)
    app.cli.add_command(import_openings_command)
    app.cli.add_command(read_openings_command)
    app.cli.add_command(lapse_referrals_command)
    app.cli.add_command(check_opening_command)
