"""The worker as a process of its own, beside a web server of several processes."""

import signal
import threading
from typing import Any

import click
from flask import current_app

from portal.jobs.runner import run_forever


@click.command("work")
def work_command() -> None:
    """Run jobs until the process is told to end (`make run` has a thread that does the same)."""
    stop = threading.Event()

    def end(_number: int, _frame: Any) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    click.echo("Running jobs; Ctrl+C ends it.")
    run_forever(current_app._get_current_object(), stop)  # type: ignore[attr-defined]
