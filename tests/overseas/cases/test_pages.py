"""The pages: of the desk, of the person on a phone, of the sender; batches; nothing typed is lost."""

import pytest
from sqlalchemy import select

from portal.common.clock import today
from portal.overseas.cases import operations as ops
from portal.overseas.cases.models import CaseStep
from portal.overseas.cases.moves import Given
from portal.overseas.cases.receiver_consents import sendings_of, standing_consent
from portal.overseas.cases.states import ExitReason
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState, ProgrammeChannel
from tests.overseas.cases.conftest import day, documents_of

S = CaseState


def vn(date):
    return date.strftime("%d/%m/%Y")


@pytest.fixture
def desk(as_role, ways):
    return as_role("adviser", ways.adviser)


# --- opening a case --------------------------------------------------------------------------------------


def test_an_adviser_opens_a_case_from_a_person_s_page(ways, desk, session):
    worker, opening = ways.person(countries=("JP",)).worker, ways.opening()
    programme = ways.programme("eps")
    page = desk.get(f"/workers/{worker.id}")
    assert "Mở hồ sơ đi làm việc ở nước ngoài" in page.text
    page = desk.get(f"/workers/{worker.id}/cases/new")
    assert "Thợ hàn tại Nhật Bản" in page.text and "EPS Hàn Quốc" in page.text
    assert "Hãy chọn đơn hàng" in desk.post(f"/workers/{worker.id}/cases/new", status=422).text
    desk.post(f"/workers/{worker.id}/cases/new", {"aim": "opening-999999"}, status=422)
    desk.post(f"/workers/{worker.id}/cases/new", {"aim": f"opening-{opening.id}"}, to="/cases/")
    desk.post(f"/workers/{worker.id}/cases/new", {"aim": f"programme-{programme.id}"}, to="/cases/")
    cases = session.scalars(select(OverseasCase).order_by(OverseasCase.id)).all()
    assert [(case.opening_id, case.programme_id) for case in cases] == [
        (opening.id, None), (None, programme.id),
    ]  # fmt: skip
    assert all(case.adviser_id == ways.adviser.id and case.state is S.INTERESTED for case in cases)


def test_a_referral_abroad_leads_to_its_case(ways, desk):
    from portal.referrals import operations as referrals

    referral = referrals.shortlist(ways.person().worker, ways.opening(), **ways.by())
    ways.session.commit()
    assert f"/referrals/{referral.id}/case" in desk.get(f"/referrals/{referral.id}").html
    desk.get(f"/referrals/{referral.id}/case", status=302)
    page = desk.get(f"/workers/{referral.worker_id}/cases/new?aim=referral-{referral.id}")
    assert any(
        one.get("selected") is not None and "referral" in one.get("value") for one in page.all("option")
    )
    desk.post(f"/workers/{referral.worker_id}/cases/new", {"aim": f"referral-{referral.id}"}, to="/cases/")
    assert "/cases/" in desk.get(f"/referrals/{referral.id}/case", status=302).location


# --- the page of a case ----------------------------------------------------------------------------------


def test_the_page_says_what_the_next_step_needs_and_offers_it_only_then(ways, desk):
    case = ways.to("checked")
    page = desk.get(f"/cases/{case.id}")
    assert "Bước tiếp: giới thiệu dự tuyển" in page.text
    assert "chưa đồng ý gửi hồ sơ" in page.text and "Còn thiếu: Sơ yếu lý lịch" in page.text
    assert "Còn điều chưa đủ" in page.text and "Giới thiệu dự tuyển" not in page.texts("a.button")
    answer = desk.post(f"/cases/{case.id}/steps/nominate", status=422)
    assert "Còn thiếu: Sơ yếu lý lịch" in answer.text
    desk.post(f"/cases/{case.id}/receiver", {"channel": "desk"}, to=f"/cases/{case.id}")
    assert standing_consent(case).receiver == "Công ty Sakura"
    ways.papers_for(case, "nominated")
    assert "Giới thiệu dự tuyển" in desk.get(f"/cases/{case.id}").texts("a.button")
    assert "Đã giới thiệu dự tuyển." in desk.follow(f"/cases/{case.id}/steps/nominate").text


def test_what_is_refused_keeps_what_was_typed(ways, desk):
    case = ways.to("health")
    ways.papers_for(case, "contract")
    typed = {
        "contract_number": "HĐ-9",
        "date": vn(today()),
        "service_fee_vnd": "60.000.001",
        "note": "ký tại xã",
    }
    page = desk.post(f"/cases/{case.id}/steps/sign", typed, status=422)
    assert "cao hơn mức đã đăng" in page.text and "HĐ-9" in page.html and "ký tại xã" in page.html
    page = desk.post(f"/cases/{case.id}/steps/sign", {**typed, "service_fee_vnd": ""}, status=422)
    assert "không phải nộp thì ghi 0" in page.text
    desk.post(f"/cases/{case.id}/steps/sign", {**typed, "service_fee_vnd": "0"}, to=f"/cases/{case.id}")
    assert case.service_fee_vnd == 0 and case.contract_number == "HĐ-9"


