"""The pages of classes: a teacher calls the roll, a clerk enrols, a person reads how far they are."""

import datetime as dt

import pytest
import time_machine
from sqlalchemy import select

from portal.courses.models import Course, CourseClass, Enrolment
from portal.courses.operations import call_roll, enrol
from portal.courses.queries import learners_of
from portal.courses.results import Outcome, record_results
from portal.courses.states import CourseResult
from portal.workers.models import Worker
from tests.courses.conftest import TODAY
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("_today")
ROLL = f"/days/{TODAY.isoformat()}"


@pytest.fixture
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def url(course_class, rest=""):
    return f"/courses/classes/{course_class.id}{rest}"


def test_a_teacher_calls_the_roll_of_the_whole_class_at_once(world, as_role):
    course_class, teacher = world.a_class(), as_role("college", world.teacher)
    assert "Điểm danh hôm nay" in teacher.get(url(course_class)).text
    page = teacher.get(url(course_class, ROLL))
    boxes = [box for box in page.all("input") if box.get("name") == "present"]
    # Everybody is there until ticked off: in a class of thirty two are away.
    assert len(boxes) == 3 and all(box.get("checked") is not None for box in boxes)
    there = [box.get("value") for box in boxes[:2]]
    answer = teacher.follow(url(course_class, ROLL), {"present": there})
    assert "Đã lưu điểm danh ngày 23/11/2026." in answer.text
    assert [one.days for one in learners_of(course_class)] == [1, 1, 0]
    again = teacher.get(url(course_class, ROLL))
    assert [b.get("checked") is not None for b in again.all("input") if b.get("name") == "present"] == [
        True,
        True,
        False,
    ]
    teacher.post(url(course_class, ROLL + "/take-back"))
    assert [one.days for one in learners_of(course_class)] == [0, 0, 0]


def test_a_day_is_chosen_and_a_wrong_one_is_explained(world, as_role):
    course_class, teacher = world.a_class(), as_role("college", world.teacher)
    teacher.get(url(course_class, "/days?day=20/11/2026"), status=302)
    for wrong, said in (("24/11/2026", "chưa đến"), ("01/11/2026", "Lớp học từ 16/11/2026")):
        opened = teacher.get(url(course_class, f"/days?day={wrong}"), status=302)
        refused = teacher.get(opened.location, status=302)
        assert said in teacher.get(refused.location).text
    teacher.get(url(course_class, "/days?day=hôm qua"), status=302)
    assert "ngày/tháng/năm" in teacher.get(url(course_class)).text
    teacher.get(url(course_class, "/days/abc"), status=404)


def test_the_clerk_makes_a_course_opens_a_class_and_enrols_people(session, world, make, as_role):
    desk = as_role("adviser", world.adviser)
    make.worker("Trần Văn Bảy", phone="0901999999")
    page = desk.get("/courses/courses/new")
    assert "76 tiết" in page.text and "Chưa kiểm chứng" in page.text
    given = {
        "organisation": world.organisation.id,
        "kind": "orientation",
        "name": "Định hướng",
        "periods": 40,
    }
    made = desk.post("/courses/courses/new", given, to="/courses/classes/new")
    assert "ngắn hơn 76 tiết" in desk.get(made.location).text
    course = session.scalars(select(Course)).one()
    form = {"course": course.id, "name": "Lớp 1", "starts_on": "30/11/2026", "ends_on": "04/12/2026",
            "capacity": "2", "commune": "", "address_line": "Số 5, đường 1"}  # fmt: skip
    wrong = desk.post("/courses/classes/new", form | {"ends_on": "01/11/2026"}, status=422)
    assert "sau ngày bắt đầu" in wrong.text and 'value="Lớp 1"' in wrong.html
    desk.post("/courses/classes/new", form, to="/courses/classes/")
    course_class = session.scalars(select(CourseClass)).one()
    place = url(course_class, "/enrol")
    found = desk.post(place, {"who": "bay", "find": "1"}, status=200)
    assert "Trần Văn Bảy, 1998" in found.text
    worker = session.scalars(select(Worker).where(Worker.phone == "0901999999")).one()
    chosen = {"who": "bay", "asked": "bay", "person": str(worker.id)}
    refused = desk.post(place, chosen, status=422)
    assert "Nơi dạy sẽ thấy họ tên" in refused.text
    assert "Đã ghi tên vào lớp." in desk.follow(place, chosen | {"may_be_told": "y"}).text
    assert "đã có tên trong lớp" in desk.post(place, chosen | {"may_be_told": "y"}, status=422).text
    row = session.scalars(select(Enrolment)).one()
    desk.post(url(course_class, f"/people/{row.id}/leave"), {"reason": "own_wish", "left_on": "23/11/2026"})
    assert "Xin thôi học" in desk.get(url(course_class)).text


