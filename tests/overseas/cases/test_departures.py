"""What follows elsewhere: the opening's numbers, the referral's own day; and several people at once."""

import pytest
from sqlalchemy import func, select

from portal.access.models import Account
from portal.common.clock import now, today
from portal.common.events import emit
from portal.errors import DomainError, NotAllowed, Refused
from portal.extensions import db
from portal.openings.models import Opening
from portal.overseas.cases import operations as ops
from portal.overseas.cases import receiver_consents
from portal.overseas.cases.models import CaseStep, ReceiverConsent
from portal.overseas.cases.moves import Given, Stopped, move
from portal.overseas.cases.states import BEFORE_DEPARTURE, PIPELINE, ExitReason
from portal.overseas.cases.transitions import Party
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.referrals import operations as referrals
from portal.referrals.results import Hire
from portal.referrals.states import AnswerChannel, ReferralState
from portal.workers.events import ClaimAnswer, ProfileAnswered, ProfileEmptied
from portal.workers.models import Worker
from portal.workers.states import ConsentChannel
from tests.at_once import all_at_once
from tests.overseas.cases.conftest import EVERY_TICK, day, documents_of

S = CaseState


@pytest.fixture
def referred(ways):
    """A referral abroad with its letter, and the case an adviser opened from it."""
    person, opening = ways.person(), ways.opening()
    referral = referrals.shortlist(person.worker, opening, **ways.by())
    referrals.ask(referral, **ways.by())
    referrals.answer(referral, True, channel=AnswerChannel.PHONE, **ways.by())
    referrals.issue_letter(referral, **ways.by())
    return ways.opened(person.worker, referral=referral)


def numbers(case):
    terms = case.opening.overseas
    return terms.selected_quantity, terms.departed_quantity


# --- the opening's numbers -------------------------------------------------------------------------------


def test_the_opening_counts_who_was_selected_and_who_has_gone(ways):
    case = ways.to("selected")
    assert numbers(case) == (1, 0)
    ways.to("abroad", case)
    assert numbers(case) == (0, 1)
    ops.undo_depart(case, Given(note="nhầm người"), **ways.by())
    assert numbers(case) == (1, 0) and case.state is S.READY and case.departed_on is None


@pytest.mark.parametrize("stage", [S.NOMINATED, S.SELECTED, S.READY])
def test_who_stops_is_no_longer_counted_and_counts_again_when_it_is_taken_up(ways, stage):
    case = ways.to(stage)
    before = numbers(case)
    ops.end(case, Given(reason=ExitReason.FAMILY), **ways.by())
    assert numbers(case) == (0, 0) and case.ended_from is stage
    ops.reopen(case, Given(note="gia đình đã yên"), **ways.by())
    assert numbers(case) == before and case.state is stage and case.exit_reason is None


def test_a_selection_that_was_a_slip_stops_the_clock(ways):
    case = ways.to("selected")
    ops.undo(case, Given(note="nhầm"), **ways.by())
    assert (case.state, case.selected_on, case.depart_by) == (S.NOMINATED, None, None)
    assert numbers(case) == (0, 0)


@pytest.mark.parametrize("stage", BEFORE_DEPARTURE[1:])
def test_each_stage_can_be_taken_back_one_step(ways, stage):
    case = ways.to(stage)
    ops.undo(case, Given(note="nhầm"), **ways.by())
    assert case.state is PIPELINE[PIPELINE.index(stage) - 1]


def test_after_a_reopening_the_way_back_is_the_old_one(ways):
    case = ways.to("nominated")
    ops.end(case, Given(reason=ExitReason.MONEY), **ways.by())
    ops.reopen(case, Given(note="vay được"), **ways.by())
    ops.undo(case, Given(note="nhầm"), **ways.by())
    assert case.state is S.CHECKED


def test_the_last_approved_place_is_given_once(ways, session):
    opening = ways.opening(approved_quantity=1)
    first, second = (ways.to("ready", ways.opened(opening=opening)) for _ in range(2))
    for case in (first, second):
        ways.papers_for(case, "abroad")
    ways.take(S.ABROAD, first)
    with pytest.raises(Stopped, match="Đã đủ số lao động được chấp thuận"):
        ways.take(S.ABROAD, second)


