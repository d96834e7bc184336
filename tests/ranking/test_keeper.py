"""The index follows the database: other processes, restarts, other databases."""

import datetime as dt
import random
from typing import Any

import pytest
from sqlalchemy.orm import Session

from matching.index import Ranker
from portal import create_app
from portal.demo.load import insert_people
from portal.demo.people import made_up_people
from portal.extensions import db
from portal.jobs.runner import run_once
from portal.jobs.schedule import ensure_scheduled
from portal.ranking import following, rebuilding, training
from portal.ranking import keeper as keeping
from portal.ranking.keeper import keeper
from portal.ranking.profiles import worker_profile
from portal.ranking.reading import profiles
from portal.ranking.rebuilding import Due, bring_up_to_date
from portal.workers import operations
from portal.workers.changes import log_change
from portal.workers.consent_models import Consent
from portal.workers.emptying import empty_profile
from portal.workers.models import Worker, WorkerChange
from portal.workers.queries import Workers
from portal.workers.states import Purpose
from tests.ranking.other_process import ranked_ids
from tests.settings import config_for

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
ON = NOW.date()


def another_process(url: str, folder: Any) -> Any:
    app = create_app(config_for(url), TESTING=True)
    app.config["INDEX_FOLDER"] = folder
    return app


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
    monkeypatch.setattr(Ranker, "fit", lambda *_: pytest.fail("built anew"))
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


def change(worker_id: int, **columns: Any) -> None:
    worker = db.session.get_one(Worker, worker_id)
    for name, value in columns.items():
        setattr(worker, name, value)
    log_change(worker, now=NOW)
    db.session.commit()


def test_a_backup_restored_under_a_running_process_is_noticed(app: Any, make: Any) -> None:
    """Its log goes back, and then on with other rows under the same numbers."""
    opening = make.opening()
    kept, gone = make.worker("Nguyễn Thị Mai").id, make.worker("Trần Thị Lan").id
    change(gone, state="paused")
    assert ranked_ids(opening.id, ON) == [kept]
    db.session.execute(db.update(WorkerChange).where(WorkerChange.id == keeper().mark).values(worker_id=kept))
    db.session.execute(db.update(Worker).values(state="active"))
    db.session.commit()
    assert set(ranked_ids(opening.id, ON)) == {kept, gone}


def test_a_withdrawn_consent_never_shows_although_the_index_has_not_heard_of_it(
    app: Any, make: Any, as_role: Any
) -> None:
    """Thirty of the best withdraw, and nothing is written to the log: the page is full, of others."""
    opening = make.opening()
    people = [make.worker(f"Người {number:02}", wage_min=6_000_000).id for number in range(55)]
    listed = ranked_ids(opening.id, ON, limit=55)
    assert set(listed) == set(people)
    withdrawn = listed[:30]
    db.session.execute(db.update(Consent).where(Consent.worker_id.in_(withdrawn)).values(withdrawn_at=NOW))
    db.session.commit()
    assert ranked_ids(opening.id, ON, limit=20) == listed[30:50]
    page = as_role("adviser").get(f"/openings/{opening.id}/candidates")
    assert len(page.all("p.name")) == 20
    assert withdrawn[0] in keeper().ranker, "the index still has them: the database keeps them away"


def test_with_many_people_and_no_index_the_page_says_so_and_a_job_makes_it(
    app: Any, make: Any, as_role: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rebuilding, "SMALL", 1)
    opening = make.opening()
    seeker = make.account("seeker")
    make.worker("Nguyễn Thị Mai", account_id=seeker.id)
    make.worker("Trần Thị Lan")
    adviser = as_role("adviser")
    page = adviser.get(f"/openings/{opening.id}/candidates", status=503)
    assert "Đang lập danh mục hồ sơ" in page.text
    assert page.response.headers["Retry-After"]
    assert "Máy đang lập danh mục hồ sơ" in as_role("seeker", seeker).get("/me").text
    as_role("seeker", seeker).get(f"/openings/{opening.id}")
    ensure_scheduled(NOW)
    while run_once(app):
        pass
    assert len(adviser.get(f"/openings/{opening.id}/candidates").all("p.name")) == 2


