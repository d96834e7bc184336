"""The pages of support: the adviser sees what can be had by when, another decides, the person reads it."""

import datetime as dt
import io

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.http import parse_options_header

from portal.audit.models import AuditEvent
from portal.messages.models import Message
from portal.overseas.support import loans
from portal.overseas.support import operations as support
from portal.overseas.support.models import SupportClaim, SupportLoan, SupportProof
from portal.overseas.support.states import ClaimState, Content, Fund
from portal.workers.states import Purpose
from tests.factories import NOW
from tests.overseas.conftest import BARE_PNG, PNG
from tests.overseas.support.conftest import BILL
from tests.photos import BARE, FROM_A_PHONE

pytestmark = pytest.mark.usefixtures("_today")
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def of(case, rest=""):
    return f"/support/cases/{case.id}{rest}"


def bill(content=BILL, name="hóa đơn.pdf"):
    return (io.BytesIO(content), name)


def test_a_photo_of_a_bill_keeps_its_name_and_tells_no_place(world, as_role, session):
    world.know()
    desk = as_role("adviser", world.adviser)
    given = {
        "fund": "state",
        "cost_vnd": "5 triệu",
        "kind": "bill",
        "note": "",
        "file": bill(FROM_A_PHONE, "biên lai.jpg"),
    }
    desk.post(of(world.case, "/claims/language"), given, to="/support/claims/")
    proof = session.scalars(select(SupportProof)).one()
    answer = desk.get(f"/support/proofs/{proof.id}")
    assert answer.data == BARE
    _how, options = parse_options_header(answer.headers["Content-Disposition"])
    assert options["filename"] == "biên lai.jpg"


def test_the_adviser_reads_what_can_be_had_with_source_and_mark(world, as_role, session):
    desk = as_role("adviser", world.adviser)
    page = desk.get(of(world.case))
    assert "Học tiếng" in page.text and "4.000.000 ₫" in page.text.replace("\xa0", " ")
    assert "Nghị định 338/2025/NĐ-CP" in page.text and "chưa kiểm chứng" in page.text
    assert "số ngày học được tính" in page.text
    form = {"eligible_training_days": "100", "lodging_months": "4", "distance_km": "40", "in_hard_area": "no",
            "in_programme_area": "no", "is_upskilling": "no"}  # fmt: skip
    wrong = desk.post(of(world.case, "/facts"), form | {"distance_km": "xa lắm"}, status=422)
    assert "14,5" in wrong.text and 'value="xa lắm"' in wrong.html and 'value="100"' in wrong.html
    desk.post(of(world.case, "/facts"), form, to="/support/cases/")
    shown = desk.get(of(world.case)).text.replace("\xa0", " ")
    assert "5.000.000 ₫" in shown and "1.600.000 ₫" in shown and "cần biết" not in shown
    looks = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "looked")).all()
    assert {"part": "priority"} in looks and {"part": "support"} in looks


def test_a_claim_from_bill_to_payment(world, as_role, session):
    world.know()
    desk, lead = as_role("adviser", world.adviser), as_role("leader", world.leader)
    place, kept = of(world.case, "/claims/language"), set(world.folder.glob("*"))
    assert "338/2025" in desk.get(place).text
    given = {"fund": "state", "cost_vnd": "5,5 triệu", "kind": "bill", "note": "Lớp N5"}
    wrong = desk.post(place, given | {"cost_vnd": "", "file": bill()}, status=422)
    assert "theo hóa đơn" in wrong.text and 'value="Lớp N5"' in wrong.html
    odd = desk.post(place, given | {"file": bill(b"MZ not a paper")}, status=422)
    assert "Chỉ nhận tệp PDF" in odd.text
    assert set(world.folder.glob("*")) == kept and session.scalars(select(SupportClaim)).all() == []
    desk.post(place, given | {"file": bill()}, to="/support/claims/")
    made = session.scalars(select(SupportClaim)).one()
    url = f"/support/claims/{made.id}"
    mine = desk.get(url)
    assert "Nhờ một người khác duyệt" in mine.text and f"{url}/approve" not in mine.links()
    desk.post(f"{url}/approve", {"amount_vnd": "4 triệu"}, status=409)
    page = lead.get(f"{url}/approve")
    assert 'value="4.000.000"' in page.html
    above = lead.post(f"{url}/approve", {"amount_vnd": "4.000.001", "reason": "Thương"}, status=422)
    assert "Nhiều nhất là 4.000.000 đồng" in above.text and "Thương" in above.html
    lead.post(f"{url}/approve", {"amount_vnd": "4.000.000"}, to=url)
    unpaid = desk.post(f"{url}/pay", {"paid_on": "23/11/2026", "number": ""}, status=422)
    assert "số phiếu chi" in unpaid.text
    desk.post(f"{url}/pay", {"paid_on": "23/11/2026", "number": "PC 12"}, to=url)
    # Pressed twice: said, not paid twice.
    desk.post(f"{url}/pay", {"paid_on": "23/11/2026", "number": "PC 12"}, status=409)
    assert "Đã chi, số PC 12" in desk.get(url).text
    again = desk.post(place, given | {"file": bill()}, status=422)
    assert "đã chi cho người này rồi" in again.text
    proof = session.scalars(select(SupportProof)).one()
    opened = desk.get(f"/support/proofs/{proof.id}")
    assert opened.get_data() == BILL and opened.mimetype == "application/pdf"


