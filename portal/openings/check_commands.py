"""`flask check-opening`: the opening check on a file or on what is piped in. Reads rules, writes nothing."""

import datetime as dt
import json
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from portal.common.clock import today
from portal.extensions import db
from portal.openings.check.findings import Report, Verdict, noted
from portal.openings.check.inquiry import BarredPlace
from portal.openings.check.output import as_json, unreadable
from portal.openings.check.reading import MOST_BYTES, Reading, read
from portal.openings.check.run import check
from portal.reference.barred_areas import barred_on
from portal.reference.exchange_rates import rates_on
from portal.reference.rule_files import barred_of_files, of_day_with_files, of_files
from portal.reference.rules import Lookup

PUBLISHABLE, NOT_PUBLISHABLE, UNREADABLE = 0, 1, 2


@click.command("check-opening")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--rate",
    "given_rates",
    multiple=True,
    metavar="CURRENCY=VND",
    help="A stored exchange rate, e.g. JPY=168.5.",
)
def check_opening_command(file: Path | None, given_rates: tuple[str, ...]) -> None:
    """Check an overseas opening in FILE (JSON; default: standard input) against the rules of its day.

    Exit code 0: publishable; 1: not; 2: unreadable.
    """
    rates = dict(_rate(text) for text in given_rates)
    reading = _read(file)
    if reading.facts is None:
        for finding in reading.findings:
            click.echo(finding.message_en, err=True)
        _print(unreadable(reading.findings))
        sys.exit(UNREADABLE)
    on = reading.facts.on_date or today()
    rules, barred, stored = _of_day(on)
    report = check(reading.facts, rules, on, barred, {**stored, **rates})
    _print(as_json(Report(report.publishable, (*reading.findings, *report.findings))))
    sys.exit(PUBLISHABLE if report.publishable else NOT_PUBLISHABLE)


def _rate(text: str) -> tuple[str, Decimal]:
    currency, _, number = text.partition("=")
    try:
        rate = Decimal(number)
    except InvalidOperation:
        rate = Decimal(0)
    if not currency or not rate.is_finite() or rate <= 0:
        raise click.BadParameter(f"{text} is not of the form JPY=168.5", param_hint="--rate")
    return currency.upper(), rate


def _read(file: Path | None) -> Reading:
    try:
        if file is None or str(file) == "-":
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with file.open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        vi, en = _why(error)
        words = (f"Không đọc được {file}: {vi}.", f"{file} cannot be read: {en}.")
        return Reading(None, (noted("INPUT", "", Verdict.UNKNOWN, words),))
    return read(content)


def _why(error: OSError) -> tuple[str, str]:
    """The system speaks one language only."""
    if isinstance(error, FileNotFoundError):
        return "không có tệp này", "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "đây là một thư mục", "it is a folder"
    if isinstance(error, PermissionError):
        return "không có quyền đọc", "reading it is not permitted"
    return "máy báo lỗi khi đọc", error.strerror or "the system reports an error"


def _of_day(on: dt.date) -> tuple[Lookup, list[BarredPlace], dict[str, Decimal]]:
    """From the database; where none is set up yet, from the release."""
    try:
        rules: Lookup = of_day_with_files(db.session, on)
        barred: list[BarredPlace] = [*barred_on(db.session, on)]
        rates = rates_on(db.session, on, within_days=current_app.config["EXCHANGE_RATE_DAYS"])
    except SQLAlchemyError:
        db.session.rollback()
        click.echo("The database cannot be read; the rules of the release are used.", err=True)
        return of_files(on), [*barred_of_files(on)], {}
    return rules, barred, rates


def _print(body: dict[str, Any]) -> None:
    # In bytes: the answer is UTF-8 whatever the terminal calls itself.
    text = json.dumps(body, ensure_ascii=False, indent=1)
    click.echo(text.encode("utf-8", "backslashreplace"))
