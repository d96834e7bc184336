"""The person's own pages, and the staff's pages about a person."""

import datetime as dt
import json

import pytest
import time_machine
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now
from portal.extensions import db
from portal.workers import sensitive
from portal.workers.duplicates import note_duplicates, note_pair
from portal.workers.models import Worker
from portal.workers.queries import Workers
from portal.workers.states import Purpose, WorkerState
from tests.factories import NOW

ON = NOW.date()
NUMBER = "089198000123"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def own(make):
    account = make.account()
    return make.worker(account_id=account.id, certificates=(("jlpt", "N4"),), countries=("JP",))


@pytest.fixture
def me(as_role, own):
    return as_role("seeker", own.account)


@pytest.fixture
def adviser(make):
    return make.account("adviser", display_name="Chị Hoa")


@pytest.fixture
def desk(as_role, adviser):
    return as_role("adviser", adviser)


def looks(session, worker):
    query = select(AuditEvent).where(AuditEvent.action == "looked", AuditEvent.subject_id == worker.id)
    return [event.actor_id for event in session.scalars(query)]


@pytest.mark.parametrize("page", ["", "/consents", "/edit/who", "/edit/can"])
def test_every_page_of_a_person_that_staff_open_leaves_a_look(session, make, desk, adviser, page):
    worker = make.worker()
    desk.get(f"/workers/{worker.id}{page}")
    assert looks(session, worker) == [adviser.id]


def test_the_profile_shows_what_is_there_and_what_is_missing(make, as_role, me, own):
    page = me.get("/profile")
    assert "Nguyễn Thị Mai" in page.text and "17/05/1998" in page.text
    assert "Hồ sơ còn thiếu" not in page.text
    empty = make.worker(account_id=make.account().id, commune_code=None, consents=(), occupations=())
    page = as_role("seeker", empty.account).get("/profile")
    assert {"/register/where", "/register/can", "/register/consents"} <= set(page.links())


def test_changing_one_step_leads_back_to_the_profile(me, own):
    for step in ("who", "where", "can", "want", "schooling", "experience", "languages"):
        me.get(f"/register/{step}")
    me.post("/register/where", {"commune": "", "address_line": "Ấp 3"}, to="/profile")
    assert own.address_line == "Ấp 3"


def test_consents_are_given_and_withdrawn_one_by_one_at_once(session, me, own):
    assert Workers().matchable(ON).all() == [own]
    me.get("/profile/consents")
    me.post("/profile/consents/matching/withdraw", to="/profile/consents")
    assert Workers().matchable(ON).all() == []
    me.post("/profile/consents/matching", to="/profile/consents")
    assert Workers().matchable(ON).all() == [own]
    me.post("/profile/consents/keeping", {"keeping-keep_until": "hôm qua"}, status=422)
    me.post("/profile/consents/keeping", {"keeping-keep_until": "01/01/2020"}, status=422)
    me.post("/profile/consents/keeping", {"keeping-keep_until": "01/01/2028"}, to="/profile/consents")
    me.post("/profile/consents/roster", status=404)
    me.post("/profile/consents/nothing", status=404)


def test_ethnicity_is_told_with_its_consent_and_the_look_of_staff_is_seen(session, me, desk, own):
    me.post("/profile/consents/ethnicity", {"ethnicity-told": "05"}, to="/profile/consents")
    page = desk.get(f"/workers/{own.id}")
    assert "Khơ-me" not in page.text
    page = desk.post(f"/workers/{own.id}/open/ethnicity", status=200)
    assert "Khơ-me" in page.text
    history = me.get("/profile/history").text
    assert "Xem hồ sơ: dân tộc" in history and "Chị Hoa" in history
    me.post("/profile/consents/ethnicity/withdraw", to="/profile/consents")
    assert "Khơ-me" not in desk.post(f"/workers/{own.id}/open/ethnicity", status=200).text


