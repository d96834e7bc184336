"""Classes: who may be in one, the roll, support days, results and how long a certificate is valid."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from portal.courses import operations
from portal.courses.models import Attendance, ClassDay, Enrolment
from portal.courses.queries import (
    days_attended,
    enrolments_of,
    learners_of,
    support_days,
)
from portal.courses.results import Outcome, record_results
from portal.courses.rules import is_too_short, prescribed_periods
from portal.courses.states import CourseKind, CourseResult, LeavingReason
from portal.errors import Invalid, NotAllowed, Refused
from portal.reference.rules import of_day
from portal.workers.exporting import export_of
from portal.workers.merging import merge, undo_merge
from tests.courses.conftest import TODAY, facts
from tests.factories import NOW

DAY = dt.timedelta(days=1)


def ids(session, course_class):
    """By the given name: An, Bình, Cường."""
    return [one.enrolment.id for one in learners_of(course_class)]


def roll(course_class, day, present, actor):
    return operations.call_roll(course_class, day, present, actor=actor, now=NOW)


def test_the_roll_counts_days_and_is_put_right(session, world):
    course_class = world.a_class()
    an, binh, cuong = ids(session, course_class)
    roll(course_class, TODAY - 3 * DAY, [an, binh], world.teacher)
    roll(course_class, TODAY, [an, binh, cuong], world.teacher)
    assert [one.days for one in learners_of(course_class)] == [2, 2, 1]
    # Entered again, by the clerk this time: the same day, not a second one.
    roll(course_class, TODAY, [an], world.adviser)
    assert [one.days for one in learners_of(course_class)] == [2, 1, 0]
    assert session.scalar(select(func.count()).select_from(ClassDay)) == 2


def test_who_is_not_in_the_class_is_never_counted(session, world, make):
    course_class, other = world.a_class(), world.a_class(people=[make.worker("Người Lạ")])
    (stranger,) = ids(session, other)
    roll(course_class, TODAY, [*ids(session, course_class), stranger, 999_999], world.teacher)
    assert session.scalar(select(func.count()).select_from(Attendance)) == 3


@pytest.mark.parametrize("day", [TODAY + DAY, dt.date(2026, 11, 15), dt.date(2026, 12, 12)])
def test_days_to_come_and_days_outside_the_class_are_refused(world, day):
    with pytest.raises(Refused):
        roll(world.a_class(), day, [], world.teacher)


def test_support_days_are_those_of_the_person_a_day_counts_once(session, world):
    worker = world.people[0]
    orientation = world.a_class()
    language = world.a_class(world.course(CourseKind.LANGUAGE), people=[worker])
    mine = ids(session, orientation)[0]
    roll(orientation, TODAY, [mine], world.teacher)
    roll(orientation, TODAY - 3 * DAY, [mine], world.teacher)
    roll(language, TODAY, ids(session, language), world.teacher)
    assert support_days(worker.id) == {CourseKind.ORIENTATION: 2, CourseKind.LANGUAGE: 1}
    assert days_attended(worker.id) == 2


def test_a_day_entered_by_mistake_is_taken_back(session, world):
    course_class = world.a_class()
    class_day = roll(course_class, TODAY, ids(session, course_class), world.teacher)
    operations.take_back_day(class_day, course_class, actor=world.teacher, now=NOW)
    assert [one.days for one in learners_of(course_class)] == [0, 0, 0]


def test_the_last_place_is_given_once_and_nobody_stands_in_a_class_twice(session, world, make):
    course_class = world.a_class(capacity=3)
    with pytest.raises(Refused) as full:
        operations.enrol(course_class, make.worker(), may_be_told=True, actor=world.adviser, now=NOW)
    assert "đủ 3 người" in str(full.value)
    with pytest.raises(Refused):
        operations.enrol(course_class, world.people[0], may_be_told=True, actor=world.adviser, now=NOW)


def test_a_college_is_told_a_name_only_with_the_persons_word(session, world, make):
    course_class, worker = world.a_class(), make.worker()
    with pytest.raises(Refused) as asked:
        operations.enrol(course_class, worker, may_be_told=False, actor=world.adviser, now=NOW)
    assert asked.value.field == "may_be_told"
    centre = world.a_class(world.course(organisation=make.organisation("centre")))
    assert operations.enrol(centre, worker, may_be_told=False, actor=world.adviser, now=NOW).id


def test_who_leaves_keeps_the_days_and_may_come_back(session, world):
    course_class = world.a_class()
    first = ids(session, course_class)[0]
    roll(course_class, TODAY, [first], world.teacher)
    enrolment = session.get(Enrolment, first)
    with pytest.raises(Invalid):
        yesterday = TODAY - dt.timedelta(days=1)
        operations.leave(enrolment, LeavingReason.OWN_WISH, yesterday, actor=world.adviser, now=NOW)
    operations.leave(enrolment, LeavingReason.OWN_WISH, TODAY, actor=world.adviser, now=NOW)
    assert learners_of(course_class)[0].days == 1
    operations.enrol(course_class, world.people[0], may_be_told=True, actor=world.adviser, now=NOW)
    assert (enrolment.left_on, learners_of(course_class)[0].days) == (None, 1)


def test_teachers_of_other_colleges_may_nothing(session, world, make):
    course_class, stranger = world.a_class(), make.member("college")
    with pytest.raises(NotAllowed):
        roll(course_class, TODAY, [], stranger)
    with pytest.raises(NotAllowed):
        record_results(course_class, {}, actor=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        operations.add_class(course_class.course, facts(), actor=stranger, now=NOW)
    # Nor may a teacher choose who learns.
    with pytest.raises(NotAllowed):
        operations.enrol(course_class, make.worker(), may_be_told=True, actor=world.teacher, now=NOW)


# Results


def ended(world, **given):
    return world.a_class(starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2026, 11, 20), **given)


def passed(number="ĐH 001", on=dt.date(2026, 11, 20)):
    return Outcome(CourseResult.PASSED, number, on)


def test_an_orientation_certificate_is_valid_for_24_months(session, world):
    course_class = ended(world)
    first = ids(session, course_class)[0]
    record_results(course_class, {first: passed()}, actor=world.teacher, now=NOW)
    assert session.get(Enrolment, first).valid_to == dt.date(2028, 11, 20)


@pytest.mark.parametrize(
    ("on", "valid_to"), [(dt.date(2022, 2, 1), dt.date(2024, 2, 1)), (dt.date(2022, 1, 31), None)]
)
def test_before_the_rule_nobody_says_how_long_it_is_valid(session, world, on, valid_to):
    course_class = world.a_class(starts_on=dt.date(2021, 10, 1), ends_on=dt.date(2022, 3, 1))
    first = ids(session, course_class)[0]
    record_results(course_class, {first: passed(on=on)}, actor=world.teacher, now=NOW)
    assert session.get(Enrolment, first).valid_to == valid_to


def test_a_certificate_is_for_who_passed_and_a_number_for_one_person(session, world):
    course_class = ended(world)
    first, second, _third = ids(session, course_class)
    with pytest.raises(Invalid) as failed:
        record_results(
            course_class,
            {first: Outcome(CourseResult.FAILED, "ĐH 001", TODAY)},
            actor=world.teacher,
            now=NOW,
        )
    assert failed.value.field == f"number-{first}"
    record_results(course_class, {first: passed()}, actor=world.teacher, now=NOW)
    with pytest.raises(Invalid) as twice:
        record_results(course_class, {second: passed()}, actor=world.teacher, now=NOW)
    assert twice.value.field == f"number-{second}"
    with pytest.raises(Invalid):
        record_results(course_class, {second: passed("ĐH 002", None)}, actor=world.teacher, now=NOW)


def test_a_settled_class_stands_until_a_leader_opens_it(session, world, make):
    course_class, leader = ended(world), make.account("leader")
    first, second, third = ids(session, course_class)
    with pytest.raises(Refused) as waiting:
        operations.settle(course_class, actor=world.teacher, now=NOW)
    assert "3 người" in str(waiting.value)
    everybody = {first: passed(), second: passed("ĐH 002"), third: Outcome(CourseResult.FAILED)}
    record_results(course_class, everybody, actor=world.teacher, now=NOW)
    operations.settle(course_class, actor=world.teacher, now=NOW)
    with pytest.raises(Refused):
        roll(course_class, dt.date(2026, 11, 20), [first], world.teacher)
    with pytest.raises(Refused):
        record_results(course_class, everybody, actor=world.adviser, now=NOW)
    with pytest.raises(NotAllowed):
        operations.reopen(course_class, reason="Thiếu", actor=world.adviser, now=NOW)
    operations.reopen(course_class, reason="Thiếu một ngày", actor=leader, now=NOW)
    roll(course_class, dt.date(2026, 11, 20), [first], world.teacher)


def test_a_running_class_is_not_settled(world):
    with pytest.raises(Refused):
        operations.settle(world.a_class(people=[]), actor=world.teacher, now=NOW)


def test_the_length_of_orientation_warns_and_is_not_verified(session, world):
    now, before = of_day(session, TODAY), of_day(session, dt.date(2021, 12, 31))
    rule, old = (prescribed_periods(CourseKind.ORIENTATION, rules) for rules in (now, before))
    assert (rule.value, rule.verified, old.value, old.verified) == ("76", False, "74", False)
    assert [is_too_short(n, rule) for n in (75, 76, None)] == [True, False, False]
    assert prescribed_periods(CourseKind.LANGUAGE, now) is None
    assert prescribed_periods(CourseKind.ORIENTATION, of_day(session, dt.date(2007, 7, 31))) is None


def test_dates_and_places_of_a_class_stay_sensible(session, world):
    course_class = world.a_class()
    roll(course_class, TODAY, [], world.teacher)

    def change(**given):
        operations.change_class(course_class, facts(**given), actor=world.teacher, now=NOW)

    for wrong in (
        {"capacity": 2},
        {"ends_on": dt.date(2026, 11, 20)},
        {"starts_on": dt.date(2026, 12, 30)},
        {"capacity": 0},
    ):
        with pytest.raises(Invalid):
            change(**wrong)
    change(capacity=3, ends_on=dt.date(2026, 11, 27))
    assert course_class.capacity == 3


def test_a_merge_takes_the_classes_along_and_back_and_the_person_may_take_them_home(session, world, make):
    course_class, seeker = world.a_class(), make.account()
    kept, merged = make.worker(account_id=seeker.id), world.people[0]
    first = ids(session, course_class)[0]
    roll(course_class, TODAY, [first], world.teacher)
    done = merge(kept, merged, actor=world.adviser, now=NOW)
    assert [attended for _row, attended, _held in enrolments_of(kept)] == [1]
    told = export_of(kept, seeker)["courses"]
    assert (told[0]["class"], told[0]["days_attended"], told[0]["days_held"]) == ("Lớp 3", 1, 1)
    undo_merge(done, actor=world.adviser, now=NOW)
    assert enrolments_of(kept) == [] and len(enrolments_of(merged)) == 1
