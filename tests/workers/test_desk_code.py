"""Leaving a registration in the middle, and taking it up at the desk with a short code."""

import datetime as dt
import re

import pytest
import time_machine
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.secrets import CODE_LETTERS
from portal.workers.models import Worker
from portal.workers.states import Purpose, WorkerState
from tests.factories import NOW

STEPS = ("who", "guardian", "where", "can", "want", "schooling", "experience", "languages", "consents")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def person(as_role, make):
    """Somebody who has told who they are and stands before the next step."""
    account = make.account("seeker")
    make.worker(
        "Trần Văn Út", account_id=account.id, state=WorkerState.DRAFT, step_reached="account",
        occupations=(), consents=(), wants_home=None, wage_min=None, commune_code=None, education_code=None,
    )  # fmt: skip
    return as_role("seeker", account)


def the_worker(session):
    return session.scalars(select(Worker)).one()


def code_on(page):
    return page.texts("p.desk-code")[0][:7]


def stops(person, step, **typed):
    return code_on(person.post(f"/register/{step}", {**typed, "leave": "desk"}, status=200))


@pytest.mark.parametrize(
    "step", ["who", "where", "can", "want", "schooling", "experience", "languages", "consents"]
)
def test_every_step_can_be_left_in_three_ways(person, step):
    page = person.get(f"/register/{step}")
    section = page.all("section.ways-out")[0]
    words = " ".join("".join(section.itertext()).split())
    assert "Để sau" in words and "Làm tiếp với tư vấn viên" in words
    assert "/call-me" in page.links()


def test_before_the_profile_stands_nothing_is_stored_and_a_call_is_offered(client, session):
    client.post("/register", {"birth": "1998"}, to="/register/who")
    page = client.get("/register/who")
    assert "Đến đây Trung tâm chưa lưu gì về bạn." in page.text
    assert "Làm tiếp với tư vấn viên" not in page.text and "/call-me" in page.links()
    assert session.scalars(select(Worker)).all() == []


def test_later_keeps_what_was_typed_and_comes_back_to_the_same_step(person, session):
    typed = {"commune": "Phường Long Xuyên", "address_line": "Khóm 1", "leave": "later"}
    page = person.follow("/register/where", typed)
    assert "Lần sau bạn đăng nhập rồi ghi tiếp từ bước này." in page.text
    assert the_worker(session).address_line == "Khóm 1"
    assert person.get("/register", status=302).location == "/register/where"


@pytest.mark.parametrize(
    ("step", "typed"),
    [("where", {"commune": "zzzz qqqq"}), ("where", {"commune": "an phu"}), ("want", {"wage_min": "nhiều"})],
)
def test_half_an_answer_holds_nobody(person, session, step, typed):
    person.post(f"/register/{step}", {**typed, "leave": "later"}, to="/profile")
    assert the_worker(session).commune_code is None


def test_a_job_that_was_typed_but_not_added_is_kept(person, session):
    stops(person, "can", words="thợ hồ", years="2", skills_text="xây, tô")
    worker = the_worker(session)
    assert [row.words for row in worker.occupations] == ["thợ hồ"] and worker.skills_text == "xây, tô"


def test_leaving_consents_to_nothing(person, session):
    stops(person, "consents", matching="y")
    assert the_worker(session).consents == [] and the_worker(session).state is WorkerState.DRAFT


def test_the_code_is_short_large_and_says_where_and_until_when(app, person, session):
    page = person.post("/register/can", {"leave": "desk"}, status=200)
    code = code_on(page).replace(" ", "")
    assert len(code) == 6 and set(code) <= set(CODE_LETTERS)
    for said in (app.config["CENTRE_ADDRESS"], app.config["CENTRE_HOURS"], "07/12/2026", "Việc bạn làm được"):
        assert said in page.text
    # Read aloud letter by letter; the database holds no code.
    assert ", ".join(code) in page.text
    worker = the_worker(session)
    assert worker.desk_code_hash and code not in worker.desk_code_hash


