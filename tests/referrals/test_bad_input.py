"""Nonsense gets a clear answer and changes nothing."""

import pytest
from sqlalchemy import select

from portal.common.clock import today
from portal.referrals.models import Referral, ReferralStep
from portal.referrals.states import ReferralState

HUGE = "9" * 30


@pytest.fixture
def desk(as_role, stages):
    return as_role("adviser", stages.adviser)


@pytest.mark.parametrize("address", ["/referrals/{}", "/openings/{}/referrals", "/referrals/{}/steps/hire"])
def test_a_number_that_is_nobodys_does_not_exist(desk, address):
    for number in ("0", "999999", HUGE):
        desk.get(address.format(number), status=404)


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("agree", {"channel": "pigeon"}),
        ("agree", {}),
        ("decline", {"channel": "phone", "reason": "employer_test"}),
        ("decline", {"channel": "phone", "reason": "x" * 5000}),
        ("decline", {"channel": "phone", "reason": "person_wage", "note": "á" * 501}),
    ],
)
def test_a_step_with_nonsense_is_shown_again_with_what_was_typed(desk, stages, session, step, data):
    referral = stages.asked()
    page = desk.post(f"/referrals/{referral.id}/steps/{step}", data, status=422)
    assert "Có chỗ cần sửa" in page.text
    if data.get("note"):
        assert data["note"] in page.html
    assert session.get(Referral, referral.id).state is ReferralState.ASKED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"day": "", "clock": "", "place": ""}, "Hãy ghi ngày phỏng vấn."),
        ({"day": "31/02/2027", "clock": "8:30", "place": "Cổng"}, "không có trong lịch"),
        ({"day": "01/02/2020", "clock": "8:30", "place": "Cổng"}, "phải ở phía trước"),
        ({"day": "01/02/2027", "clock": "24:00", "place": "Cổng"}, "Hãy ghi giờ"),
        ({"day": "01/02/2027", "clock": "8:30", "place": "C" * 301}, "dài quá"),
    ],
)
def test_an_interview_needs_a_real_time_and_place(desk, stages, data, sentence):
    page = desk.post(f"/referrals/{stages.referred().id}/steps/set_interview", data, status=422)
    assert sentence in page.text
    assert data["place"] in page.html


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"hired_on": "hôm qua", "notice_on": "x"}, "Hãy ghi ngày theo dạng"),
        ({"hired_on": "01/01/2120", "notice_on": "{today}"}, "Hãy xem lại ngày bắt đầu làm"),
        ({"hired_on": "{today}", "notice_on": "01/01/2120"}, "không thể ở phía trước"),
        ({"hired_on": "{today}", "notice_on": "{today}", "contract_ends_on": "01/01/2020"}, "hết hợp đồng"),
    ],
)
def test_a_hire_needs_days_that_can_be(desk, stages, session, data, sentence):
    referral = stages.referred()
    typed = {name: value.format(today=today().strftime("%d/%m/%Y")) for name, value in data.items()}
    page = desk.post(f"/referrals/{referral.id}/steps/hire", typed, status=422)
    assert sentence in page.text
    assert session.get(Referral, referral.id).state is ReferralState.REFERRED


def test_a_batch_with_nonsense_changes_nothing(desk, stages, session):
    referral = stages.shortlisted()
    address = f"/openings/{referral.opening_id}/referrals"
    for data in (
        {"action": "delete", "referral": [str(referral.id)]},
        {"action": "ask", "referral": ["x", ""]},
        {},
    ):
        assert "Hãy đánh dấu" in desk.follow(address, data).text
    given = {"action": "not_now", "referral": [str(referral.id)], "reason": "person_wage"}
    assert "Không làm được: 1" in desk.post(address, given, status=200).text
    page = desk.post(address, {"action": "ask", "referral": [HUGE, "-1"]}, status=200)
    assert "Không còn trong việc này: 2" in page.text
    assert session.get(Referral, referral.id).state is ReferralState.SHORTLISTED


@pytest.mark.parametrize(
    "query", ["page=abc", "page=-1", f"page={HUGE}", "state=x&whose=y&late=z", "state=%00"]
)
def test_lists_bear_any_filter(desk, stages, query):
    referral = stages.asked()
    desk.get(f"/desk/referrals?{query}")
    desk.get(f"/openings/{referral.opening_id}/referrals?{query}")


@pytest.mark.parametrize("code", ["%00", "x" * 3000, "..", "a b", "Ấp", "1' OR '1'='1"])
def test_codes_may_be_anything(client, code):
    client.get("/answer/" + code.replace("%00", "\x00").replace("..", "%2e%2e"), status=404)
    client.get("/verify", query_string={"code": code})


def test_text_with_a_null_byte_is_kept_without_it(desk, stages, session):
    referral = stages.asked()
    data = {"channel": "phone", "reason": "person_wage", "note": "một\x00 hai"}
    desk.post(f"/referrals/{referral.id}/steps/decline", data)
    step = session.scalars(select(ReferralStep).order_by(ReferralStep.id.desc())).first()
    assert step.note == "một hai"
