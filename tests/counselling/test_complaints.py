"""Complaints have a clock, an owner and an answer, also for whoever gives no name."""

import datetime as dt
import re
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.access.models import Account
from portal.common.clock import now, today
from portal.counselling import complaints as ops
from portal.counselling.complaints import Complaints, Said
from portal.counselling.models import Complaint
from portal.counselling.states import ComplaintAbout, ComplaintState
from portal.errors import NotAllowed, Refused
from portal.messages.models import Channel, Message

# A Monday morning; the next day is a holiday.
NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
SECRET = "Anh Lộc ở quầy 2 đòi tôi 500.000 đồng."


def complaint(
    about: ComplaintAbout = ComplaintAbout.CENTRE, account: Account | None = None, **given: Any
) -> Any:
    moment = given.pop("now", NOW)
    return ops.complain(Said(about, given.pop("text", SECRET), **given), account=account, now=moment)


def only_one(session: Any) -> Complaint:
    session.expire_all()
    return session.scalars(select(Complaint)).one()


def messages(session: Any, kind: str) -> list[Message]:
    return list(session.scalars(select(Message).where(Message.kind == kind).order_by(Message.id)))


def test_the_owner_is_the_leader_with_the_fewest_open_ones_never_an_adviser(make) -> None:
    make.account("adviser")
    first, second = make.account("leader"), make.account("leader")
    assert [complaint()[0].owner_id for _turn in range(3)] == [first.id, second.id, first.id]


def test_the_clock_counts_working_days_and_is_shorter_where_money_is_asked_for(make) -> None:
    make.account("leader")
    assert complaint()[0].due_on == dt.date(2026, 12, 8)
    assert complaint(ComplaintAbout.MONEY)[0].due_on == dt.date(2026, 11, 27)


def test_without_a_name_the_code_alone_leads_to_the_answer(make, session, client, as_role) -> None:
    leader = make.account("leader")
    page = client.post("/complaints/new", data={"about": "centre", "text": SECRET}, status=200)
    (code,) = page.texts("p.code")
    made = only_one(session)
    assert (made.account_id, made.name, made.phone) == (None, "", None)
    page = client.post("/complaints/answer", data={"code": code.lower()}, status=200)
    assert "Chưa có trả lời" in page.text
    signed_in = as_role("leader", leader)
    assert SECRET in signed_in.get(f"/counselling/complaints/{made.id}").text
    sent = {"answer": "Chúng tôi đã trả lại tiền."}
    signed_in.post(f"/counselling/complaints/{made.id}/answer", data=sent, status=302)
    page = client.post("/complaints/answer", data={"code": code.replace("-", "")}, status=200)
    assert "Chúng tôi đã trả lại tiền." in page.text and SECRET not in page.text


def test_the_code_is_kept_nowhere_and_stands_in_no_address(make, session, client) -> None:
    make.account("leader")
    page = client.post("/complaints/new", data={"about": "other", "text": "Chuyện."}, status=200)
    code = page.texts("p.code")[0].replace("-", "")
    made = only_one(session)
    assert code not in [str(getattr(made, column.key)) for column in Complaint.__table__.columns]
    assert not any(code in link for link in page.links())


def test_a_wrong_code_an_old_one_and_too_many_tries_open_nothing(make, session, client, app) -> None:
    make.account("leader")
    made, code = complaint(now=now())
    made.code_expires_at = now() - dt.timedelta(minutes=1)
    session.commit()
    pages = [client.post("/complaints/answer", data={"code": one}, status=422) for one in (code, "KHONGCO")]
    assert all("không có hoặc đã quá hạn" in page.text for page in pages)
    for _turn in range(app.config["SIGN_IN_TRIES_BY_ADDRESS"] - 2):
        client.post("/complaints/answer", data={"code": "KHONGCO"}, status=422)
    client.post("/complaints/answer", data={"code": "KHONGCO"}, status=429)


def test_what_was_typed_stands_there_after_an_error(client) -> None:
    page = client.post("/complaints/new", data={"text": SECRET, "phone": "12"}, status=422)
    assert SECRET in page.text and "Hãy chọn một mục" in page.text


