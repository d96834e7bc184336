"""From interest to a confirmed job, through the operations."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from portal.errors import NotAllowed, Refused
from portal.messages.models import Channel, Message
from portal.openings.operations import close, expire_due
from portal.openings.states import OpeningState, Sphere
from portal.referrals import operations as ops
from portal.referrals.deadlines import add_months, exchange_deadline, follow_up_deadline
from portal.referrals.interviews import Meeting
from portal.referrals.models import Letter, Referral, ReferralStep
from portal.referrals.notices import appointment
from portal.referrals.results import Hire
from portal.referrals.states import AnswerChannel, InterviewState, Origin, ReferralState
from portal.workers.exporting import export_of
from portal.workers.operations import withdraw_consent
from portal.workers.states import Purpose, WorkerState
from tests.factories import NOW

# Monday 2026-11-23, nine o'clock in An Giang.
LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def adviser(make):
    return make.account("adviser")


@pytest.fixture
def person(make):
    return make.worker(account=make.account("seeker"))


def shortlisted(make, adviser, worker=None, opening=None):
    worker, opening = worker or make.worker(), opening or make.opening()
    return ops.shortlist(worker, opening, actor=adviser, now=NOW)


def referred(make, adviser, worker=None, opening=None):
    referral = shortlisted(make, adviser, worker, opening)
    ops.ask(referral, actor=adviser, now=NOW)
    ops.answer(referral, True, channel=AnswerChannel.PHONE, actor=adviser, now=NOW)
    return ops.issue_letter(referral, actor=adviser, now=NOW)


def messages(session, worker):
    return session.scalars(select(Message).where(Message.worker_id == worker.id).order_by(Message.id)).all()


def test_interest_gets_an_owner_and_a_date(make, session, adviser, person):
    referral = ops.express_interest(person, make.opening(), actor=person.account, now=NOW)
    assert referral.state is ReferralState.INTERESTED
    assert referral.origin is Origin.SELF
    assert referral.owner == adviser
    # Three working days after Monday 23/11, of which 24/11 is a holiday.
    assert referral.due_on == dt.date(2026, 11, 27)
    assert {message.channel for message in messages(session, person)} == {Channel.PORTAL, Channel.SMS}


def test_the_owner_is_the_openings_else_the_adviser_with_the_fewest_open_ones(make, adviser, person):
    busy, opening = make.account("adviser"), make.opening()
    shortlisted(make, adviser)
    assert ops.express_interest(person, opening, actor=person.account, now=NOW).owner == busy
    other = make.worker(account=make.account("seeker"))
    own = make.opening(owner_id=adviser.id)
    assert ops.express_interest(other, own, actor=other.account, now=NOW).owner == adviser


def test_pressing_twice_leads_to_the_same_referral(make, session, adviser, person):
    opening = make.opening()
    first = ops.express_interest(person, opening, actor=person.account, now=NOW)
    told = len(messages(session, person))
    second = ops.express_interest(person, opening, actor=person.account, now=NOW)
    assert first is second
    assert len(messages(session, person)) == told
    assert session.scalar(select(func.count()).select_from(ReferralStep)) == 1


def test_wanting_a_job_one_was_asked_about_is_a_yes(make, adviser, person):
    referral = shortlisted(make, adviser, person)
    ops.express_interest(person, referral.opening, actor=person.account, now=NOW)
    assert referral.state is ReferralState.AGREED


def test_the_whole_way_to_a_job(make, session, adviser, person):
    opening = make.opening(positions=2, positions_left=2)
    referral = referred(make, adviser, person, opening)
    assert referral.state is ReferralState.REFERRED
    meeting = Meeting(
        NOW + dt.timedelta(days=2), "Cổng số 2", "Đi đò Vàm Cống", "Chị Lan", "02963000001", "CCCD"
    )
    ops.set_interview(referral, meeting, actor=adviser, now=NOW)
    ops.answer_interview(referral, True, channel=AnswerChannel.PAGE, actor=person.account, now=LATER)
    assert referral.interviews[0].state is InterviewState.CONFIRMED
    after = NOW + dt.timedelta(days=3)
    ops.record_interview(referral, True, actor=adviser, now=after)
    day = dt.date(2026, 11, 26)
    ops.record_result(referral, Hire(dt.date(2026, 12, 1), day), actor=adviser, now=after)
    assert referral.state is ReferralState.HIRED
    assert opening.positions_left == 1
    assert referral.due_on == referral.exchange_due_on
    ops.record_exchange(referral, done_on=day, proof="VL-2026-001", actor=adviser, now=after)
    assert referral.due_on == dt.date(2027, 1, 1)
    ops.follow_up(referral, True, actor=adviser, now=dt.datetime(2027, 1, 4, 2, tzinfo=dt.UTC))
    assert referral.state is ReferralState.PLACED
    names = session.scalars(select(ReferralStep.name).order_by(ReferralStep.id)).all()
    assert names == ["shortlist", "ask", "agree", "issue_letter", "set_interview", "answer_interview",
                     "record_interview", "hire", "record_exchange", "place"]  # fmt: skip


def test_notice_of_23_november_is_due_on_the_exchange_on_22_december(app):
    assert exchange_deadline(dt.date(2026, 11, 23)).on == dt.date(2026, 12, 22)


def test_follow_up_is_one_month_or_the_contracts_end_if_sooner(app):
    hired, on = dt.date(2026, 11, 23), dt.date(2026, 11, 23)
    assert follow_up_deadline(hired, None, on=on).on == dt.date(2026, 12, 23)
    assert follow_up_deadline(hired, dt.date(2026, 12, 5), on=on).on == dt.date(2026, 12, 5)
    assert follow_up_deadline(hired, dt.date(2027, 12, 5), on=on).on == dt.date(2026, 12, 23)
    # Three months under the decree of that time.
    assert follow_up_deadline(dt.date(2025, 11, 30), None, on=on).on == dt.date(2026, 2, 28)
    # Between the two decrees no number is known: today's is kept, with its source.
    assert "283/2026" in follow_up_deadline(dt.date(2026, 3, 1), None, on=on).source


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
        ((2028, 1, 30), 1, (2028, 2, 29)),
    ],
)
def test_months_end_on_the_last_day_where_there_is_no_such_day(day, months, expected):
    assert add_months(dt.date(*day), months) == dt.date(*expected)


def test_when_the_last_place_is_taken_the_others_end_courteously(make, session, adviser, person):
    opening = make.opening(positions=1, positions_left=1)
    chosen = referred(make, adviser, opening=opening)
    waiting = referred(make, adviser, person, opening)
    interested = make.worker("Trần Văn Tâm", account=make.account("seeker"))
    hopeful = ops.express_interest(interested, opening, actor=interested.account, now=NOW)
    unasked = shortlisted(make, adviser, opening=opening)
    ops.record_result(chosen, Hire(NOW.date(), NOW.date()), actor=adviser, now=NOW)
    assert opening.state is OpeningState.FILLED
    assert [r.state for r in (chosen, waiting, hopeful, unasked)] == [
        ReferralState.HIRED, ReferralState.FILLED, ReferralState.FILLED, ReferralState.FILLED,
    ]  # fmt: skip
    last = messages(session, person)[-1]
    assert "đã tuyển đủ người" in last.body and "/me/openings" in last.body
    # Who was neither asked nor asked for it is not written to.
    assert not [m for m in messages(session, unasked.worker) if m.kind == "referral.ended"]
    assert session.scalars(select(Letter).where(Letter.referral_id == waiting.id)).one().withdrawn_at


def test_an_expired_opening_ends_hopes_but_not_letters(make, adviser):
    opening = make.opening()
    with_letter, asked = referred(make, adviser, opening=opening), shortlisted(make, adviser, opening=opening)
    expire_due(NOW + dt.timedelta(days=40))
    assert (with_letter.state, asked.state) == (ReferralState.REFERRED, ReferralState.FILLED)
    assert asked.reason_code == "centre_expired"


def test_a_closed_opening_ends_all(make, adviser):
    referral = referred(make, adviser)
    close(referral.opening, "Thôi tuyển", actor=adviser, now=NOW)
    assert (referral.state, referral.reason_code) == (ReferralState.FILLED, "employer_cancelled")


@pytest.mark.parametrize("purpose", [Purpose.MATCHING, Purpose.SHARING])
def test_a_withdrawn_consent_stops_the_next_step_with_a_sentence(make, adviser, person, purpose):
    referral = shortlisted(make, adviser, person)
    withdraw_consent(person, purpose, actor=person.account, now=NOW)
    if purpose is Purpose.MATCHING:
        with pytest.raises(Refused, match="chưa đồng ý để Trung tâm tìm việc"):
            ops.ask(referral, actor=adviser, now=NOW)
        return
    ops.ask(referral, actor=adviser, now=NOW)
    ops.answer(referral, True, channel=AnswerChannel.DESK, actor=adviser, now=NOW)
    with pytest.raises(Refused, match="chưa đồng ý cho nơi tuyển dụng xem hồ sơ"):
        ops.issue_letter(referral, actor=adviser, now=NOW)


def test_nobody_is_shortlisted_twice_for_an_opening(make, adviser):
    referral = shortlisted(make, adviser)
    with pytest.raises(Refused, match="đã có trong việc này"):
        shortlisted(make, adviser, referral.worker, referral.opening)


def test_minors_are_kept_from_work_that_the_law_bars(make, adviser):
    young = make.worker(birth_date=dt.date(2009, 6, 1), guardian_consented_at=NOW)
    barred = make.opening(title="Phụ hồ", barred_to_minors=True)
    for opening in (barred, make.opening(title="Giúp việc", sphere=Sphere.OVERSEAS, country="JP")):
        with pytest.raises(Refused, match="Pháp luật"):
            shortlisted(make, adviser, young, opening)
    assert (
        shortlisted(make, adviser, young, make.opening(title="Gói bánh")).state is ReferralState.SHORTLISTED
    )


def test_a_no_keeps_the_reason_on_the_persons_side(make, adviser):
    referral = ops.ask(shortlisted(make, adviser), actor=adviser, now=NOW)
    with pytest.raises(Refused):
        ops.answer(
            referral, False, channel=AnswerChannel.PHONE, reason="employer_test", actor=adviser, now=NOW
        )
    ops.answer(referral, False, channel=AnswerChannel.PHONE, reason="person_wage", actor=adviser, now=NOW)
    assert (referral.state, referral.reason_side.value, referral.due_on) == (
        ReferralState.DECLINED,
        "person",
        None,
    )


def test_reasons_of_the_employer_and_of_the_person_are_not_mixed(make, adviser):
    referral = referred(make, adviser)
    with pytest.raises(Refused):
        ops.record_result(referral, reason="person_wage", actor=adviser, now=NOW)
    ops.record_result(referral, reason="employer_skills", actor=adviser, now=NOW)
    assert (referral.state, referral.reason_side.value) == (ReferralState.REFUSED, "employer")


def test_leaving_keeps_whose_side_it_was(make, adviser):
    referral = referred(make, adviser)
    ops.record_result(referral, Hire(NOW.date(), NOW.date()), actor=adviser, now=NOW)
    ops.follow_up(referral, False, reason="employer_dismissed", actor=adviser, now=LATER)
    assert (referral.state, referral.reason_side.value) == (ReferralState.LEFT, "employer")
    ops.reopen(referral, note="Ghi nhầm người", actor=adviser, now=LATER)
    assert (referral.state, referral.reason_side) == (ReferralState.HIRED, None)


def test_a_hire_recorded_by_mistake_gives_the_place_back(make, adviser):
    referral = referred(make, adviser, opening=make.opening(positions=1, positions_left=1))
    ops.record_result(referral, Hire(NOW.date(), NOW.date()), actor=adviser, now=NOW)
    assert referral.opening.state is OpeningState.FILLED
    ops.undo_hire(referral, note="Ghi nhầm người", actor=adviser, now=NOW)
    assert referral.state is ReferralState.REFERRED
    assert (referral.opening.positions_left, referral.opening.state) == (1, OpeningState.PUBLISHED)
    assert (referral.follow_ups, referral.hired_on, referral.exchange_due_on) == ([], None, None)


def test_letters_are_numbered_without_a_gap_and_never_twice(make, session, adviser):
    for _ in range(3):
        referred(make, adviser)
    numbers = session.scalars(select(Letter.number).order_by(Letter.id)).all()
    assert numbers == ["0001/2026/GT-AG", "0002/2026/GT-AG", "0003/2026/GT-AG"]


def test_a_second_letter_makes_the_first_void(make, adviser):
    referral = referred(make, adviser)
    ops.issue_letter(referral, actor=adviser, now=LATER)
    assert [letter.withdrawn_at is None for letter in referral.letters] == [False, True]


def test_a_question_without_an_answer_is_reminded_once_and_then_lapses(make, session, adviser):
    referral = ops.ask(shortlisted(make, adviser), actor=adviser, now=NOW)
    first_code = referral.ask_code_hash
    eve = dt.datetime.combine(referral.due_on - dt.timedelta(days=1), dt.time(2), dt.UTC)
    assert ops.remind_due(now=NOW) == []
    assert ops.remind_due(now=eve) == [referral]
    assert referral.ask_code_hash not in (None, first_code)
    assert ops.remind_due(now=eve) == []
    assert ops.lapse_due(now=eve) == []
    assert ops.lapse_due(now=eve + dt.timedelta(days=2)) == [referral]
    assert (referral.state, referral.ask_code_hash) == (ReferralState.LAPSED, None)
    assert "cứ báo lại" in messages(session, referral.worker)[-1].body


def test_who_cannot_be_written_to_is_marked_for_a_call(make, session, adviser):
    silent = make.worker(consents=(Purpose.MATCHING, Purpose.SHARING))
    ops.ask(shortlisted(make, adviser, silent), actor=adviser, now=NOW)
    assert messages(session, silent) == []
    assert session.scalars(select(ReferralStep.channel).where(ReferralStep.name == "ask")).one() == ""


def test_only_the_person_and_the_centre_may_act(make, adviser, person):
    referral = shortlisted(make, adviser, person)
    for stranger in (make.account("seeker"), make.member("employer"), make.account("administrator")):
        with pytest.raises(NotAllowed):
            ops.withdraw(referral, reason="person_wage", actor=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        ops.issue_letter(referral, actor=person.account, now=NOW)


def test_a_paused_person_is_not_asked(make, adviser):
    referral = shortlisted(make, adviser)
    referral.worker.state = WorkerState.PAUSED
    with pytest.raises(Refused, match="tạm ngưng"):
        ops.ask(referral, actor=adviser, now=NOW)


def test_an_interview_that_was_missed_keeps_the_reason_and_can_be_set_again(make, adviser):
    referral = referred(make, adviser)
    meeting = Meeting(NOW + dt.timedelta(hours=4), "Cổng số 2")
    ops.set_interview(referral, meeting, actor=adviser, now=NOW)
    with pytest.raises(Refused, match="Chưa đến giờ"):
        ops.record_interview(referral, True, actor=adviser, now=NOW)
    with pytest.raises(Refused, match="lý do"):
        ops.record_interview(referral, False, actor=adviser, now=LATER)
    ops.record_interview(referral, False, reason="person_no_show_travel", actor=adviser, now=LATER)
    again = Meeting(LATER + dt.timedelta(days=2), "Cổng số 2")
    ops.set_interview(referral, again, actor=adviser, now=LATER)
    states = [interview.state for interview in referral.interviews]
    assert states == [InterviewState.MISSED, InterviewState.PROPOSED]


def test_another_time_is_asked_for_in_the_persons_own_words(make, adviser, person):
    referral = referred(make, adviser, person)
    ops.set_interview(referral, Meeting(NOW + dt.timedelta(days=4), "Cổng số 2"), actor=adviser, now=NOW)
    with pytest.raises(Refused, match="giờ bạn đến được"):
        ops.answer_interview(referral, False, channel=AnswerChannel.PAGE, actor=person.account, now=NOW)
    ops.answer_interview(
        referral, False, other_time="Chiều thứ Năm", channel=AnswerChannel.PAGE, actor=person.account, now=NOW
    )
    assert referral.interviews[-1].state is InterviewState.OTHER_TIME
    # The owner must set another time within two working days.
    assert referral.due_on == dt.date(2026, 11, 26)


def test_every_waiting_state_has_an_owner_and_a_date(make, session, adviser, person):
    referred(make, adviser, person)
    for row in session.scalars(select(Referral)):
        assert row.owner_id and row.due_on


def test_the_command_ends_and_reminds(app, make, session, adviser):
    old = ops.ask(shortlisted(make, adviser), actor=adviser, now=NOW)
    old.due_on = dt.date(2020, 1, 2)
    session.commit()
    result = app.test_cli_runner().invoke(args=["lapse-referrals"])
    assert result.output == "1 lapsed, 0 reminded.\n", result.output
    assert session.get(Referral, old.id).state is ReferralState.LAPSED


def test_the_persons_file_holds_their_referrals(make, adviser, person):
    referral = referred(make, adviser, person)
    (one,) = export_of(person, person.account)["referrals"]
    assert one["opening"] == referral.opening.title
    assert one["letters"][0]["number"] == "0001/2026/GT-AG"
    assert one["stands"] == "Bạn đã có giấy giới thiệu."


def test_an_appointment_names_the_day_of_the_week(app):
    assert appointment(dt.datetime(2026, 11, 26, 1, 30, tzinfo=dt.UTC)) == "08:30, thứ Năm 26/11/2026"
    assert appointment(dt.datetime(2026, 11, 29, 7, 0, tzinfo=dt.UTC)) == "14:00, Chủ Nhật 29/11/2026"


def test_a_shortlisted_person_may_say_no_before_being_asked(make, adviser, person):
    referral = shortlisted(make, adviser, person)
    ops.withdraw(referral, reason="person_studies", actor=person.account, now=NOW)
    assert referral.state is ReferralState.DECLINED
    ops.express_interest(person, referral.opening, actor=person.account, now=LATER)
    assert (referral.state, referral.origin) == (ReferralState.INTERESTED, Origin.SELF)
