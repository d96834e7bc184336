"""The nightly clocks of referrals."""

import click

from portal.common.clock import now
from portal.referrals.operations import lapse_due, remind_due
from portal.web.transactions import write_transaction


@click.command("lapse-referrals")
def lapse_referrals_command() -> None:
    """End the questions that nobody answered in time, and remind of those that end soon."""
    with write_transaction():
        lapsed = len(lapse_due(now=now()))
    with write_transaction():
        reminded = len(remind_due(now=now()))
    click.echo(f"{lapsed} lapsed, {reminded} reminded.")
