"""The many people of the bench are whole people: the index reads them like any others."""

import datetime as dt
import random
from typing import Any

from sqlalchemy import func, select

from portal.bench import people
from portal.demo.load import insert_people
from portal.demo.people import made_up_people
from portal.extensions import db
from portal.ranking.keeper import keeper, ranker
from portal.workers.models import Worker, WorkerOccupation
from portal.workers.queries import Workers

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


def test_copies_have_everything_an_original_has_and_a_name_and_number_of_their_own(
    app: Any, make: Any, monkeypatch: Any
) -> None:
    originals = list(made_up_people(30, random.Random(1), NOW.date()))
    ids = insert_people(originals, NOW)
    db.session.commit()
    monkeypatch.setattr(people, "set_up", lambda: None)
    monkeypatch.setattr(people, "load", lambda **_: None)
    people.fill(100, lambda _told: None)
    assert db.session.scalar(select(func.count()).select_from(Worker)) == 100
    lists = select(func.count()).select_from(WorkerOccupation)
    mine = db.session.scalar(lists.where(WorkerOccupation.worker_id == ids[0]))
    copied = db.session.scalar(lists.where(WorkerOccupation.worker_id == ids[0] + 30))
    assert mine == copied > 0
    first, copy = db.session.get_one(Worker, ids[0]), db.session.get_one(Worker, ids[0] + 30)
    assert first.uid != copy.uid and first.education_code == copy.education_code
    assert first.full_name != copy.full_name and (first.phone != copy.phone or not first.phone)
    on = NOW.date()
    matchable = len(db.session.scalars(Workers().matchable(on).ids()).all())
    db.session.rollback()
    assert len(ranker(on)[0]) == matchable > 80
    assert keeper().behind == 0
    # The next person gets a number that is free.
    assert make.worker().id > copy.id
