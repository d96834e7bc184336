"""Pressed again: what was heard is one word, and nobody's second call for help goes unheard."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.common.clock import LOCAL_ZONE, now, today
from portal.overseas.abroad import check_ins
from portal.overseas.abroad.incident_acts import close
from portal.overseas.abroad.incident_models import Incident, IncidentStep
from portal.overseas.abroad.incident_words import step_text, words_of
from portal.overseas.abroad.models import CheckIn
from portal.overseas.abroad.states import Answer
from portal.overseas.abroad.subscriptions import ask_after
from portal.overseas.states import IncidentKind, IncidentOutcome, IncidentState, Severity

MINUTE = dt.timedelta(minutes=1)


def press(client: Any, code: str, answer: str) -> Any:
    return client.follow(f"/check-in/{code}", {"answer": answer})


def made_earlier(session: Any, minutes: int) -> CheckIn:
    word: CheckIn = session.scalars(select(CheckIn).order_by(CheckIn.id.desc())).first()
    word.at = now() - minutes * MINUTE
    session.commit()
    return word


@pytest.mark.parametrize("minutes", [0, 29, 31, 45, 59, 61])
@pytest.mark.parametrize("answer", ["ok", "call", "help"])
def test_whenever_a_button_is_pressed_again_the_answer_comes(
    client: Any, abroad: Any, code_of: Any, session: Any, answer: str, minutes: int
) -> None:
    stay = abroad()
    press(client, code_of(stay), answer)
    made_earlier(session, minutes)
    assert "Trung tâm đã nhận tin của bạn" in press(client, code_of(stay), answer).text


def test_help_called_again_after_it_was_settled_is_a_new_call(
    client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    press(client, code_of(stay), "help")
    first = session.scalars(select(Incident)).one()
    close(first, IncidentOutcome.SOLVED, "Đã gọi, ổn rồi", actor=first.owner, now=now())
    session.commit()
    press(client, code_of(stay), "help")
    states = session.scalars(select(Incident.state).order_by(Incident.id)).all()
    assert states == [IncidentState.CLOSED, IncidentState.OPEN]


def test_call_me_again_after_the_call_was_made_waits_for_another(
    client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    press(client, code_of(stay), "call")
    word = session.scalars(select(CheckIn)).one()
    check_ins.looked_at(word, actor=stay.case.adviser, now=now())
    session.commit()
    press(client, code_of(stay), "call")
    waiting = select(CheckIn).where(CheckIn.answer == Answer.CALL, CheckIn.looked_at.is_(None))
    assert session.scalars(waiting).one().look_by is not None


@pytest.mark.parametrize("minutes", [31, 60 * 5])
def test_what_was_typed_slowly_arrives_and_is_shown_to_nobody_again(
    client: Any, abroad: Any, code_of: Any, session: Any, minutes: int
) -> None:
    """The page after the press is left open for an hour: reading it anew is over, sending is not."""
    stay = abroad()
    press(client, code_of(stay), "help")
    word = made_earlier(session, minutes)
    path = f"/check-in/{code_of(stay)}/{word.id}"
    page = client.get(client.get(path, status=302).location)
    assert "Tôi cần giúp" in page.texts("button") and "Trung tâm đã nhận tin" not in page.text
    answer = client.post(path, {"trouble": "wage", "words": "Thiếu hai tháng lương"}, status=302)
    page = client.get(client.get(answer.location, status=302).location)
    assert "Đã ghi thêm" in page.text and "Thiếu hai tháng lương" not in page.text
    assert words_of(session.scalars(select(Incident)).one()).text == "Thiếu hai tháng lương"


def test_what_is_told_after_somebody_has_called_waits_to_be_read(
    client: Any, abroad: Any, code_of: Any, session: Any, as_role: Any
) -> None:
    stay = abroad()
    press(client, code_of(stay), "call")
    word = session.scalars(select(CheckIn)).one()
    check_ins.looked_at(word, actor=stay.case.adviser, now=now())
    session.commit()
    client.follow(f"/check-in/{code_of(stay)}/{word.id}", {"words": "Chưa ai gọi được tôi"})
    assert session.scalars(select(CheckIn).where(CheckIn.looked_at.is_(None))).one().look_by is not None
    assert "Chưa ai gọi được tôi" in as_role("adviser").get(f"/overseas/cases/{stay.case_id}/abroad").text


def test_what_is_told_of_a_word_that_became_an_incident_is_told_to_its_owner(
    client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    press(client, code_of(stay), "ok")
    word = session.scalars(select(CheckIn)).one()
    kind, severity = IncidentKind.WAGES, Severity.SERIOUS
    incident = check_ins.open_from(word, kind, severity, actor=stay.case.adviser, now=now())
    session.commit()
    client.follow(f"/check-in/{code_of(stay)}/{word.id}", {"wage": "unpaid", "words": "Ba tháng rồi"})
    assert words_of(session.get(Incident, incident.id)).text == "Ba tháng rồi"


def test_after_a_day_only_the_buttons_are_left(client: Any, abroad: Any, code_of: Any, session: Any) -> None:
    stay = abroad()
    press(client, code_of(stay), "call")
    word = made_earlier(session, 60 * 25)
    client.post(f"/check-in/{code_of(stay)}/{word.id}", {"words": "x"}, status=404)


def test_more_told_of_what_was_settled_meanwhile_is_kept_as_a_new_call(
    client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    press(client, code_of(stay), "help")
    word = session.scalars(select(CheckIn)).one()
    first = session.scalars(select(Incident)).one()
    close(first, IncidentOutcome.NOT_WANTED, "Không nghe máy", actor=first.owner, now=now())
    session.commit()
    page = client.follow(f"/check-in/{code_of(stay)}/{word.id}", {"trouble": "hurt", "words": "Họ đánh tôi"})
    assert "Bạn không có lỗi" in page.text
    second = session.scalars(select(Incident).order_by(Incident.id.desc())).first()
    assert second.id != first.id and words_of(second).text == "Họ đánh tôi" and second.is_restricted
    assert "Họ đánh tôi" not in [step_text(step) for step in session.scalars(select(IncidentStep))]


def test_no_page_behind_the_link_names_the_country(
    client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    for answer in ("ok", "call", "help"):
        page = press(client, code_of(stay), answer)
        assert "giờ Nhật Bản" not in page.text
    assert "giờ nơi bạn ở" in page.text and stay.ended_on is None and stay.departed_on < today()


@pytest.mark.parametrize(
    ("country", "hour_here", "asked"),
    [("JP", 0, False), ("JP", 5, False), ("JP", 6, True), ("JP", 18, True), ("JP", 19, False),
     ("RO", 12, False), ("RO", 13, True)],
)  # fmt: skip
def test_nobody_is_woken_by_the_question(
    abroad: Any, session: Any, country: str, hour_here: int, asked: bool
) -> None:
    """Half past that hour here, in winter: Japan is two hours ahead, Romania five behind."""
    stay = abroad(days=31, country=country)
    moment = dt.datetime(2027, 1, 15, hour_here, 30, tzinfo=LOCAL_ZONE)
    due = next(due for due in stay.dues if due.months == 1)
    due.due_on, due.call_on = dt.date(2027, 1, 15), dt.date(2027, 1, 22)
    session.commit()
    ask_after(moment.astimezone(dt.UTC))
    assert (due.asked_at is not None) is asked


def test_who_asked_to_be_called_waits_for_it_also_after_saying_they_are_well(
    client: Any, abroad: Any, code_of: Any, as_role: Any
) -> None:
    stay = abroad()
    press(client, code_of(stay), "call")
    press(client, code_of(stay), "ok")
    assert "Danh Thị Sa Rây" in as_role("leader").get("/overseas/abroad?which=look").text
