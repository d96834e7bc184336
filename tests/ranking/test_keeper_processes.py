"""Several processes on one database and one folder of indexes: real ones, started here."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.extensions import db
from portal.ranking import rebuilding
from portal.ranking.keeper import keeper
from portal.ranking.rebuilding import Due, bring_up_to_date
from portal.workers.changes import log_change
from portal.workers.models import Worker
from tests.ranking.other_process import OtherProcess, ranked_ids

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
ON = NOW.date()


@pytest.fixture(scope="module")
def _started() -> Iterator[dict[str, OtherProcess]]:
    """One a database: it takes seconds to start."""
    started: dict[str, OtherProcess] = {}
    yield started
    for process in started.values():
        process.kill()


@pytest.fixture
def other(app: Any, engine: str, _started: dict[str, OtherProcess]) -> Iterator[OtherProcess]:
    if engine not in _started or not _started[engine].is_alive():
        url = db.engine.url.render_as_string(hide_password=False)
        _started[engine] = OtherProcess(url, app.config["INDEX_FOLDER"])
    yield _started[engine]
    # Before the database is put back as it was: an open connection would write its journal into the new one.
    if _started[engine].is_alive():
        _started[engine].ask("let_go")


def change_here(worker_id: int, **columns: Any) -> None:
    worker = db.session.get_one(Worker, worker_id)
    for name, value in columns.items():
        setattr(worker, name, value)
    log_change(worker, now=NOW)
    db.session.commit()


def names_of_bases(app: Any) -> list[str]:
    return sorted(path.name for path in Path(app.config["INDEX_FOLDER"]).iterdir() if path.is_dir())


def test_each_process_has_the_changes_of_the_other_in_its_next_ranking(
    app: Any, make: Any, other: OtherProcess
) -> None:
    opening = make.opening()
    first, second = make.worker("Nguyễn Thị Mai").id, make.worker("Trần Thị Lan").id
    assert set(ranked_ids(opening.id, ON)) == {first, second}
    assert set(other.ask("rank", opening_id=opening.id, on=ON.isoformat())) == {first, second}
    change_here(first, state="paused")
    assert other.ask("rank", opening_id=opening.id, on=ON.isoformat()) == [second]
    other.ask("change", worker_id=first, state="active")
    other.ask("change", worker_id=second, state="paused")
    assert ranked_ids(opening.id, ON) == [first]


@pytest.mark.pg_only  # SQLite has one writer at a time: the second change would wait
def test_a_change_held_open_while_another_commits_is_seen_once_it_commits(
    app: Any, make: Any, other: OtherProcess
) -> None:
    opening = make.opening()
    early, late = make.worker("Người Đầu").id, make.worker("Người Sau").id
    assert set(ranked_ids(opening.id, ON)) == {early, late}
    other.ask("change", worker_id=early, state="paused", commit=False)
    change_here(late, state="paused")
    assert ranked_ids(opening.id, ON) == [early]
    mark = keeper().mark
    other.ask("commit_what_is_open")
    # Asked of the index itself: the database would hide a paused person anyway.
    ranked_ids(opening.id, ON)
    assert keeper().mark > mark and early not in keeper().ranker


def test_a_base_made_by_another_process_is_taken_up_and_nothing_is_lost(
    app: Any, make: Any, other: OtherProcess, monkeypatch: Any
) -> None:
    opening = make.opening()
    people = [make.worker(f"Nguyễn Thị {name}").id for name in ("An", "Bình", "Chi", "Dung")]
    before = ranked_ids(opening.id, ON)
    old, model = keeper().stamp, keeper().ranker.version
    change_here(people[0], state="paused")
    # A week later the job would put the changes into the base.
    later = ON + rebuilding.MERGE_AFTER_DAYS * dt.timedelta(days=1)
    assert other.ask("rebuild", on=later.isoformat()) == Due.MERGE.value
    assert ranked_ids(opening.id, later) == [one for one in before if one != people[0]]
    assert keeper().stamp != old and keeper().ranker.version == model
    assert len(names_of_bases(app)) == 1
    other.ask("change", worker_id=people[1], state="paused")
    assert not {people[0], people[1]} & set(ranked_ids(opening.id, later))


def test_a_killed_rebuild_leaves_the_old_base_in_use_and_the_next_one_tidies_up(
    app: Any, make: Any, other: OtherProcess
) -> None:
    opening = make.opening()
    worker = make.worker().id
    assert ranked_ids(opening.id, ON) == [worker]
    used = names_of_bases(app)
    later = ON + dt.timedelta(days=rebuilding.MERGE_AFTER_DAYS)
    other.ask("stop_in_the_middle_of_saving", on=later.isoformat())
    other.kill()
    assert len(names_of_bases(app)) == 2, "what was half written lies beside the base in use"
    assert ranked_ids(opening.id, ON) == [worker]
    keeper().ranker = None  # a process that starts now
    assert ranked_ids(opening.id, ON) == [worker]
    assert bring_up_to_date(later) is Due.MERGE
    assert len(names_of_bases(app)) == 1 and names_of_bases(app) != used
    assert ranked_ids(opening.id, later) == [worker]