def test_the_national_id_is_asked_on_its_own_page_and_shown_masked(session, me, desk, own):
    me.get("/profile/national-id")
    page = me.post("/profile/national-id", {"national_id": "12345"}, status=422)
    assert "12345" in page.html
    page = me.follow("/profile/national-id", {"national_id": NUMBER})
    assert NUMBER not in page.html and "123" in page.text
    me.post("/profile/national-id", {"national_id": "089198000999"}, status=422)
    assert NUMBER not in desk.get(f"/workers/{own.id}").html
    assert NUMBER in desk.post(f"/workers/{own.id}/open/national_id", status=200).html


def test_a_second_person_with_the_number_sees_the_same_page(make, as_role, me, own):
    other = make.worker("Lê Thị Tư", account_id=make.account().id)
    first = me.follow("/profile/national-id", {"national_id": NUMBER})
    second = as_role("seeker", other.account).follow("/profile/national-id", {"national_id": NUMBER})
    assert second.texts("p.number") == first.texts("p.number")
    assert second.texts("div.notice") == first.texts("div.notice")
    assert "Mai" not in second.text


def test_every_look_of_staff_is_written_and_the_person_sees_it(session, me, desk, adviser, own):
    desk.get(f"/workers/{own.id}")
    desk.get(f"/workers/{own.id}")
    assert looks(session, own) == [adviser.id] * 2
    assert "Chị Hoa" in me.get("/profile/history").text


@pytest.mark.parametrize("role", ["seeker", "moderator", "administrator", "employer", "sender", "college"])
def test_others_see_neither_the_list_nor_a_person(as_role, own, role):
    client = as_role(role)
    for url in (f"/workers/{own.id}", "/workers", "/workers/new", "/workers/duplicates"):
        client.get(url, status=403)


def test_pausing_and_export(me, own):
    me.post("/profile/pause", to="/profile")
    assert own.state is WorkerState.PAUSED
    me.get("/profile")
    me.post("/profile/resume", to="/profile")
    answer = me.get("/profile/export")
    data = json.loads(answer.get_data(as_text=True))
    assert data["profile"]["full_name"] == "Nguyễn Thị Mai"
    assert data["profile"]["certificates"] == [{"scale": "jlpt", "level": "N4", "expires_on": None}]
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_list_filters_and_sorts(make, desk):
    make.worker("Nguyễn Văn Đức", commune_code="30301", birth_date=dt.date(1980, 1, 1))
    make.worker("Lê Thị Ánh", occupations=(("7115", 3),), state=WorkerState.PAUSED)
    make.worker("Trần Văn Bé", birth_date=dt.date(2010, 1, 1))
    names = desk.get("/workers").texts("th")[-3:]
    assert names == ["Lê Thị Ánh", "Trần Văn Bé", "Nguyễn Văn Đức"]

    def shown(**asked):
        page = desk.get("/workers?" + "&".join(f"{k}={v}" for k, v in asked.items()))
        return [row.find(".//{*}a").text for row in page.all("tr")[1:]]

    assert shown(q="van duc") == ["Nguyễn Văn Đức"]
    assert shown(commune="Mỹ Thới") == ["Nguyễn Văn Đức"]
    assert shown(state="paused") == ["Lê Thị Ánh"]
    assert shown(age_to="17") == ["Trần Văn Bé"]
    assert shown(age_from="40") == ["Nguyễn Văn Đức"]
    assert shown(occupation="7115") == ["Lê Thị Ánh"]
    assert "dưới 18" in desk.get("/workers?q=be").text
    desk.get("/workers?age_from=abc&page=99")
    desk.get("/workers?commune=zzzz&occupation=qqqqq")


def test_the_lists_ask_as_often_for_20_rows_as_for_2(make, desk, statements):
    counts = {}
    for rows in (2, 20):
        while len(Workers().all()) < 2 * rows:
            one, other = make.worker(), make.worker()

            note_pair(one, other, ["phone"], now=NOW)
            db.session.commit()
        for url in ("/workers", "/workers/duplicates"):
            statements.clear()
            desk.get(url)
            counts.setdefault(url, []).append(len(statements))
    for url, (few, many) in counts.items():
        assert few == many, url