@pytest.mark.parametrize(
    "typed", [str, str.lower, lambda code: code.replace(" ", ""), lambda code: f" {code} "]
)
@pytest.mark.parametrize("step", ["who", "where", "can", "consents"])
def test_the_adviser_lands_on_exactly_the_step_where_the_person_stopped(
    as_role, make, person, session, step, typed
):
    code, adviser = stops(person, step), make.account("adviser")
    desk = as_role("adviser", adviser)
    worker = the_worker(session).id
    page = desk.follow("/desk-code", {"desk_code": typed(code)})
    assert page.all("form")[-1].get("action") == f"/workers/{worker}/edit/{step}?row=1"
    assert the_worker(session).adviser_id == adviser.id
    looks = session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all()
    assert [(look.actor_id, look.subject_id) for look in looks] == [(adviser.id, worker)]


def test_the_adviser_goes_on_step_by_step_to_the_end(as_role, person, session):
    desk = as_role("adviser")
    at = desk.post("/desk-code", {"desk_code": stops(person, "want")}).location
    answers = {
        "want": {"wants_home": "y", "wage_min": "8 triệu"},
        "schooling": {"education_code": "lower_secondary"},
        "experience": {"title": "Phụ hồ", "from_year": "2020"},
        "languages": {"scale": "driving", "level": "A1"},
        "consents": {"matching": "y", "channel": "desk"},
    }
    walked = []
    while match := re.search(r"/edit/(\w+)", at):
        walked.append(match[1])
        assert f"Bước {4 + len(walked)} trong 8" not in desk.get(at).text or match[1] != "want"
        at = desk.post(at, answers[match[1]]).location
    worker = the_worker(session)
    assert walked == ["want", "schooling", "experience", "languages", "consents"]
    assert at == f"/workers/{worker.id}" and worker.state is WorkerState.ACTIVE
    assert (worker.wage_min, worker.education_code) == (8_000_000, "lower_secondary")
    assert [(c.purpose, c.channel.value) for c in worker.consents] == [(Purpose.MATCHING, "desk")]
    assert worker.consents[0].taken_by_id is not None


def test_a_code_works_once_and_not_after_its_days(as_role, person, session):
    desk = as_role("adviser")
    first = stops(person, "where")
    code = stops(person, "can")
    # The older one ended when the newer was made.
    assert "Mã không đúng hoặc đã hết hạn" in desk.post("/desk-code", {"desk_code": first}, status=422).text
    desk.post("/desk-code", {"desk_code": code}, to="/edit/can")
    desk.post("/desk-code", {"desk_code": code}, status=422)
    late = stops(person, "can")
    with time_machine.travel(NOW + dt.timedelta(days=14, minutes=1), tick=False):
        as_role("adviser").post("/desk-code", {"desk_code": late}, status=422)


def test_who_has_finished_meanwhile_is_shown_whole(as_role, person, session):
    code = stops(person, "consents")
    person.post("/register/consents", {"matching": "y"}, to="/register/done")
    as_role("adviser").post("/desk-code", {"desk_code": code}, to=f"/workers/{the_worker(session).id}")


def test_guessing_is_stopped(as_role):
    desk = as_role("adviser")
    for _ in range(10):
        desk.post("/desk-code", {"desk_code": "AAA 222"}, status=422)
    page = desk.post("/desk-code", {"desk_code": "AAA 222"}, status=429)
    assert "Bạn đã thử nhiều lần" in page.text


def test_the_walk_in_page_has_the_small_form(as_role, person):
    code, desk = stops(person, "can"), as_role("adviser")
    assert "/desk-code" in [form.get("action") for form in desk.get("/workers/new").all("form")]
    desk.post("/desk-code", {"desk_code": code}, to="/edit/can?row=1")


@pytest.mark.parametrize("role", ["seeker", "moderator", "employer"])
def test_nobody_else_takes_up_a_profile(as_role, role):
    as_role(role).post("/desk-code", {"desk_code": "AAA222"}, status=403)


def test_the_pictures_are_left_out_by_who_reads_aloud(person):
    page = person.get("/register/can")
    pictures = re.findall(r"<svg class=\"step-icon\"[^>]*>", page.html)
    assert pictures and all('aria-hidden="true"' in one for one in pictures)
    assert re.search(r"Bước \d trong 9", page.text)
