"""Claims: what is asked is proved, decided by another, and paid once to a person."""

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.audit.models import AuditEvent
from portal.courses import operations as courses
from portal.courses.queries import learners_of
from portal.errors import Invalid, NotAllowed, Refused
from portal.files.operations import store
from portal.overseas.cases.states import ExitReason
from portal.overseas.states import CaseState
from portal.overseas.support import operations as support
from portal.overseas.support.entitled import entitled
from portal.overseas.support.loans import ask as ask_loan
from portal.overseas.support.loans import refuse as refuse_loan
from portal.overseas.support.models import SupportClaim, SupportSheet
from portal.overseas.support.states import ClaimState, Content, Fund, LoanState, ProofKind
from portal.overseas.support.transitions import CLAIM_STEPS, LOAN_STEPS, find, steps_from
from portal.reference.models import RuleUnit
from portal.reference.operations import add_rule
from portal.workers.consenting import withdraw_consent
from portal.workers.emptying import empty_profile
from portal.workers.merging import merge
from portal.workers.sensitive import tell
from portal.workers.states import Purpose
from tests.courses.conftest import facts
from tests.factories import NOW
from tests.overseas.support.conftest import AGREED
from tests.overseas.support.deciding import approve, pay

TODAY = dt.date(2026, 11, 23)


LAST_YEAR = dt.datetime(2025, 12, 31, 16, 59, tzinfo=dt.UTC)


def test_asked_proved_decided_by_another_and_paid(world):
    world.know()
    made = world.claim()
    # Monday 23 November, ten working days, a holiday on the 24th.
    assert (made.state, made.due_on) == (ClaimState.CLAIMED, dt.date(2026, 12, 8))
    approve(made, by=world.leader)
    assert (made.amount_vnd, made.ceiling_vnd, made.rule_source) == (
        4_000_000,
        4_000_000,
        "Nghị định 338/2025/NĐ-CP",
    )
    assert (made.decided_by_id, made.decided_on) == (world.leader.id, TODAY)
    pay(made, by=world.adviser)
    assert (made.state, made.paid_on, made.payment_number) == (ClaimState.PAID, TODAY, "PC 01")


@pytest.mark.parametrize(
    ("content", "cost", "given"),
    [
        (Content.LANGUAGE, 5_500_000, 4_000_000),
        (Content.LANGUAGE, 3_900_000, 3_900_000),
        (Content.ORIENTATION, 530_000, 530_000),
        (Content.HEALTH, 900_000, 750_000),
        (Content.PASSPORT, 200_000, 200_000),
        (Content.MEALS, None, 5_000_000),
        (Content.LODGING, None, 1_600_000),
        (Content.TRAVEL, None, 200_000),
        (Content.LODGING, 1_000_000, 1_000_000),
    ],
)
def test_amounts_of_the_worked_example_are_what_is_approved(world, content, cost, given):
    world.know()
    made = world.claim(content, cost)
    approve(made, by=world.leader)
    assert made.amount_vnd == given


def test_who_enters_a_claim_does_not_decide_it(world, session):
    world.know()
    made = world.claim()
    for decide in (
        lambda: approve(made, by=world.adviser),
        lambda: support.refuse(made, reason="Không", actor=world.adviser, now=NOW),
    ):
        with pytest.raises(Refused) as refused:
            decide()
        assert "một người khác" in str(refused.value)
    # Held by the database too.
    made.state, made.amount_vnd = ClaimState.APPROVED, 1
    made.decided_on, made.decided_by_id = TODAY, world.adviser.id
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_nothing_above_the_ceiling_or_the_cost_and_less_only_with_a_reason(world):
    world.know()
    made = world.claim(cost=3_000_000)
    with pytest.raises(Invalid) as above:
        approve(made, 3_000_001, by=world.leader)
    assert "3.000.000" in str(above.value) and above.value.field == "amount_vnd"
    with pytest.raises(Invalid) as why:
        approve(made, 2_000_000, by=world.leader)
    assert why.value.field == "reason"
    with pytest.raises(Invalid):
        approve(made, 0, by=world.leader, reason="Không có gì")
    approve(made, 2_000_000, by=world.leader, reason="Hóa đơn chỉ ghi 2 triệu")
    assert made.amount_vnd == 2_000_000


@pytest.mark.parametrize(("column", "value"), [("cost_vnd", 3_999_999), ("ceiling_vnd", 3_999_999)])
def test_the_database_holds_the_amount_too(world, session, column, value):
    world.know()
    made = world.claim()
    approve(made, by=world.leader)
    setattr(made, column, value)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_without_a_bill_nothing_is_approved_but_an_allowance_needs_none(world):
    world.know()
    with pytest.raises(Refused) as refused:
        approve(world.claim(proof=False), by=world.leader)
    assert "hóa đơn" in str(refused.value)
    with_group = world.claim(Content.HEALTH, 700_000, proof=False)
    file = store(
        b"%PDF-1.4 a group", "nhom.pdf", "application/pdf", folder=world.folder, actor=world.adviser, now=NOW
    )
    support.add_proof(with_group, ProofKind.GROUP, file, actor=world.adviser, now=NOW)
    with pytest.raises(Refused, match="hóa đơn"):
        approve(with_group, by=world.leader)
    meals = world.claim(Content.MEALS, None, proof=False)
    approve(meals, by=world.leader)
    assert meals.amount_vnd == 5_000_000
    with pytest.raises(Invalid) as cost:
        world.claim(Content.SKILL, None)
    assert cost.value.field == "cost_vnd"