def test_the_text_message_tells_that_there_is_an_answer_and_nothing_of_it(make, session) -> None:
    leader, seeker = make.account("leader"), make.account("seeker")
    made, code = complaint(phone="0901234567", account=seeker)
    ops.answer(made, "Anh Lộc đã bị kỷ luật.", actor=leader, now=NOW)
    on_portal, on_phone = messages(session, "complaint.answered")
    assert (on_portal.channel, on_portal.account_id) == (Channel.PORTAL, seeker.id)
    assert "kỷ luật" in on_portal.body
    assert on_phone.channel is Channel.SMS and on_phone.recipient == "0901234567"
    for secret in ("Lộc", "kỷ luật", "phản ánh", code):
        assert secret not in on_phone.body + on_phone.subject


def test_the_owner_is_told_without_a_word_of_it(make, session) -> None:
    leader = make.account("leader")
    complaint(name="Bảy")
    (told,) = messages(session, "complaint.owner")
    assert told.account_id == leader.id and not re.search("Lộc|Bảy|500", told.body)


def test_an_adviser_sees_none_until_a_leader_gives_one_to_them(make, session, as_role) -> None:
    leader, account = make.account("leader"), make.account("adviser")
    made, _code = complaint()
    session.commit()
    adviser, path = as_role("adviser", account), f"/counselling/complaints/{made.id}"
    adviser.get(path, status=404)
    adviser.post(f"{path}/answer", data={"answer": "Không có gì."}, status=404)
    adviser.post(f"{path}/owner", data={"owner": account.id}, status=403)
    assert "Không có phản ánh nào" in adviser.get("/counselling/complaints").text
    as_role("leader", leader).post(f"{path}/owner", data={"owner": account.id}, status=302)
    assert SECRET in adviser.get(path).text
    for role in ("moderator", "administrator", "seeker", "employer"):
        with_role = as_role(role) if role != "employer" else as_role(role, make.member(role))
        with_role.get(path, status=403)


def test_it_is_answered_once_and_nobody_answers_their_own(make) -> None:
    leader, other = make.account("leader"), make.account("leader")
    made, _code = complaint(account=leader)
    with pytest.raises(NotAllowed):
        ops.answer(made, "Tôi đúng.", actor=leader, now=NOW)
    ops.answer(made, "Đã xem.", actor=other, now=NOW)
    with pytest.raises(Refused):
        ops.answer(made, "Lần nữa.", actor=other, now=NOW)
    with pytest.raises(Refused):
        ops.give_to(made, other, actor=leader, now=NOW)
    assert made.state is ComplaintState.ANSWERED


def test_who_is_late_is_marked_and_the_sender_reads_it_too(make, session, client, as_role) -> None:
    leader = make.account("leader")
    made, code = complaint(now=now())
    made.due_on = today() - dt.timedelta(days=1)
    complaint(now=now(), text="Chuyện khác.")
    session.commit()
    assert [one.id for one in session.scalars(Complaints().overdue(today()).query)] == [made.id]
    page = as_role("leader", leader).get("/counselling/complaints?state=late")
    assert page.text.count("trễ") >= 1 and len(page.all("th")) == 6
    assert "trễ hẹn" in client.post("/complaints/answer", data={"code": code}, status=200).text


def test_the_list_asks_as_often_for_20_rows_as_for_2(make, session, as_role, statements) -> None:
    leader, counts = make.account("leader"), []
    signed_in = as_role("leader", leader)
    for more in (2, 18):
        for number in range(more):
            complaint(text=f"Chuyện {number}")
        session.commit()
        signed_in.get("/counselling/complaints")
        statements.clear()
        signed_in.get("/counselling/complaints")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_one_address_cannot_flood_the_leaders(app: Any, client: Any, make: Any, session: Any) -> None:
    make.account("leader")
    most = app.config["ASKS_BY_ADDRESS"]
    for number in range(most + 1):
        status = 429 if number == most else 200
        client.post("/complaints/new", {"about": "other", "text": f"Góp ý số {number}."}, status=status)
    assert session.scalar(select(func.count(Complaint.id))) == most
