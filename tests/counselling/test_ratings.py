"""Three faces after a contact: who answered what is told to nobody."""

import datetime as dt
import re
from typing import Any

import pytest
from sqlalchemy import select

from portal.common.clock import now, today
from portal.counselling.contacts import record_contact
from portal.counselling.models import Contact, Rating
from portal.counselling.ratings import FEWEST_SHOWN
from portal.counselling.states import ContactChannel, ContactKind, ContactOutcome, Face
from portal.messages.models import Message
from portal.workers.states import Purpose

PHONE, DESK = ContactChannel.PHONE, ContactChannel.DESK


def contact(worker: Any, actor: Any, channel: ContactChannel = PHONE, **given: Any) -> Contact:
    outcome = given.pop("outcome", ContactOutcome.INFORMED)
    return record_contact(
        worker, ContactKind.ABROAD, channel, outcome, actor=actor, now=given.pop("now", now()), **given
    )


def messages(session: Any) -> list[Message]:
    return list(session.scalars(select(Message).where(Message.kind == "rating.asked")))


def code_in(session: Any) -> str:
    """The code as the person reads it in the message."""
    found = re.search(r"/rate/([A-Z0-9]+)", messages(session)[-1].body)
    assert found is not None
    return found.group(1)


def last_month(days: int = 1) -> dt.datetime:
    return now().replace(day=1) - dt.timedelta(days=days)


def rated(make: Any, session: Any, adviser: Any, faces: list[Face], words: str = "") -> None:
    for number, face in enumerate(faces):
        made = contact(make.worker(), adviser, now=last_month(3) + dt.timedelta(minutes=number))
        made.rating.face, made.rating.rated_at, made.rating.words = face, last_month(), words
    session.commit()


def test_a_contact_with_a_person_has_a_rating_row_and_one_that_reached_nobody_has_none(make, session) -> None:
    adviser = make.account("adviser")
    assert contact(make.worker(), adviser).rating is not None
    for worker, outcome in ((None, ContactOutcome.INFORMED), (make.worker(), ContactOutcome.NOT_REACHED)):
        made = contact(worker, adviser, outcome=outcome)
        session.refresh(made)
        assert made.rating is None


def test_the_message_names_neither_the_person_nor_what_it_was_about(make, session) -> None:
    worker = make.worker("Danh Thị Sa Rây")
    contact(worker, make.account("adviser", display_name="Trần Văn Lộc"))
    (message,) = messages(session)
    for secret in ("Danh", "Sa Rây", "Lộc", "nước ngoài"):
        assert secret not in message.body + message.subject


def test_no_message_without_consent_nor_at_the_desk_nor_again_within_a_month(make, session) -> None:
    adviser, worker = make.account("adviser"), make.worker()
    silent = make.worker(consents=(Purpose.MATCHING,), account_id=make.account("seeker").id)
    contact(silent, adviser)
    contact(make.worker(), adviser, DESK)
    assert messages(session) == []
    for days in (0, 7, 29):
        contact(worker, adviser, now=now() + dt.timedelta(days=days))
    assert len(messages(session)) == 1
    contact(worker, adviser, now=now() + dt.timedelta(days=60))
    assert len(messages(session)) == 2


def test_the_code_opens_three_faces_once(make, session, client) -> None:
    contact(make.worker("Danh Thị Sa Rây"), make.account("adviser"))
    session.commit()
    path = f"/rate/{code_in(session)}"
    page = client.get(path)
    assert page.texts("button.face") == ["Hài lòng", "Tạm được", "Không hài lòng"]
    assert "Danh" not in page.text
    client.post(path, data={"face": "angry"}, status=422)
    client.post(path, data={"face": "good", "words": "Chỉ dẫn tận tình."}, status=302, to="/rated")
    rating = session.scalars(select(Rating)).one()
    assert (rating.face, rating.words) == (Face.GOOD, "Chỉ dẫn tận tình.")
    client.get(path, status=404)
    client.post(path, data={"face": "bad"}, status=404)


def test_an_old_code_and_an_invented_one_get_the_same_answer(make, session, client) -> None:
    contact(make.worker(), make.account("adviser"), now=now() - dt.timedelta(days=15))
    session.commit()
    old, invented = (
        client.get(f"/rate/{code_in(session)}", status=404),
        client.get("/rate/ABCDEF", status=404),
    )
    assert old.text == invented.text


