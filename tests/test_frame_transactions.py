"""No update is lost between two processes; a POST holds a transaction that writes, a GET does not."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from portal.access.models import SignInThrottle
from portal.extensions import db
from portal.web.transactions import begin_write, write_transaction
from tests.factories import NOW

ROOT = Path(__file__).parent.parent
TIMES = 60


def test_two_processes_that_read_then_write_lose_no_update(app: Any, session: Any) -> None:
    """SQLite: BEGIN IMMEDIATE; PostgreSQL: the row lock. Without it about half of them were lost."""
    session.add(SignInThrottle(key="counted", failures=0, window_started_at=NOW))
    session.commit()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    command = [sys.executable, "-m", "tests.counting", url, str(TIMES)]
    counters = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for counter in counters:
        assert counter.stdout is not None
        assert counter.stdout.readline() == "ready\n"
    for counter in counters:
        # Both have started up: they count at the same time.
        assert counter.stdin is not None
        counter.stdin.write("go\n")
        counter.stdin.flush()
    for counter in counters:
        counter.communicate(timeout=120)
        assert counter.returncode == 0
    session.rollback()
    assert session.scalars(select(SignInThrottle)).one().failures == 2 * TIMES


@pytest.mark.sqlite_only
def test_a_transaction_that_writes_takes_the_lock_at_once(app: Any, session: Any) -> None:
    session.rollback()
    begin_write()
    other = db.engine.raw_connection()
    try:
        other.execute("PRAGMA busy_timeout=50")  # type: ignore[attr-defined]
        with pytest.raises(Exception, match="locked"):
            other.execute("BEGIN IMMEDIATE")  # type: ignore[attr-defined]
    finally:
        other.execute("PRAGMA busy_timeout=10000")  # type: ignore[attr-defined]
        other.close()
        session.rollback()


def test_a_write_transaction_that_fails_leaves_nothing(app: Any, session: Any) -> None:
    with pytest.raises(ZeroDivisionError), write_transaction():
        session.add(SignInThrottle(key="lost", failures=0, window_started_at=NOW))
        session.flush()
        raise ZeroDivisionError
    assert session.scalars(select(SignInThrottle)).all() == []


def test_foreign_keys_are_held_on_both(app: Any, session: Any, engine: str) -> None:
    from sqlalchemy.exc import IntegrityError

    from portal.access.models import ResetCode

    session.add(ResetCode(account_id=999_999, code_hash="x", created_at=NOW, expires_at=NOW))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
