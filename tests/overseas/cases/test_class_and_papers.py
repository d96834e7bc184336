"""The people of a class in the list of cases, and who has checked a paper."""

import pytest

from portal.common.clock import now, today
from portal.courses.models import Course, CourseClass, Enrolment
from portal.courses.states import CourseKind, LeavingReason
from tests.overseas.cases.conftest import day


@pytest.fixture
def desk(as_role, ways):
    return as_role("adviser", ways.adviser)


def test_a_class_is_taken_out_of_the_list_to_act_for_it_together(ways, desk, session):
    course = Course(
        kind=CourseKind.ORIENTATION, name="Giáo dục định hướng", created_at=now(),
        organisation_id=ways.make.organisation("college").id, created_by_id=ways.adviser.id,
    )  # fmt: skip
    made = CourseClass(
        course=course, name="Lớp K12", starts_on=today(), ends_on=day(20), capacity=30, created_at=now(),
        created_by_id=ways.adviser.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    cases = [ways.opened(worker=ways.person(f"Người {word}").worker) for word in ("Một", "Hai", "Ba")]
    for case, left in zip(cases, (None, None, today()), strict=True):
        session.add(
            Enrolment(
                class_id=made.id, worker_id=case.worker_id, enrolled_at=now(), left_on=left,
                left_reason=LeavingReason.OTHER_CLASS if left else None, enrolled_by_id=ways.adviser.id,
            )
        )  # fmt: skip
    ways.opened(worker=ways.person("Người Tư").worker)
    session.commit()
    links = desk.get(f"/courses/classes/{made.id}").links()
    page = desk.get(next(link for link in links if link.startswith("/cases?")))
    assert {"Người Một", "Người Hai"} <= set(page.texts("th"))
    assert "Người Ba" not in page.text and "Người Tư" not in page.text and "Lớp K12" in page.text


def test_who_checked_a_paper_stands_on_its_page(ways, desk):
    case = ways.to("checked")
    paper = ways.paper(case, "passport", expires_on=day(900))
    page = desk.get(f"/cases/{case.id}/documents/{paper.id}")
    assert "Lê Thị Ngọc Hân kiểm tra lúc" in page.text


def test_a_case_that_is_over_offers_no_place_for_papers_that_it_would_refuse(ways, desk):
    case = ways.to("settled")
    assert not [link for link in desk.get(f"/cases/{case.id}").links() if "/documents/new" in link]
