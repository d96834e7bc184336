"""The desk's page is filled from a scanned citizen card; the text of the scan goes nowhere else."""

import logging

import pytest
import time_machine
from sqlalchemy import func, select

from portal.counselling.models import Task
from portal.workers.identity import masked_national_id, read_national_id
from portal.workers.models import Worker
from portal.workers.operations import give_national_id
from portal.workers.showing import permanent_words
from portal.workers.states import IdAbsence, Sex
from tests.factories import NOW

NUMBER = "091175000123"
CARD = f"{NUMBER}|351234567|PHẠM THỊ LỤA|03021975|Nữ|Ấp 3, Vĩnh Hanh, Châu Thành, An Giang|01012021"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(as_role):
    return as_role("adviser")


def value(page, name):
    return next(field.get("value") for field in page.all("input") if field.get("name") == name)


def checked(page, name):
    boxes = [box for box in page.all("input") if box.get("name") == name]
    return [box.get("value") for box in boxes if box.get("checked") is not None]


def test_a_scan_fills_the_page_and_saves_nothing(session, desk):
    page = desk.post("/workers/new", {"scan": CARD + "\t"}, status=200)
    assert value(page, "full_name") == "Phạm Thị Lụa"
    assert (value(page, "birth"), value(page, "national_id")) == ("03/02/1975", NUMBER)
    assert checked(page, "sex") == ["female"]
    assert value(page, "where-permanent_commune") == "Xã Vĩnh Hanh"
    assert (value(page, "where-permanent_code"), value(page, "where-permanent_line")) == ("30619", "Ấp 3")
    assert session.scalar(select(func.count(Worker.id))) == 0


def test_the_text_of_the_scan_is_not_sent_back_and_not_logged(desk, caplog):
    with caplog.at_level(logging.DEBUG):
        page = desk.post("/workers/new", {"scan": CARD, "birth": "xx"}, status=422)
    assert "351234567" not in page.html and "|" not in value(page, "birth")
    assert not value(page, "scan")
    assert "LỤA" not in caplog.text and NUMBER not in caplog.text


def test_what_was_typed_is_kept_and_the_difference_is_said(desk):
    typed = {"scan": CARD, "full_name": "Phạm Thị Lan", "phone": "0912345678", "where-commune": "Long Xuyên"}
    page = desk.post("/workers/new", typed, status=422)
    assert value(page, "full_name") == "Phạm Thị Lan" and value(page, "phone") == "0912345678"
    assert value(page, "where-commune") == "Long Xuyên" and value(page, "birth") == "03/02/1975"
    assert "Thẻ ghi khác với phần đã ghi: Họ và tên." in page.text
    # Only a different way of writing is no difference.
    desk.post("/workers/new", {"scan": CARD, "full_name": "pham thi lua", "birth": "03021975"}, status=200)


def test_a_filled_page_is_saved_with_one_more_press(session, desk, make):
    page = desk.post("/workers/new", {"scan": CARD}, status=200)
    names = ("full_name", "birth", "national_id", "where-permanent_commune", "where-permanent_code")
    answer = {name: value(page, name) for name in (*names, "where-permanent_line")}
    ticked = {"sex": checked(page, "sex")[0], "where-permanent_same": "y", "channel": "desk", "scan": ""}
    ticked["education_code"] = ""
    desk.post("/workers/new", {**answer, **ticked, "where-commune": ""}, status=200)
    worker = session.scalars(select(Worker)).one()
    assert (worker.full_name, worker.sex) == ("Phạm Thị Lụa", Sex.FEMALE)
    assert masked_national_id(worker).endswith("123")
    # One place for both, as the tick says.
    assert (worker.commune_code, worker.address_line) == ("30619", "Ấp 3")
    assert permanent_words(worker) == "cũng ở đó"


def test_what_is_no_card_is_said_and_nothing_is_lost(desk):
    page = desk.post("/workers/new", {"scan": "8934563138165", "full_name": "Danh Út"}, status=422)
    assert "Chưa đọc được mã này" in page.text and value(page, "full_name") == "Danh Út"
    assert "8934563138165" not in page.html


def test_who_has_this_number_already_is_linked(session, make, desk):
    worker = make.worker("Phạm Lụa", birth_date=None, birth_year=1970)
    give_national_id(worker, NUMBER, actor=make.account("adviser"), now=NOW)
    session.commit()
    page = desk.post("/workers/new", {"scan": CARD}, status=200)
    assert f"/workers/{worker.id}" in page.links() and "cùng số căn cước" in page.text


def test_nobody_but_staff_scans(client, as_role):
    client.post("/workers/new", {"scan": CARD}, status=302)
    as_role("seeker").post("/workers/new", {"scan": CARD}, status=403)


@pytest.mark.parametrize("reason", list(IdAbsence))
def test_without_a_card_the_person_is_registered_with_the_reason_and_a_task(session, desk, reason):
    answer = {"full_name": "Thạch Thị Sa Rây", "birth": "1990", "channel": "desk", "id_absence": reason.value}
    answer["education_code"] = ""
    desk.post("/workers/new", answer, status=200)
    worker = session.scalars(select(Worker)).one()
    assert worker.id_absence is reason
    assert session.scalars(select(Task)).one().worker_id == worker.id
    page = desk.get(f"/workers/{worker.id}")
    assert str(reason.label) in page.text
    assert f"/workers/{worker.id}/national-id" in page.links()


def test_the_number_comes_later_at_the_desk(session, make, desk):
    worker = make.worker(birth_date=None, birth_year=1975)
    url = f"/workers/{worker.id}/national-id"
    desk.post(url, {"national_id": ""}, status=422)
    desk.post(url, {"national_id": "", "id_absence": "lost"}, to=f"/workers/{worker.id}")
    assert session.scalars(select(Task)).one().done_at is None
    desk.post(url, {"national_id": NUMBER}, to=f"/workers/{worker.id}")
    adviser = make.account("adviser")
    assert read_national_id(worker, actor=adviser, now=NOW) == NUMBER
    assert worker.id_absence is None and session.scalars(select(Task)).one().done_at is not None


def test_online_the_person_says_why_there_is_no_number(session, make, as_role):
    make.account("adviser")
    account = make.account()
    worker = make.worker(account_id=account.id)
    me = as_role("seeker", account)
    me.post("/profile/national-id", {"id_absence": "never_had"}, to="/profile")
    assert worker.id_absence is IdAbsence.NEVER_HAD and session.scalars(select(Task)).one()
    assert "Một tư vấn viên sẽ giúp bạn" in me.get("/profile").text
