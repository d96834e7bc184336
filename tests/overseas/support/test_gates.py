"""What classes, claims and loans tell the gates of a case."""

import datetime as dt

import pytest

from portal.courses import operations as courses
from portal.courses.queries import learners_of
from portal.courses.results import Outcome, record_results
from portal.courses.states import CourseKind, CourseResult
from portal.overseas.cases.gates import Question, missing
from portal.overseas.cases.states import FinanceWay
from portal.overseas.cases.transitions import FORWARD, Need
from portal.overseas.support import loans
from portal.overseas.support import operations as support
from tests.courses.conftest import facts
from tests.factories import NOW

TODAY = dt.date(2026, 11, 23)


def what_is_missing(world, need, name):
    step = next(one for one in FORWARD if one.name == name)
    assert need in step.facts, f"{name} asks for {need}"
    return missing(need, Question(world.case, TODAY, step))


@pytest.fixture
def course_class(world, make):
    school = make.organisation("college")
    course = courses.add_course(school, CourseKind.LANGUAGE, "Tiếng Nhật", 160, actor=world.adviser, now=NOW)
    return courses.add_class(course, facts(), actor=world.adviser, now=NOW)


def test_a_class_is_entered_and_finished(world, course_class):
    def enrolled():
        return what_is_missing(world, Need.ENROLLED, "train")

    def trained():
        return what_is_missing(world, Need.TRAINED, "health")

    # A class held elsewhere is not known here: a reason carries one over it.
    assert [one.passable for one in enrolled()] == [True] and trained() == ()
    courses.enrol(course_class, world.worker, may_be_told=True, actor=world.adviser, now=NOW)
    assert enrolled() == ()
    assert "chưa có kết quả" in str(trained()[0].sentence)
    row = learners_of(course_class)[0].enrolment
    for result, said in ((CourseResult.FAILED, "chưa đạt"), (CourseResult.PASSED, "")):
        record_results(course_class, {row.id: Outcome(result)}, actor=world.adviser, now=NOW)
        assert [said in str(one.sentence) for one in trained()] == ([True] if said else [])


def test_a_claim_that_waits_is_named(world):
    world.know()
    made = world.claim()

    def waiting():
        return what_is_missing(world, Need.SUPPORT, "arrange_money")

    assert "Học tiếng" in str(waiting()[0].sentence) and waiting()[0].passable
    support.approve(made, None, actor=world.leader, now=NOW)
    assert waiting() == ()


def test_the_money_is_not_arranged_while_the_bank_has_not_answered(world):
    by = {"actor": world.adviser, "now": NOW}

    def money():
        return what_is_missing(world, Need.LOAN, "arrange_money")

    assert money() == ()
    world.case.finance_way = FinanceWay.LOAN
    assert [one.passable for one in money()] == [True]
    loan = loans.ask(world.case, asked_vnd=9, cost_vnd=10, asked_on=TODAY, contract_months=36, **by)
    assert [one.passable for one in money()] == [False] and "03/12/2026" in str(money()[0].sentence)
    loans.grant(loan, 9, TODAY, note="", **by)
    assert money() == ()
    world.case.finance_way = None