def test_what_is_missing_or_unknown_stops_the_decision_and_is_named(world, session):
    meals = world.claim(Content.MEALS, None, proof=False)
    with pytest.raises(Refused) as missing:
        approve(meals, by=world.leader)
    assert "số ngày học được tính" in str(missing.value)
    old = world.a_case(world.make.worker(consents=()), LAST_YEAR)
    old.worker_id = world.worker.id
    session.commit()
    world.know(old)
    lodging = world.claim(Content.LODGING, 500_000, case=old)
    with pytest.raises(Refused) as unknown:
        approve(lodging, by=world.leader)
    assert "Chưa rõ mức" in str(unknown.value)


def test_a_case_of_last_year_keeps_its_rules_by_the_local_day(world):
    """16:59 UTC on New Year's Eve is 23:59 here; a minute later it is 2026."""
    worker = world.worker
    old = world.a_case(worker, LAST_YEAR)
    new = world.a_case(worker, LAST_YEAR + dt.timedelta(minutes=1))
    most = [
        entitled(case, on=TODAY, actor=world.adviser, now=NOW).best[Content.LANGUAGE].most_vnd
        for case in (old, new)
    ]
    assert most == [3_000_000, 4_000_000]


# Once


def test_programme_money_is_paid_until_its_last_day(world):
    world.know(in_programme_area=True)
    made = world.claim(fund=Fund.POVERTY)
    assert made.payable_until == dt.date(2026, 12, 31)
    approve(made, by=world.leader)
    january = dt.datetime(2027, 1, 4, 2, tzinfo=dt.UTC)
    with pytest.raises(Refused) as ended:
        pay(made, by=world.leader, on=dt.date(2027, 1, 4), now=january)
    assert "31/12/2026" in str(ended.value)
    # Entered late is not paid late.
    pay(made, by=world.leader, on=dt.date(2026, 12, 31), now=january)
    assert made.state is ClaimState.PAID


def test_a_payment_has_a_sensible_day_and_a_number(world):
    world.know()
    made = world.claim()
    with pytest.raises(Refused):
        pay(made, by=world.leader)
    approve(made, by=world.leader)
    for on in (TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)):
        with pytest.raises(Invalid):
            pay(made, by=world.leader, on=on)
    with pytest.raises(Invalid) as number:
        support.pay(made, TODAY, " ", actor=world.leader, now=NOW)
    assert number.value.field == "number"


def test_the_group_is_read_with_an_audited_look_and_only_with_consent(world, session):
    entitled(world.case, on=TODAY, actor=world.adviser, now=NOW)
    looks = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "looked")).all()
    assert {"part": "priority"} in looks
    world.know()
    made = world.claim()
    withdraw_consent(world.worker, Purpose.PRIORITY, actor=world.seeker, now=NOW)
    session.commit()
    assert entitled(world.case, on=TODAY, actor=world.adviser, now=NOW).best == {}
    with pytest.raises(Refused):
        approve(made, by=world.leader)
    with pytest.raises(Refused):
        world.claim(Content.HEALTH, 1)


def test_who_is_in_several_groups_has_the_support_of_the_best(world):
    before = entitled(world.case, on=TODAY, actor=world.adviser, now=NOW)
    tell(world.worker, Purpose.PRIORITY, "served", "near_poor_household", actor=world.adviser, now=NOW)
    both = entitled(world.case, on=TODAY, actor=world.adviser, now=NOW)
    assert both.groups == {"served", "near_poor_household"} != before.groups
    tell(world.worker, Purpose.PRIORITY, "near_poor_household", actor=world.adviser, now=NOW)
    one = entitled(world.case, on=TODAY, actor=world.adviser, now=NOW)
    for content, best in one.best.items():
        assert (both.best[content].ceiling_vnd or 0) >= (best.ceiling_vnd or 0), content


def test_the_group_stands_in_no_column_and_in_no_event(world, session):
    world.know()
    approve(world.claim(), by=world.leader)
    session.commit()
    rows = session.execute(select(*SupportClaim.__table__.columns)).all()
    events = session.scalars(select(AuditEvent.detail)).all()
    assert "poor" not in repr(rows) and "poor" not in repr(events)


def test_days_are_not_more_than_the_roll_says(world, make):
    school = make.organisation("college")
    course = courses.add_course(
        school, courses.CourseKind.ORIENTATION, "ĐH", 76, actor=world.adviser, now=NOW
    )
    course_class = courses.add_class(course, facts(), actor=world.adviser, now=NOW)
    courses.enrol(course_class, world.worker, may_be_told=True, actor=world.adviser, now=NOW)
    here = [one.enrolment.id for one in learners_of(course_class)]
    courses.call_roll(course_class, TODAY, here, actor=world.adviser, now=NOW)
    with pytest.raises(Invalid) as days:
        world.know(eligible_training_days=2)
    assert "có mặt 1 ngày" in str(days.value)
    world.know(eligible_training_days=1)