def test_a_command_that_needs_the_index_says_how_it_is_made(app: Any, make: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(rebuilding, "SMALL", 0)
    make.worker()
    opening = make.opening()
    monkeypatch.setattr(training, "too_few", lambda _counts: False)
    for args in (["rank", str(opening.id)], ["ranking", "train"]):
        answer = app.test_cli_runner().invoke(args=args)
        assert answer.exit_code == 1 and "make-index" in answer.output, answer.output


def test_after_a_large_import_a_page_is_not_kept_waiting_and_says_what_is_missing(
    app: Any, make: Any, as_role: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(keeping, "CHANGES_AT_ONCE", 3)
    opening = make.opening()
    make.worker("Nguyễn Thị Mai")
    adviser = as_role("adviser")
    address = f"/openings/{opening.id}/candidates"
    assert len(adviser.get(address).all("p.name")) == 1
    for number in range(5):
        make.worker(f"Người {number}")
    page = adviser.get(address)
    assert len(page.all("p.name")) == 4 and "còn thiếu 2 thay đổi" in page.text
    page = adviser.get(address)
    assert len(page.all("p.name")) == 6 and "còn thiếu" not in page.text


def test_many_changes_are_merged_and_a_quarter_of_them_is_learned_from(
    app: Any, make: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rebuilding, "MERGE_AFTER", 2)
    opening = make.opening()
    people = [make.worker(f"Người {number:02}").id for number in range(24)]
    assert bring_up_to_date(ON) is Due.ANEW
    assert bring_up_to_date(ON) is Due.NOTHING
    ranked_ids(opening.id, ON)
    model = keeper().ranker.version
    for worker_id in people[:3]:
        change(worker_id, occupations=[])
    assert bring_up_to_date(ON) is Due.MERGE
    ranked_ids(opening.id, ON)
    assert keeper().ranker.version == model, "a merge changes no score of anybody else"
    for worker_id in people[3:7]:
        change(worker_id, occupations=[])
    assert bring_up_to_date(ON) is Due.ANEW
    ranked_ids(opening.id, ON)
    assert keeper().ranker.version != model


def on_disk() -> bytes:
    files = [one for one in rebuilding.bases().folder.rglob("*") if one.is_file()]
    return b"".join(one.read_bytes() for one in files)


def emptied(worker: Worker, make: Any) -> None:
    empty_profile(worker, actor=None, now=NOW)


def withdrawn(worker: Worker, make: Any) -> None:
    operations.withdraw_consent(worker, Purpose.MATCHING, actor=make.account("adviser"), now=NOW)


@pytest.mark.parametrize("leaves", [emptied, withdrawn])
@pytest.mark.parametrize(("small", "how"), [(0, Due.MERGE), (rebuilding.SMALL, Due.ANEW)])
def test_who_left_is_on_disk_for_a_day_at_most(
    app: Any, make: Any, monkeypatch: Any, leaves: Any, small: int, how: Due
) -> None:
    monkeypatch.setattr(rebuilding, "SMALL", small)
    for number in range(3):
        make.worker(f"Người {number}", skills_text="may áo")
    left = make.worker("Đi Rồi", skills_text="khảm trai Chuôn Ngọ")
    log_change(left, now=NOW)
    db.session.commit()
    bring_up_to_date(ON)
    assert "khảm trai Chuôn Ngọ".encode() in on_disk()
    leaves(left, make)
    db.session.commit()
    # Once a day is enough: a base of today is not written again for each who leaves.
    assert bring_up_to_date(ON) is Due.NOTHING
    assert bring_up_to_date(ON + dt.timedelta(days=1)) is how
    assert "khảm trai Chuôn Ngọ".encode() not in on_disk()
    # A model knows the words, each alone, of everybody it was learned from.
    assert ("khảm".encode() in on_disk()) == (how is Due.MERGE)
    assert bring_up_to_date(ON + dt.timedelta(days=2)) is Due.NOTHING


def test_who_changed_and_stays_or_was_never_in_the_base_has_none_written(app: Any, make: Any) -> None:
    stays = make.worker("Ở Lại")
    log_change(stays, now=NOW)
    db.session.commit()
    bring_up_to_date(ON)
    change(stays.id, wage_min=6_000_000)
    log_change(make.worker("Chưa Đồng Ý", consents=()), now=NOW)
    db.session.commit()
    assert bring_up_to_date(ON + dt.timedelta(days=1)) is Due.NOTHING


def test_who_changes_while_everybody_is_read_is_read_again(app: Any, make: Any, monkeypatch: Any) -> None:
    """Reading takes minutes, in many transactions: the mark is from before the first of them."""
    monkeypatch.setattr(following, "CHUNK", 1)
    opening = make.opening()
    first, second = make.worker("Nguyễn Thị Mai").id, make.worker("Trần Thị Lan").id
    read = following.profiles

    def and_then_somebody_pauses(*given: Any) -> Any:
        found = read(*given)
        if found and found[0].id == first:
            change(first, state="paused")
        return found

    monkeypatch.setattr(following, "profiles", and_then_somebody_pauses)
    bring_up_to_date(ON)
    monkeypatch.undo()
    assert ranked_ids(opening.id, ON) == [second]
    assert first not in keeper().ranker


def test_plain_rows_make_the_profiles_that_whole_objects_make(app: Any, make: Any) -> None:
    people = list(made_up_people(60, random.Random(4), ON))
    ids = insert_people(people, NOW)
    db.session.commit()
    whole = db.session.scalars(Workers().where(Worker.id.in_(ids)).with_profile_data().query).unique()
    expected = {worker.id: worker_profile(worker) for worker in whole}
    with Session(db.engine) as reader:
        found = profiles(reader, Workers(), ids)
    assert {profile.id: profile for profile in found} == expected
    assert any(p.certificates for p in found) and any(p.wanted.countries for p in found)


def test_a_ranking_asks_the_log_and_the_version_once_and_reads_nobody_who_did_not_change(
    app: Any, make: Any, statements: list[str]
) -> None:
    for number in range(3):
        make.worker(f"Người {number}")
    keeping.ranker(ON)
    statements.clear()
    keeping.ranker(ON)
    log, version = statements
    assert "FROM worker_change" in log and "FROM ranking_version" in version


@pytest.mark.sqlite_only  # its plans do not depend on how many rows there happen to be
def test_no_query_of_the_ranked_pages_reads_through_all_people(
    app: Any, make: Any, as_role: Any, statements: list[str]
) -> None:
    """Every statement of these pages, the catching up after a birthday too, finds its rows by an index."""
    opening = make.opening()
    seeker = make.account("seeker")
    worker = make.worker("Nguyễn Thị Mai", account_id=seeker.id)
    adviser, person = as_role("adviser"), as_role("seeker", seeker)
    base = f"/openings/{opening.id}"
    adviser.get(f"{base}/candidates")
    keeper().day = ON - dt.timedelta(days=400)
    change(worker.id, wage_min=6_000_000)
    statements.clear()
    adviser.get(f"{base}/candidates?commune=30307&education=upper_secondary&new_only=y")
    adviser.get(f"{base}/candidates?page=2", status=302)
    adviser.get(f"{base}/near-misses")
    adviser.get(f"{base}/why-not?worker_id={worker.id}")
    person.get("/me/openings")
    growing = ("worker", "consent", "worker_change", "worker_occupation", "work_experience", "referral",
               "worker_certificate", "wanted_place", "shown_row", "shown_list", "shown_openings")  # fmt: skip
    scans = {f"SCAN {table}" for table in growing}
    asked = {one for one in statements if one.startswith("SELECT")}
    assert any("birth_date >" in one for one in asked), "a birthday was asked for"
    for statement in asked:
        with db.engine.connect() as connection:
            given = (None,) * statement.count("?")
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
        steps = [row.detail for row in plan]
        assert not [step for step in steps if " ".join(step.split()[:2]) in scans], (statement, steps)
        assert "ix_worker_state (state=?)" not in " ".join(steps), (statement, steps)
