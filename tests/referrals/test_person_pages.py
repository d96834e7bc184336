"""What a person sees and answers, with an account and by a link."""

import datetime as dt
import re

from sqlalchemy import select

from portal.access.models import SignInThrottle
from portal.audit.models import AuditEvent
from portal.messages.models import Channel, Message
from portal.referrals import operations as ops
from portal.referrals.interviews import Meeting
from portal.referrals.models import Referral
from portal.referrals.states import InterviewState, ReferralState
from portal.workers.states import Purpose


def link_in(session, worker, kind):
    query = (
        select(Message)
        .where(Message.worker_id == worker.id, Message.kind == kind)
        .order_by(Message.id.desc())
    )
    return re.search(r"/answer/[A-Z0-9]+", session.scalars(query).first().body).group()


def test_pressing_i_want_this_job_twice_gives_the_same_page(as_role, stages, make, session):
    person, opening = stages.person(), make.opening(expires_on=None)
    client = as_role("seeker", person.account)
    first = client.post(f"/openings/{opening.id}/want", to="/me/referrals/").location
    second = client.post(f"/openings/{opening.id}/want", to="/me/referrals/").location
    assert first == second
    page = client.get(first)
    assert "Trung tâm đã nhận yêu cầu của bạn." in page.text
    assert "Lê Thị Ngọc Hân" in page.text
    assert session.scalars(select(Referral)).one().state is ReferralState.INTERESTED


def test_a_person_sees_sentences_and_never_the_internal_state(as_role, stages, make):
    person = stages.person()
    client = as_role("seeker", person.account)
    assert "Bạn chưa chọn việc nào" in client.get("/me/referrals").text
    for make_stage in (stages.shortlisted, stages.asked, stages.referred, stages.interview, stages.hired):
        referral = make_stage(person.worker)
        label = str(referral.state.label)
        page = client.get(f"/me/referrals/{referral.id}")
        assert label not in page.text
    page = client.get("/me/referrals")
    assert "Đang chờ bạn trả lời" in page.text
    assert len(page.all("article.card")) == 5


def test_yes_and_no_on_the_own_page(as_role, stages, session):
    person = stages.person()
    client = as_role("seeker", person.account)
    referral = stages.asked(person.worker)
    page = client.follow(f"/me/referrals/{referral.id}/yes")
    assert "Trung tâm sẽ giới thiệu bạn" in page.text
    page = client.post(f"/me/referrals/{referral.id}/no", {}, status=422)
    assert "Hãy chọn một lý do." in page.text
    client.follow(f"/me/referrals/{referral.id}/no", {"reason": "person_distance"})
    assert session.get(Referral, referral.id).state is ReferralState.DECLINED


def test_other_peoples_referrals_do_not_exist(as_role, stages):
    mine, other = stages.person(), stages.person("Trần Văn Tâm")
    referral = stages.asked(other.worker)
    client = as_role("seeker", mine.account)
    client.get(f"/me/referrals/{referral.id}", status=404)
    for step in ("yes", "no", "come", "other-time"):
        client.post(f"/me/referrals/{referral.id}/{step}", {"reason": "person_wage"}, status=404)
    client.get(f"/referrals/{referral.id}/letter.pdf", status=404)


def test_the_link_opens_its_one_question_and_is_dead_after_use(client, stages, session, make):
    worker = make.worker()
    referral = stages.asked(worker)
    link = link_in(session, worker, "referral.question")
    page = client.get(link)
    assert referral.opening.title in page.text
    # Nothing of the person and no way to anything else of theirs.
    for secret in (worker.full_name, worker.phone, referral.opening.organisation.name):
        assert secret not in page.html
    client.post(link, {"answer": "yes"}, to="/answered/yes")
    assert session.get(Referral, referral.id).state is ReferralState.AGREED
    client.get("/answered/yes")
    over = client.get(link, status=404)
    client.post(link, {"answer": "yes"}, status=404)
    never = client.get("/answer/ABCDEFGHJKMNP", status=404)
    assert over.text == never.text


