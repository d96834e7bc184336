"""Ids of the change log become visible in order: who has read 8 never meets 7 afterwards."""

import threading

import pytest
from sqlalchemy import insert, select, text

from portal.extensions import db
from portal.workers import operations
from portal.workers.changes import LOCK
from portal.workers.models import Worker, WorkerChange
from portal.workers.states import ChangeKind
from tests.factories import NOW


def ids(session):
    return list(session.scalars(select(WorkerChange.id).order_by(WorkerChange.id)))


def test_an_operation_that_waits_for_its_commit_has_no_id_yet(make, session):
    worker = make.worker(account_id=make.account().id)
    before = ids(session)
    operations.save_step(worker, "where", {"address_line": "Ấp 1"}, actor=worker.account, now=NOW)
    session.flush()
    assert ids(session) == before
    session.commit()
    assert len(ids(session)) == len(before) + 1


@pytest.mark.pg_only
def test_a_commit_waits_for_the_one_that_has_already_drawn_its_id(app, make, session):
    worker = make.worker(account_id=make.account().id)
    worker_id, before = worker.id, ids(session)
    session.rollback()
    finished = threading.Event()

    def change() -> None:
        with app.app_context():
            mine = db.session.get_one(Worker, worker_id)
            operations.save_step(mine, "where", {"address_line": "Ấp 2"}, actor=mine.account, now=NOW)
            db.session.commit()
            db.session.remove()
        finished.set()

    other = db.engine.connect()
    other.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    row = {"worker_id": worker_id, "kind": ChangeKind.CHANGED, "at": NOW}
    first = other.execute(insert(WorkerChange).values(row).returning(WorkerChange.id)).scalar_one()
    thread = threading.Thread(target=change)
    thread.start()
    try:
        assert not finished.wait(0.4), "the second commit must wait"
        assert ids(session) == before
        session.rollback()
    finally:
        other.commit()
        other.close()
        thread.join(10)
    assert finished.is_set()
    seen = ids(session)[len(before) :]
    assert seen[0] == first and len(seen) == 2
