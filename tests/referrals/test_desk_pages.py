"""The desk: what waits, who stands where, the buttons that the table offers, batches."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now, today
from portal.referrals import operations as ops
from portal.referrals.models import Interview, Letter, Referral, ReferralStep
from portal.referrals.states import AnswerChannel, InterviewState, ReferralState
from portal.workers.operations import withdraw_consent
from portal.workers.states import Purpose


@pytest.fixture
def desk(as_role, stages):
    return as_role("adviser", stages.adviser)


def test_the_page_offers_the_steps_of_the_table(desk, stages, make):
    page = desk.get(f"/referrals/{stages.shortlisted().id}")
    assert {"Hỏi người này", "Ghi: người này đồng ý", "Chưa giới thiệu lần này"} <= set(
        page.texts("button") + page.texts("a")
    )
    assert "Cấp giấy giới thiệu" not in page.text


def test_a_step_that_is_stopped_says_why(desk, stages, make):
    referral = stages.agreed()
    withdraw_consent(referral.worker, Purpose.SHARING, actor=stages.adviser, now=now())
    stages.session.commit()
    page = desk.get(f"/referrals/{referral.id}")
    assert "chưa đồng ý cho nơi tuyển dụng xem hồ sơ" in page.text
    page = desk.follow(f"/referrals/{referral.id}/steps/issue_letter")
    assert "chưa đồng ý cho nơi tuyển dụng xem hồ sơ" in page.text
    assert stages.session.scalars(select(Letter)).all() == []


def test_the_whole_way_on_the_pages(desk, stages, session, make):
    referral = stages.shortlisted()
    base = f"/referrals/{referral.id}/steps"
    desk.follow(f"{base}/ask")
    desk.get(f"{base}/agree")
    desk.follow(f"{base}/agree", {"channel": "phone"})
    page = desk.follow(f"{base}/issue_letter")
    assert "Mở giấy (PDF)" in page.text
    form = desk.get(f"{base}/set_interview")
    assert "Chị Lan" in form.html
    day = (today() + dt.timedelta(days=2)).strftime("%d/%m/%Y")
    page = desk.post(
        f"{base}/set_interview", {"day": "32/13/2026", "clock": "25:00", "place": ""}, status=422
    )
    assert "Hãy ghi giờ, ví dụ 8:30" in page.text and "không có trong lịch" in page.text
    desk.follow(f"{base}/set_interview", {"day": day, "clock": "8h30", "place": "Cổng 1"})
    assert session.scalars(select(Interview)).one().starts_at.minute == 30
    desk.follow(f"{base}/answer_interview", {"comes": "yes", "channel": "phone"})
    page = desk.follow(f"{base}/record_interview", {"came": "yes"})
    assert "Chưa đến giờ phỏng vấn" in page.text
    session.scalars(select(Interview)).one().starts_at = now() - dt.timedelta(hours=1)
    session.commit()
    desk.follow(f"{base}/record_interview", {"came": "no", "reason": "person_no_show_ill"})
    assert session.scalars(select(Interview)).one().state is InterviewState.MISSED
    page = desk.post(f"{base}/hire", {"hired_on": "", "notice_on": "01/01/2019"}, status=422)
    assert "Hãy ghi ngày bắt đầu làm." in page.text and "01/01/2019" in page.html
    written = today().strftime("%d/%m/%Y")
    page = desk.post(f"{base}/hire", {"hired_on": written, "notice_on": "01/01/2019"}, status=422)
    assert "không thể trước ngày giới thiệu" in page.text
    page = desk.follow(f"{base}/hire", {"hired_on": written, "notice_on": written})
    assert "Hạn cập nhật sàn quốc gia" in page.text and "283/2026" in page.text
    desk.follow(f"{base}/record_exchange", {"done_on": written, "proof": "VL-2026-77"})
    page = desk.get(f"/referrals/{referral.id}")
    assert "VL-2026-77" in page.text
    desk.post(f"{base}/place", status=302)
    assert session.get(Referral, referral.id).state is ReferralState.HIRED
    desk.follow(f"{base}/leave", {"reason": "person_left_soon"})
    assert session.get(Referral, referral.id).state is ReferralState.LEFT
    desk.follow(f"{base}/reopen", {"note": "Ghi nhầm"})
    assert session.get(Referral, referral.id).state is ReferralState.HIRED


@pytest.mark.parametrize("step", ["nothing", "shortlist", "fill", "lapse", "disown", "want"])
def test_steps_that_are_not_the_desks_do_not_exist(desk, stages, step):
    desk.post(f"/referrals/{stages.asked().id}/steps/{step}", status=404)


def test_a_step_of_another_state_is_refused_with_a_sentence(desk, stages):
    page = desk.follow(f"/referrals/{stages.shortlisted().id}/steps/hire", {"hired_on": "01/12/2026"})
    assert "không còn làm được" in page.text


def test_who_could_not_be_written_to_is_to_be_called(desk, stages, make):
    silent = make.worker(consents=(Purpose.MATCHING, Purpose.SHARING))
    page = desk.get(f"/referrals/{stages.asked(silent).id}")
    assert "Hãy gọi rồi ghi câu trả lời" in page.text and silent.phone[:4] in page.text


def test_the_letter_is_a_pdf_of_one_page_and_the_look_is_recorded(desk, stages, session):
    response = desk.get(f"/referrals/{stages.referred().id}/letter.pdf")
    assert response.data.startswith(b"%PDF") and response.headers["Cache-Control"] == "no-store"
    assert "giay-gioi-thieu-0001-2026.pdf" in response.headers["Content-Disposition"]
    assert session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).one().detail == {
        "part": "letter"
    }


def test_a_batch_tells_what_happened_to_each_row(desk, stages, session, make):
    opening = make.opening(expires_on=None, positions=9, positions_left=9)
    fine, asked, unwilling = (
        stages.shortlisted(make.worker(f"Người {number}"), opening) for number in range(3)
    )
    elsewhere = stages.shortlisted()
    ops.ask(asked, **stages.by())
    withdraw_consent(unwilling.worker, Purpose.MATCHING, actor=stages.adviser, now=now())
    session.commit()
    ids = [str(row.id) for row in (fine, asked, unwilling, elsewhere)]
    page = desk.post(f"/openings/{opening.id}/referrals", {"action": "ask", "referral": ids}, status=200)
    assert "Đã làm: 1. Bỏ qua: 1. Không làm được: 1. Không còn trong việc này: 1." in page.text
    assert "chưa đồng ý để Trung tâm tìm việc" in page.text
    states = [session.get(Referral, row.id).state for row in (fine, asked, unwilling, elsewhere)]
    assert states == [
        ReferralState.ASKED, ReferralState.ASKED, ReferralState.SHORTLISTED, ReferralState.SHORTLISTED,
    ]  # fmt: skip


def test_letters_in_a_batch_and_an_end_in_a_batch(desk, stages, session, make):
    opening = make.opening(expires_on=None, positions=9, positions_left=9)
    rows = [stages.agreed(make.worker(f"Người {number}"), opening) for number in range(3)]
    address = f"/openings/{opening.id}/referrals"
    ids = [str(row.id) for row in rows]
    assert "Đã làm: 2" in desk.post(address, {"action": "issue_letter", "referral": ids[:2]}, status=200).text
    page = desk.post(address, {"action": "issue_letter", "referral": ids}, status=200)
    assert "Đã làm: 1. Bỏ qua: 2." in page.text
    assert len(set(session.scalars(select(Letter.number)))) == 3
    other = stages.shortlisted(make.worker(), opening)
    assert (
        "Hãy chọn một lý do." in desk.follow(address, {"action": "not_now", "referral": [str(other.id)]}).text
    )
    given = {"action": "not_now", "referral": [str(other.id)], "reason": "centre_better_fit"}
    assert "Đã làm: 1" in desk.post(address, given, status=200).text
    assert "Hãy đánh dấu ít nhất một người" in desk.follow(address, {"action": "ask"}).text


def test_the_board_shows_everyone_and_filters_by_state(desk, stages, make):
    opening = make.opening(expires_on=None)
    stages.shortlisted(make.worker("Danh Sóc Kha"), opening)
    stages.asked(make.worker("Châu Thị Ro"), opening)
    page = desk.get(f"/openings/{opening.id}/referrals")
    assert "Danh Sóc Kha" in page.text and "Châu Thị Ro" in page.text
    page = desk.get(f"/openings/{opening.id}/referrals?state=asked")
    assert "Danh Sóc Kha" not in page.text and "Châu Thị Ro" in page.text
    assert "Chưa có ai trong việc này" in desk.get(f"/openings/{make.opening().id}/referrals").text


def test_what_waits_is_sorted_by_date_mine_or_all_and_late_ones_are_marked(
    desk, as_role, stages, session, make
):
    early, late = stages.asked(make.worker("Người Sớm")), stages.asked(make.worker("Người Trễ"))
    late.due_on = today() - dt.timedelta(days=2)
    session.commit()
    page = desk.get("/desk/referrals")
    assert page.html.index("Người Trễ") < page.html.index("Người Sớm")
    assert "trễ" in page.texts("span.tag")
    assert "Người Sớm" not in desk.get("/desk/referrals?late=late").text
    assert "Người Sớm" not in desk.get("/desk/referrals?state=agreed").text
    other = as_role("adviser")
    assert "Không có gì đang chờ" in other.get("/desk/referrals?whose=mine").text
    assert early.worker.full_name in other.get("/desk/referrals?whose=all").text


def test_who_owns_nothing_that_waits_sees_all_at_first(desk, as_role, stages, make):
    stages.asked(make.worker("Danh Sóc Kha"))
    page = as_role("leader").get("/desk/referrals")
    assert "Danh Sóc Kha" in page.text
    chosen = [e.get("value") for e in page.all("option") if e.get("selected") is not None]
    assert chosen[0] == "all"
    page = desk.get("/desk/referrals")
    assert [e.get("value") for e in page.all("option") if e.get("selected") is not None][0] == "mine"


@pytest.mark.parametrize("page", ["/desk/referrals", "board", "panel"])
def test_lists_ask_the_same_number_of_questions_at_2_and_at_20_rows(desk, stages, statements, make, page):
    opening, worker = make.opening(expires_on=None, positions=90, positions_left=90), make.worker()
    addresses = {"board": f"/openings/{opening.id}/referrals", "panel": f"/workers/{worker.id}"}
    counts = []
    for rows in (2, 18):
        stages.many(rows, worker if page == "panel" else None, None if page == "panel" else opening)
        statements.clear()
        desk.get(addresses.get(page, page))
        counts.append(len(statements))
    # A worker's page asks each capability that has a panel on it once.
    assert counts[0] == counts[1] <= 30, statements


def test_the_opening_and_the_person_show_their_referrals(desk, stages, make):
    referral = stages.asked()
    assert "Người trong việc này" in desk.get(f"/desk/openings/{referral.opening_id}").text
    page = desk.get(f"/workers/{referral.worker_id}")
    assert f"/referrals/{referral.id}" in page.links()


def test_only_case_staff_come_in(as_role, stages):
    referral = stages.referred()
    for role in ("moderator", "administrator", "employer", "seeker", "college"):
        client = as_role(role)
        base = f"/referrals/{referral.id}"
        for address in (
            base,
            "/desk/referrals",
            f"{base}/steps/hire",
            f"/openings/{referral.opening_id}/referrals",
        ):
            client.get(address, status=403)


def test_answers_told_to_staff_keep_the_way(desk, stages, session):
    referral = stages.asked()
    desk.follow(f"/referrals/{referral.id}/steps/decline", {"channel": "desk", "reason": "person_hours"})
    step = session.scalars(select(ReferralStep).order_by(ReferralStep.id.desc())).first()
    assert (step.channel, step.reason_code) == (AnswerChannel.DESK.value, "person_hours")
    page = desk.get(f"/referrals/{referral.id}")
    assert "Tại quầy" in page.text and "Mở lại" in page.text