# --- the referral ----------------------------------------------------------------------------------------


def test_a_departure_is_recorded_once_and_the_referral_follows(ways, referred, as_role):
    case = ways.to("abroad", referred)
    referral = case.referral
    assert referral.state is ReferralState.HIRED and referral.departed_on == today()
    page = as_role("adviser").get(f"/referrals/{referral.id}").text
    assert "Xuất cảnh ngày" in page and "Ghi: đã xuất cảnh" not in page
    with pytest.raises(Refused):
        referrals.undo_departure(referral, note="x", **ways.by())
    ops.undo_depart(case, Given(note="nhầm ngày"), **ways.by())
    assert referral.departed_on is None and referral.state is ReferralState.HIRED


def test_while_a_case_runs_the_referral_does_not_ask_for_the_day(ways, referred, as_role):
    case = ways.to("selected", referred)
    referrals.record_result(case.referral, Hire(today(), today()), **ways.by())
    ways.kept(case)
    with pytest.raises(Refused, match="hồ sơ đi làm việc ở nước ngoài"):
        referrals.record_departure(case.referral, today(), **ways.by())
    page = as_role("adviser").get(f"/referrals/{case.referral_id}").text
    assert "Ngày xuất cảnh được ghi ở hồ sơ" in page
    # The same day, once, from the case; the place is not taken twice.
    left = case.opening.positions_left
    ways.to("abroad", case)
    assert case.referral.departed_on == today() and case.opening.positions_left == left


def test_a_case_that_ended_leaves_the_day_to_the_referral_again(ways, referred):
    case = ways.to("selected", referred)
    referrals.record_result(case.referral, Hire(today(), today()), **ways.by())
    ops.end(case, Given(reason=ExitReason.WITHDREW), **ways.by())
    assert referrals.record_departure(case.referral, today(), **ways.by()).departed_on == today()


def test_nobody_is_nominated_without_the_letter(ways, session):
    person, opening = ways.person(), ways.opening()
    referral = referrals.shortlist(person.worker, opening, **ways.by())
    case = ways.opened(person.worker, referral=referral)
    ways.to("checked", case)
    ways.papers_for(case, "nominated")
    with pytest.raises(Stopped, match="Chưa cấp giấy giới thiệu"):
        ways.take(S.NOMINATED, case)


def test_a_second_case_for_the_same_place_is_the_first(ways, referred, make):
    again = ops.open_case(referred.worker, ops.Aim(opening=referred.opening), **ways.by())
    assert again.id == referred.id
    with pytest.raises(DomainError, match="của người khác"):
        ops.open_case(make.worker(), ops.Aim(referral=referred.referral), **ways.by())


# --- who may ---------------------------------------------------------------------------------------------


def test_only_the_staff_lead_on_and_a_person_ends_only_their_own(ways, make):
    case = ways.opened()
    sender = make.member("sender", case.opening.organisation)
    for actor in (case.worker.account, sender, make.account("moderator"), make.account("seeker")):
        with pytest.raises(NotAllowed):
            ops.counsel(case, Given(ticks=EVERY_TICK), actor=actor, now=now())
    with pytest.raises(NotAllowed):
        ops.withdraw(case, ExitReason.FAMILY, "", actor=make.account("seeker"), now=now())
    ops.withdraw(case, ExitReason.FAMILY, "con nhỏ", actor=case.worker.account, now=now())
    assert (case.state, case.exit_reason) == (S.ENDED, ExitReason.FAMILY)


@pytest.mark.parametrize("reason", ExitReason)
def test_every_cause_of_an_end_is_kept(ways, reason):
    case = ways.to("nominated")
    ops.end(case, Given(reason=reason), **ways.by())
    assert case.exit_reason is reason


def test_a_person_gives_only_reasons_of_their_own(ways):
    case = ways.opened()
    with pytest.raises(Refused, match="chọn một lý do"):
        ops.withdraw(case, ExitReason.FAILED_HEALTH, "", actor=case.worker.account, now=now())


def test_nothing_ends_once_the_person_has_left(ways):
    case = ways.to("abroad")
    with pytest.raises(Refused):
        ops.end(case, Given(reason=ExitReason.FAMILY), **ways.by())


