"""Online registration: first the age, then step by step, and nothing typed is lost."""

import datetime as dt

import pytest
import time_machine
from sqlalchemy import func, select

from portal.access.models import Account
from portal.extensions import db
from portal.workers.models import Worker
from portal.workers.queries import Workers, worker_of
from portal.workers.states import Purpose, Sex, WorkerState
from tests.codes import proves_phone
from tests.factories import NOW
from tests.strict_client import StrictClient

ON = NOW.date()
WHO = {"full_name": "Trần Văn Út", "birth": "05/09/1998", "sex": "male", "phone": "0901 234 567"}
PASSWORD = "ghe xuong ba la"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def open_account(client, **who):
    client.post("/register", {"birth": who.get("birth", WHO["birth"])}, to="/register/who")
    client.post("/register/who", {**WHO, **who}, to="/register/account")
    proves_phone(client, db.session, "0901234567")
    answer = {"sign_in_name": "0901234567", "new_password": PASSWORD, "repeated": PASSWORD}
    return client.post("/register/account", answer)


def the_worker(session):
    return session.scalars(select(Worker)).one()


@pytest.mark.parametrize("birth", ["24/11/2011", "01/01/2020", "2013"])
def test_who_is_under_15_is_told_kindly_and_nothing_is_stored(client, session, birth):
    page = client.post("/register", {"birth": birth}, status=200)
    assert "111" in page.text and "Học tiếp" in page.text
    assert "tel:111" in page.links()
    with client.inner.session_transaction() as cookie:
        assert "registration" not in cookie
    assert session.scalar(select(func.count(Worker.id))) == 0


def test_a_year_that_leaves_the_age_open_asks_for_the_day(client):
    page = client.post("/register", {"birth": "2011"}, status=422)
    assert "ngày và tháng sinh" in page.text


def test_a_child_who_changes_the_birth_date_later_is_forgotten(client, session):
    client.post("/register", {"birth": "1998"}, to="/register/who")
    page = client.post("/register/who", {**WHO, "birth": "01/01/2015"}, status=200)
    assert "111" in page.text
    with client.inner.session_transaction() as cookie:
        assert "registration" not in cookie


@pytest.mark.parametrize("birth", ["", "hôm qua", "31/02/1990", "1890", "12"])
def test_a_birth_date_that_cannot_be_read_is_kept_on_the_page(client, birth):
    page = client.post("/register", {"birth": birth}, status=422)
    assert page.all("div.error-summary")
    assert [e.get("value") for e in page.all("input") if e.get("name") == "birth"] == [birth]


def test_the_steps_come_after_the_age(client):
    client.get("/register")
    client.get("/register/who", status=302)
    client.get("/register/account", status=302)
    for step in ("where", "can", "consents", "done"):
        assert client.get(f"/register/{step}", status=302).location == "/register"


def test_an_error_loses_nothing_that_was_typed(client):
    client.post("/register", {"birth": "1998"})
    page = client.post("/register/who", {**WHO, "phone": "12"}, status=422)
    assert "Trần Văn Út" in page.html and 'value="12"' in page.html
    client.post("/register/who", WHO, to="/register/account")
    client.post("/register/account", {"no_code": "1"}, to="/register/account")
    page = client.post("/register/account", {"sign_in_name": "ut", "new_password": "1"}, status=422)
    assert 'value="ut"' in page.html