def test_results_of_everybody_with_one_date_and_nothing_typed_is_lost(session, world, as_role):
    course_class, teacher = world.a_class(), as_role("college", world.teacher)
    first, second, third = [one.enrolment.id for one in learners_of(course_class)]
    form = {
        "on": "23/11/2026",
        f"result-{first}": "passed", f"number-{first}": "ĐH 01",
        f"result-{second}": "passed", f"number-{second}": "ĐH 01",
        f"result-{third}": "failed",
    }  # fmt: skip
    page = teacher.post(url(course_class, "/results"), form, status=422)
    assert "Số này đã ghi cho người khác." in page.text and page.html.count('value="ĐH 01"') == 2
    form[f"on-{second}"] = "31/02/2026"
    assert "không có trong lịch" in teacher.post(url(course_class, "/results"), form, status=422).text
    teacher.post(
        url(course_class, "/results"), form | {f"number-{second}": "ĐH 02", f"on-{second}": "20/11/2026"}
    )
    shown = teacher.get(url(course_class)).text
    assert "Số ĐH 01, cấp ngày 23/11/2026. Có giá trị đến hết 23/11/2028." in shown
    assert session.get(Enrolment, second).certified_on == dt.date(2026, 11, 20)
    assert "0901" not in shown and "/workers/" not in " ".join(teacher.get(url(course_class)).links())


def test_a_college_meets_only_its_own_classes(world, make, as_role):
    course_class = world.a_class()
    stranger = as_role("college", make.member("college"))
    assert "Lớp 3" not in stranger.get("/courses").text
    for place in ("", ROLL, "/results", "/edit", ".csv"):
        stranger.get(url(course_class, place), status=404)
    stranger.post(url(course_class, ROLL), {}, status=404)
    stranger.post(url(course_class, "/settle"), {}, status=404)
    # Nor does a teacher look for people, or the person at the class of others.
    as_role("college", world.teacher).get(url(course_class, "/enrol"), status=403)
    for role in ("seeker", "employer", "sender", "moderator", "administrator"):
        as_role(role).get(url(course_class), status=403)


def test_a_person_reads_their_class_on_the_phone(session, world, make, as_role):
    seeker = make.account()
    worker = make.worker("Danh Thị Sáu", account_id=seeker.id)
    phone = as_role("seeker", seeker)
    assert "Bạn chưa học lớp nào" in phone.get("/courses/mine").text
    course_class = world.a_class(people=[worker])
    row = learners_of(course_class)[0].enrolment
    call_roll(course_class, TODAY, [row.id], actor=world.teacher, now=NOW)
    record_results(
        course_class, {row.id: Outcome(CourseResult.PASSED, "ĐH 9", TODAY)}, actor=world.teacher, now=NOW
    )
    session.commit()
    page = phone.get("/courses/mine")
    assert "Bạn có mặt 1 trên 1 ngày đã học." in page.text and "ĐH 9" in page.text
    assert "/courses/mine" in phone.get("/profile").links()
    assert "có mặt 1/1 ngày" in as_role("adviser").get(f"/workers/{worker.id}").text


def test_a_sheet_leaves_without_names(world, as_role):
    course_class = world.a_class()
    sheet = as_role("adviser", world.adviser).get(url(course_class, ".csv")).get_data(as_text=True)
    assert "Trần Văn An" not in sheet and str(world.people[0].id) in sheet


def test_lists_ask_as_often_for_20_rows_as_for_2(session, world, make, as_role, statements):
    course, desk = world.course(), as_role("adviser", world.adviser)
    counted = []
    big = world.a_class(course, people=[])
    for more in (2, 18):
        for _ in range(more):
            world.a_class(course)
            enrol(big, make.worker(), may_be_told=True, actor=world.adviser, now=NOW)
        call_roll(big, TODAY, [one.enrolment.id for one in learners_of(big)], actor=world.adviser, now=NOW)
        session.commit()
        pages = ["/courses?when=all", url(big), url(big, ROLL), url(big, "/results")]
        for page in pages:
            desk.get(page)
        statements.clear()
        sizes = [len(desk.get(page).html.encode()) for page in pages]
        counted.append(len([sent for sent in statements if sent.startswith("SELECT")]))
    assert counted[0] == counted[1]
    assert max(sizes) < 60_000


def test_periods_that_nobody_knows_are_left_blank(session, world, as_role):
    teacher = as_role("college", world.teacher)
    given = {"organisation": str(world.organisation.id), "kind": "language", "name": "Tiếng Hoa cơ bản"}
    teacher.post("/courses/courses/new", {**given, "periods": ""}, to="/courses/classes/new")
    assert session.scalars(select(Course).where(Course.name == "Tiếng Hoa cơ bản")).one().periods is None
    page = teacher.post("/courses/courses/new", {**given, "periods": "nhiều"}, status=422)
    assert "Số tiết: Hãy ghi một số" in page.text


def test_a_wrong_line_of_the_results_says_whose_it_is(world, as_role):
    course_class, teacher = world.a_class(), as_role("college", world.teacher)
    wrong = learners_of(course_class)[1]
    given = {f"result-{wrong.enrolment.id}": "passed", f"on-{wrong.enrolment.id}": "20/11/2026"}
    page = teacher.post(url(course_class, "/results"), given, status=422)
    assert f"{wrong.enrolment.worker.full_name}: Hãy ghi số giấy chứng nhận." in page.text


def test_one_tick_says_that_the_rest_of_the_class_has_passed(session, world, as_role):
    course_class, teacher = world.a_class(), as_role("college", world.teacher)
    first, *others = learners_of(course_class)
    given = {f"result-{one.enrolment.id}": "" for one in others}
    given |= {f"result-{first.enrolment.id}": "failed", "rest": "passed"}
    teacher.post(url(course_class, "/results"), given, to=url(course_class))
    session.expire_all()
    results = [one.enrolment.result for one in learners_of(course_class)]
    assert results == [CourseResult.FAILED, CourseResult.PASSED, CourseResult.PASSED]
