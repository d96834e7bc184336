"""The link of a person abroad: three buttons on any phone; one press is enough to be heard."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from portal.common.clock import now, today
from portal.messages.models import Channel, Message
from portal.overseas.abroad import check_in_codes, stays
from portal.overseas.abroad.incident_models import Incident, IncidentStep
from portal.overseas.abroad.incident_words import words_of
from portal.overseas.abroad.models import CheckIn, CheckInCode, DueContact
from portal.overseas.abroad.states import Answer
from portal.overseas.abroad.subscriptions import ask_after
from portal.overseas.states import IncidentKind, IncidentStepName, Severity
from portal.reference.calendar import load_calendar
from portal.workers.states import Purpose
from tests.overseas.abroad.words import add, press

BUTTONS = ["Tôi ổn", "Gọi cho tôi", "Tôi cần giúp"]


def noon_there() -> dt.datetime:
    return dt.datetime.combine(today(), dt.time(12), ZoneInfo("Asia/Tokyo")).astimezone(dt.UTC)


def test_three_buttons_without_a_name_an_employer_or_a_password(
    client: Any, abroad: Any, code_of: Any
) -> None:
    stay = abroad()
    page = client.get(f"/check-in/{code_of(stay)}")
    buttons = [text for text in page.texts("button") if text in BUTTONS]
    assert buttons == BUTTONS
    for private in ("Sa Rây", stay.case.opening.organisation.name, "Nhật Bản", "Công nhân"):
        assert private not in page.text.replace("Cảnh sát Nhật Bản", "").replace("ở Nhật Bản", "")
    assert not page.all("script") and not page.all("nav.menu")
    # The numbers stand there before anything is pressed, each marked as nobody has tried it.
    assert {"tel:+84981848484", "tel:110"} <= set(page.links())
    assert "số chưa kiểm chứng" in page.text


def test_the_whole_page_stays_light(client: Any, abroad: Any, code_of: Any) -> None:
    stay = abroad()
    page = client.get(f"/check-in/{code_of(stay)}")
    size = len(page.html.encode())
    for link in [e.get("href") for e in page.all("link") if e.get("rel") == "stylesheet"]:
        size += len(client.answer(link).data)
    assert size < 60_000


def test_well_is_one_press_and_the_rest_is_voluntary(
    client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad(days=35)
    page = press(client, code_of(stay), "ok")
    word = session.scalars(select(CheckIn)).one()
    assert (word.answer, word.taken_by_id, word.look_by) == (Answer.OK, None, None)
    # The contact of the first month is answered, the later ones still lie ahead.
    dues = {due.months: due.done_at for due in session.scalars(select(DueContact))}
    assert dues[3] is None and dues.get(1, now()) is not None
    assert "Lương tháng gần nhất" in page.text
    page = add(client, code_of(stay), session, wage="as_promised", work="as_promised")
    session.refresh(word)
    assert word.wage.value == "as_promised" and word.look_by is None
    assert "Đã ghi thêm" in page.text
    assert session.scalars(select(Incident)).all() == []


def test_well_but_unpaid_is_looked_at_within_three_working_days_and_is_no_incident(
    client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    press(client, code_of(stay), "ok")
    add(client, code_of(stay), session, wage="unpaid", words="Ba tháng rồi")
    word = session.scalars(select(CheckIn)).one()
    assert word.look_by == load_calendar(session).add_working_days(today(), 3)
    assert session.scalars(select(Incident)).all() == []


def test_call_me_is_due_the_next_working_day_and_the_words_are_sealed(
    client: Any, abroad: Any, code_of: Any, session: Any, as_role: Any
) -> None:
    stay = abroad()
    page = press(client, code_of(stay), "call")
    assert "giờ nơi bạn ở" in page.text
    add(client, code_of(stay), session, window="evening", words="Tôi nhớ nhà", reach="+81 80 1234 5678")
    word = session.scalars(select(CheckIn)).one()
    assert word.look_by == load_calendar(session).add_working_days(today(), 1)
    assert "nhớ nhà".encode() not in word.words_sealed and b"1234" not in word.words_sealed
    page = as_role("adviser").get(f"/overseas/cases/{stay.case_id}/abroad")
    for shown in ("Tôi nhớ nhà", "+81 80 1234 5678", "Tối, 18 đến 21 giờ (giờ ở đây: 16:00–19:00"):
        assert shown in page.text


def test_help_is_an_urgent_incident_with_one_press_owned_by_the_adviser(
    client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    page = press(client, code_of(stay), "help")
    incident = session.scalars(select(Incident)).one()
    assert (incident.kind, incident.severity) == (IncidentKind.OTHER, Severity.URGENT)
    assert (incident.owner_id, incident.case_id) == (stay.case.adviser_id, stay.case_id)
    assert "Gọi ngay, không cần chờ Trung tâm" in page.text
    # Pressed by a hand that trembles it stays one.
    press(client, code_of(stay), "help")
    assert len(session.scalars(select(Incident)).all()) == 1


@pytest.mark.parametrize(
    ("trouble", "kind"), [("hurt", IncidentKind.VIOLENCE), ("held", IncidentKind.TRAFFICKING)]
)
def test_violence_or_trafficking_is_urgent_sealed_and_help_is_offered_on_the_same_page(
    client: Any, abroad: Any, code_of: Any, session: Any, trouble: str, kind: IncidentKind
) -> None:
    stay = abroad()
    press(client, code_of(stay), "help")
    page = add(client, code_of(stay), session, trouble=trouble, words="Chủ nhốt tôi", reach="0901 000 111")
    incident = session.scalars(select(Incident)).one()
    assert (incident.kind, incident.severity, incident.is_restricted) == (kind, Severity.URGENT, True)
    assert incident.due_on == load_calendar(session).add_working_days(today(), 0)
    assert (incident.text, incident.phone) == ("", "")
    assert words_of(incident).text == "Chủ nhốt tôi" and words_of(incident).phone == "0901 000 111"
    assert "Bạn không có lỗi" in page.text and "nơi ở an toàn" in page.text
    assert {"tel:+84981848484", "tel:111", "tel:110"} <= set(page.links())
    steps = [step.name for step in session.scalars(select(IncidentStep).order_by(IncidentStep.id))]
    assert IncidentStepName.LINES_SHOWN in steps
    # Whoever takes the phone next reads nothing of what was typed.
    assert "Chủ nhốt tôi" not in page.text


def test_what_is_said_later_does_not_overwrite_what_was_said_first(
    client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    press(client, code_of(stay), "help")
    add(client, code_of(stay), session, trouble="wage", words="Thiếu hai tháng lương")
    add(client, code_of(stay), session, words="Họ vừa dọa tôi", trouble="hurt")
    incident = session.scalars(select(Incident)).one()
    assert words_of(incident).text == "Thiếu hai tháng lương"
    assert incident.severity is Severity.URGENT
    told = session.scalars(select(IncidentStep).where(IncidentStep.name == IncidentStepName.TOLD)).one()
    assert told.text == "" and told.text_sealed is not None


def test_one_code_opens_no_word_of_another_case(client: Any, abroad: Any, code_of: Any, session: Any) -> None:
    mine, other = abroad(), abroad()
    press(client, code_of(other), "call")
    word = session.scalars(select(CheckIn)).one()
    client.get(f"/check-in/{code_of(mine)}/{word.id}", status=404)
    client.post(f"/check-in/{code_of(mine)}/{word.id}", {"words": "x"}, status=404)


def _replaced(stay: Any, session: Any) -> None:
    check_in_codes.give_code(stay, actor=None, now=now())


def _expired(stay: Any, session: Any) -> None:
    session.scalars(select(CheckInCode)).one().expires_at = now() - dt.timedelta(minutes=1)


def _home(stay: Any, session: Any) -> None:
    stays.end_stay(stay, today(), actor=None, now=now())


@pytest.mark.parametrize("die", [_replaced, _expired, _home])
def test_a_dead_code_opens_nothing_and_still_names_whom_to_call(
    client: Any, abroad: Any, code_of: Any, session: Any, die: Any
) -> None:
    stay = abroad()
    code = code_of(stay)
    die(stay, session)
    session.commit()
    dead, invented = client.get(f"/check-in/{code}", status=404), client.get("/check-in/ABCDEF", status=404)
    assert dead.text == invented.text and "tel:+84981848484" in dead.links()
    client.post(f"/check-in/{code}", {"answer": "help"}, status=404)
    assert session.scalars(select(CheckIn)).all() == []


def test_guessing_codes_is_stopped(app: Any, client: Any, rules: Any) -> None:
    for _turn in range(app.config["SIGN_IN_TRIES_BY_ADDRESS"]):
        client.get("/check-in/ABCDEFGHJKMNP", status=404)
    client.get("/check-in/ABCDEFGHJKMNP", status=429)


def test_a_code_is_kept_as_a_hash_and_sealed_never_in_the_open(
    abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    row = session.scalars(select(CheckInCode)).one()
    code = code_of(stay)
    assert code not in row.code_hash and code.encode() not in row.code_sealed


def test_the_question_goes_out_once_with_the_link_and_prolongs_it(
    abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad(days=31)
    row = session.scalars(select(CheckInCode)).one()
    row.expires_at = now() + dt.timedelta(days=3)
    session.commit()
    for _hour in range(2):
        ask_after(noon_there())
        session.commit()
    (message,) = session.scalars(select(Message).where(Message.channel == Channel.SMS)).all()
    assert f"/check-in/{code_of(stay)}" in message.body and "Sa Rây" not in message.body
    assert row.expires_at > now() + dt.timedelta(days=300)


def test_who_cannot_be_written_to_is_called_at_once(abroad: Any, make: Any, session: Any) -> None:
    silent = make.worker("Néang Sóc Kha", consents=(Purpose.MATCHING,), phone=None)
    stay = abroad(days=31, worker=silent)
    ask_after(noon_there())
    session.commit()
    due = next(due for due in stay.dues if due.asked_at is not None)
    assert due.call_on == today()


def test_a_missed_check_in_stands_in_the_advisers_day_and_a_word_takes_it_out(
    abroad: Any, client: Any, code_of: Any, session: Any, as_role: Any
) -> None:
    stay = abroad(days=31)
    due = next(due for due in stay.dues if due.months == 1)
    adviser = as_role("adviser", stay.case.adviser)
    assert "Chưa có tin từ nước ngoài" not in adviser.get("/desk").text
    due.call_on = today()
    session.commit()
    page = adviser.get("/desk")
    assert "Chưa có tin từ nước ngoài" in page.text and "Danh Thị Sa Rây" in page.text
    assert "Chưa có tin từ nước ngoài" not in as_role("adviser").get("/desk").text
    press(client, code_of(stay), "ok")
    assert "Chưa có tin từ nước ngoài" not in adviser.get("/desk").text
