"""Who suspects a fraud, also without a name, reaches an adviser and finds the answer again."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from portal.access.models import Account
from portal.common.clock import now
from portal.messages.models import Channel, Message
from portal.openings.states import Sphere
from portal.overseas.abroad.incident_acts import change_kind
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.incidents import Told, open_incident
from portal.overseas.costs.fraud_models import FraudReport
from portal.overseas.states import IncidentKind, IncidentState, Severity

SAID = {
    "sign": "money",
    "text": "Anh tên Hùng đòi 30 triệu giữ chỗ đi Hàn.",
    "where_seen": "Trang XKLĐ Giá Rẻ",
}


def report(client: Any, **given: Any) -> str:
    page = client.post("/report-fraud", {**SAID, **given}, status=200)
    (code,) = page.texts("p.code")
    return str(code)


def only_one(session: Any) -> FraudReport:
    session.expire_all()
    return session.scalars(select(FraudReport)).one()


def test_a_nameless_report_is_an_incident_with_an_owner_and_a_day(client, make, session) -> None:
    adviser = make.account("adviser")
    report(client)
    incident = session.scalars(select(Incident)).one()
    assert (incident.kind, incident.severity) == (IncidentKind.FRAUD, Severity.SERIOUS)
    assert (incident.owner_id, incident.state) == (adviser.id, IncidentState.OPEN)
    assert incident.due_on is not None and incident.worker_id is None and incident.opened_by_id is None


def test_the_code_leads_to_the_answer_and_to_nothing_that_was_told(client, make, session, as_role) -> None:
    adviser = make.account("adviser")
    code = report(client)
    page = client.post("/complaints/answer", {"code": code.lower()}, status=200)
    assert "Chưa có trả lời" in page.text and "Hùng" not in page.text
    made, staff = only_one(session), as_role("adviser", adviser)
    assert "Hùng" in staff.get(f"/overseas/frauds/{made.id}").text
    staff.post(f"/overseas/frauds/{made.id}/answer", {"answer": "Đó là kẻ giả danh. Đừng đưa tiền."})
    page = client.post("/complaints/answer", {"code": code.replace("-", "")}, status=200)
    assert "Đó là kẻ giả danh." in page.text and "Hùng" not in page.text
    staff.post(f"/overseas/frauds/{made.id}/answer", {"answer": "Lần nữa."}, status=409)


def test_the_code_is_kept_nowhere(client, make, session) -> None:
    make.account("adviser")
    code = report(client).replace("-", "")
    made = only_one(session)
    assert code not in [str(getattr(made, column.key)) for column in FraudReport.__table__.columns]


def test_a_phone_is_told_that_there_is_an_answer_and_nothing_of_it(client, make, session, as_role) -> None:
    adviser = make.account("adviser")
    report(client, phone="0901 234 567")
    made = only_one(session)
    as_role("adviser", adviser).post(f"/overseas/frauds/{made.id}/answer", {"answer": "Hùng là giả."})
    (told,) = session.scalars(select(Message).where(Message.channel == Channel.SMS)).all()
    assert told.recipient == "0901234567" and not re.search("Hùng|lừa|tiền", told.body)


def test_only_who_wants_it_is_named(make, session, as_role) -> None:
    make.account("adviser")
    seeker = make.account("seeker")
    worker_id = make.worker(account_id=seeker.id).id
    visitor = as_role("seeker", seeker)
    report(visitor)
    report(visitor, named="y")
    incidents = session.scalars(select(Incident).order_by(Incident.id)).all()
    assert [one.worker_id for one in incidents] == [None, worker_id]
    assert [one.opened_by_id for one in incidents] == [None, seeker.id]


def test_what_was_typed_stands_there_after_an_error(client) -> None:
    page = client.post("/report-fraud", {"text": SAID["text"], "phone": "12"}, status=422)
    assert SAID["text"] in page.text and "Hãy chọn một mục" in page.text and "10 chữ số" in page.text


def test_a_report_from_an_opening_names_it_and_its_sender(client, make, session) -> None:
    make.account("adviser")
    opening = make.opening("Hàn thép", sphere=Sphere.OVERSEAS, country="JP", expires_on=None)
    page = client.get(f"/report-fraud?opening={opening.id}")
    assert "Hàn thép" in page.text
    report(client, opening=str(opening.id))
    incident = session.scalars(select(Incident)).one()
    assert (incident.opening_id, incident.organisation_id) == (opening.id, opening.organisation_id)


@pytest.mark.parametrize("asked", ["9" * 40, "²", "-1", "abc", "999999"])
def test_an_opening_that_is_none_is_left_out(client, make, session, asked) -> None:
    make.account("adviser")
    client.get("/report-fraud", query_string={"opening": asked, "sender": asked})
    report(client, opening=asked, sender=asked)
    incident = session.scalars(select(Incident)).one()
    assert (incident.opening_id, incident.organisation_id) == (None, None)


def test_an_unpublished_opening_is_not_given_away(client, make) -> None:
    hidden = make.opening("Tin nháp", sphere=Sphere.OVERSEAS, country="JP", state="draft", published_at=None)
    assert "Tin nháp" not in client.get(f"/report-fraud?opening={hidden.id}").text


def test_one_address_cannot_flood_the_desk(client, make, app) -> None:
    make.account("adviser")
    for _turn in range(app.config["ASKS_BY_ADDRESS"]):
        report(client)
    page = client.post("/report-fraud", SAID, status=429)
    # Nothing of it is lost while they wait.
    assert "Hãy đợi" in page.text and SAID["text"] in page.text


@pytest.mark.parametrize("role", ["seeker", "moderator", "sender", "department"])
def test_nobody_but_case_staff_reads_reports(role, client, make, session, as_role) -> None:
    make.account("adviser")
    report(client)
    made = only_one(session)
    account = make.member(role) if role in ("sender", "department") else make.account(role)
    visitor = as_role(role, account)
    visitor.get("/overseas/frauds", status=403)
    visitor.get(f"/overseas/frauds/{made.id}", status=403)
    visitor.post(f"/overseas/frauds/{made.id}/answer", {"answer": "x"}, status=403)


def test_the_incident_leads_to_the_report_and_back(client, make, session, as_role) -> None:
    adviser = make.account("adviser")
    report(client)
    made, staff = only_one(session), as_role("adviser", adviser)
    assert "Trả lời người báo" in staff.get(f"/overseas/incidents/{made.incident_id}").text
    staff.answer(f"/overseas/incidents/{made.incident_id}/fraud-report")
    response = staff.get(f"/overseas/incidents/{made.incident_id}/fraud-report", status=302)
    assert response.location.endswith(f"/overseas/frauds/{made.id}")
    assert f"/overseas/incidents/{made.incident_id}" in staff.get(response.location).links()


def test_what_its_owner_found_to_be_trafficking_is_closed_to_colleagues(
    client, make, session, as_role
) -> None:
    owner = make.account("adviser")
    report(client, phone="0901 234 567")
    made = only_one(session)
    change_kind(
        made.incident,
        IncidentKind.TRAFFICKING,
        Severity.URGENT,
        actor=session.get(Account, owner.id),
        now=now(),
    )
    session.commit()
    assert "Hùng" in as_role("adviser", owner).get(f"/overseas/frauds/{made.id}").text
    colleague = as_role("adviser")
    colleague.get(f"/overseas/frauds/{made.id}", status=404)
    assert "Trang XKLĐ" not in colleague.get("/overseas/frauds").text
    as_role("adviser", owner).post(f"/overseas/frauds/{made.id}/answer", {"answer": "Gọi 111 ngay."})
    assert (
        session.scalars(select(Message.recipient).where(Message.channel == Channel.SMS)).one() == "0901234567"
    )


def test_the_list_asks_as_often_for_20_rows_as_for_2(client, make, as_role, statements) -> None:
    adviser = make.account("adviser")
    staff = as_role("adviser", adviser)

    def asked() -> int:
        statements.clear()
        staff.get("/overseas/frauds?state=all")
        return len(statements)

    for _turn in range(2):
        report(client)
    few = asked()
    for _turn in range(18):
        report(client)
    assert asked() == few


def test_the_warning_stands_on_overseas_pages_of_everybody_but_staff(client, make, as_role) -> None:
    opening = make.opening("Hàn thép", sphere=Sphere.OVERSEAS, country="JP", expires_on=None)
    at_home = make.opening("May áo")
    never = "Chúng tôi không bao giờ thu tiền của bạn"
    for path in ("/report-fraud", "/senders", f"/senders/{opening.organisation_id}", "/verify",
                 f"/openings/{opening.id}"):  # fmt: skip
        page = client.get(path)
        assert page.text.count(never) == 1 and "Cách nhận ra kẻ giả danh" in page.text, path
    assert never not in client.get(f"/openings/{at_home.id}").text
    assert never not in as_role("adviser").get("/overseas/frauds").text


def test_an_answered_report_says_what_is_left_to_do(client, make, session, as_role) -> None:
    adviser = make.account("adviser")
    report(client)
    made, staff = only_one(session), as_role("adviser", adviser)
    address = f"/overseas/incidents/{made.incident_id}"
    assert "Trả lời người báo, rồi ghi lại đã làm gì." in staff.get(address).text
    page = staff.follow(f"/overseas/frauds/{made.id}/answer", {"answer": "Đừng đưa tiền."})
    assert "Đã trả lời người báo. Ghi thêm việc đã làm, rồi kết thúc." in page.text
    assert "Đã trả lời người báo ngày" in page.text and "Trả lời người báo" not in page.texts("a")


def test_a_suspicion_that_nobody_reported_has_nobody_to_answer(make, session, as_role) -> None:
    adviser = make.account("adviser")
    told = Told(kind=IncidentKind.FRAUD, severity=Severity.SERIOUS, text="Nghe kể ở xã.")
    incident = open_incident(told, actor=adviser, now=now())
    session.commit()
    page = as_role("adviser", adviser).get(f"/overseas/incidents/{incident.id}")
    assert not [link for link in page.links() if link.endswith("/fraud-report")]


def test_who_reports_reads_whom_to_call_when_money_is_asked_for(client, make, app) -> None:
    make.account("adviser")
    page = client.post("/report-fraud", SAID, status=200)
    assert "Trung tâm đã nhận tin báo của bạn" in page.texts("h1")
    assert "Đang bị đòi tiền?" in page.text


def test_one_press_writes_down_no_call_that_nobody_made(make, session, as_role) -> None:
    adviser = make.account("adviser")
    told = Told(kind=IncidentKind.FRAUD, severity=Severity.SERIOUS, text="Nghe kể ở xã.")
    incident = open_incident(told, actor=adviser, now=now())
    session.commit()
    staff = as_role("adviser", adviser)
    page = staff.post(f"/overseas/incidents/{incident.id}/steps", {"name": "", "text": ""}, status=422)
    assert "Hãy chọn một mục." in page.text
    session.refresh(incident)
    assert incident.state is IncidentState.OPEN
