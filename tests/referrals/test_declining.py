"""Before a no: who draws unemployment benefit is warned in one sentence; others read nothing of it."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.common.clock import now, today
from portal.common.events import _subscribers
from portal.counselling.models import CallBack
from portal.messages.models import Message
from portal.reference.models import LegalRule
from portal.referrals.declining import call_by, warning_for
from portal.referrals.events import CallMeFirst
from portal.referrals.models import Referral
from portal.referrals.states import ReferralState
from portal.workers.benefit import tell_benefit
from portal.workers.states import ConsentChannel
from tests.referrals.test_person_pages import link_in

WARNING = "Bạn đang hưởng trợ cấp thất nghiệp: từ chối việc được giới thiệu 2 lần"


@pytest.fixture
def drawing(stages, session):
    """A person who has told it, asked about a job."""
    person = stages.person("Thị Nị")
    tell_benefit(person.worker, channel=ConsentChannel.ONLINE, actor=person.account, now=now())
    session.commit()
    person.referral = stages.asked(person.worker)
    return person


@pytest.fixture
def plain(stages):
    person = stages.person("Danh Út")
    person.referral = stages.asked(person.worker)
    return person


def test_the_page_warns_with_the_source_and_says_that_nobody_has_checked_it(as_role, drawing):
    page = as_role("seeker", drawing.account).get(f"/me/referrals/{drawing.referral.id}")
    assert page.text.count(WARNING) == 1
    assert "Nghị định 28/2015/NĐ-CP Điều 21" in page.text and "chưa kiểm chứng" in page.text
    assert "Gọi cho tôi trước" in page.text and "Chưa tiện vì sức khỏe" in page.text
    assert "không tự báo việc từ chối cho ai" in page.text


def test_after_a_yes_the_same_warning_stands_before_leaving(as_role, stages, drawing):
    client = as_role("seeker", drawing.account)
    client.follow(f"/me/referrals/{drawing.referral.id}/yes")
    assert WARNING in client.get(f"/me/referrals/{drawing.referral.id}").text


def test_the_advisers_script_is_a_sentence_to_read_out(as_role, stages, drawing, plain):
    desk = as_role("adviser", stages.adviser)
    page = desk.get(f"/referrals/{drawing.referral.id}/steps/decline")
    assert "đọc cho người này nghe" in page.text and WARNING in page.text and "chưa kiểm chứng" in page.text
    assert WARNING not in desk.get(f"/referrals/{drawing.referral.id}/steps/agree").text
    assert "trợ cấp" not in desk.get(f"/referrals/{plain.referral.id}/steps/decline").text


def test_who_has_not_told_it_reads_nothing_of_it(as_role, plain):
    page = as_role("seeker", plain.account).get(f"/me/referrals/{plain.referral.id}")
    assert "trợ cấp" not in page.text and "Gọi cho tôi trước" not in page.text


def test_a_message_link_says_the_same_to_everybody(client, session, drawing, plain):
    said = []
    for person in (drawing, plain):
        page = client.get(link_in(session, person.worker, "referral.question") + "?no=1")
        said.append(page.text)
    assert said[0] == said[1]
    assert WARNING not in said[0] and "Ai đang hưởng trợ cấp thất nghiệp nên hỏi trước" in said[0]


def test_without_a_rule_of_the_day_nothing_is_claimed(session, drawing):
    for row in session.scalars(select(LegalRule).where(LegalRule.key == "benefit.unjustified_refusals")):
        row.valid_from = today() + dt.timedelta(days=5)
    session.commit()
    assert warning_for(drawing.worker, on=today()) is None


@pytest.fixture
def wishes():
    heard = []
    _subscribers[CallMeFirst].append(heard.append)
    yield heard
    _subscribers[CallMeFirst].remove(heard.append)


def test_call_me_first_leaves_the_referral_and_tells_by_when(as_role, session, drawing, wishes):
    before = session.get(Referral, drawing.referral.id)
    state, due = before.state, before.due_on
    client = as_role("seeker", drawing.account)
    page = client.follow(f"/me/referrals/{drawing.referral.id}/call-me-first")
    assert "Trung tâm sẽ gọi bạn, trễ nhất ngày" in page.text
    after = session.get(Referral, drawing.referral.id)
    assert (after.state, after.due_on) == (state, due) == (ReferralState.ASKED, due)
    assert [(wish.referral.id, wish.worker.id) for wish in wishes] == [(after.id, after.worker_id)]
    assert wishes[0].call_by.strftime("%d/%m/%Y") in page.text and wishes[0].call_by <= due


def test_the_call_stands_on_somebodys_desk_once_however_often_one_presses(as_role, session, drawing):
    client = as_role("seeker", drawing.account)
    for _ in range(2):
        client.follow(f"/me/referrals/{drawing.referral.id}/call-me-first")
    call = session.scalars(select(CallBack)).one()
    assert call.referral_id == drawing.referral.id and call.owner_id is not None
    assert call.due_on == call_by(session.get(Referral, drawing.referral.id), on=today())


def test_nobody_calls_for_another_and_an_ended_referral_is_not_called_about(as_role, stages, drawing, plain):
    as_role("seeker", plain.account).post(f"/me/referrals/{drawing.referral.id}/call-me-first", status=404)
    client = as_role("seeker", drawing.account)
    client.follow(f"/me/referrals/{drawing.referral.id}/no", {"reason": "person_health"})
    client.post(f"/me/referrals/{drawing.referral.id}/call-me-first", status=409)


def test_without_a_number_nobody_promises_a_call(as_role, session, drawing, wishes):
    drawing.worker.phone = None
    session.commit()
    client = as_role("seeker", drawing.account)
    client.post(f"/me/referrals/{drawing.referral.id}/call-me-first", status=409)
    assert wishes == []


def test_the_call_comes_before_the_question_lapses(drawing):
    referral = drawing.referral
    referral.due_on = today()
    assert call_by(referral, on=today()) == today()
    referral.due_on = today() + dt.timedelta(days=30)
    assert today() < call_by(referral, on=today()) <= today() + dt.timedelta(days=15)


def test_a_no_is_told_to_nobody_but_the_centre(as_role, session, drawing):
    told_before = session.scalars(select(Message.id)).all()
    client = as_role("seeker", drawing.account)
    client.follow(f"/me/referrals/{drawing.referral.id}/no", {"reason": "person_health"})
    assert session.get(Referral, drawing.referral.id).state is ReferralState.DECLINED
    new = session.scalars(select(Message).where(Message.id.not_in(told_before))).all()
    assert all(message.worker_id == drawing.worker.id for message in new)
