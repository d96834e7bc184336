"""The flask commands of openings."""

import json
from pathlib import Path

import click

from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.openings.batches import commit_batch, withdraw_batch
from portal.openings.columns import propose_mapping
from portal.openings.importing import RowRead, read_rows
from portal.openings.models import ImportBatch
from portal.openings.operations import expire_due
from portal.openings.sheets import read_sheet
from portal.openings.writing import read_again
from portal.organisations.models import Organisation
from portal.web.transactions import write_transaction


@click.command("expire-openings")
def expire_openings_command() -> None:
    """End every opening whose last day has passed, and tell its owners."""
    with write_transaction():
        ended = len(expire_due(now()))
    click.echo(f"{ended} openings expired.")


@click.command("read-openings")
def read_openings_command() -> None:
    """Read every opening that is not over again for signs of fraud and wages below the minimum."""
    with write_transaction():
        read, held = read_again(now=now())
    click.echo(f"{read} openings read, {held} wait for a moderator.")


@click.command("import-openings")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--organisation", type=int, help="Id of the organisation that all rows belong to.")
@click.option("--dry-run", is_flag=True, help="Read and report; change nothing.")
@click.option("--mapping", help='JSON: {"title": "Vị trí", "wage": "Lương"}; default: by the header.')
@click.option("--withdraw", type=int, metavar="BATCH", help="Take back an earlier import instead.")
def import_openings_command(
    file: Path | None, organisation: int | None, dry_run: bool, mapping: str | None, withdraw: int | None
) -> None:
    """Import openings from a CSV or XLSX file as one batch that can be withdrawn."""
    try:
        if withdraw is not None:
            _withdraw(withdraw)
        elif file is None:
            raise click.UsageError("Name a file, or a batch with --withdraw.")
        else:
            _import(file, organisation, dry_run, mapping)
    except DomainError as error:
        raise click.ClickException(str(error.sentence)) from error


def _import(file: Path, organisation_id: int | None, dry_run: bool, mapping_json: str | None) -> None:
    if not file.is_file():
        raise click.ClickException(f"There is no file {file}.")
    if organisation_id is not None and db.session.get(Organisation, organisation_id) is None:
        raise click.ClickException(f"There is no organisation {organisation_id}.")
    content = file.read_bytes()
    sheet = read_sheet(content)
    mapping = propose_mapping(sheet, _given(mapping_json))
    rows = read_rows(sheet, mapping, organisation_id=organisation_id, on=today())
    _report(rows)
    if dry_run:
        _end_dry_run(rows)
        return
    with write_transaction():
        receipt = commit_batch(rows, mapping, content=content, filename=file.name, actor=None, now=now())
        number = receipt.batch.id
    counts = f"{receipt.drafts} drafts, {receipt.submitted} submitted, {receipt.left_out} left out"
    click.echo(f"Batch {number}: {counts}.")


def _end_dry_run(rows: list[RowRead]) -> None:
    click.echo("Dry run: nothing was changed.")
    if any(not row.errors for row in rows):
        return
    if any(row.organisation_id is None for row in rows):
        raise click.ClickException("No row can be imported. One employer for all rows: --organisation ID.")
    raise click.ClickException("No row can be imported.")


def _given(mapping_json: str | None) -> dict[str, str] | None:
    if not mapping_json:
        return None
    try:
        given = json.loads(mapping_json)
    except json.JSONDecodeError as error:
        raise click.BadParameter("not JSON", param_hint="--mapping") from error
    if not isinstance(given, dict) or not all(isinstance(name, str) for name in given.values()):
        raise click.BadParameter("not an object of field to column name", param_hint="--mapping")
    return given


def _report(rows: list[RowRead]) -> None:
    for row in rows:
        for sentence in row.errors:
            click.echo(f"row {row.number}: ✕ {sentence}")
        for sentence in row.notes:
            click.echo(f"row {row.number}: {sentence}")
    good = [row for row in rows if not row.errors]
    click.echo(
        f"{len(rows)} rows, {len(good)} can be imported; understood: "
        f"{sum(row.wage_read for row in rows)} wages, {sum(row.place_read for row in rows)} places, "
        f"{sum(row.experience_read for row in rows)} experiences; "
        f"{sum(bool(row.values['occupation_code']) for row in rows)} occupations proposed."
    )


def _withdraw(number: int) -> None:
    with write_transaction():
        batch = db.session.get(ImportBatch, number)
        if batch is None:
            raise click.ClickException(f"There is no batch {number}.")
        outcome = withdraw_batch(batch, actor=None, now=now())
        kept = [(opening.id, opening.batch_row) for opening in outcome.kept]
    click.echo(f"{outcome.removed} openings removed.")
    for opening_id, row in kept:
        click.echo(f"kept: opening {opening_id} (row {row}), somebody has worked on it since.")