def test_a_whole_registration_on_a_phone(client, session):
    open_account(client)
    worker = the_worker(session)
    assert (worker.state, worker.full_name) == (WorkerState.DRAFT, "Trần Văn Út")
    assert (worker.phone, worker.birth_date, worker.sex) == ("0901234567", dt.date(1998, 9, 5), Sex.MALE)
    client.post("/register/where", {"commune": "Phường Long Xuyên", "address_line": "Khóm 1"}, to="/can")
    client.post("/register/can", {"words": "thợ hồ", "years": "2", "add": "1"}, to="/register/can")
    client.post("/register/can", {"words": "phụ bếp", "skills_text": "xây, tô"}, to="/register/want")
    want = {"wants_home": "y", "wants_abroad": "y", "countries": ["JP"], "wage_min": "8 triệu"}
    client.post("/register/want", want, to="/register/schooling")
    client.post("/register/schooling", {"education_code": "lower_secondary"}, to="/register/experience")
    client.post("/register/experience", {"title": "Phụ hồ", "from_year": "2020"}, to="/register/languages")
    client.post("/register/languages", {"scale": "jlpt", "level": "N4", "add": "1"}, to="/languages")
    client.post("/register/languages", {"scale": "driving", "level": "A1"}, to="/register/consents")
    assert Workers().matchable(ON).all() == []
    client.post("/register/consents", {"matching": "y", "messages": "y"}, to="/register/done")
    page = client.get("/register/done")
    assert "Trần Văn Út" in page.text
    worker = the_worker(session)
    assert worker.state is WorkerState.ACTIVE
    assert [row.words for row in worker.occupations] == ["thợ hồ", "phụ bếp"]
    assert worker.occupations[0].months == 24
    assert (worker.wage_min, worker.wanted_countries) == (8_000_000, ["JP"])
    assert [(c.scale, c.level) for c in worker.certificates] == [("jlpt", "N4"), ("driving", "A1")]
    assert worker.experiences[0].months == 72
    assert {c.purpose for c in worker.consents} == {Purpose.MATCHING, Purpose.MESSAGES}
    assert Workers().matchable(ON).all() == [worker]


def test_every_step_shows_and_may_be_skipped_and_is_taken_up_on_another_phone(app, client, session):
    open_account(client)
    for step in ("where", "can", "want", "schooling", "experience", "languages"):
        page = client.get(f"/register/{step}")
        assert page.all("button.plain") or step in ("can", "experience", "languages")
        client.post(f"/register/{step}", {"skip": "1"})
        other = StrictClient(app)
        other.sign_in(session.scalars(select(Account)).one())
        assert other.get("/register", status=302).location != f"/register/{step}"
    assert other.get("/register", status=302).location == "/register/consents"
    page = other.get("/register/consents")
    assert not [box for box in page.all("input") if box.get("checked") is not None]
    other.post("/register/consents", {}, to="/register/done")
    assert "Hồ sơ còn thiếu" in other.get("/register/done").text
    assert Workers().matchable(ON).all() == []


@pytest.mark.parametrize("typed", [{"add": "1"}, {"workplace": "Xưởng Ba Sao"}, {"months": "0"}])
def test_a_place_worked_without_a_title_says_what_is_missing(client, session, typed):
    open_account(client)
    page = client.post("/register/experience", typed, status=422)
    assert "Hãy ghi bạn đã làm việc gì." in page.text and "#title" in page.links()
    assert typed.get("workplace", "") in page.html
    assert the_worker(session).experiences == []


def test_a_place_with_several_answers_asks_which_without_a_script(client, session):
    open_account(client)
    page = client.post("/register/where", {"commune": "an phu"}, status=200)
    offered = [box.get("value") for box in page.all("input") if box.get("name") == "choice"]
    assert len(offered) > 2 and "Huyện An Phú" in page.text
    assert "#choice-0" in page.links()
    asked = next(e.get("value") for e in page.all("input") if e.get("name") == "asked")
    answer = {"commune": "an phu", "asked": asked, "choice": offered[-1]}
    client.post("/register/where", answer, to="/register/can")
    assert the_worker(session).commune_code == offered[-1]


@pytest.mark.parametrize(
    ("typed", "saved"), [("vinh hanh", True), ("Vĩnh Hamh", False), ("Phường An Phú", False)]
)
def test_a_name_is_taken_as_it_stands_and_a_slip_or_an_old_name_is_asked_about(client, session, typed, saved):
    open_account(client)
    client.post("/register/where", {"commune": typed}, status=302 if saved else 200)
    assert bool(the_worker(session).commune_code) is saved


def test_a_place_nobody_knows_says_so_and_keeps_the_words(client):
    open_account(client)
    page = client.post("/register/where", {"commune": "zzzz qqqq"}, status=422)
    assert "zzzz qqqq" in page.html


def test_a_job_word_that_means_several_asks_which(client, session):
    open_account(client)
    page = client.post("/register/can", {"words": "sửa", "add": "1"}, status=200)
    offered = [box.get("value") for box in page.all("input") if box.get("name") == "choice"]
    assert len(offered) > 1
    answer = {"words": "sửa", "asked": "sửa", "choice": offered[1], "add": "1"}
    client.post("/register/can", answer, to="/register/can")
    assert [(row.words, row.code) for row in the_worker(session).occupations] == [("sửa", offered[1])]


