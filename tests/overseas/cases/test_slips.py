"""Slips of a hurried adviser, and what a person reads on the phone: found by walking the pages."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.common.clock import today
from portal.errors import Invalid, Refused
from portal.messages.models import Message
from portal.openings.states import OpeningState
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.incidents import Told, open_incident
from portal.overseas.cases import operations as ops
from portal.overseas.cases.moves import Given, Stopped
from portal.overseas.cases.states import ExitReason, FinanceWay
from portal.overseas.models import OverseasCase
from portal.overseas.programmes.models import ProgrammeAgreement
from portal.overseas.states import CaseState, IncidentKind, ProgrammeChannel, Severity
from portal.referrals import operations as referrals
from portal.referrals.states import ReferralState
from tests.overseas.cases.conftest import DETAILS, EVERY_TICK, day, documents_of

S = CaseState
TAKEN = Given(ticks=EVERY_TICK)


def vn(date):
    return date.strftime("%d/%m/%Y")


@pytest.fixture
def desk(as_role, ways):
    return as_role("adviser", ways.adviser)


# --- where to, and when ----------------------------------------------------------------------------------


def test_no_case_leads_into_a_programme_that_is_not_open_here(ways, desk, session):
    korea = ways.programme("korea-seasonal", channel=ProgrammeChannel.LOCALITY)
    worker, _other = ways.person().worker, ways.opening()
    address = f"/workers/{worker.id}/cases/new"
    assert "EPS Hàn Quốc" not in desk.get(address).text
    page = desk.post(address, {"aim": f"programme-{korea.id}"}, status=422)
    assert "hiện không tuyển ở tỉnh ta" in page.text
    session.add(
        ProgrammeAgreement(
            programme_id=korea.id, partner="Huyện Yeongam", source="Thỏa thuận 5", valid_from=day(-5),
            entered_by_id=ways.adviser.id, created_at=ways.by()["now"],
        )
    )  # fmt: skip
    session.commit()
    assert "EPS Hàn Quốc" in desk.get(address).text
    desk.post(address, {"aim": f"programme-{korea.id}"}, to="/cases/")


def test_a_referral_that_has_ended_says_so_where_a_case_would_be_opened(ways, desk, session):
    referral = referrals.shortlist(ways.person().worker, ways.opening(), **ways.by())
    session.commit()
    address = f"/workers/{referral.worker_id}/cases/new?aim=referral-{referral.id}"
    assert "đã dừng" not in desk.get(address).text
    referral.state, referral.due_on = ReferralState.REFUSED, None
    session.commit()
    assert "này đã dừng. Hãy chọn đường khác." in desk.get(address).text


def test_nobody_plans_for_the_past(ways, desk):
    worker, opening = ways.person().worker, ways.opening()
    given = {"aim": f"opening-{opening.id}", "planned_departure": vn(day(-1))}
    page = desk.post(f"/workers/{worker.id}/cases/new", given, status=422)
    assert "Ngày dự kiến xuất cảnh đã qua" in page.text and f'value="{vn(day(-1))}"' in page.html
    case = ways.opened(opening=ways.opening(planned_departure=day(-30)))
    assert case.planned_departure is None
    desk.post(f"/cases/{case.id}/plan", {"planned_departure": vn(day(-1)), "opening": "0"}, status=422)
    # What has gone by since it was planned does not stop another change.
    case.planned_departure = day(-3)
    ways.session.commit()
    kept = {"planned_departure": vn(day(-3)), "flight": "VN 1", "opening": str(case.opening_id)}
    desk.post(f"/cases/{case.id}/plan", kept, to=f"/cases/{case.id}")


def test_two_openings_of_one_title_are_told_apart_where_one_is_chosen(ways, desk):
    worker, first = ways.person().worker, ways.opening()
    second = ways.opening()
    second.organisation_id, second.expires_on = first.organisation_id, day(12)
    ways.session.commit()
    options = desk.get(f"/workers/{worker.id}/cases/new").texts("option")
    assert any(f"tin số {first.id}" in one for one in options)
    assert any(f"tin số {second.id}, nhận đến {vn(day(12))}" in one for one in options)


def test_a_case_for_an_opening_goes_by_the_programme_it_belongs_to(ways, desk, session):
    worker, opening = ways.person().worker, ways.opening(country="TW")
    taiwan = ways.programme("taiwan-factory", channel=ProgrammeChannel.SENDER, country="TW")
    korea = ways.programme("korea-skilled", channel=ProgrammeChannel.SENDER, country="KR")
    given = {"aim": f"opening-{opening.id}", "programme": str(korea.id)}
    page = desk.post(f"/workers/{worker.id}/cases/new", given, status=422)
    assert "không cùng nước" in page.text
    desk.post(f"/workers/{worker.id}/cases/new", {**given, "programme": str(taiwan.id)}, to="/cases/")
    case = session.scalars(select(OverseasCase)).one()
    assert (case.opening_id, case.programme_id) == (opening.id, taiwan.id)


def test_the_programme_of_an_opening_is_chosen_later_too_but_once(ways, desk, session):
    taiwan = ways.programme("taiwan-factory", channel=ProgrammeChannel.SENDER, country="TW")
    ways.programme("eps", country="KR")
    case = ways.opened(opening=ways.opening(country="TW"))
    page = desk.get(f"/cases/{case.id}")
    assert "Theo chương trình" in page.text
    given = {"opening": str(case.opening_id), "programme": str(taiwan.id)}
    desk.post(f"/cases/{case.id}/plan", given, to=f"/cases/{case.id}")
    session.refresh(case)
    assert case.programme_id == taiwan.id
    assert "Theo chương trình" not in desk.get(f"/cases/{case.id}").text
    other = ways.programme("taiwan-farm", channel=ProgrammeChannel.SENDER, country="TW")
    with pytest.raises(Refused, match="không đổi chương trình"):
        plan = {"planned_departure": None, "flight": "", "opening": None}
        ops.plan(case, **plan, programme=other, **ways.by())


# --- days and sums ---------------------------------------------------------------------------------------


def test_a_contract_does_not_end_before_it_is_signed(ways):
    case = ways.to("health")
    ways.papers_for(case, "contract")
    details = {**DETAILS[S.CONTRACT](), "contract_ends_on": day(-400)}
    with pytest.raises(Stopped, match="Ngày hết hợp đồng phải sau ngày ký"):
        ops.take(case, "sign", Given(date=today()), details=details, **ways.by())


@pytest.mark.parametrize("field", ["list_confirmed_on", "visa_filed_on"])
def test_what_has_been_done_was_not_done_tomorrow(ways, field):
    case = ways.to("finance")
    ways.papers_for(case, "visa")
    details = {**DETAILS[S.VISA](), field: day(400)}
    with pytest.raises(Refused, match="không thể sau hôm nay") as refused:
        ops.take(case, "visa", Given(why_on="vì thế"), details=details, **ways.by())
    assert refused.value.field == field


def test_nothing_to_pay_is_not_said_where_the_contract_has_a_fee(ways):
    case = ways.to("contract")
    case.service_fee_vnd = 60_000_000
    ways.session.commit()
    ways.papers_for(case, "finance")
    nothing = {"finance_way": FinanceWay.NOTHING, "deposit_vnd": 0}
    with pytest.raises(Stopped, match="khoản phải nộp"):
        ops.take(case, "arrange_money", Given(), details=nothing, **ways.by())
    ways.session.rollback()
    own = {**nothing, "finance_way": FinanceWay.OWN}
    assert ops.take(case, "arrange_money", Given(), details=own, **ways.by()).state is S.FINANCE


# --- papers ----------------------------------------------------------------------------------------------


def test_a_row_of_nothing_is_no_paper(ways, desk):
    case = ways.opened()
    address = f"/cases/{case.id}/documents/new"
    page = desk.post(address, {"kind": "passport", "seen": "no"}, status=422)
    assert "Hãy thêm ảnh" in page.text and not documents_of(case)
    desk.post(address, {"kind": "passport", "seen": "no", "number": "C123"}, to=f"/cases/{case.id}")
    page = desk.get(f"/cases/{case.id}/documents/{documents_of(case)[0].id}")
    assert "Hãy xem bản gốc" in page.text and "giấy được xem tại quầy" not in page.text


def test_a_paper_that_comes_back_says_why_where_there_is_no_picture_to_blame(ways, desk):
    case = ways.opened()
    paper = ways.paper(case, "cv", checked=False)
    address = f"/cases/{case.id}/documents/{paper.id}"
    page = desk.post(address, {"verdict": "bad"}, status=422)
    assert "Hãy ghi vì sao phải nộp lại" in page.text
    desk.post(address, {"verdict": "bad", "problem": "Thiếu dấu của xã."}, to=f"/cases/{case.id}")


# --- many at once ----------------------------------------------------------------------------------------


def test_one_tick_takes_all_that_the_list_shows(ways, desk):
    cases = [ways.to("checked", ways.opened(worker=ways.person(f"Người {n}").worker)) for n in range(3)]
    page = desk.get("/cases?whose=all")
    assert "3 hồ sơ" in page.text and "Tất cả 3 người đang hiện" in page.text
    shown = next(one.get("value") for one in page.all("input") if one.get("name") == "shown")
    page = desk.post("/cases/batch", {"step": "nominate", "all": "1", "shown": shown}, status=200)
    boxes = {one.get("value") for one in page.all("input") if one.get("name") == "case"}
    assert boxes == {str(case.id) for case in cases}


def test_a_day_that_suits_nobody_is_mended_once_in_the_form(ways, desk):
    cases = [ways.to("ready", ways.opened(worker=ways.person(f"Người {n}").worker)) for n in range(2)]
    form = {"case": [case.id for case in cases], "step": "depart", "go": "1", "note": "Bay từ Cần Thơ"}
    page = desk.post("/cases/batch", {**form, "date": vn(day(5))}, status=422)
    assert "Xuất cảnh ngày" in page.text and "Ngày này không thể sau hôm nay." in page.text
    assert f'value="{vn(day(5))}"' in page.html and "Bay từ Cần Thơ" in page.text
    assert {case.state for case in cases} == {S.READY}


def test_whoever_is_left_of_a_batch_is_tried_again_with_what_was_typed(ways, desk):
    cases = [ways.to("ready", ways.opened(worker=ways.person(f"Người {n}").worker)) for n in range(2)]
    passport = next(row for row in documents_of(cases[1]) if row.kind.value == "passport")
    passport.expires_on = day(-1)
    ways.session.commit()
    form = {"case": [case.id for case in cases], "step": "depart", "go": "1", "date": vn(today())}
    page = desk.post("/cases/batch", {**form, "note": "Bay từ Cần Thơ"}, status=200)
    assert "Đã làm 1, chưa làm được 1" in page.text
    again = {one.get("name"): one.get("value") for one in page.all("input") if one.get("type") == "hidden"}
    page = desk.post("/cases/batch", again, status=200)
    assert f'value="{vn(today())}"' in page.html and "Bay từ Cần Thơ" in page.text


def test_the_board_leads_to_just_those_it_counts(ways, desk):
    ways.to("abroad", ways.opened(worker=ways.person("Người Đã Đi").worker))
    ways.opened(worker=ways.person("Người Sắp Đi").worker)
    link = next(one for one in desk.get("/overseas/boards").links() if "state=preparing" in one)
    page = desk.get(link)
    assert "1 hồ sơ" in page.text and "Người Sắp Đi" in page.text and "Người Đã Đi" not in page.text


def test_a_plan_that_outlasts_the_waiting_time_stands_out(ways, desk):
    case = ways.to("selected")
    case.planned_departure = case.depart_by + dt.timedelta(days=1)
    ways.session.commit()
    assert "sau hạn chờ" in desk.get("/cases").text
    case.planned_departure = case.depart_by
    ways.session.commit()
    assert "sau hạn chờ" not in desk.get("/cases").text


# --- what the person reads -------------------------------------------------------------------------------


def told(session, name):
    return [one.body for one in session.scalars(select(Message).order_by(Message.id)) if one.kind == name]


def test_a_step_taken_back_is_said_to_who_was_told_of_it(ways, desk, session):
    case = ways.to("selected")
    page = desk.get(f"/cases/{case.id}/steps/undo")
    assert "Đang ở “Đã trúng tuyển”, sẽ trở về “Đã giới thiệu dự tuyển”." in page.text
    ops.undo(case, Given(note="nhầm người"), **ways.by())
    session.commit()
    said = told(session, "case.slip")
    assert said and all("ghi nhầm" in one and "Đã giới thiệu dự tuyển" in one for one in said)
    assert not any("nhầm người" in one for one in said)
    # Nobody was told that the conditions were looked at.
    again = ways.to("checked", ways.opened())
    ops.undo(again, Given(note="nhầm"), **ways.by())
    session.commit()
    assert told(session, "case.slip") == said


def test_who_leaves_is_not_silent_and_a_suspected_fraud_is_looked_into(ways, session):
    person = ways.person()
    case = ways.opened(worker=person.worker)
    by = {**ways.by(), "actor": person.account}
    ops.withdraw(case, ExitReason.FRAUD_SUSPECTED, "Anh Tư đòi 40 triệu.", **by)
    session.commit()
    incident = session.scalars(select(Incident)).one()
    assert (incident.kind, incident.severity) == (IncidentKind.FRAUD, Severity.SERIOUS)
    assert (incident.owner_id, incident.case_id) == (ways.adviser.id, case.id)
    assert told(session, "case.left") and "Anh Tư" not in told(session, "case.left")[0]


def test_an_ordinary_end_makes_no_incident(ways, session):
    person = ways.person()
    case = ways.opened(worker=person.worker)
    ops.withdraw(case, ExitReason.FAMILY, "", **{**ways.by(), "actor": person.account})
    session.commit()
    assert session.scalars(select(Incident)).first() is None


def test_the_own_page_has_the_flight_the_costs_and_a_number_to_press(ways, as_role, app):
    person = ways.person()
    case = ways.to("ready", ways.opened(worker=person.worker))
    page = as_role("seeker", person.account).get(f"/me/cases/{case.id}")
    assert f"Ngày bay: {vn(case.planned_departure)}" in page.text and "chuyến VN 310" in page.text
    assert f"/openings/{case.opening_id}/costs" in page.links() and "/me/payments" in page.links()
    assert "tel:" + app.config["HOTLINE"].replace(" ", "") in page.links()
    assert "Tôi không đi nữa" in page.texts("button") and "Tôi đổi ý, không muốn đi nữa" in page.text


def test_what_goes_on_stands_before_what_is_over(ways, as_role, session):
    person = ways.person()
    going = ways.opened(worker=person.worker)
    over = ways.opened(worker=person.worker, programme=ways.programme())
    ops.end(over, Given(reason=ExitReason.FAMILY), **ways.by())
    session.commit()
    links = [one for one in as_role("seeker", person.account).get("/me/cases").links() if "/me/cases/" in one]
    assert links[:2] == [f"/me/cases/{going.id}", f"/me/cases/{over.id}"]


def test_who_is_home_is_led_to_what_is_to_be_done(ways, as_role):
    person = ways.person()
    case = ways.to("returned", ways.opened(worker=person.worker))
    page = as_role("seeker", person.account).get(f"/me/cases/{case.id}")
    assert "/overseas/my-return" in page.links() and "tiền ký quỹ nếu có" in page.text


def test_one_job_stands_once_on_the_own_page(ways, as_role):
    person, opening = ways.person(), ways.opening()
    opening.state = OpeningState.PUBLISHED
    referral = referrals.shortlist(person.worker, opening, **ways.by())
    ways.session.commit()
    case = ways.opened(worker=person.worker, referral=referral)
    seeker = as_role("seeker", person.account)
    assert f"/me/referrals/{referral.id}" in seeker.get("/me").links()
    case.state = S.SELECTED
    ways.session.commit()
    page = seeker.get("/me")
    assert f"/me/referrals/{referral.id}" not in page.links() and "Bạn đã trúng tuyển." in page.text


def test_a_case_in_the_past_is_refused_by_the_operation_too(ways):
    with pytest.raises(Invalid, match="đã qua"):
        ops.open_case(ways.person().worker, ops.Aim(ways.opening()), planned_departure=day(-1), **ways.by())


def test_what_stops_a_case_is_one_press_away_for_whoever_may_know_of_it(ways, desk):
    case = ways.to("nominated")
    about = {"worker_id": case.worker_id, "opening_id": case.opening_id}
    open_one = open_incident(
        Told(IncidentKind.OVERCHARGED, Severity.SERIOUS, "Thu 5 triệu", **about), **ways.by()
    )
    other = open_incident(Told(IncidentKind.TRAFFICKING, Severity.URGENT, "Bị giữ", **about), **ways.by())
    other.owner_id = None
    ways.session.commit()
    page = desk.get(f"/cases/{case.id}")
    assert "Sự việc" in page.texts("h2")
    assert f"/overseas/incidents/{open_one.id}" in page.links()
    assert f"/overseas/incidents/{other.id}" not in page.links()


def test_an_adviser_who_is_told_of_money_before_the_departure_writes_it_down(ways, desk, session):
    case = ways.to("nominated")
    address = f"/cases/{case.id}/incidents/new"
    assert address in desk.get(f"/cases/{case.id}").links()
    page = desk.post(address, {"kind": "overcharged", "severity": "serious", "text": ""}, status=422)
    assert "Hãy ghi chuyện đã xảy ra." in page.text
    told = {"kind": "overcharged", "severity": "serious", "text": "Anh Tư đòi 5 triệu giữ chỗ"}
    desk.post(address, told, to="/overseas/incidents/")
    made = session.scalars(select(Incident)).one()
    assert (made.case_id, made.opening_id, made.owner_id) == (case.id, case.opening_id, ways.adviser.id)
    page = desk.get(f"/cases/{case.id}")
    assert "Có sự việc chưa giải quyết xong: Bị thu tiền sai." in page.text
    assert f"/overseas/incidents/{made.id}" in page.links()


def test_of_somebody_abroad_it_is_told_beside_their_own_words(ways, desk):
    case = ways.to("abroad")
    desk.get(f"/cases/{case.id}/incidents/new", status=302)
    assert f"/cases/{case.id}/incidents/new" not in desk.get(f"/cases/{case.id}").links()