def test_staff_mend_one_step_and_take_a_consent_on_the_phone(session, desk, adviser, own):
    for step in ("who", "where", "can", "want", "schooling", "experience", "languages"):
        desk.get(f"/workers/{own.id}/edit/{step}")
    desk.get(f"/workers/{own.id}/edit/consents", status=404)
    desk.post(f"/workers/{own.id}/edit/schooling", {"education_code": "university"}, to=f"/workers/{own.id}")
    assert own.education_code == "university"
    desk.get(f"/workers/{own.id}/consents")
    desk.post(f"/workers/{own.id}/consents/ethnicity", {"channel": "online"}, status=400)
    form = {"channel": "phone", "priority-told": ["poor_household", "served"]}
    desk.post(f"/workers/{own.id}/consents/priority", {"channel": "phone"}, status=422)
    desk.post(f"/workers/{own.id}/consents/priority", form, to="/consents")
    consent = own.consents[-1]
    assert (consent.purpose, consent.taken_by_id) == (Purpose.PRIORITY, adviser.id)
    assert sensitive.read(own, Purpose.PRIORITY, actor=adviser, now=now()) == "poor_household served"
    desk.post(f"/workers/{own.id}/consents/matching/withdraw", to="/consents")
    assert Workers().matchable(ON).all() == []


def test_staff_finish_what_a_person_began_at_home(session, make, desk):
    worker = make.worker(state=WorkerState.DRAFT, consents=())
    assert "Xong phần đăng ký" in desk.get(f"/workers/{worker.id}").text
    desk.post(f"/workers/{worker.id}/consents/matching", {"channel": "desk"}, to="/consents")
    assert Workers().matchable(ON).all() == []
    for state in (WorkerState.ACTIVE, WorkerState.PAUSED, WorkerState.ACTIVE):
        desk.post(f"/workers/{worker.id}/state", to=f"/workers/{worker.id}")
        assert worker.state is state
    assert Workers().matchable(ON).all() == [worker]


def walk_in(**more):
    return {
        "full_name": "Phạm Thị Lụa",
        "birth": "1975",
        "sex": "female",
        "phone": "0912 345 678",
        "where-commune": "Phường Long Xuyên",
        "job1-words": "giúp việc",
        "job1-years": "4",
        "education_code": "primary",
        "wants": ["wants_home"],
        "matching": "y",
        "channel": "desk",
        **more,
    }


def test_a_walk_in_is_saved_with_consent_and_gets_a_code(session, desk, adviser):
    desk.get("/workers/new")
    page = desk.post("/workers/new", walk_in(national_id="091175000123"), status=200)
    worker = session.scalars(select(Worker)).one()
    assert page.title.startswith("Phiếu nhận hồ sơ")
    code = page.texts("p.code")[0]
    assert len(code.replace("-", "")) == 13
    assert worker.occupations[0].months == 48 and worker.wants_home and worker.wants_abroad is False
    assert worker.consents[0].taken_by_id == adviser.id
    assert Workers().matchable(ON).all() == [worker]


def test_a_walk_in_with_unclear_words_asks_about_all_of_them_at_once(session, desk):
    page = desk.post("/workers/new", walk_in(**{"where-commune": "an phu", "job1-words": "sửa"}), status=200)
    boxes = [box for box in page.all("input") if (box.get("name") or "").endswith("-choice")]
    assert {box.get("name") for box in boxes} == {"where-choice", "job1-choice"}
    chosen = {
        "where-commune": "an phu",
        "where-asked": "an phu",
        "where-choice": next(b.get("value") for b in boxes if b.get("name") == "where-choice"),
        "job1-words": "sửa",
        "job1-asked": "sửa",
        "job1-choice": next(b.get("value") for b in boxes if b.get("name") == "job1-choice"),
    }
    desk.post("/workers/new", walk_in(**chosen), status=200)
    worker = session.scalars(select(Worker)).one()
    assert worker.commune_code == chosen["where-choice"]
    assert worker.occupations[0].code == chosen["job1-choice"]