def test_another_word_in_place_of_the_choices_is_a_new_search(client, session):
    open_account(client)
    page = client.post("/register/can", {"words": "sửa", "add": "1"}, status=200)
    offered = next(box.get("value") for box in page.all("input") if box.get("name") == "choice")
    answer = {"words": "thợ hồ", "asked": "sửa", "choice": offered, "code": offered, "add": "1"}
    client.post("/register/can", answer, to="/register/can")
    assert the_worker(session).occupations[0].code != offered


def test_a_row_can_be_taken_away(client, session):
    open_account(client)
    client.post("/register/can", {"words": "thợ hồ", "add": "1"})
    row = the_worker(session).occupations[0].id
    client.post("/register/can", {"remove": str(row)}, to="/register/can")
    assert the_worker(session).occupations == []


def test_from_15_to_18_a_guardian_is_asked_for_and_needed(client, session):
    open_account(client, birth="01/01/2010")
    client.get("/register/guardian")
    page = client.post("/register/guardian", {"guardian_consents": "y"}, status=422)
    assert "giám hộ" in page.text
    client.post("/register/guardian", {"skip": "1"}, to="/register/where")
    client.post("/register/consents", {"matching": "y"}, to="/register/done")
    assert Workers().matchable(ON).all() == []
    guardian = {"guardian_name": "Trần Văn Tám", "guardian_phone": "0912345678", "guardian_consents": "y"}
    client.post("/register/guardian", guardian, to="/profile")
    assert Workers().matchable(ON).all() == [the_worker(session)]


def test_a_taken_sign_in_name_is_said_and_offers_to_sign_in(make, client, session):
    make.account(sign_in_name="0901234567")
    client.post("/register", {"birth": "1998"})
    client.post("/register/who", WHO)
    proves_phone(client, session, "0901234567")
    page = client.post(
        "/register/account",
        {"sign_in_name": "0901 234 567", "new_password": PASSWORD, "repeated": PASSWORD},
        status=422,
    )
    assert "/sign-in?next=/register" in page.links()


def test_keeping_needs_its_date(client, session):
    open_account(client)
    client.post("/register/consents", {"keeping": "y"}, status=422)
    client.post("/register/consents", {"keeping": "y", "keep_until": "31/12/2027"}, to="/register/done")
    assert the_worker(session).consents[0].keep_until == dt.date(2027, 12, 31)


def test_a_seeker_without_a_profile_needs_no_second_account(as_role, make, session):
    account = make.account()
    client = as_role("seeker", account)
    client.post("/register", {"birth": "1990"}, to="/register/who")
    client.post("/register/who", {**WHO, "birth": "1990"}, to="/register/where")
    assert worker_of(account).birth_year == 1990


def test_staff_are_led_to_the_desk_and_partners_have_no_profile(as_role):
    assert as_role("adviser").get("/register", status=302).location == "/workers/new"
    as_role("employer").get("/register", status=403)


def test_a_form_page_is_light(client):
    open_account(client)
    for step in ("where", "want", "can"):
        assert len(client.get(f"/register/{step}").html) < 40_000


def test_who_comes_for_an_opening_finds_it_again_at_the_end(client, make, session):
    opening = make.opening()
    page = f"/openings/{opening.id}"
    answer = client.post(f"{page}/want", headers={"Referer": f"http://localhost{page}"}, status=302)
    # Not the address of the button: opened by hand it is none.
    assert answer.location == f"/sign-in?next={page}"
    (register,) = [one for one in client.get(answer.location).links() if one.startswith("/register?")]
    client.get(register)
    open_account(client)
    worker = the_worker(session)
    worker.step_reached, worker.state = "done", WorkerState.ACTIVE
    session.commit()
    assert page in client.get("/register/done").links()


@pytest.mark.parametrize("asked", ["https://evil.example/openings/1", "/desk", "/openings/1/want", "//x"])
def test_no_other_page_is_kept_for_the_end(client, asked):
    client.get("/register", query_string={"next": asked})
    with client.inner.session_transaction() as cookie:
        assert "came_for" not in cookie
