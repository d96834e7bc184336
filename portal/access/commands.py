"""Commands about accounts: the first administrator of a new installation is made here."""

import click
from flask.cli import with_appcontext

from portal.access.operations import create_account
from portal.access.passwords import hash_password
from portal.access.rules import password_problem
from portal.access.states import STAFF, Role
from portal.common.clock import now
from portal.errors import DomainError
from portal.web.transactions import write_transaction


@click.command("create-account")
@click.argument("sign_in_name")
@click.option("--name", "display_name", prompt=True, help="The person's name.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in (*STAFF, Role.ADMINISTRATOR)]),
    default="administrator",
)
@click.password_option(help="Asked for when it is not given.")
@with_appcontext
def create_account_command(sign_in_name: str, display_name: str, role: str, password: str) -> None:
    """Make an account for somebody of the centre."""
    problem = password_problem(password, names=(sign_in_name, display_name))
    if problem:
        raise click.ClickException(problem)
    password_hash = hash_password(password)
    try:
        with write_transaction():
            account = create_account(
                sign_in_name, display_name, Role(role), password_hash, actor=None, now=now()
            )
            made = account.sign_in_name
    except DomainError as error:
        raise click.ClickException(str(error.sentence)) from error
    click.echo(f"{made} can sign in.")