def test_no_by_the_link_asks_for_the_reason(client, stages, session, make):
    worker = make.worker()
    referral = stages.asked(worker)
    link = link_in(session, worker, "referral.question")
    assert "Lương chưa đủ" in client.get(f"{link}?no=1").text
    assert "Hãy chọn một lý do." in client.post(link, {"answer": "no"}, status=422).text
    client.post(link, {"answer": "no", "reason": "person_wage"}, to="/answered/no")
    client.get("/answered/no")
    row = session.get(Referral, referral.id)
    assert (row.state, row.reason_code) == (ReferralState.DECLINED, "person_wage")


def test_the_link_dies_with_its_date_and_with_a_reminder(client, stages, session, make):
    worker = make.worker()
    referral = stages.asked(worker)
    link = link_in(session, worker, "referral.question")
    session.get(Referral, referral.id).ask_expires_at = referral.created_at
    session.commit()
    client.get(link, status=404)


def test_codes_are_stored_hashed(stages, session, make):
    worker = make.worker()
    referral = stages.asked(worker)
    code = link_in(session, worker, "referral.question").rsplit("/", 1)[1]
    assert code not in referral.ask_code_hash
    assert len(code) == 13


def test_guessing_codes_is_throttled(app, client, session, monkeypatch):
    monkeypatch.setitem(app.config, "SIGN_IN_TRIES_BY_ADDRESS", 3)
    for _ in range(3):
        client.get("/answer/ABCDEFGHJKMNP", status=404)
    client.get("/answer/ABCDEFGHJKMNP", status=429)
    for _ in range(3):
        client.get("/verify?code=ABCDEFGHJKMNP")
    client.get("/verify?code=ABCDEFGHJKMNP", status=429)
    assert session.scalars(select(SignInThrottle.failures)).all() == [3, 3]


def test_a_right_code_does_not_count(app, client, stages, session, make, monkeypatch):
    monkeypatch.setitem(app.config, "SIGN_IN_TRIES_BY_ADDRESS", 2)
    worker = make.worker()
    stages.asked(worker)
    link = link_in(session, worker, "referral.question")
    for _ in range(4):
        client.get(link)


def test_the_interview_is_answered_by_its_link(client, stages, session, make):
    worker = make.worker()
    referral = stages.interview(worker)
    link = link_in(session, worker, "referral.interview")
    page = client.get(link)
    # Whoever holds the phone sees the hour and the kind of work, not whose, where and with whom.
    assert "Công nhân may" in page.text and "Nơi phỏng vấn" in page.text
    for secret in (worker.full_name, "Xuống đò Vàm Cống", "Cổng số 2", referral.opening.organisation.name):
        assert secret not in page.html
    assert "giờ bạn đến được" in client.post(link, {"answer": "other"}, status=422).text
    page = client.follow(link, {"answer": "other", "other_time": "Chiều thứ Năm"})
    assert "Bạn đã xin giờ khác" in page.text
    page = client.follow(link, {"answer": "yes"})
    assert "Bạn đã báo sẽ đến" in page.text
    assert session.get(Referral, referral.id).interviews[-1].state is InterviewState.CONFIRMED


def test_a_new_time_kills_the_link_of_the_old_one(client, stages, session, make):
    worker = make.worker()
    referral = stages.interview(worker)
    old = link_in(session, worker, "referral.interview")
    by = stages.by()
    ops.set_interview(referral, Meeting(by["now"] + dt.timedelta(days=5), "Cổng số 1"), **by)
    session.commit()
    client.get(old, status=404)
    client.get(link_in(session, worker, "referral.interview"))


