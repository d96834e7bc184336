"""What advisers do with the words of people abroad: calls, lists, links, stays."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import today
from portal.overseas.abroad import stays
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.incident_words import words_of
from portal.overseas.abroad.models import CheckIn
from portal.overseas.states import IncidentKind
from tests.overseas.abroad.words import add, press


def test_calls_in_vain_are_counted_and_after_three_an_incident_is_proposed_not_made(
    abroad: Any, session: Any, as_role: Any
) -> None:
    stay = abroad(days=31)
    adviser = as_role("adviser", stay.case.adviser)
    path = f"/overseas/cases/{stay.case_id}"
    for _call in range(3):
        assert "Mất liên lạc”" not in adviser.get(f"{path}/abroad").text
        adviser.post(f"{path}/not-reached", to="/abroad")
    assert "Mất liên lạc”" in adviser.get(f"{path}/abroad").text
    assert session.scalars(select(Incident)).all() == []
    adviser.post(f"{path}/incidents", {"kind": "missing", "severity": "serious", "text": "Gọi ba lần"})
    assert session.scalars(select(Incident)).one().kind is IncidentKind.MISSING


def test_a_word_by_phone_is_written_down_by_staff_and_help_opens_its_incident(
    abroad: Any, session: Any, as_role: Any
) -> None:
    stay = abroad()
    adviser = as_role("adviser", stay.case.adviser)
    path = f"/overseas/cases/{stay.case_id}/words"
    page = adviser.post(path, {"by": "phone", "words": "còn nguyên"}, status=422)
    assert "còn nguyên" in page.html and "Hãy chọn một mục" in page.text
    page = adviser.post(path, {"by": "family", "answer": "ok", "words": "còn nguyên"}, status=409)
    assert "chưa đồng ý cho Trung tâm liên hệ người nhà" in page.text and "còn nguyên" in page.html
    said = {"by": "phone", "answer": "help", "trouble": "ill", "words": "Gãy tay"}
    adviser.post(path, said, to="/overseas/incidents/")
    incident = session.scalars(select(Incident)).one()
    assert (incident.kind, words_of(incident).text) == (IncidentKind.ACCIDENT, "Gãy tay")


def test_call_done_leaves_the_day(abroad: Any, client: Any, code_of: Any, session: Any, as_role: Any) -> None:
    stay = abroad()
    press(client, code_of(stay), "call")
    adviser = as_role("adviser", stay.case.adviser)
    assert "Gọi cho tôi" in adviser.get("/desk").text
    word = session.scalars(select(CheckIn)).one()
    adviser.post(f"/overseas/check-ins/{word.id}/looked-at", to="/abroad")
    adviser.post(f"/overseas/check-ins/{word.id}/looked-at", status=409)
    assert "Gọi cho tôi" not in adviser.get("/desk").text


def test_an_adviser_makes_an_incident_of_a_word_and_the_words_move_with_it(
    abroad: Any, client: Any, code_of: Any, session: Any, as_role: Any
) -> None:
    stay = abroad()
    press(client, code_of(stay), "ok")
    add(client, code_of(stay), session, wage="unpaid", words="Ba tháng rồi")
    word = session.scalars(select(CheckIn)).one()
    adviser = as_role("adviser", stay.case.adviser)
    sent = {"kind": "wages", "severity": "serious", "word": str(word.id)}
    adviser.post(f"/overseas/cases/{stay.case_id}/incidents", sent, to="/overseas/incidents/")
    session.expire_all()
    assert words_of(session.scalars(select(Incident)).one()).text == "Ba tháng rồi"
    assert word.words_sealed is None and word.looked_at is not None


def test_the_link_is_shown_to_staff_audited_and_renewed(
    abroad: Any, code_of: Any, session: Any, as_role: Any
) -> None:
    stay = abroad()
    old = code_of(stay)
    adviser = as_role("adviser")
    path = f"/overseas/cases/{stay.case_id}/check-in-link"
    page = adviser.get(path)
    assert f"/check-in/{old}" in page.text and "Sa Rây" not in page.text
    looks = session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all()
    assert [event.detail["part"] for event in looks] == ["check_in_code"]
    adviser.post(path, to=path)
    assert code_of(stay) != old and old not in adviser.get(path).text


def test_the_stay_is_changed_and_its_contacts_follow(abroad: Any, session: Any, as_role: Any) -> None:
    stay = abroad(days=10, ends_in=1000)
    adviser = as_role("adviser")
    path = f"/overseas/cases/{stay.case_id}/stay"
    sent = {
        "country": "AU", "time_zone": "Asia/Tokyo",
        "contract_ends_on": f"{stay.departed_on + dt.timedelta(days=200):%d/%m/%Y}",
        "reach": "+61 400 000 000",
    }  # fmt: skip
    adviser.post(path, sent, to="/abroad")
    session.expire_all()
    assert (stay.country, stay.time_zone) == ("AU", "Australia/Sydney")
    assert [due.months for due in stay.dues] == [1, 3, 6]
    assert b"+61" not in stay.reach_sealed and stays.reach_of(stay) == "+61 400 000 000"
    wrong = sent | {"time_zone": "Australia/Perth", "contract_ends_on": "01/01/2020"}
    page = adviser.post(path, wrong, status=422)
    assert "Ngày hết hợp đồng không thể trước ngày đi." in page.text and "+61 400 000 000" in page.html


def test_the_list_asks_as_often_for_twenty_people_as_for_two(
    abroad: Any, as_role: Any, statements: list[str], client: Any, code_of: Any
) -> None:
    leader = as_role("leader")
    for _one in range(2):
        abroad()
    leader.get("/overseas/abroad")
    statements.clear()
    leader.get("/overseas/abroad")
    few = len(statements)
    for _one in range(18):
        press(client, code_of(abroad()), "help")
    statements.clear()
    page = leader.get("/overseas/abroad")
    assert len(statements) == few
    assert page.text.count("1 sự việc") == 18


@pytest.mark.parametrize("which", ["silent", "look", "trouble", "home_soon", "all"])
def test_the_list_filters(
    abroad: Any, as_role: Any, client: Any, code_of: Any, session: Any, which: str
) -> None:
    silent, look, trouble, soon = (abroad(days=31, worker=None) for _ in range(4))
    for number, stay in enumerate((silent, look, trouble, soon)):
        stay.case.worker.full_name = f"Người thứ {number}"
    next(due for due in silent.dues if due.months == 1).call_on = today()
    soon.contract_ends_on = today() + dt.timedelta(days=30)
    session.commit()
    press(client, code_of(look), "call")
    press(client, code_of(trouble), "help")
    page = as_role("leader").get(f"/overseas/abroad?which={which}")
    shown = {number for number in range(4) if f"Người thứ {number}" in page.text}
    wanted = {"silent": {0}, "look": {1}, "trouble": {2}, "home_soon": {3}, "all": {0, 1, 2, 3}}
    assert shown == wanted[which]


@pytest.mark.parametrize(
    "role", ["seeker", "moderator", "administrator", "employer", "sender", "college", "commune", "department"]
)
def test_only_case_staff_open_anything_of_it(abroad: Any, as_role: Any, make: Any, role: str) -> None:
    stay = abroad()
    partner = role not in ("seeker", "moderator", "administrator")
    visitor = as_role(role, make.member(role) if partner else None)
    for part in ("abroad", "stay", "check-in-link", "family", "children"):
        visitor.get(f"/overseas/cases/{stay.case_id}/{part}", status=403)
    for path in ("/overseas/abroad", "/overseas/incidents"):
        visitor.get(path, status=403)
