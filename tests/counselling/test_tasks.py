"""Tasks for people: who comes without an ID number gets one, and it ends with the number."""

import time_machine
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.counselling.models import Task
from portal.counselling.states import TaskKind
from portal.workers.duplicates import note_pair
from portal.workers.exporting import export_of
from portal.workers.merging import merge, undo_merge
from portal.workers.operations import give_national_id, tell_id_absence
from portal.workers.states import IdAbsence
from tests.factories import NOW

NUMBER = "089198000123"


def tasks_of(session, worker):
    return session.scalars(select(Task).where(Task.worker_id == worker.id).order_by(Task.id)).all()


def test_the_persons_adviser_gets_the_task_with_ten_working_days(session, make):
    own, other = make.account("adviser"), make.account("adviser")
    worker = make.worker(adviser_id=own.id)
    tell_id_absence(worker, IdAbsence.LOST, actor=other, now=NOW)
    (task,) = tasks_of(session, worker)
    assert (task.kind, task.owner_id, task.done_at) == (TaskKind.NATIONAL_ID, own.id, None)
    # From Monday 23 November on; the 24th is a holiday since 2026.
    assert task.due_on.isoformat() == "2026-12-08"


def test_who_sits_at_the_desk_takes_it_where_nobody_is_the_adviser(session, make):
    make.account("adviser")
    desk = make.account("adviser")
    worker = make.worker()
    tell_id_absence(worker, IdAbsence.NEVER_HAD, actor=desk, now=NOW)
    assert tasks_of(session, worker)[0].owner_id == desk.id


def test_online_the_adviser_with_the_fewest_tasks_gets_it_and_nobody_who_is_switched_off(session, make):
    make.account("adviser", is_enabled=False)
    busy, free = make.account("adviser"), make.account("adviser")
    tell_id_absence(make.worker(), IdAbsence.LOST, actor=busy, now=NOW)
    seeker = make.account()
    worker = make.worker(account_id=seeker.id)
    tell_id_absence(worker, IdAbsence.NOT_AT_HAND, actor=seeker, now=NOW)
    assert tasks_of(session, worker)[0].owner_id == free.id


def test_another_reason_makes_no_second_task_and_the_number_ends_it(session, make):
    adviser = make.account("adviser")
    worker = make.worker()
    tell_id_absence(worker, IdAbsence.NOT_AT_HAND, actor=adviser, now=NOW)
    tell_id_absence(worker, IdAbsence.LOST, actor=adviser, now=NOW)
    assert len(tasks_of(session, worker)) == 1
    give_national_id(worker, NUMBER, actor=adviser, now=NOW)
    (task,) = tasks_of(session, worker)
    assert (task.done_at, task.done_by_id, worker.id_absence) == (NOW, adviser.id, None)


def test_a_merge_takes_the_task_along_and_back_and_the_person_may_take_it_home(session, make):
    adviser, seeker = make.account("adviser"), make.account()
    kept, merged = make.worker(account_id=seeker.id), make.worker()
    tell_id_absence(merged, IdAbsence.LOST, actor=adviser, now=NOW)
    note_pair(kept, merged, ["phone"], now=NOW)
    done = merge(kept, merged, actor=adviser, now=NOW)
    assert len(tasks_of(session, kept)) == 1
    assert export_of(kept, seeker)["tasks"][0]["kind"] == "national_id"
    undo_merge(done, actor=adviser, now=NOW)
    assert len(tasks_of(session, merged)) == 1 and not tasks_of(session, kept)


@time_machine.travel(NOW, tick=False)
def test_the_list_shows_mine_and_everybodys_and_ticks_off_with_a_note(session, make, as_role):
    adviser, other = make.account("adviser", display_name="Chị Hoa"), make.account("adviser")
    mine, theirs = make.worker("Thạch Thị Sa Rây"), make.worker("Danh Út")
    tell_id_absence(mine, IdAbsence.NEVER_HAD, actor=adviser, now=NOW)
    tell_id_absence(theirs, IdAbsence.LOST, actor=other, now=NOW)
    session.commit()
    desk = as_role("adviser", adviser)
    page = desk.get("/counselling/tasks")
    assert "Thạch Thị Sa Rây" in page.text and "Danh Út" not in page.text
    assert "Campuchia" in page.text
    assert "Danh Út" in desk.get("/counselling/tasks?whose=all").text
    task = tasks_of(session, mine)[0]
    url = f"/counselling/tasks/{task.id}"
    assert "công an" in desk.get(url).text
    desk.post(url, {"note": "Đã hẹn công an xã ngày 30/11"}, to="/counselling/tasks")
    assert "Thạch Thị Sa Rây" not in desk.get("/counselling/tasks").text
    assert "Đã hẹn công an xã" in desk.get("/counselling/tasks?state=done").text
    # Pressed twice: said, not done twice.
    desk.post(url, {"note": ""}, status=409)
    looks = session.scalars(
        select(AuditEvent.subject_id).where(AuditEvent.action == "looked", AuditEvent.actor_id == adviser.id)
    ).all()
    assert looks == [mine.id]


def test_the_list_asks_as_often_for_20_rows_as_for_2(session, make, as_role, statements):
    adviser = make.account("adviser")
    desk = as_role("adviser", adviser)
    counted = []
    for more in (2, 18):
        for _ in range(more):
            tell_id_absence(make.worker(), IdAbsence.LOST, actor=adviser, now=NOW)
        session.commit()
        desk.get("/counselling/tasks")
        statements.clear()
        page = desk.get("/counselling/tasks")
        counted.append(len([sent for sent in statements if sent.startswith("SELECT")]))
    assert counted[0] == counted[1]
    assert len(page.html.encode()) < 60_000