def test_the_calendar_file_has_the_place_only_for_who_signed_in(as_role, client, stages, session):
    person = stages.person()
    referral = stages.interview(person.worker)
    link = link_in(session, person.worker, "referral.interview")
    own = as_role("seeker", person.account).get(f"/me/referrals/{referral.id}/interview.ics")
    by_link = client.get(f"{link}/interview.ics")
    own, by_link = (one.get_data(as_text=True).replace("\r\n ", "") for one in (own, by_link))
    for text in (own, by_link):
        assert "BEGIN:VEVENT" in text and "SUMMARY:Phỏng vấn: Công nhân may" in text
        assert person.worker.full_name not in text and person.worker.phone not in text
    assert "Cổng số 2" in own and "LOCATION" not in by_link
    assert "Cổng số 2" not in by_link and "Chị" not in by_link


def test_no_message_names_the_employer_nor_the_person(stages, session, make):
    """A phone lies on the table of a house: what comes in tells the kind of work and where, no more."""
    worker = make.worker("Nguyễn Thị Mai")
    stages.asked(worker)
    stages.interview(worker)
    bodies = session.scalars(select(Message.body).where(Message.worker_id == worker.id)).all()
    assert len(bodies) > 2
    for body in bodies:
        assert "Công nhân may" in body and "Công ty Thử" not in body and "Mai" not in body
        assert "Cổng số 2" not in body


def test_a_title_that_names_the_employer_gives_way_to_the_occupation(client, stages, session, make):
    company = make.organisation(name="Công ty TNHH May Xuân Hoà")
    worker = make.worker()
    stages.asked(worker, make.opening("Thợ may - Xuân Hòa", organisation=company, expires_on=None))
    page = client.get(link_in(session, worker, "referral.question"))
    assert "Xuân" not in page.html and "may" in page.text


def test_the_interview_on_the_own_page(as_role, stages, session):
    person = stages.person()
    referral = stages.interview(person.worker)
    client = as_role("seeker", person.account)
    page = client.get(f"/me/referrals/{referral.id}")
    assert "Tôi đến được" in page.text and "Xuống đò Vàm Cống" in page.text
    assert "giờ bạn đến được" in client.post(f"/me/referrals/{referral.id}/other-time", {}, status=422).text
    client.follow(f"/me/referrals/{referral.id}/other-time", {"other_time": "Sau 15 giờ"})
    page = client.follow(f"/me/referrals/{referral.id}/come")
    assert "Bạn đến phỏng vấn đúng giờ" in page.text


def test_the_person_opens_their_own_letter_and_the_look_is_recorded(as_role, stages, session):
    person = stages.person()
    referral = stages.referred(person.worker)
    response = as_role("seeker", person.account).get(f"/referrals/{referral.id}/letter.pdf")
    assert response.mimetype == "application/pdf" and response.data.startswith(b"%PDF")
    looks = session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all()
    assert [look.detail["part"] for look in looks] == ["letter"]


def test_messages_go_by_the_ways_the_person_agreed_to(stages, session, make):
    silent = stages.person("Neáng Sóc Kha", consents=(Purpose.MATCHING, Purpose.SHARING))
    stages.asked(silent.worker)
    sent = session.scalars(select(Message.channel).where(Message.worker_id == silent.worker.id)).all()
    assert sent == [Channel.PORTAL]


def test_a_message_is_in_the_language_of_its_reader(stages, session, make):
    account = make.account("seeker", locale="en")
    worker = make.worker(account=account)
    stages.asked(worker)
    assert session.scalars(select(Message).where(Message.worker_id == worker.id)).first()


def test_the_own_list_asks_the_same_number_of_questions_at_2_and_at_20_rows(as_role, stages, statements):
    person = stages.person()
    client = as_role("seeker", person.account)
    counts = []
    for rows in (2, 18):
        stages.many(rows, worker=person.worker)
        # The first look after a change reads the account again.
        client.get("/me/referrals")
        statements.clear()
        client.get("/me/referrals")
        counts.append(len(statements))
    assert counts[0] == counts[1], statements
