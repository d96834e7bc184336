"""The link lies in a phone: in a trembling hand, in a dormitory, in the hand of who strikes."""

import threading
from typing import Any

import pytest
from sqlalchemy import select

from portal.common.clock import now
from portal.extensions import db
from portal.overseas.abroad import check_ins
from portal.overseas.abroad.incident_models import Incident, IncidentStep
from portal.overseas.abroad.incident_words import step_text
from portal.overseas.abroad.models import CheckIn, Stay
from portal.overseas.abroad.states import Answer, Trouble
from portal.overseas.states import IncidentKind, IncidentStepName, Severity
from portal.web.transactions import write_transaction
from tests.overseas.abroad.words import add, press


@pytest.mark.parametrize("later", ["other", "wage", "ill"])
def test_whoever_holds_the_phone_next_makes_nothing_of_it_smaller(
    client: Any, abroad: Any, code_of: Any, session: Any, later: str
) -> None:
    """The link lies in the phone, and the phone may be in the hand of who strikes."""
    stay = abroad()
    press(client, code_of(stay), "help")
    add(client, code_of(stay), session, trouble="hurt", words="Chủ đánh tôi", reach="0901 000 111")
    due = session.scalars(select(Incident.due_on)).one()
    add(client, code_of(stay), session, trouble=later, words="Tôi nói đùa", reach="+81 80 6666 6666")
    incident = session.scalars(select(Incident)).one()
    assert (incident.kind, incident.severity) == (IncidentKind.VIOLENCE, Severity.URGENT)
    assert (incident.due_on, incident.is_restricted) == (due, True)
    query = select(IncidentStep).where(IncidentStep.name == IncidentStepName.TOLD).order_by(IncidentStep.id)
    said = [step_text(step) for step in session.scalars(query)]
    assert Trouble(later).label in said and "Số để gọi trước đó: 0901 000 111" in said


def test_nothing_said_with_a_call_is_taken_back_by_the_next_word(
    client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    press(client, code_of(stay), "call")
    add(client, code_of(stay), session, words="Ba tháng chưa có lương", reach="0901 000 111")
    add(client, code_of(stay), session, words="Hết chuyện rồi", reach="0902 222 333")
    word = session.scalars(select(CheckIn)).one()
    assert check_ins.words_of(word) == (
        "Ba tháng chưa có lương\nHết chuyện rồi",
        "0901 000 111, 0902 222 333",
    )


def test_an_answer_that_somebody_must_look_at_stays_on_their_day(
    client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    press(client, code_of(stay), "ok")
    add(client, code_of(stay), session, wage="unpaid")
    due = session.scalars(select(CheckIn.look_by)).one()
    add(client, code_of(stay), session, wage="as_promised")
    assert due is not None and session.scalars(select(CheckIn.look_by)).one() == due


def test_who_guesses_at_the_same_address_stops_nobodys_call_for_help(
    app: Any, client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    """A dormitory has one line, and so has a whole telephone company."""
    stay = abroad()
    for _turn in range(app.config["SIGN_IN_TRIES_BY_ADDRESS"] + 1):
        client.answer("/check-in/ABCDEFGHJKMNP")
    assert "Tôi cần giúp" in client.get(f"/check-in/{code_of(stay)}").text
    press(client, code_of(stay), "help")
    assert session.scalars(select(Incident)).one().severity is Severity.URGENT


def test_who_presses_well_again_and_again_is_still_heard_when_they_need_help(
    app: Any, client: Any, abroad: Any, code_of: Any, session: Any
) -> None:
    stay = abroad()
    for _turn in range(app.config["SIGN_IN_TRIES_BY_NAME"] + 1):
        press(client, code_of(stay), "ok")
    press(client, code_of(stay), "help")
    assert [word.answer for word in session.scalars(select(CheckIn).order_by(CheckIn.id))] == [
        Answer.OK, Answer.HELP,
    ]  # fmt: skip


def test_two_presses_at_once_are_one_call_for_help(app: Any, abroad: Any, session: Any) -> None:
    stay_id, start = abroad().id, threading.Barrier(4)

    def press_once() -> None:
        with app.app_context():
            start.wait()
            with write_transaction():
                check_ins.check_in(db.session.get_one(Stay, stay_id), Answer.HELP, now=now())
            db.session.remove()

    threads = [threading.Thread(target=press_once) for _turn in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(session.scalars(select(CheckIn)).all()) == len(session.scalars(select(Incident)).all()) == 1