def test_the_person_reads_the_state_in_plain_words_and_is_told(world, as_role, session):
    phone = as_role("seeker", world.seeker)
    assert "chưa có đề nghị" in phone.get("/support/mine").text
    world.know()
    language, health = world.claim(), world.claim(Content.HEALTH, 500_000)
    support.declare_elsewhere(world.case, Content.VISA, "Xã Tri Tôn", actor=world.adviser, now=NOW)
    loans.ask(
        world.case, asked_vnd=90_000_000, cost_vnd=120_000_000, asked_on=TODAY, contract_months=36,
        actor=world.adviser, now=NOW,
    )  # fmt: skip
    session.commit()
    page = phone.get("/support/mine")
    assert "Bạn có câu trả lời trễ nhất ngày 08/12/2026." in page.text
    assert "Xã Tri Tôn đã chi khoản này" in page.text
    assert "Ngân hàng trả lời trễ nhất ngày 03/12/2026 (chưa kiểm chứng, hỏi tư vấn viên)." in page.text
    support.approve(language, None, actor=world.leader, now=NOW)
    support.refuse(health, reason="Hóa đơn của người khác", actor=world.leader, now=NOW)
    session.commit()
    page = phone.get("/support/mine")
    assert "Bạn được hỗ trợ 4.000.000" in page.text and "Hóa đơn của người khác" in page.text
    assert len(page.html.encode()) < 60_000
    assert "/support/mine" in phone.get("/profile").links()
    # Who reads over a shoulder learns neither sum nor reason.
    told = session.scalars(select(Message.body).where(Message.kind == "support.decided")).all()
    assert len(told) == 2 and all("4.000.000" not in body and "Hóa đơn" not in body for body in told)


def test_the_queue_shows_clocks_and_the_end_of_the_money(world, as_role, session):
    world.know()
    late = world.claim()
    late.due_on = dt.date(2026, 11, 20)
    world.claim(Content.HEALTH, 400_000)
    loans.ask(
        world.case, asked_vnd=1, cost_vnd=2, asked_on=dt.date(2026, 11, 2), contract_months=36,
        actor=world.adviser, now=NOW,
    )  # fmt: skip
    session.commit()
    page = as_role("adviser", world.adviser).get("/support")
    assert page.texts("th")[6].startswith("Học tiếng") and "trễ" in page.text
    assert "còn 38 ngày" in page.text and "bạn đã ghi, người khác duyệt" in page.text
    assert "11/11/2026" in page.text
    assert "Khám sức khỏe" not in as_role("leader").get("/support?state=approved").text
    with time_machine.travel(dt.datetime(2027, 1, 1, 3, tzinfo=dt.UTC), tick=False):
        assert "2021–2025" not in as_role("leader").get("/support?state=approved").text


def test_a_loan_from_asking_to_the_last_payment(world, as_role, session):
    desk = as_role("adviser", world.adviser)
    place = of(world.case, "/loan")
    page = desk.get(place)
    assert "bằng lãi suất cho hộ nghèo vay" in page.text and "trong 7 ngày làm việc" in page.text
    form = {
        "cost_vnd": "120 triệu",
        "asked_vnd": "130 triệu",
        "contract_months": "36",
        "asked_on": "20/11/2026",
    }
    above = desk.post(place, form, status=422)
    assert "nhiều nhất 120.000.000" in above.text and 'value="130 triệu"' in above.html
    desk.post(place, form | {"asked_vnd": "90 triệu"}, to="/support/loans/")
    made = session.scalars(select(SupportLoan)).one()
    url = f"/support/loans/{made.id}"
    assert "02/12/2026" in desk.get(url).text
    desk.post(f"{url}/grant", {"approved_vnd": "80 triệu", "answered_on": "23/11/2026"}, to=url)
    desk.post(f"{url}/pay_out", {"paid_out_vnd": "80 triệu", "paid_out_on": "23/11/2026"}, to=url)
    desk.post(f"{url}/owe", {"owed_vnd": "", "day": "23/11/2026"}, status=422)
    desk.post(f"{url}/owe", {"owed_vnd": "70 triệu", "day": "23/11/2026"}, to=url)
    assert "70.000.000" in desk.get(of(world.case)).text
    desk.post(f"{url}/grant", {"approved_vnd": "1", "answered_on": "23/11/2026"}, status=409)
    for step in ("grant", "refuse", "pay_out", "withdraw"):
        desk.get(f"{url}/{step}", status=409)


