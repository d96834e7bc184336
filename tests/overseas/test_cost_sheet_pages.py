"""The cost sheet as people read it: without an account, as the person, at the desk, and for the family."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now
from portal.openings.terms_states import CostKind, LodgingBy, PayableWhen
from portal.overseas.cases.states import ExitReason
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.overseas.support.operations import declare_elsewhere
from portal.overseas.support.states import Content
from portal.reference.models import LegalRule
from portal.workers import sensitive
from portal.workers.consenting import give_consent, withdraw_consent
from portal.workers.states import ConsentChannel, Purpose


def plain(page: Any) -> str:
    """Amounts are written with a blank that does not break."""
    return str(page.text).replace("\xa0", " ")


def squares(page: Any) -> tuple[int, int]:
    """Months that pay the cost back, and months that are one's own."""
    return page.html.count('<rect class="owed"'), page.html.count('<rect class="free"')


@pytest.fixture
def poor(person: Any, session: Any) -> Any:
    """Of a poor household, and has told so."""
    mai = person(
        consents=(Purpose.MATCHING, Purpose.SHARING, Purpose.MESSAGES, Purpose.PRIORITY, Purpose.ETHNICITY)
    )
    sensitive.tell(mai.worker, Purpose.PRIORITY, "poor_household", actor=mai.account, now=now())
    session.commit()
    return mai


def test_without_an_account_the_openings_part_alone(client, abroad) -> None:
    opening = abroad()
    page = client.get(f"/openings/{opening.id}/costs")
    text = plain(page)
    assert "Cộng chi phí 66.700.000 ₫" in text
    # 3 months of 25,5 million, by the general rule for 36 months.
    assert "76.500.000 ₫" in text and "Luật 69/2020/QH14" in text
    assert "Bên nhận lao động trả" in text
    assert "Được hỗ trợ" not in page.texts("th") and "Đăng nhập để thấy phần của riêng bạn" in text


def test_an_opening_at_home_has_no_cost_sheet(client, make, abroad) -> None:
    client.get(f"/openings/{make.opening().id}/costs", status=404)
    hidden = abroad()
    hidden.state = "draft"
    client.get("/openings/999999/costs", status=404)


def test_a_line_above_its_maximum_is_marked_with_whom_to_call(client, abroad, app) -> None:
    page = client.get(f"/openings/{abroad(service_fee_vnd=80_000_000).id}/costs")
    assert "Cao hơn mức tối đa 3.500.000 ₫" in plain(page)
    assert "Có 1 khoản cao hơn mức luật cho phép." in page.text
    number = app.config["FEE_PHONE"]
    assert number in page.text and f"tel:{number.replace(' ', '')}" in page.links()
    assert not client.get(f"/openings/{abroad().id}/costs").all("span.stop")


def test_what_is_not_known_is_said_and_not_guessed(client, abroad) -> None:
    opening = abroad(service_fee_vnd=None, fx_rate=None, fx_date=None, lines=(), costs_complete=False)
    text = plain(client.get(f"/openings/{opening.id}/costs"))
    assert "Tin này chưa ghi đủ các khoản." in text and "tin chưa ghi" in text
    assert "Chưa biết: Tiền dịch vụ" in text and "chưa tính được" in text


def test_an_unverified_limit_says_so(client, abroad) -> None:
    text = plain(client.get(f"/openings/{abroad().id}/costs"))
    assert "chưa kiểm chứng, hỏi tư vấn viên" in text


def test_a_rule_of_another_day_is_not_used(client, abroad, session) -> None:
    """Without a row for the day nobody knows the limit."""
    opening = abroad()
    for row in session.scalars(select(LegalRule).where(LegalRule.key.startswith("overseas.fee.general"))):
        row.valid_from, row.valid_to = dt.date(1999, 1, 1), dt.date(1999, 12, 31)
    session.commit()
    page = client.get(f"/openings/{opening.id}/costs")
    assert "76.500.000" not in page.text and "chưa biết" in page.text


def test_months_until_it_is_paid_back_with_the_formula_and_a_picture(client, abroad) -> None:
    opening = abroad()
    page = client.get(f"/openings/{opening.id}/costs")
    assert "Nhanh nhất 3 tháng" in page.text
    assert "66.700.000 ₫ : 25.500.000 ₫ = 3 tháng" in plain(page)
    # The contract as squares, a month each; three pay the cost back.
    assert squares(page) == (3, 33)
    page = client.get(f"/openings/{opening.id}/costs?saved=10 triệu")
    assert "Khoảng 7 tháng" in page.text and "66.700.000 ₫ : 10.000.000 ₫ = 7 tháng" in plain(page)
    assert squares(page) == (7, 29)


@pytest.mark.parametrize("asked", ["0", "-5", "nhiều", "9" * 400, "\x00"])
def test_nonsense_about_savings_breaks_nothing(client, abroad, asked) -> None:
    client.get(f"/openings/{abroad().id}/costs", query_string={"saved": asked})


