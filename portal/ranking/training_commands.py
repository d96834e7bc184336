"""`flask ranking …`: learn from outcomes, look at versions, put one in place, take it back."""

import json
from typing import Any

import click
from flask.cli import AppGroup

from portal.common.clock import local_date, now
from portal.errors import DomainError
from portal.extensions import db
from portal.ranking import training, version_sentences, versions
from portal.ranking.commands import NO_INDEX, ROW
from portal.ranking.keeper import IndexMissing
from portal.ranking.learning_models import RankingVersion
from portal.ranking.learning_states import VersionState
from portal.web.row_numbers import LARGEST
from portal.web.transactions import write_transaction

ranking_group = AppGroup("ranking", help="Learn the ranking from outcomes; versions and their verdicts.")


def _version(version_id: int) -> RankingVersion:
    found = db.session.get(RankingVersion, version_id)
    if found is None:
        raise click.ClickException(f"There is no version {version_id}.")
    return found


def _name(version_id: int | None) -> str:
    return "the stated weights" if version_id is None else f"version {version_id}"


def _as_json(version: RankingVersion) -> dict[str, Any]:
    names = ("id", "digest", "figures", "against", "present_id", "parameters")
    told = {name: getattr(version, name) for name in names}
    return {**told, "state": version.state.value, "why_not": version_sentences.why_not(version)}


def _print(version: RankingVersion) -> None:
    click.echo(f"version {version.id}: {version.state.value}, measured against {_name(version.present_id)}")
    for label, value in version_sentences.measured(version):
        click.echo(f"  {label}: {value}")
    for sentence in version_sentences.why_not(version):
        click.echo(f"  - {sentence}")


@ranking_group.command("train")
@click.option("--activate", is_flag=True, help="Put it in place if it passes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def train_command(activate: bool, as_json: bool) -> None:
    """Learn from outcomes, try it on weeks it has not seen, and keep the verdict."""
    moment = now()
    try:
        tried = training.try_out(moment)
    except IndexMissing as error:
        raise click.ClickException(NO_INDEX) from error
    with write_transaction():
        version = training.keep(tried, actor=None, now=moment)
        if activate and version.state is VersionState.PASSED:
            versions.activate(version, actor=None, now=moment)
    if as_json:
        click.echo(json.dumps(_as_json(version), ensure_ascii=False, indent=1))
        return
    _print(version)
    if version.state is VersionState.ACTIVE:
        click.echo("It orders every list from now on.")
    elif version.state is VersionState.PASSED:
        click.echo(f"It passes. Put it in place with: flask ranking activate {version.id}")
    else:
        click.echo(f"Lists go on being ordered by {_name(version.present_id)}.")


@ranking_group.command("versions")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def versions_command(as_json: bool) -> None:
    """List what was learned, newest first."""
    rows = versions.all_versions()
    if as_json:
        click.echo(json.dumps([_as_json(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        gain = row.figures.get("ndcg")
        told = f"{gain['difference']:+.3f} ({gain['low']:+.3f} to {gain['high']:+.3f})" if gain else "–"
        click.echo(f"{row.id:>4}  {local_date(row.made_at)}  {row.state.value:<10}  {told}")
    active = versions.active_version()
    if active is None or not versions.is_readable(active):
        click.echo("In use: the stated weights.")
    if active is not None and not versions.is_readable(active):
        click.echo(f"Version {active.id} was learned for another format: learn again.")


@ranking_group.command("compare")
@click.argument("first", type=click.IntRange(0, LARGEST))
@click.argument("second", type=click.IntRange(0, LARGEST))
def compare_command(first: int, second: int) -> None:
    """Lay two versions side by side; 0 stands for the stated weights."""
    both = [None if number == 0 else _version(number) for number in (first, second)]
    for version in both:
        if version is not None and not version.digest:
            raise click.ClickException(f"Nothing was learned in version {version.id}.")
    click.echo(f"{'of 100 points':<24}{first or 'stated':>8}{second or 'stated':>8}")
    for label, one, other in version_sentences.weight_rows(*both):
        click.echo(f"{label!s:<24}{one:>8}{other:>8}")
    for version in both:
        if version is not None:
            _print(version)


@ranking_group.command("activate")
@click.argument("version_id", type=ROW)
def activate_command(version_id: int) -> None:
    """Put a version in place that has passed."""
    try:
        with write_transaction():
            versions.activate(_version(version_id), actor=None, now=now())
    except DomainError as error:
        raise click.ClickException(str(error.sentence)) from error
    click.echo(f"Version {version_id} orders every list from now on.")


@ranking_group.command("take-back")
@click.argument("version_id", type=ROW)
@click.option("--because", required=True, help="Why; kept with the version.")
def take_back_command(version_id: int, because: str) -> None:
    """Take a version out of use; what was in use before it comes back."""
    try:
        with write_transaction():
            version = _version(version_id)
            versions.take_back(version, because, actor=None, now=now())
            present = versions.active_version()
    except DomainError as error:
        raise click.ClickException(str(error.sentence)) from error
    click.echo(f"Lists are ordered by {_name(present.id if present else None)} again.")
