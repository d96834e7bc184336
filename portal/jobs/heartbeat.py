"""Keeping a lease through one step that takes longer than it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app
from sqlalchemy.exc import OperationalError

from portal.extensions import db
from portal.jobs.handlers import JobContext, LeaseLost
from portal.jobs.operations import LEASE

BEAT_SECONDS = LEASE.total_seconds() / 4


class Heartbeat:
    """What the step tells, and whether the lease is still ours."""

    def __init__(self) -> None:
        self.done, self.total = 0, 0
        self.lost = False

    def told(self, done: int, total: int) -> None:
        """Where the step is; written with the next beat. Raises `LeaseLost` once another has taken over."""
        self.done, self.total = done, total
        if self.lost:
            raise LeaseLost


@contextmanager
def heartbeat(context: JobContext) -> Iterator[Heartbeat]:
    """A thread of its own extends the lease. If this process ends, so does the beat."""
    beat, stop = Heartbeat(), threading.Event()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    thread = threading.Thread(target=_beat, args=(app, context, beat, stop), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield beat
    finally:
        stop.set()
        thread.join()


def _beat(app: Any, context: JobContext, beat: Heartbeat, stop: threading.Event) -> None:
    while True:
        with app.app_context():
            try:
                with context.writing(beat.done, beat.total):
                    pass
            except LeaseLost:
                beat.lost = True
                return
            except OperationalError:
                db.session.rollback()  # busy for a moment: the lease outlives several beats
            finally:
                db.session.remove()
        if stop.wait(BEAT_SECONDS):
            return
