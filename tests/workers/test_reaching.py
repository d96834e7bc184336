"""Who shares a phone or has none: a relative with consent, the way to be told, and two places."""

import json

import pytest
import time_machine

from portal.errors import Invalid
from portal.reference.places import places
from portal.workers.operations import merge, register, save_step, withdraw_consent
from portal.workers.queries import live_consent, worker_of
from portal.workers.states import ConsentChannel, ContactWay, Purpose
from portal.workers.steps import missing_in
from tests.factories import NOW

ON = NOW.date()
WHO = {"full_name": "Thạch Thị Sa Rây", "birth": "1990"}
AUNT = {"relative_name": "Thạch Thị Út", "relative_relation": "dì", "relative_phone": "0907 654 321"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(as_role):
    return as_role("adviser")


def sentences(worker):
    return " ".join(str(item.sentence) for item in missing_in(worker, ON))


def test_a_relative_is_named_only_with_consent_and_the_consent_is_kept(session, make, desk):
    worker = make.worker(phone=None)
    url = f"/workers/{worker.id}/edit/who"
    page = desk.post(url, {**WHO, **AUNT, "contact_way": "relative"}, status=422)
    assert "khi người đăng ký đồng ý" in page.text and "Thạch Thị Út" in page.html
    answer = {**WHO, **AUNT, "contact_way": "relative", "relative_agreed": "y"}
    desk.post(url, answer, to=f"/workers/{worker.id}")
    consent = live_consent(worker, Purpose.RELATIVE)
    assert consent.channel is ConsentChannel.DESK and consent.taken_by_id is not None
    assert (worker.relative_phone, worker.contact_way) == ("0907654321", ContactWay.RELATIVE)
    page = desk.get(f"/workers/{worker.id}")
    assert "Thạch Thị Út, dì, 0907 654 321" in page.text and "Nhắn qua người thân" in page.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"relative_phone": ""},
        {"relative_name": ""},
        {"relative_phone": "12"},
        {"relative_name": "", "relative_phone": "", "contact_way": "relative"},
    ],
)
def test_half_a_relative_is_said_at_the_field(make, desk, wrong):
    worker = make.worker()
    answer = {**WHO, **AUNT, "relative_agreed": "y", **wrong}
    desk.post(f"/workers/{worker.id}/edit/who", answer, status=422)


def test_without_phone_and_relative_the_profile_says_what_is_missing(make):
    worker = make.worker(phone=None)
    assert "một người thân" in sentences(worker)
    adviser = make.account("adviser")
    named = {"relative_name": "Thạch Út", "relative_phone": "0907654321", "relative_agreed": True}
    save_step(worker, "who", named, actor=adviser, now=NOW)
    assert "một người thân" not in sentences(worker)
    withdraw_consent(worker, Purpose.RELATIVE, actor=adviser, now=NOW)
    assert (worker.relative_name, worker.relative_phone) == ("", "")
    assert "một người thân" in sentences(worker)


def test_taking_the_relative_out_ends_the_consent(make):
    adviser, worker = make.account("adviser"), make.worker()
    named = {"relative_name": "Thạch Út", "relative_phone": "0907654321", "relative_agreed": True}
    save_step(worker, "who", {**named, "contact_way": "relative"}, actor=adviser, now=NOW)
    save_step(worker, "who", {"relative_name": "", "contact_way": ""}, actor=adviser, now=NOW)
    assert live_consent(worker, Purpose.RELATIVE) is None and worker.contact_way is None


def test_the_person_names_a_relative_online_with_their_own_consent(make):
    account = make.account()
    values = {
        "full_name": "Danh Út",
        "birth_year": 1990,
        "relative_name": "Danh Lợi",
        "relative_phone": "0907654321",
    }
    with pytest.raises(Invalid):
        register(account, values, actor=account, now=NOW)
    worker = register(account, {**values, "relative_agreed": True}, actor=account, now=NOW)
    assert live_consent(worker, Purpose.RELATIVE).channel is ConsentChannel.ONLINE