@pytest.mark.parametrize("role", ["seeker", "moderator", "administrator", "sender", "college", "commune"])
def test_nobody_else_comes_near(world, make, as_role, role):
    world.know()
    made = world.claim()
    partner = role in ("sender", "college", "commune")
    stranger = as_role(role, make.member(role) if partner else None)
    for url in (of(world.case), f"/support/claims/{made.id}", "/support", "/support/figures",
                f"/support/proofs/{made.proofs[0].id}"):  # fmt: skip
        stranger.get(url, status=403)
    if role == "seeker":
        assert "Học tiếng" not in stranger.get("/support/mine").text


def test_who_told_no_group_is_asked_first(world, make, as_role):
    case = world.a_case(make.worker("Người Mới", consents=(Purpose.MATCHING,)))
    desk = as_role("adviser", world.adviser)
    assert "Chưa đọc được nhóm ưu tiên" in desk.get(of(case)).text
    desk.get(of(case, "/claims/language"), status=302)
    desk.get(of(case, "/claims/nothing"), status=404)


def test_what_was_paid_elsewhere_is_declared(world, as_role):
    desk = as_role("adviser", world.adviser)
    place = of(world.case, "/elsewhere")
    desk.post(place, {"what": "health", "by": ""}, status=422)
    desk.post(place, {"what": "health", "by": "Trường nghề"}, to="/support/cases/")
    page = desk.get(of(world.case))
    assert "Nơi khác đã chi" in page.text and "/claims/health" not in " ".join(page.links())


def test_figures_stand_in_the_month_and_source_in_which_things_happened(world, as_role, session, make):
    world.know(in_programme_area=True)
    may, july = (dt.datetime(2026, month, 15, 3, tzinfo=dt.UTC) for month in (5, 7))
    first, second = world.claim(now=may), world.claim(Content.MEALS, None, fund=Fund.POVERTY, now=may)
    support.approve(first, None, actor=world.leader, now=may)
    support.pay(first, july.date(), "1", actor=world.leader, now=july)
    support.refuse(second, reason="Thiếu", actor=world.leader, now=july)
    session.commit()
    lead = as_role("leader", world.leader)
    sheet = lead.get("/support/figures.csv?year=2026").get_data(as_text=True).splitlines()
    state, poverty = (Fund.STATE.label, Fund.POVERTY.label)
    assert sheet[1:] == [
        f"05/2026,{state},1,1,0,4000000,0,0",
        f"05/2026,{poverty},1,0,0,0,0,0",
        f"07/2026,{state},0,0,0,0,1,4000000",
        f"07/2026,{poverty},0,0,1,0,0,0",
    ]
    assert "4.000.000" in lead.get("/support/figures?year=2026").text
    assert "Chưa có số liệu" in lead.get("/support/figures?year=2025").text
    assert "2026" in lead.get("/support/figures?year=abc").text
    assert first.state is ClaimState.PAID


def test_lists_ask_as_often_for_20_rows_as_for_2(world, make, as_role, session, statements):
    desk, counted = as_role("adviser", world.adviser), []
    contents = [one for one in Content if one not in (Content.PERSONAL_ITEMS, Content.VISA)]
    for more, own in ((2, contents[:2]), (18, contents[2:])):
        for content in own:
            support.declare_elsewhere(world.case, content, "Xã", actor=world.adviser, now=NOW)
        for _ in range(more):
            worker = make.worker(consents=(Purpose.PRIORITY,))
            case = world.a_case(worker)
            session.add(SupportClaim(
                case_id=case.id, worker_id=worker.id, content=Content.VISA, fund=Fund.STATE,
                state=ClaimState.CLAIMED, cost_vnd=1, claimed_on=TODAY, due_on=TODAY,
                entered_by_id=world.leader.id,
            ))  # fmt: skip
            loans.ask(case, asked_vnd=1, cost_vnd=2, asked_on=TODAY, contract_months=1,
                      actor=world.adviser, now=NOW)  # fmt: skip
        session.commit()
        pages = ["/support", of(world.case), "/support/figures", f"/workers/{world.worker.id}"]
        for page in pages:
            desk.get(page)
        statements.clear()
        sizes = [len(desk.get(page).html.encode()) for page in pages]
        counted.append(len([sent for sent in statements if sent.startswith("SELECT")]))
    assert counted[0] == counted[1]
    assert max(sizes) < 60_000


def test_the_photo_of_a_bill_tells_nothing_of_where_it_was_taken(world, as_role, session):
    world.know()
    desk = as_role("adviser", world.adviser)
    given = {"fund": "state", "cost_vnd": "5,5 triệu", "kind": "bill"}
    place = of(world.case, "/claims/language")
    desk.post(place, given | {"file": bill(PNG, "hoa-don.png")}, to="/support/claims/")
    proof = session.scalars(select(SupportProof)).one()
    assert desk.get(f"/support/proofs/{proof.id}").get_data() == BARE_PNG
