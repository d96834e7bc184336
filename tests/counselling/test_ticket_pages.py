"""The pages of the waiting desk: the counter, the clerk's desk, the machine in the hall, the board."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.common.clock import now, today
from portal.counselling import tickets as ops
from portal.counselling.models import Contact
from portal.counselling.states import ContactKind, TicketState
from portal.counselling.ticket_models import Ticket
from portal.extensions import db

JOB = ContactKind.JOB


@pytest.fixture
def desk(make: Any, session: Any) -> Any:
    """An adviser at counter 1."""
    account = make.account("adviser")
    ops.take_seat("1", actor=account, now=now())
    session.commit()
    return account


def waiting(count: int, actor: Any, **given: Any) -> list[int]:
    made = [ops.make_ticket(JOB, actor=actor, now=now(), **given).id for _ in range(count)]
    db.session.commit()
    return made


def open_kiosk(client: Any, **given: Any) -> Any:
    client.post("/desk/kiosk", {"prints": "no", **given}, to="/kiosk")
    return client


def press_key(page: Any) -> str:
    return next(f.get("value") for f in page.all("input") if f.get("name") == "press_key")


def test_from_next_to_a_saved_contact_and_next_again(as_role: Any, desk: Any, session: Any) -> None:
    waiting(2, desk)
    adviser = as_role("adviser", desk)
    adviser.post("/desk/counter/next", to="/desk/counter")
    page = adviser.get("/desk/counter")
    assert "Đang tiếp số 1" in page.text and "Gọi số tiếp theo" not in page.text
    fields = {f.get("name"): f.get("value") for f in page.all("input") if f.get("type") == "hidden"}
    chosen = {f.get("name"): f.get("value") for f in page.all("input") if f.get("checked") is not None}
    assert chosen["kind"] == "job" and fields["back"] == "/desk/counter"
    adviser.post("/counselling/contacts/new", {**fields, **chosen}, to="/desk/counter")
    page = adviser.get("/desk/counter")
    assert "Gọi số tiếp theo" in page.text and "Đã ghi lượt tư vấn." in page.text
    contact = session.scalars(select(Contact)).one()
    assert session.get(Ticket, contact.ticket_id).state == TicketState.DONE
    # The form sent a second time writes nothing down.
    again = adviser.post(
        "/counselling/contacts/new", {**fields, **chosen}, headers={"Referer": "/desk/counter"}
    )
    assert again.location == "/desk/counter"
    assert session.scalar(select(func.count(Contact.id))) == 1


def test_two_numbers_within_seconds_are_two_contacts(as_role: Any, desk: Any, session: Any) -> None:
    waiting(2, desk)
    adviser = as_role("adviser", desk)
    for _person in range(2):
        adviser.post("/desk/counter/next")
        page = adviser.get("/desk/counter")
        fields = {f.get("name"): f.get("value") for f in page.all("input") if f.get("type") == "hidden"}
        chosen = {f.get("name"): f.get("value") for f in page.all("input") if f.get("checked") is not None}
        adviser.post("/counselling/contacts/new", {**fields, **chosen}, to="/desk/counter")
    assert session.scalar(select(func.count(Contact.id))) == 2
    assert set(session.scalars(select(Ticket.state))) == {TicketState.DONE}


def test_calling_next_with_a_number_open_ends_nothing(as_role: Any, desk: Any, session: Any) -> None:
    first, _second = waiting(2, desk)
    adviser = as_role("adviser", desk)
    ops.call_next(actor=desk, now=now() - dt.timedelta(minutes=1))
    session.commit()
    adviser.post("/desk/counter/next", headers={"Referer": "/desk/counter"}, to="/desk/counter")
    assert "Số 1 còn đang mở" in adviser.get("/desk/counter").text
    assert session.get(Ticket, first).state == TicketState.CALLED


def test_called_again_missed_and_back_in_the_queue(as_role: Any, desk: Any, session: Any) -> None:
    (ticket_id,) = waiting(1, desk)
    adviser = as_role("adviser", desk)
    adviser.post("/desk/counter/next")
    assert "lần 2" in adviser.follow(f"/desk/tickets/{ticket_id}/again").text
    page = adviser.follow(f"/desk/tickets/{ticket_id}/missed")
    assert "Số 1 không có mặt." in page.text and "Quay lại hàng" in page.text
    assert "Đã gọi, chưa thấy đến: 1" in adviser.get("/board").text
    adviser.follow(f"/desk/tickets/{ticket_id}/put-back")
    assert session.get(Ticket, ticket_id).state == TicketState.WAITING


def test_a_number_goes_to_another_counter(as_role: Any, make: Any, desk: Any, session: Any) -> None:
    (ticket_id,) = waiting(1, desk)
    other = make.account("adviser")
    ops.take_seat("2", actor=other, now=now())
    session.commit()
    adviser = as_role("adviser", desk)
    adviser.post("/desk/counter/next")
    page = adviser.follow(f"/desk/tickets/{ticket_id}/hand-over", {"purpose": "benefit", "counter": "2"})
    assert "Đã chuyển số 1." in page.text and "quầy 2" in page.text
    as_role("adviser", other).post("/desk/counter/next")
    assert session.get(Ticket, ticket_id).adviser_id == other.id


def test_a_colleagues_number_is_not_ended_by_somebody_else(
    as_role: Any, make: Any, desk: Any, session: Any
) -> None:
    (ticket_id,) = waiting(1, desk)
    as_role("adviser", desk).post("/desk/counter/next")
    stranger = as_role("adviser")
    for step in ("again", "missed", "done", "hand-over"):
        stranger.post(f"/desk/tickets/{ticket_id}/{step}", status=409)
    assert session.get(Ticket, ticket_id).state == TicketState.CALLED


def test_the_clerk_gives_a_number_and_takes_out_who_went_home(as_role: Any, make: Any, session: Any) -> None:
    clerk = as_role("moderator")
    page = clerk.follow("/desk/tickets", {"purpose": "training", "is_priority": "y"})
    assert page.texts("p.big") == ["1"] and "Học nghề · ưu tiên" in page.text
    clerk.post("/desk/tickets", {"purpose": "tea"}, status=422)
    ticket = session.scalars(select(Ticket)).one()
    page = clerk.follow("/desk/tickets/take-out", {"tickets": [str(ticket.id), "9" * 30]})
    assert "Đã bỏ 1 số khỏi hàng chờ." in page.text
    assert session.get(Ticket, ticket.id).state == TicketState.LEFT


def test_the_machine_has_no_rights_but_numbers(as_role: Any, session: Any) -> None:
    machine = open_kiosk(as_role("adviser"))
    assert "Bạn đến về việc gì?" in machine.get("/kiosk").text
    machine.get("/desk", status=302)
    machine.get("/workers", status=302)
    key = press_key(machine.get("/kiosk"))
    for _twice in range(2):
        machine.post("/kiosk", {"purpose": "abroad", "press_key": key}, to="/kiosk/number")
    page = machine.get("/kiosk/number")
    assert page.texts("span.big") == ["1"] and "Sắp đến lượt bạn." in page.text
    assert 'http-equiv="refresh" content="10;url=/kiosk"' in page.html and "<script" not in page.html
    assert session.scalar(select(func.count(Ticket.id))) == 1
    machine.post("/kiosk", {"purpose": "tea", "press_key": key}, status=422)


def test_a_child_at_the_machine_reads_a_sentence(as_role: Any, session: Any) -> None:
    machine = open_kiosk(as_role("adviser"))
    statuses = [
        machine.answer("/kiosk", "POST", data={"purpose": "job", "press_key": f"k{n}"}).status_code
        for n in range(20)
    ]
    assert statuses == [302] * ops.MOST_A_MINUTE + [429] * (20 - ops.MOST_A_MINUTE)
    page = machine.post("/kiosk", {"purpose": "job", "press_key": "x"}, status=429)
    assert "Hãy đợi một phút" in page.text


def test_the_machine_ends_with_the_day_and_with_the_account_that_opened_it(
    as_role: Any, make: Any, session: Any
) -> None:
    opener = make.account("adviser")
    machine = open_kiosk(as_role("adviser", opener))
    with machine.inner.session_transaction() as kept:
        day, kept["kiosk_day"] = kept["kiosk_day"], "2026-01-05"
    assert "Máy lấy số chưa mở" in machine.get("/kiosk").text
    with machine.inner.session_transaction() as kept:
        kept["kiosk_day"] = day
    assert "Bạn đến về việc gì?" in machine.get("/kiosk").text
    opener.is_enabled = False
    session.merge(opener)
    session.commit()
    assert "Máy lấy số chưa mở" in machine.get("/kiosk").text
    machine.post("/kiosk", {"purpose": "job", "press_key": "k"}, to="/kiosk")
    assert session.scalar(select(func.count(Ticket.id))) == 0


def test_nobody_without_a_machine_takes_numbers(client: Any, session: Any) -> None:
    client.post("/kiosk", {"purpose": "job", "press_key": "k"}, to="/kiosk")
    assert "Máy lấy số chưa mở" in client.get("/kiosk").text
    client.get("/kiosk/number", status=302)
    assert session.scalar(select(func.count(Ticket.id))) == 0


def test_the_board_shows_numbers_and_counters_and_nobody(
    client: Any, as_role: Any, make: Any, session: Any
) -> None:
    adviser = make.account("adviser", display_name="Phạm Thị Thu Hà")
    ops.take_seat("3", actor=adviser, now=now())
    waiting(3, adviser)
    assert "Chưa mời số nào." in client.get("/board").text
    as_role("adviser", adviser).post("/desk/counter/next")
    page = client.get("/board")
    assert "1 Quầy 3" in page.text and "Đang chờ: 2" in page.text
    assert "Thu Hà" not in page.html and "Việc làm" not in page.text


def test_a_board_that_reads_the_same_is_not_sent_again(client: Any, desk: Any, session: Any) -> None:
    mark = client.answer("/board").headers["ETag"]
    assert client.answer("/board", headers={"If-None-Match": mark}).status_code == 304
    waiting(1, desk)
    assert client.answer("/board", headers={"If-None-Match": mark}).status_code == 200


def test_how_long_the_wait_is_likely_to_be(as_role: Any, make: Any, desk: Any, session: Any) -> None:
    waiting(6, desk)
    machine = open_kiosk(as_role("adviser"))
    machine.post("/kiosk", {"purpose": "job", "press_key": "k"})
    page = machine.get("/kiosk/number")
    # Six people before, one counter, eight minutes each: 48, said as 50.
    assert "Trước bạn còn 6 người. Chờ khoảng 50 phút." in page.text
    machine.post("/kiosk", {"purpose": "job", "press_key": "p", "is_priority": "y"})
    assert "Sắp đến lượt bạn." in machine.get("/kiosk/number").text


def test_waiting_times_by_hour_and_purpose_and_no_ranking_of_colleagues(
    as_role: Any, make: Any, desk: Any, session: Any
) -> None:
    other = make.account("adviser")
    ops.take_seat("2", actor=other, now=now())
    eight = dt.datetime.combine(today(), dt.time(1), tzinfo=dt.UTC)
    for actor, minutes in ((desk, 10), (desk, 20), (other, 60)):
        ops.make_ticket(JOB, actor=actor, now=eight)
        ticket = ops.call_next(actor=actor, now=eight + dt.timedelta(minutes=minutes))
        ops.finish(ticket, actor=actor, now=eight + dt.timedelta(minutes=minutes))
    session.commit()
    whole = as_role("leader").get("/desk/waiting-times")
    assert "8 giờ 3 20 phút 60 phút" in whole.text and "Việc làm 3 20 phút 60 phút" in whole.text
    assert "Quầy 1 2" in whole.text and "Quầy 2 1" in whole.text
    mine = as_role("adviser", desk).get("/desk/waiting-times")
    assert "Quầy 1 2" in mine.text and "Quầy 2" not in mine.text
    nothing = as_role("leader").get("/desk/waiting-times?first=01/02/2026&last=28/02/2026")
    assert "Chưa gọi số nào" in nothing.text


@pytest.mark.parametrize("path", ["/desk/tickets", "/desk/counter", "/board", "/desk/waiting-times"])
def test_queries_do_not_grow_with_the_queue(
    as_role: Any, desk: Any, session: Any, statements: list[str], path: str
) -> None:
    adviser = as_role("adviser", desk)
    counts = []
    for more in (2, 18):
        waiting(more, desk)
        statements.clear()
        adviser.get(path)
        counts.append(len(statements))
    assert counts[0] == counts[1]