def test_guessing_codes_is_stopped(app, client) -> None:
    for _turn in range(app.config["SIGN_IN_TRIES_BY_ADDRESS"]):
        client.get("/rate/ABCDEFGHJKMNP", status=404)
    client.get("/rate/ABCDEFGHJKMNP", status=429)


def test_the_screen_turned_round_asks_once_and_only_of_ones_own_contact(make, session, as_role) -> None:
    account = make.account("adviser")
    made = contact(make.worker("Danh Thị Sa Rây"), account, DESK)
    session.commit()
    path = f"/counselling/contacts/{made.id}/rate"
    as_role("adviser").get(path, status=404)
    adviser = as_role("adviser", account)
    page = adviser.get(path)
    assert "Danh" not in page.text and len(page.all("button.face")) == 3
    adviser.post(path, data={"face": "so_so"}, status=302)
    page = adviser.get(path)
    assert "Cảm ơn bạn" in page.text and "Tạm được" not in page.text
    adviser.post(path, data={"face": "bad"}, status=302)
    assert session.scalars(select(Rating)).one().face is Face.SO_SO


def test_saving_with_an_invitation_to_rate_leads_to_the_faces_and_back(make, session, as_role) -> None:
    worker, adviser = make.worker(), as_role("adviser")
    sent = {
        "worker": worker.id,
        "back": "/desk/counter",
        "kind": "job",
        "channel": "desk",
        "outcome": "informed",
    }
    answer = adviser.post("/counselling/contacts/new", data=sent | {"then": "rate"}, status=302)
    assert "/rate?next=/desk/counter" in answer.location
    adviser.post(answer.location, data={"face": "good"}, status=302)
    assert "/desk/counter" in adviser.get(answer.location).links()


def test_fewer_than_five_ratings_of_a_month_are_not_shown(make, session, as_role) -> None:
    adviser = make.account("adviser", display_name="Trần Văn Lộc")
    rated(make, session, adviser, [Face.BAD] * (FEWEST_SHOWN - 1), "Chờ lâu.")
    page = as_role("leader").get("/counselling/ratings")
    assert "Trần Văn Lộc" in page.text and "không hiện" in page.text and "Chờ lâu." not in page.text
    rated(make, session, adviser, [Face.GOOD])
    page = as_role("leader").get("/counselling/ratings")
    assert "Chờ lâu." in page.text
    assert [cell for cell in page.texts("td") if cell.isdecimal()] == ["5", "1", "0", "4"]


def test_a_month_that_still_runs_is_not_shown(make, session, as_role) -> None:
    adviser = make.account("adviser", display_name="Trần Văn Lộc")
    for number in range(FEWEST_SHOWN + 1):
        made = contact(make.worker(), adviser, now=now() + dt.timedelta(seconds=number))
        made.rating.face, made.rating.rated_at = Face.GOOD, now()
    session.commit()
    assert "Trần Văn Lộc" not in as_role("leader").get("/counselling/ratings").text


def test_an_adviser_sees_their_own_sums_only(make, session, as_role) -> None:
    mine, other = (make.account("adviser", display_name=name) for name in ("Trần Văn Lộc", "Lê Thị Út"))
    for account in (mine, other):
        rated(make, session, account, [Face.GOOD] * FEWEST_SHOWN)
    page = as_role("adviser", mine).get("/counselling/ratings")
    assert "Trần Văn Lộc" in page.text and "Lê Thị Út" not in page.text
    for role in ("moderator", "administrator", "seeker"):
        as_role(role).get("/counselling/ratings", status=403)


@pytest.mark.parametrize("path", ["/counselling/contacts", "/workers/{worker}"])
def test_no_page_of_the_desk_tells_who_chose_which_face(make, session, as_role, path) -> None:
    account, worker = make.account("adviser"), make.worker()
    made = contact(worker, account, DESK)
    made.rating.face, made.rating.rated_at, made.rating.words = Face.BAD, now(), "Chờ lâu."
    session.commit()
    for one in (as_role("adviser", account), as_role("leader")):
        page = one.get(path.format(worker=worker.id))
        assert "Không hài lòng" not in page.text and "Chờ lâu." not in page.text
    assert made.day == today()