def test_an_unverified_rule_asks_for_a_reason_and_keeps_it_with_the_step(ways, desk, session):
    case = ways.to("visa")
    ways.papers_for(case, "ready")
    typed = {"date": vn(day(1)), "flight": " vn  310 ", "briefed": "y"}
    receipt = next(row for row in documents_of(case) if row.kind.value == "fund_receipt")
    receipt.issued_on = today()
    session.commit()
    page = desk.post(f"/cases/{case.id}/steps/make_ready", typed, status=422)
    assert (
        "ít nhất 3 ngày" in page.text and "chưa kiểm chứng" in page.text and "Vì sao vẫn đi tiếp" in page.text
    )
    why = {"why_on": "Quỹ xác nhận qua điện thoại"}
    desk.post(f"/cases/{case.id}/steps/make_ready", {**typed, **why}, to=f"/cases/{case.id}")
    step = session.scalars(select(CaseStep).order_by(CaseStep.id.desc())).first()
    assert step.passed == ["fund"] and step.passed_note == why["why_on"]
    assert case.flight == "VN 310" and case.planned_departure == day(1)
    assert why["why_on"] in desk.get(f"/cases/{case.id}").text


def test_an_unticked_question_is_asked_again_at_its_place(ways, desk):
    case = ways.to("nominated")
    page = desk.post(f"/cases/{case.id}/steps/select", {"date": vn(today())}, status=422)
    assert "hãy báo sự việc" in page.text and vn(today()) in page.html


def test_a_step_that_is_none_or_not_now_leads_back(ways, desk):
    case = ways.opened()
    desk.get(f"/cases/{case.id}/steps/nonsense", status=404)
    assert "không còn làm được" in desk.follow(f"/cases/{case.id}/steps/depart").text


def test_the_plan_and_the_adviser_can_change(ways, desk, make):
    case = ways.opened(programme=ways.programme("ssw", ProgrammeChannel.SENDER, "JP"))
    opening, other = ways.opening(), make.account("adviser", display_name="Võ Minh Khôi")
    form = {"planned_departure": vn(day(90)), "flight": "vn310", "opening": opening.id}
    desk.post(f"/cases/{case.id}/plan", form, to=f"/cases/{case.id}")
    assert (case.planned_departure, case.flight, case.opening_id) == (day(90), "VN 310", opening.id)
    page = desk.post(f"/cases/{case.id}/plan", {**form, "planned_departure": "1/1/2050"}, status=422)
    assert "Hãy xem lại ngày dự kiến" in page.text
    desk.post(f"/cases/{case.id}/hand-over", {"to": other.id}, to=f"/cases/{case.id}")
    assert case.adviser_id == other.id
    desk.post(f"/cases/{case.id}/hand-over", {"to": 999999}, status=422)
    ways.to("nominated", case)
    domestic = make.opening()
    desk.post(f"/cases/{case.id}/plan", {**form, "opening": domestic.id}, status=422)


def test_a_sending_is_written_down_once_a_day_and_leaves_health_and_courts_out(ways, desk):
    case = ways.to("health")
    page = desk.get(f"/cases/{case.id}/steps/send_profile")
    assert "Sơ yếu lý lịch" in page.text and "khám sức khỏe" not in page.text
    desk.post(f"/cases/{case.id}/steps/send_profile", {"parts": ["profile", "cv"]}, to=f"/cases/{case.id}")
    page = desk.post(f"/cases/{case.id}/steps/send_profile", {"parts": ["cv", "profile"]}, status=422)
    assert "đã ghi lần gửi này" in page.text
    assert [one.parts for one in sendings_of(case)] == [["cv", "profile"]]


def test_what_expires_before_the_planned_day_stands_first(ways, desk):
    case = ways.to("nominated")
    ways.paper(case, "passport", expires_on=day(40))
    case.planned_departure = day(60)
    ways.session.commit()
    page = desk.get(f"/cases/{case.id}")
    rows = [
        text for text in page.texts("th") if text in ("Hộ chiếu", "Sơ yếu lý lịch có xác nhận", "Thị thực")
    ]
    assert rows[0] == "Hộ chiếu" and "hết hạn trước ngày đi" in page.text


def test_looking_at_a_case_is_written_down(ways, desk, session):
    from portal.audit.models import AuditEvent

    case = ways.opened()
    desk.get(f"/cases/{case.id}")
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).one()
    assert event.subject_id == case.worker_id and event.detail["part"] == "case"


# --- the list and batches --------------------------------------------------------------------------------


