"""The index follows the database: other processes, restarts, other databases."""

import datetime as dt
from typing import Any

import pytest

from matching.index import Ranker
from portal import create_app
from portal.extensions import db
from portal.openings.queries import Openings
from portal.ranking import lists
from portal.ranking.keeper import keeper
from portal.workers.changes import log_change
from portal.workers.models import Worker, WorkerChange
from tests.settings import config_for

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
ON = NOW.date()


def ranked_ids(opening_id: int, on: dt.date = ON) -> list[int]:
    opening = db.session.scalars(Openings().by_id(opening_id).with_page_data()).unique().one()
    found = [row.worker.id for row in lists.ranked_list(opening, on=on).rows]
    db.session.rollback()
    return found


def another_process(url: str, folder: Any) -> Any:
    app = create_app(config_for(url), TESTING=True)
    app.config["INDEX_FOLDER"] = folder
    return app


def test_a_change_made_in_one_process_is_in_the_next_ranking_of_another(
    app: Any, make: Any, tmp_path: Any
) -> None:
    opening = make.opening()
    first = make.worker()
    log_change(first, now=NOW)
    db.session.commit()
    other = another_process(db.engine.url.render_as_string(hide_password=False), tmp_path)
    with other.app_context():
        assert ranked_ids(opening.id) == [first.id]
    second = make.worker("Trần Thị Lan")
    log_change(second, now=NOW)
    db.session.commit()
    with other.app_context():
        assert set(ranked_ids(opening.id)) == {first.id, second.id}
        db.session.remove()
        db.engine.dispose()


@pytest.mark.pg_only  # SQLite has one writer at a time: ids cannot overtake each other
def test_a_change_in_a_transaction_held_open_is_seen_once_it_commits(
    app: Any, make: Any, tmp_path: Any
) -> None:
    """Ids of the change log must become visible in order, or the keeper's mark would pass over one."""
    opening = make.opening()
    early, late = make.worker("Người Đầu").id, make.worker("Người Sau").id
    opening_id = opening.id
    ranked_ids(opening_id)
    other = another_process(db.engine.url.render_as_string(hide_password=False), tmp_path)
    with other.app_context():
        held = db.session.get_one(Worker, early)
        held.wage_min = 1
        log_change(held, now=NOW)
        db.session.flush()
        with app.app_context():
            worker = db.session.get_one(Worker, late)
            log_change(worker, now=NOW)
            db.session.commit()
            ranked_ids(opening_id)
            mark = keeper().mark
            db.session.remove()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    ranked_ids(opening_id)
    assert keeper().mark > mark


def test_a_restart_opens_the_saved_index_and_catches_up(
    app: Any, make: Any, tmp_path: Any, monkeypatch: Any
) -> None:
    opening = make.opening()
    url = db.engine.url.render_as_string(hide_password=False)
    workers = [make.worker(f"Nguyễn Thị {name}") for name in ("An", "Bình", "Chi")]
    for worker in workers[:2]:
        log_change(worker, now=NOW)
    db.session.commit()
    with another_process(url, tmp_path).app_context():
        assert len(ranked_ids(opening.id)) == 3
        db.session.remove()
        db.engine.dispose()
    workers[0].state = "paused"
    log_change(workers[0], now=NOW)
    db.session.commit()
    monkeypatch.setattr(
        "portal.ranking.keeper.Ranker.fit", lambda *_: (_ for _ in ()).throw(AssertionError("built anew"))
    )
    with another_process(url, tmp_path).app_context():
        assert set(ranked_ids(opening.id)) == {workers[1].id, workers[2].id}
        db.session.remove()
        db.engine.dispose()


def test_the_index_of_another_database_is_not_opened(
    app: Any, make: Any, tmp_path: Any, monkeypatch: Any
) -> None:
    opening = make.opening()
    worker = make.worker()
    log_change(worker, now=NOW)
    db.session.commit()
    url = db.engine.url.render_as_string(hide_password=False)
    with another_process(url, tmp_path).app_context():
        ranked_ids(opening.id)
        db.session.remove()
        db.engine.dispose()
    db.session.execute(db.update(WorkerChange).values(at=NOW - dt.timedelta(days=1)))
    worker.occupations[0].months = 1
    db.session.commit()
    built = []
    fit = Ranker.fit
    monkeypatch.setattr(Ranker, "fit", lambda profiles: built.append(1) or fit(profiles))
    with another_process(url, tmp_path).app_context():
        assert ranked_ids(opening.id) == [worker.id]
        db.session.remove()
        db.engine.dispose()
    assert built


def test_a_birthday_brings_a_person_into_the_list_though_nobody_writes_anything(
    app: Any, make: Any, tmp_path: Any
) -> None:
    opening = make.opening()
    grown = make.worker("Trần Thị Lan")
    # Without a guardian's consent: nobody is matched before the eighteenth birthday.
    young = make.worker(
        "Danh Thị Út", birth_date=dt.date(ON.year - 18, ON.month, ON.day) + dt.timedelta(days=1)
    )
    by_year = make.worker("Lê Văn Năm", birth_date=None, birth_year=ON.year - 18)
    tomorrow, new_year = ON + dt.timedelta(days=1), dt.date(ON.year + 1, 1, 1)
    assert set(ranked_ids(opening.id)) == {grown.id}
    assert set(ranked_ids(opening.id, tomorrow)) == {grown.id, young.id}
    assert set(ranked_ids(opening.id, new_year)) == {grown.id, young.id, by_year.id}


def test_a_restart_after_a_birthday_adds_the_person_to_the_saved_index(
    app: Any, make: Any, tmp_path: Any
) -> None:
    opening = make.opening()
    young = make.worker(birth_date=dt.date(ON.year - 18, ON.month, ON.day) + dt.timedelta(days=1))
    url = db.engine.url.render_as_string(hide_password=False)
    for day, expected in ((ON, []), (ON + dt.timedelta(days=1), [young.id])):
        with another_process(url, tmp_path).app_context():
            assert ranked_ids(opening.id, day) == expected
            db.session.remove()
            db.engine.dispose()