def test_debt_that_outlasts_the_contract_is_said(client, abroad) -> None:
    page = client.get(f"/openings/{abroad().id}/costs?saved=1.000.000")
    assert "lâu hơn cả hợp đồng" in page.text and squares(page) == (60, 0)


def test_what_must_be_at_hand_and_when(client, abroad) -> None:
    opening = abroad(planned_departure=dt.date(2027, 3, 10), deposit_vnd=5_000_000)
    text = plain(client.get(f"/openings/{opening.id}/costs"))
    assert "Sau khi ký hợp đồng đưa đi 60.000.000 ₫ : Tiền dịch vụ" in text
    # The fund, three days before.
    assert "Trước ngày xuất cảnh, trễ nhất ngày 07/03/2027 100.000 ₫" in text
    assert "Ký quỹ, được trả lại khi xong hợp đồng 5.000.000 ₫" in text
    assert "Phải có trong tay 71.700.000 ₫" in text


def test_who_told_their_group_reads_their_support_and_loan(poor, abroad, as_role, session) -> None:
    page = as_role("seeker", poor.account).get(f"/openings/{abroad().id}/costs")
    text = plain(page)
    # 4.000.000 for the class, 200.000 passport, 750.000 of 900.000 for the doctor.
    assert "Được hỗ trợ − 4.950.000 ₫" in text and "Bạn phải lo 61.750.000 ₫" in text
    assert "(66.700.000 ₫ − 4.950.000 ₫) : 25.500.000 ₫ = 3 tháng" in text
    assert "Vay Ngân hàng Chính sách xã hội nhiều nhất 61.750.000 ₫" in text
    assert "Tiền ăn khi học: 50.000 ₫ một ngày học" in text
    looks = select(AuditEvent).where(AuditEvent.action == "looked")
    assert {row.detail.get("part") for row in session.scalars(looks)} >= {"priority"}


def test_what_was_paid_once_on_an_earlier_way_is_not_promised_again(
    poor, abroad, as_role, make, session
) -> None:
    """Each content once to a person, whatever the case."""
    adviser = make.account("adviser")
    earlier = OverseasCase(
        worker_id=poor.worker.id, state=CaseState.ENDED, exit_reason=ExitReason.WITHDREW,
        ended_from=CaseState.INTERESTED, opened_at=now(), updated_at=now(),
    )  # fmt: skip
    session.add(earlier)
    session.flush()
    declare_elsewhere(earlier, Content.LANGUAGE, "Xã Vĩnh Hanh", actor=adviser, now=now())
    declare_elsewhere(earlier, Content.SKILL, "Xã Vĩnh Hanh", actor=adviser, now=now())
    session.commit()
    client = as_role("seeker", poor.account)
    text = plain(client.get(f"/openings/{abroad().id}/costs"))
    assert "Được hỗ trợ − 950.000 ₫" in text and "Vĩnh Hanh" not in text
    assert "Đã được hỗ trợ một lần rồi, nên không tính nữa: Học tiếng, Học nghề." in text


def test_the_rate_of_a_priority_group_is_said_plainly(poor, abroad, as_role) -> None:
    client = as_role("seeker", poor.account)
    text = plain(client.get(f"/openings/{abroad().id}/costs"))
    assert "Lãi suất bằng lãi suất cho vay hộ nghèo" in text and "1 lần lãi suất" not in text


def test_who_told_no_group_reads_that_nothing_was_taken_off(person, abroad, as_role) -> None:
    page = as_role("seeker", person().account).get(f"/openings/{abroad().id}/costs")
    assert "Chưa có nhóm ưu tiên nào được ghi" in page.text and "Người thuộc hộ nghèo" in page.text
    assert "1,27 lần lãi suất cho vay hộ nghèo" in page.text
    assert "66.700.000 ₫ : 25.500.000 ₫" in plain(page)


def test_an_adviser_reads_the_same_sheet_with_the_person(poor, abroad, as_role, session) -> None:
    opening = abroad()
    page = as_role("adviser").get(f"/workers/{poor.worker.id}/costs/{opening.id}")
    assert "Bạn phải lo 61.750.000 ₫" in plain(page) and poor.worker.full_name in page.text
    read = session.scalars(select(AuditEvent).where(AuditEvent.action == "cost_sheet.read")).one()
    assert (read.subject_id, read.detail) == (opening.id, {"worker": poor.worker.id})


@pytest.mark.parametrize("role", ["sender", "employer", "moderator", "administrator", "seeker"])
def test_nobody_else_opens_a_persons_sheet(role, poor, abroad, make, as_role) -> None:
    opening = abroad()
    account = make.member("sender", opening.organisation) if role == "sender" else None
    account = account or (make.member(role) if role == "employer" else make.account(role))
    for path in ("costs", "family-sheet"):
        as_role(role, account).get(f"/workers/{poor.worker.id}/{path}/{opening.id}", status=403)