def test_a_likely_duplicate_warns_before_it_is_saved_and_may_still_be_saved(session, make, desk):
    make.worker("Phạm Thị Lụa", phone="0912345678", birth_date=None, birth_year=1975)
    page = desk.post("/workers/new", walk_in(), status=200)
    assert "Có thể người này đã có hồ sơ" in page.text
    assert len(session.scalars(select(Worker)).all()) == 1
    desk.post("/workers/new", walk_in(anyway="1"), status=200)
    assert len(session.scalars(select(Worker)).all()) == 2
    assert "Phạm Thị Lụa" in desk.get("/workers/duplicates").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"full_name": ""},
        {"birth": "2015"},
        {"phone": "12"},
        {"national_id": "123"},
        {"where-commune": "zzzz qqqq"},
        {"job1-words": "qqqq zzzz"},
        {"keeping": "y"},
        {"guardian_consents": "y"},
        {"wage_min": "nhiều"},
    ],
)
def test_a_walk_in_with_a_mistake_saves_nothing_and_keeps_what_was_typed(session, desk, wrong):
    page = desk.post("/workers/new", walk_in(**wrong), status=422)
    assert page.all("div.error-summary")
    assert "0912 345 678" in page.html or "phone" in wrong
    assert session.scalars(select(Worker)).all() == []


def test_two_profiles_are_compared_merged_and_parted(session, make, desk):
    one = make.worker(phone="0901000001")
    other = make.worker(phone="0901000001", email="mai@vidu.vn")
    note_duplicates(one, now=NOW)
    session.commit()
    pair = desk.get("/workers/duplicates").links()
    url = next(link for link in pair if link.startswith("/workers/duplicates/"))
    page = desk.get(url)
    assert "mai@vidu.vn" in page.text
    desk.post(url, {}, status=422)
    desk.post(url, {"keep": str(one.id)}, to=f"/workers/{one.id}")
    assert other.state is WorkerState.MERGED and one.email == "mai@vidu.vn"
    desk.get(url)
    page = desk.get("/workers/duplicates")
    action = next(f.get("action") for f in page.all("form") if "undo" in f.get("action", ""))
    desk.post(action, to="/workers/duplicates")
    assert other.state is WorkerState.ACTIVE
    desk.post(f"{url}/distinct", to="/workers/duplicates")
    assert not [link for link in desk.get("/workers/duplicates").links() if link == url]


PASSWORD = "ghe xuong ba la"


def test_a_code_opens_the_profile_to_a_new_account(session, make, desk, client):
    worker = make.worker()
    page = desk.post(f"/workers/{worker.id}/claim-code", status=200)
    code = page.texts("p.code")[0]
    answer = {
        "code": code.lower(),
        "birth_year": "1999",
        "sign_in_name": "mai98",
        "new_password": PASSWORD,
        "repeated": PASSWORD,
    }
    client.get("/claim")
    wrong_year = client.post("/claim", answer, status=422)
    wrong_code = client.post("/claim", {**answer, "code": "AAAA"}, status=422)
    assert wrong_year.texts("li") == wrong_code.texts("li"), "nobody learns whether a code exists"
    client.post("/claim", {**answer, "birth_year": "1998"}, to="/profile/consents")
    assert worker.account.sign_in_name == "mai98"
    assert "Nguyễn Thị Mai" in client.get("/profile").text


def test_a_code_attaches_to_the_signed_in_account(make, desk, as_role, session):
    worker, account = make.worker(), make.account()
    code = desk.post(f"/workers/{worker.id}/claim-code", status=200).texts("p.code")[0]
    client = as_role("seeker", account)
    client.get("/claim")
    client.post("/claim", {"code": code, "birth_year": "1998"}, to="/profile/consents")
    assert worker.account_id == account.id
    client.get("/claim", status=302)


def test_tries_at_a_code_are_counted(make, desk, client):
    worker = make.worker()
    code = desk.post(f"/workers/{worker.id}/claim-code", status=200).texts("p.code")[0]
    for _try in range(10):
        client.post("/claim/not-me", {"code": "AAAA-BBBB-CCCCC"}, status=422)
    page = client.post("/claim/not-me", {"code": "AAAA-BBBB-CCCCC"}, status=422)
    assert "nhiều lần" in page.text
    page = client.post("/claim/not-me", {"code": code}, status=200)
    assert worker.state is WorkerState.REFUSED
    assert "không nhận hồ sơ" in desk.get("/workers?state=refused").text