def test_a_merge_brings_the_relative_only_with_the_consent(session, make):
    adviser, kept, merged = make.account("adviser"), make.worker(), make.worker()
    named = {"relative_name": "Danh Lợi", "relative_phone": "0907654321", "relative_agreed": True}
    save_step(merged, "who", named, actor=adviser, now=NOW)
    save_step(kept, "who", named, actor=adviser, now=NOW)
    withdraw_consent(kept, Purpose.RELATIVE, actor=adviser, now=NOW)
    merge(kept, merged, actor=adviser, now=NOW)
    assert kept.relative_name == "" and live_consent(kept, Purpose.RELATIVE) is None


def test_the_permanent_place_is_the_same_by_one_tick_or_another(session, make, desk):
    worker = make.worker()
    url = f"/workers/{worker.id}/edit/where"
    desk.post(url, {"commune": "Xã Vĩnh Hanh", "permanent_same": "y"}, to=f"/workers/{worker.id}")
    assert worker.permanent_commune_code == worker.commune_code == "30619"
    assert "cũng ở đó" in desk.get(f"/workers/{worker.id}").text
    elsewhere = {
        "commune": "Xã Vĩnh Hanh",
        "permanent_commune": "Cà Mau",
        "permanent_line": "Ấp 2, Đất Mũi",
    }
    desk.post(url, {**elsewhere, "permanent_same": "y"}, to=f"/workers/{worker.id}")
    assert places().name(worker.permanent_commune_code) == "Tỉnh Cà Mau"
    page = desk.get(f"/workers/{worker.id}")
    assert "Ấp 2, Đất Mũi, Tỉnh Cà Mau" in page.text and "Xã Vĩnh Hanh" in page.text
    # The page offers again what stands there.
    page = desk.get(url)
    assert [f.get("value") for f in page.all("input") if f.get("name") == "permanent_commune"] == [
        "Tỉnh Cà Mau"
    ]
    unknown = {"commune": "Xã Vĩnh Hanh", "permanent_commune": "", "permanent_line": ""}
    desk.post(url, unknown, to=f"/workers/{worker.id}")
    assert worker.permanent_commune_code is None


def test_a_permanent_place_with_several_answers_asks_which(make, desk):
    worker = make.worker()
    page = desk.post(f"/workers/{worker.id}/edit/where", {"permanent_commune": "an phu"}, status=200)
    boxes = [box for box in page.all("input") if box.get("name") == "permanent_choice"]
    assert len(boxes) > 1
    page = desk.post(f"/workers/{worker.id}/edit/where", {"permanent_commune": "qqqq"}, status=422)
    assert "Chưa tìm thấy xã, phường này" in page.text


def test_both_places_and_the_relative_are_in_the_export(make, as_role):
    account = make.account()
    make.worker(
        account_id=account.id,
        permanent_commune_code="30619",
        permanent_address_line="Ấp 3",
        relative_name="Danh Lợi",
        contact_way=ContactWay.ZALO,
    )
    data = json.loads(as_role("seeker", account).get("/profile/export").get_data())["profile"]
    assert data["permanent"] == {"code": "30619", "name": "Xã Vĩnh Hanh", "address_line": "Ấp 3"}
    assert (data["relative"]["name"], data["contact_way"]) == ("Danh Lợi", "zalo")


def test_who_has_no_phone_registers_online_with_a_relative(session, make, as_role):
    account = make.account()
    me = as_role("seeker", account)
    me.post("/register", {"birth": "1990"}, to="/register/who")
    page = me.post("/register/who", {**WHO, **AUNT}, status=422)
    assert "khi người đăng ký đồng ý" in page.text and "Thạch Thị Út" in page.html
    me.post("/register/who", {**WHO, **AUNT, "relative_agreed": "y"}, status=302)
    worker = worker_of(account)
    assert (worker.phone, worker.relative_name) == (None, "Thạch Thị Út")
    assert live_consent(worker, Purpose.RELATIVE).channel is ConsentChannel.ONLINE
    # The page of consents now has it, and taking it back takes the relative out.
    assert "Nhắn tin qua người thân" in me.get("/profile/consents").text
    me.post("/profile/consents/relative/withdraw", to="/profile/consents")
    assert worker_of(account).relative_name == ""
    me.get("/profile/consents")
    assert "Nhắn tin qua người thân" not in me.get("/profile/consents").text