def test_only_case_staff_do_anything(world, make):
    world.know()
    made = world.claim()
    for role in ("moderator", "administrator", "college"):
        by = {"actor": make.account(role), "now": NOW}
        with pytest.raises(NotAllowed):
            support.claim(world.case, Content.VISA, Fund.STATE, cost_vnd=1, **by)
        with pytest.raises(NotAllowed):
            support.approve(made, None, **by)
        with pytest.raises(NotAllowed):
            support.withdraw(made, reason="x", **by)
    with pytest.raises(NotAllowed):
        support.pay(made, TODAY, "1", actor=world.seeker, now=NOW)


@pytest.mark.parametrize("table", [CLAIM_STEPS, LOAN_STEPS])
def test_every_step_from_every_state_is_offered_or_refused(table):
    states = ClaimState if table is CLAIM_STEPS else LoanState
    for state in states:
        offered = {step.name for step in steps_from(table, state)}
        for step in table:
            if step.name in offered:
                assert find(table, step.name, state).target in (None, *states)
            else:
                with pytest.raises(Refused):
                    find(table, step.name, state)


def test_a_leaders_new_row_counts_for_cases_opened_from_its_day(world):
    add_rule(
        actor=world.leader, now=NOW, key="support.state.language", value="6000000", unit=RuleUnit.VND,
        source="Nghị định thử", valid_from=dt.date(2026, 11, 1),
    )  # fmt: skip
    shown = entitled(world.a_case(world.worker), on=TODAY, actor=world.adviser, now=NOW)
    assert shown.best[Content.LANGUAGE].most_vnd == 6_000_000


def test_after_a_merge_nothing_is_decided_or_paid_on_the_profile_that_is_no_more(world, make):
    """The same content stands with both: the merged profile's claim stays as history, without its money."""
    other = make.worker("Lê Thị Nghèo", consents=AGREED)
    tell(other, Purpose.PRIORITY, "poor_household", actor=world.adviser, now=NOW)
    case = world.a_case(other)
    case.state, case.exit_reason, case.ended_from = CaseState.ENDED, ExitReason.WITHDREW, CaseState.INTERESTED
    approved, waiting = world.claim(case=case), world.claim(Content.HEALTH, 700_000, case=case)
    approve(approved, by=world.leader)
    for content, cost in ((Content.LANGUAGE, 5_500_000), (Content.HEALTH, 700_000)):
        mine = world.claim(content, cost)
        approve(mine, by=world.leader)
        pay(mine, by=world.leader)
    merge(world.worker, other, actor=world.adviser, now=NOW)
    world.session.commit()
    with pytest.raises(Refused, match="đã gộp"):
        pay(approved, by=world.leader)
    with pytest.raises(Refused, match="đã gộp"):
        approve(waiting, by=world.leader)
    assert {one.state for one in (approved, waiting)} == {ClaimState.APPROVED, ClaimState.CLAIMED}


def test_who_is_forgotten_leaves_sums_and_neither_bills_nor_words(world, make):
    person = make.worker("Trần Văn Quên", consents=AGREED)
    tell(person, Purpose.PRIORITY, "poor_household", actor=world.adviser, now=NOW)
    case = world.a_case(person)
    world.know(case)
    waits, gone = world.claim(case=case), world.claim(Content.HEALTH, 700_000, case=case)
    support.refuse(gone, reason="Bà Trần Thị Lan ký thay.", actor=world.leader, now=NOW)
    elsewhere = support.declare_elsewhere(case, Content.VISA, "Xã Vĩnh Hanh", actor=world.adviser, now=NOW)
    loan = ask_loan(
        case, asked_vnd=1_000_000, cost_vnd=2_000_000, asked_on=NOW.date(), contract_months=12,
        actor=world.adviser, now=NOW,
    )  # fmt: skip
    refuse_loan(loan, NOW.date(), note="Đang nợ xấu.", actor=world.adviser, now=NOW)
    world.session.commit()
    files = [world.folder / proof.file.stored_name for one in (waits, gone) for proof in one.proofs]
    assert files and all(file.exists() for file in files)
    empty_profile(person, actor=world.leader, now=NOW)
    world.session.commit()
    world.session.expire_all()
    assert not any(file.exists() for file in files)
    assert waits.state is ClaimState.WITHDRAWN and not waits.proofs and not gone.proofs
    told = [gone.decision_reason, waits.note, elsewhere.elsewhere_by, loan.answer_note]
    assert not any(word in text for text in told for word in ("Lan", "Vĩnh", "nợ"))
    assert world.session.scalar(select(func.count()).select_from(SupportSheet)) == 0
    assert (gone.cost_vnd, loan.asked_vnd) == (700_000, 1_000_000)