def test_the_list_is_filtered_by_stage_programme_sender_clock_and_flight(ways, desk, session):
    late = ways.to("selected", worker=ways.person("Trần Văn Dũng").worker)
    late.selected_on, late.depart_by = day(-181), day(-1)
    near = ways.to("selected", worker=ways.person("Lê Thị Tư").worker)
    near.selected_on, near.depart_by, near.flight = day(-150), day(30), "VN 310"
    calm = ways.opened(worker=ways.person("Phạm Văn Năm").worker, programme=ways.programme("eps"))
    lapses = ways.to("nominated", worker=ways.person("Hồ Thị Sáu").worker)
    ways.paper(lapses, "passport", expires_on=day(10))
    ways.paper(lapses, "diploma", checked=False)
    lapses.planned_departure = day(20)
    session.commit()

    def names(query):
        page = desk.get(f"/cases?{query}")
        return [text for text in page.texts("th") if text in (
            "Trần Văn Dũng", "Lê Thị Tư", "Phạm Văn Năm", "Hồ Thị Sáu")]  # fmt: skip

    assert names("") == ["Trần Văn Dũng", "Lê Thị Tư", "Phạm Văn Năm", "Hồ Thị Sáu"]
    assert names("clock=late") == ["Trần Văn Dũng"]
    assert names("clock=warn") == ["Trần Văn Dũng", "Lê Thị Tư"]
    assert names("clock=papers") == names("clock=lapsing") == ["Hồ Thị Sáu"]
    assert names("state=interested") == ["Phạm Văn Năm"] == names(f"programme={calm.programme_id}")
    assert names(f"sender={near.opening.organisation_id}") == ["Lê Thị Tư"]
    assert names("flight=vn310") == names("flight=VN+310") == ["Lê Thị Tư"]
    assert names("q=le thi tu") == ["Lê Thị Tư"]
    assert names("programme=x&sender=-1&state=zzz&clock=zzz&page=99") == names("")
    ops.end(calm, Given(reason=ExitReason.MONEY), **ways.by())
    session.commit()
    assert names("state=ended") == ["Phạm Văn Năm"] and "Phạm Văn Năm" not in names("")


@pytest.mark.parametrize("path", ["/cases", "/organisation/cases"])
def test_the_lists_ask_as_often_for_twenty_as_for_two(ways, as_role, make, statements, session, path):
    opening = ways.opening()
    client = (
        as_role("adviser")
        if path == "/cases"
        else as_role("sender", make.member("sender", opening.organisation))
    )

    def add(count):
        for _ in range(count):
            session.add(
                OverseasCase(
                    worker=make.worker(), opening=opening, adviser=ways.adviser, state=S.NOMINATED,
                    opened_at=opening.created_at, updated_at=opening.created_at,
                )
            )  # fmt: skip
        session.commit()

    def asked():
        statements.clear()
        client.get(path)
        return len(statements)

    add(2)
    asked()
    few = asked()
    add(18)
    assert asked() == few


def test_a_flight_leaves_together_and_the_report_says_who_did_not(ways, desk, session):
    opening = ways.opening()
    ready = [
        ways.to("ready", ways.opened(worker=ways.person(name).worker, opening=opening))
        for name in ("Trần Văn Dũng", "Lê Thị Tư")
    ]
    early = ways.opened(worker=ways.person("Phạm Văn Năm").worker, opening=opening)
    ways.papers_for(ready[0], "abroad")
    visa = next(row for row in documents_of(ready[1]) if row.kind.value == "visa")
    visa.expires_on = day(-1)
    session.commit()
    ids = [case.id for case in (*ready, early)]
    page = desk.post("/cases/batch", {"case": ids, "step": "depart"}, status=200)
    assert "Cho 3 người" in page.text and "Xuất cảnh ngày" in page.text
    page = desk.post("/cases/batch", {"case": ids, "step": "depart", "go": "1"}, status=422)
    assert "Hãy ghi ngày" in page.text
    form = {"case": [*ids, 999999], "step": "depart", "go": "1", "date": vn(today())}
    page = desk.post("/cases/batch", form, status=200)
    assert "Đã làm 1, chưa làm được 3" in page.text
    assert "Hết hạn ngày" in page.text and "Đang ở “Đã đăng ký quan tâm”" in page.text
    assert "Không còn, hoặc không phải của bạn" in page.text
    assert [session.get(OverseasCase, one).state for one in ids] == [S.ABROAD, S.READY, S.INTERESTED]
    assert opening.overseas.departed_quantity == 1
    # Who could not go is ticked for another try, and only they are.
    again = [box.get("value") for box in page.all("input") if box.get("name") == "case"]
    assert again == [str(ids[1])]


def test_a_class_is_selected_together_each_with_a_clock_of_their_own(ways, desk, session):
    opening = ways.opening()
    people = [ways.to("nominated", ways.opened(opening=opening)) for _ in range(3)]
    form = {
        "case": [case.id for case in people], "step": "select", "go": "1", "date": vn(today()),
        "no_money_taken": "y",
    }  # fmt: skip
    page = desk.post("/cases/batch", form, status=200)
    assert "Đã làm 3, chưa làm được 0" in page.text
    assert {case.depart_by for case in people} == {day(180)}
    assert opening.overseas.selected_quantity == 3


def test_a_batch_of_nobody_or_of_no_step_leads_back(desk, ways):
    case = ways.opened()
    for form in (
        {},
        {"case": [case.id]},
        {"case": ["x"], "step": "depart"},
        {"case": [case.id], "step": "end"},
    ):
        desk.post("/cases/batch", form, to="/cases")


# --- the person ------------------------------------------------------------------------------------------
