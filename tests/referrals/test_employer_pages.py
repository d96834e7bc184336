"""An employer sees only people who agreed and have a letter, and reports what became of them."""

import pytest
from sqlalchemy import select

from portal.common.clock import now, today
from portal.referrals.models import EmployerReport, Referral
from portal.referrals.states import ReferralState
from portal.workers.operations import withdraw_consent
from portal.workers.states import Purpose


@pytest.fixture
def company(make):
    return make.organisation("employer")


@pytest.fixture
def employer(as_role, make, company):
    return as_role("employer", make.member("employer", company))


@pytest.fixture
def opening(make, company):
    return make.opening(organisation=company, expires_on=None, positions=3, positions_left=3)


def test_before_the_letter_nobody_is_seen(employer, stages, make, opening):
    for name, stage in (
        ("Người Một", stages.shortlisted),
        ("Người Hai", stages.asked),
        ("Người Ba", stages.agreed),
    ):
        stage(make.worker(name), opening)
    page = employer.get("/organisation/referrals")
    assert "Chưa có ai" in page.text
    stages.referred(make.worker("Người Bốn"), opening)
    page = employer.get("/organisation/referrals")
    assert "Người Bốn" in page.text and "Người Ba" not in page.text


def test_who_takes_back_the_consent_to_be_shown_is_seen_no_longer(employer, stages, session, make, opening):
    worker = make.worker("Nguyễn Thị Mai")
    referral = stages.referred(worker, opening)
    letter = f"/referrals/{referral.id}/letter.pdf"
    employer.get(letter)
    withdraw_consent(worker, Purpose.SHARING, actor=stages.adviser, now=now())
    session.commit()
    assert "Nguyễn Thị Mai" not in employer.get("/organisation/referrals").text
    employer.get(letter, status=404)
    employer.get(f"/organisation/referrals/{referral.id}/result", status=404)


def test_people_of_other_employers_do_not_exist(as_role, stages, make, opening):
    referral = stages.referred(make.worker(), opening)
    stranger = as_role("employer", make.member("employer"))
    assert "Chưa có ai" in stranger.get("/organisation/referrals").text
    stranger.get(f"/organisation/referrals/{referral.id}/result", status=404)
    stranger.get(f"/referrals/{referral.id}/letter.pdf", status=404)


def test_a_report_changes_nothing_until_staff_take_it_over(employer, as_role, stages, session, make, opening):
    referral = stages.referred(make.worker(), opening)
    address = f"/organisation/referrals/{referral.id}/result"
    employer.get(address)
    assert "Hãy ghi ngày bắt đầu làm." in employer.post(address, {"result": "hired"}, status=422).text
    day = today().strftime("%d/%m/%Y")
    page = employer.follow(address, {"result": "hired", "hired_on": day})
    assert "chờ Trung tâm xác nhận" in page.text
    assert session.get(Referral, referral.id).state is ReferralState.REFERRED
    desk = as_role("adviser", stages.adviser)
    assert "nơi tuyển đã báo" in desk.get("/desk/referrals?late=report").text
    assert "Xác nhận kết quả này" in desk.get(f"/referrals/{referral.id}").text
    form = desk.get(f"/referrals/{referral.id}/steps/hire")
    assert form.html.count(f'value="{day}"') == 2
    desk.follow(f"/referrals/{referral.id}/steps/hire", {"hired_on": day, "notice_on": day})
    row = session.get(Referral, referral.id)
    assert (row.state, row.notice_on) == (ReferralState.HIRED, today())
    assert session.scalars(select(EmployerReport)).one().settled_at is not None
    assert "đã nhận từ" in employer.get("/organisation/referrals").text


def test_a_refusal_needs_a_reason_of_the_employers_list(employer, as_role, stages, session, make, opening):
    referral = stages.referred(make.worker(), opening)
    address = f"/organisation/referrals/{referral.id}/result"
    assert "lý do" in employer.post(address, {"result": "refused"}, status=422).text
    employer.follow(address, {"result": "refused", "reason": "employer_other_chosen"})
    desk = as_role("adviser", stages.adviser)
    assert "checked" in desk.get(f"/referrals/{referral.id}/steps/refuse").html
    desk.follow(f"/referrals/{referral.id}/set-report-aside")
    assert "Xác nhận kết quả này" not in desk.get(f"/referrals/{referral.id}").text
    assert session.get(Referral, referral.id).state is ReferralState.REFERRED


def test_the_employers_copy_of_the_letter_opens(employer, stages, make, opening):
    referral = stages.referred(make.worker(), opening)
    assert employer.get(f"/referrals/{referral.id}/letter.pdf").data.startswith(b"%PDF")


def test_the_list_asks_the_same_number_of_questions_at_2_and_at_20_rows(
    employer, stages, statements, make, opening
):
    counts = []
    for rows in (2, 18):
        stages.many(rows, opening=opening)
        statements.clear()
        employer.get("/organisation/referrals")
        counts.append(len(statements))
    assert counts[0] == counts[1], statements