# --- at once ---------------------------------------------------------------------------------------------


def test_two_advisers_pressing_at_once_take_the_step_once(app, ways, session, make):
    case = ways.to("ready")
    ways.papers_for(case, "abroad")
    case_id, ids = case.id, [make.account("adviser").id for _ in range(3)]
    opening_id = case.opening_id
    session.rollback()

    def press(adviser_id):
        def job():
            row, actor = db.session.get(OverseasCase, case_id), db.session.get(Account, adviser_id)
            ops.depart(row, Given(date=today(), ticks=EVERY_TICK), actor=actor, now=now())

        return job

    came = all_at_once(app, [press(one) for one in ids])
    assert came.count("done") == 1
    assert all("không còn làm được" in one for one in came if one != "done")
    session.expire_all()
    departures = select(func.count(CaseStep.id)).where(CaseStep.case_id == case_id, CaseStep.name == "depart")
    assert session.scalar(departures) == 1
    assert session.get(Opening, opening_id).overseas.departed_quantity == 1


def test_a_double_press_opens_one_case_and_gives_one_consent(app, ways, session):
    worker_id, opening_id, adviser_id = ways.person().worker.id, ways.opening().id, ways.adviser.id
    session.rollback()

    def press():
        actor = db.session.get(Account, adviser_id)
        case = ops.open_case(
            db.session.get(Worker, worker_id),
            ops.Aim(db.session.get(Opening, opening_id)),
            actor=actor,
            now=now(),
        )
        receiver_consents.give(case, "", "", channel=ConsentChannel.DESK, actor=actor, now=now())

    assert all_at_once(app, [press] * 3) == ["done"] * 3
    session.expire_all()
    assert session.scalar(select(func.count(OverseasCase.id))) == 1
    assert session.scalar(select(func.count(ReceiverConsent.id))) == 1


def test_two_who_race_for_the_last_place_do_not_both_go(app, ways, session):
    opening = ways.opening(approved_quantity=1)
    cases = [ways.to("ready", ways.opened(opening=opening)) for _ in range(2)]
    for case in cases:
        ways.papers_for(case, "abroad")
    ids, adviser_id = [case.id for case in cases], ways.adviser.id
    session.rollback()

    def go(case_id):
        def job():
            row, actor = db.session.get(OverseasCase, case_id), db.session.get(Account, adviser_id)
            ops.depart(row, Given(date=today()), actor=actor, now=now())

        return job

    came = all_at_once(app, [go(one) for one in ids])
    assert came.count("done") == 1
    session.expire_all()
    assert sorted(session.scalars(select(OverseasCase.state))) == [S.ABROAD, S.READY]


# --- when there is nobody any more -----------------------------------------------------------------------


def test_who_refuses_the_profile_goes_nowhere(ways):
    case = ways.to("selected")
    emit(ProfileAnswered(case.worker, ClaimAnswer.CONTESTED, None, now()))
    assert case.state is S.ENDED and numbers(case) == (0, 0)


def test_an_emptied_profile_leaves_no_paper_number_or_note(ways, session):
    case = ways.to("contract")
    emit(ProfileEmptied(case.worker, None, now()))
    assert documents_of(case) == [] and case.contract_number == ""
    assert set(session.scalars(select(CaseStep.note))) == {""}
    assert receiver_consents.standing_consent(case) is None


def test_the_system_s_own_steps_are_nobody_else_s(ways):
    case = ways.opened()
    with pytest.raises(NotAllowed):
        move(case, "disown", actor=ways.adviser, now=now())
    ops.end(case, Given(reason=ExitReason.WITHDREW), party=Party.SYSTEM, actor=None, now=now())
    assert case.state is S.ENDED


def test_departing_before_the_contract_or_ahead_of_today_is_refused(ways):
    case = ways.to("ready")
    with pytest.raises(Refused, match="sau hôm nay"):
        ops.depart(case, Given(date=day(1)), **ways.by())
    with pytest.raises(Refused, match="trước ngày ký"):
        ops.depart(case, Given(date=day(-1)), **ways.by())
    with pytest.raises(DomainError, match="đã qua"):
        ops.make_ready(ways.to("visa"), Given(date=day(-1), ticks=EVERY_TICK), **ways.by())
