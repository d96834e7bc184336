"""`flask demo`: believable made-up data, in demo mode only."""

import click
from flask import current_app

from portal.demo.load import OPENINGS, SEED, WORKERS, load


@click.command("demo")
@click.option("--workers", default=WORKERS, show_default=True, type=click.IntRange(1, 2_000_000))
@click.option("--openings", default=OPENINGS, show_default=True, type=click.IntRange(1, 20_000))
@click.option("--seed", default=SEED, show_default=True)
def demo_command(workers: int, openings: int, seed: int) -> None:
    """Load made-up people, openings and referrals."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("This is a production portal: demo data is loaded in demo mode only.")
    load(workers=workers, openings=openings, seed=seed, progress=click.echo)