def test_a_sender_reads_its_own_opening_without_a_persons_part(abroad, make, as_role) -> None:
    opening = abroad()
    page = as_role("sender", make.member("sender", opening.organisation)).get(f"/openings/{opening.id}/costs")
    assert "66.700.000" in page.text and "Vay được bao nhiêu" not in page.text


def test_a_sum_before_selection_stands_first_and_marked(client, abroad) -> None:
    lines = ((CostKind.OTHER, 2_000_000, PayableWhen.REGISTRATION),)
    page = client.get(f"/openings/{abroad(lines=lines).id}/costs")
    assert page.texts("li.stop") and "Khi đăng ký" in page.texts("li.stop")[0]


def test_lodging_that_is_taken_off_the_wage_makes_it_longer(client, abroad) -> None:
    opening = abroad(lodging_by=LodgingBy.CHARGED, lodging_deduction_pct=Decimal(15))
    text = plain(client.get(f"/openings/{opening.id}/costs"))
    assert "66.700.000 ₫ : 21.675.000 ₫ = 4 tháng" in text and "đã trừ tiền ở" in text


def test_the_family_sheet_asks_first_and_names_debt_risks_and_numbers(poor, abroad, as_role, app) -> None:
    opening, mai = abroad(), as_role("seeker", poor.account)
    path = f"/openings/{opening.id}/family-sheet"
    page = mai.get(path)
    assert "chỉ làm khi chính người đi đồng ý" in page.text and "61.750.000" not in page.text
    page = mai.follow(path)
    text = plain(page)
    for part in ("Vay và trả nợ", "Có thể gặp điều gì?", "Gọi cho ai?", "Khi về nước", "61.750.000 ₫"):
        assert part in text
    assert app.config["HOTLINE"] in text and poor.worker.full_name in text


def test_a_withdrawn_consent_closes_the_family_sheet(poor, abroad, as_role, session) -> None:
    opening, mai = abroad(), as_role("seeker", poor.account)
    path = f"/openings/{opening.id}/family-sheet"
    mai.post(path)
    assert "Cho gia đình xem" in mai.get("/profile/consents").text
    withdraw_consent(poor.worker, Purpose.FAMILY_SHEET, actor=poor.account, now=now())
    session.commit()
    assert "chỉ làm khi chính người đi đồng ý" in mai.get(path).text


def test_at_the_desk_the_family_sheet_needs_the_same_consent(poor, abroad, as_role, session) -> None:
    staff, opening = as_role("adviser"), abroad()
    path = f"/workers/{poor.worker.id}/family-sheet/{opening.id}"
    assert "Vay và trả nợ" not in staff.get(path).text
    staff.post(path, {"channel": "online"}, status=400)
    assert "Vay và trả nợ" in staff.follow(path, {"channel": "desk"}).text
    consent = next(one for one in poor.worker.consents if one.purpose is Purpose.FAMILY_SHEET)
    assert consent.taken_by_id is not None and consent.channel is ConsentChannel.DESK


def test_family_consent_is_not_asked_of_everybody(person, as_role, session) -> None:
    mai = person()
    page = as_role("seeker", mai.account).get("/profile/consents")
    assert "Cho gia đình xem" not in page.text
    channel = ConsentChannel.ONLINE
    give_consent(mai.worker, Purpose.FAMILY_SHEET, channel=channel, actor=mai.account, now=now())
    session.commit()
    assert "Cho gia đình xem" in as_role("seeker", mai.account).get("/profile/consents").text


def test_the_sheet_is_light(client, abroad) -> None:
    response = client.answer(f"/openings/{abroad().id}/costs", headers={"Accept-Encoding": "gzip"})
    assert len(response.data) < 15_000


@pytest.mark.parametrize(
    ("typed", "words"),
    [("0", "Hãy ghi số tiền lớn hơn 0"), ("500 triệu", "Nhiều hơn lương một tháng của việc này"),
     ("nhiều", "Hãy ghi số tiền bằng đồng")],
)  # fmt: skip
def test_a_sum_nobody_could_put_aside_shortens_no_debt(client, abroad, typed, words) -> None:
    opening = abroad()
    page = client.get(f"/openings/{opening.id}/costs", query_string={"saved": typed})
    assert words in page.text and f'value="{typed}"' in page.html
    assert squares(page) == squares(client.get(f"/openings/{opening.id}/costs"))


def test_the_sheets_have_a_button_for_the_printer(client, person, as_role, abroad) -> None:
    opening, mai = abroad(), person(consents=(Purpose.MATCHING, Purpose.FAMILY_SHEET))
    own = as_role("seeker", mai.account).get(f"/openings/{opening.id}/family-sheet")
    for page in (client.get(f"/openings/{opening.id}/costs"), own):
        assert "In tờ này" in page.texts("button") and "js/print_button" in page.html


def test_from_an_opening_to_its_costs_and_to_the_ways_there(client, abroad) -> None:
    opening = abroad()
    links = client.get(f"/openings/{opening.id}").links()
    assert f"/openings/{opening.id}/costs" in links and "/programmes?country=JP" in links
