"""A database of the first landing, with rows, comes to the newest schema and keeps them."""

import datetime as dt
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from portal import create_app
from portal.access.models import Account
from portal.access.states import Role
from portal.extensions import db
from portal.workers.consent_models import Consent
from portal.workers.models import Worker
from portal.workers.states import ConsentChannel, Purpose, RegisteredBy, WorkerState
from tests import settings

NOW = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)


def test_rows_and_their_links_survive_a_table_made_anew(tmp_path: Path) -> None:
    app = create_app(settings.config_for(f"sqlite:///{tmp_path / 'old.sqlite'}"), TESTING=True)
    with app.app_context():
        try:
            upgrade()
            _fill()
            downgrade(revision="0001")
            assert _counts() == (1, 2)
            upgrade()
            assert _counts() == (1, 2)
            _consent_to_a_new_purpose()
            assert db.session.execute(sa.text("PRAGMA foreign_keys")).scalar() == 1
            assert db.session.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        finally:
            db.session.remove()
            db.engine.dispose()


def _fill() -> None:
    account = Account(sign_in_name=None, display_name="Sa", role=Role.SEEKER, created_at=NOW)
    db.session.add(account)
    db.session.flush()
    kept = _worker("one", account_id=account.id)
    db.session.add(kept)
    db.session.flush()
    db.session.add(_worker("two", state=WorkerState.MERGED, merged_into_id=kept.id))
    db.session.commit()
    db.session.remove()


def _worker(uid: str, **more: Any) -> Worker:
    return Worker(
        uid=uid, registered_by=RegisteredBy.SELF, skills=[], shifts=[], created_at=NOW, updated_at=NOW, **more
    )


def _consent_to_a_new_purpose() -> None:
    worker = db.session.scalars(sa.select(Worker).where(Worker.uid == "one")).one()
    db.session.add(
        Consent(
            worker_id=worker.id, purpose=Purpose.RELATIVE, text_version="1", sentence="…",
            channel=ConsentChannel.ONLINE, given_at=NOW,
        )
    )  # fmt: skip
    db.session.commit()


def _counts() -> tuple[int, int]:
    with db.engine.connect() as connection:
        accounts = connection.scalar(sa.text("SELECT count(*) FROM account"))
        workers = connection.scalar(sa.text("SELECT count(*) FROM worker"))
    return accounts, workers
