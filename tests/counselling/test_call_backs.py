""" "Call me back": no account, an owner and a day, the tries, and the end with the contact."""

import datetime as dt

import pytest
import time_machine
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.events import emit
from portal.counselling import call_backs, subscriptions
from portal.counselling.contacts import record_contact
from portal.counselling.models import CallBack
from portal.counselling.states import CallBackState, ContactChannel, ContactKind, ContactOutcome, ForWhom
from portal.errors import Refused
from portal.referrals.events import CallMeFirst
from portal.referrals.models import Referral
from portal.referrals.states import Origin, ReferralState
from portal.workers import operations
from portal.workers.events import ClaimAnswer, ProfileAnswered
from tests.factories import NOW

# A Monday; the Tuesday after it is a public holiday.
ON = NOW.date()
ASKED = {"for_whom": "self", "name": "Cô Sáu", "phone": "0901 234 567", "best_hour": "morning"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def adviser(make):
    return make.account("adviser", display_name="Chị Lan")


def asked(session):
    return session.scalars(select(CallBack)).one()


def wish(name="Cô Sáu", phone="0901234567", **given):
    return call_backs.Wish(name, phone, **given)


def test_who_has_no_account_is_told_in_one_sentence_until_when_somebody_calls(client, session, adviser):
    page = client.follow("/call-me", {**ASKED, "commune": "Phường Long Xuyên"})
    assert "Một tư vấn viên của Trung tâm sẽ gọi số bạn đã ghi, trễ nhất là hết ngày 26/11/2026." in page.text
    call_back = asked(session)
    assert (call_back.name, call_back.phone, call_back.best_hour) == ("Cô Sáu", "0901234567", "morning")
    assert call_back.commune_code and call_back.owner_id == adviser.id
    assert call_back.due_on == dt.date(2026, 11, 26)


def test_the_weekend_is_no_working_day(session, adviser):
    friday = NOW + dt.timedelta(days=4)
    call_back = call_backs.ask_call_back(wish(), actor=None, now=friday)
    assert call_back.due_on == dt.date(2026, 12, 1)


def test_the_page_asks_when_a_commune_is_unclear_and_loses_nothing(client, session, adviser):
    page = client.post("/call-me", {**ASKED, "commune": "an phu", "best_hour": "evening"}, status=200)
    offered = [box.get("value") for box in page.all("input") if box.get("name") == "choice"]
    assert len(offered) > 2 and 'value="Cô Sáu"' in page.html
    chosen = [box.get("value") for box in page.all("input") if box.get("checked") is not None]
    assert "evening" in chosen
    client.post("/call-me", {**ASKED, "commune": "an phu", "asked": "an phu", "choice": offered[-1]})
    assert asked(session).commune_code == offered[-1]


@pytest.mark.parametrize("wrong", [{"phone": ""}, {"phone": "12"}, {"name": ""}, {"commune": "zzzz qqqq"}])
def test_what_is_missing_is_said_and_what_was_typed_stays(client, session, adviser, wrong):
    page = client.post("/call-me", {**ASKED, **wrong}, status=422)
    assert page.all("div.error-summary")
    assert all(value in page.html for value in {**ASKED, **wrong}.values())
    assert session.scalars(select(CallBack)).all() == []


def test_who_presses_twice_is_called_once_and_three_on_one_phone_are_three(client, session, adviser):
    for name in ("Cô Sáu", "co sau", "Chú Tư", "Bà Ba"):
        client.post("/call-me", {**ASKED, "name": name})
    assert [row.name for row in session.scalars(select(CallBack).order_by(CallBack.id))] == [
        "Cô Sáu",
        "Chú Tư",
        "Bà Ba",
    ]


def test_who_asks_again_about_a_call_that_is_late_is_not_told_a_day_gone_by(client, session, adviser):
    call_backs.ask_call_back(wish(), actor=None, now=NOW - dt.timedelta(days=10))
    session.commit()
    assert "trễ nhất là hết ngày 23/11/2026" in client.follow("/call-me", ASKED).text


def test_too_many_requests_for_one_number_are_stopped_and_keep_what_was_typed(client, adviser):
    for _ in range(10):
        client.post("/call-me", ASKED)
    page = client.post("/call-me", ASKED, status=429)
    assert "Bạn đã thử nhiều lần" in page.text and 'value="Cô Sáu"' in page.html


def test_a_request_for_a_neighbour_holds_only_what_is_needed(as_role, make, session, adviser):
    account = make.account("seeker")
    make.worker("Trần Văn Út", account_id=account.id, adviser_id=adviser.id)
    client = as_role("seeker", account)
    other = {**ASKED, "for_whom": "neighbour", "about_name": "Bà Ba"}
    client.post("/call-me", other)
    call_back = asked(session)
    assert (call_back.for_whom, call_back.about_name) == (ForWhom.NEIGHBOUR, "Bà Ba")
    # It is not the neighbour's profile: nothing ties the two together.
    assert call_back.worker_id is None and call_back.kind is None and call_back.note == ""


def test_the_page_knows_who_is_signed_in_and_their_adviser_calls(as_role, make, session):
    advisers = [make.account("adviser") for _ in range(3)]
    account = make.account("seeker")
    worker = make.worker("Trần Văn Út", account_id=account.id, adviser_id=advisers[2].id)
    client = as_role("seeker", account)
    page = client.get("/call-me")
    assert 'value="Trần Văn Út"' in page.html
    client.post("/call-me", ASKED)
    assert (asked(session).owner_id, asked(session).worker_id) == (advisers[2].id, worker.id)


def test_calls_are_shared_fairly_and_nobody_who_is_gone_gets_one(session, make):
    first, second = make.account("adviser"), make.account("adviser")
    make.account("adviser", is_enabled=False)
    make.account("moderator")
    made = [
        call_backs.ask_call_back(wish(phone=f"090100000{n}"), actor=None, now=NOW).owner_id for n in range(6)
    ]
    assert sorted(made) == [first.id] * 3 + [second.id] * 3


def test_the_desk_sees_ones_own_by_day_and_what_is_late(as_role, make, session, adviser):
    own = call_backs.ask_call_back(wish("Cô Sáu"), actor=None, now=NOW - dt.timedelta(days=10))
    later = call_backs.ask_call_back(wish("Chú Tư"), actor=None, now=NOW)
    other = make.account("adviser")
    theirs = call_backs.ask_call_back(wish("Bà Ba"), actor=None, now=NOW)
    assert (own.owner_id, later.owner_id, theirs.owner_id) == (adviser.id, adviser.id, other.id)
    session.commit()
    client = as_role("adviser", adviser)
    page = client.get("/counselling/call-backs")
    names = [name.split()[0] + " " + name.split()[1] for name in page.texts("th") if name[:2] in ("Cô", "Ch")]
    assert names[-2:] == ["Cô Sáu", "Chú Tư"] and "Bà Ba" not in page.text
    assert "tel:0901234567" in page.links() and page.texts("span.stop") == ["trễ"]
    assert f"/counselling/contacts/new?call_back={own.id}" in page.html or f"call_back={own.id}" in page.html
    assert "Bà Ba" in client.get("/counselling/call-backs?whose=all").text
    late = client.get("/counselling/call-backs?late=late").text
    assert "Cô Sáu" in late and "Chú Tư" not in late


def test_not_reached_is_tried_again_and_ends_only_after_three_tries_by_its_owner(
    as_role, make, session, adviser
):
    number = call_backs.ask_call_back(wish(), actor=None, now=NOW - dt.timedelta(days=10)).id
    session.commit()
    client = as_role("adviser", adviser)
    for tries in (1, 2, 3):
        page = client.follow(f"/counselling/call-backs/{number}/not-reached")
        assert f"gọi {tries} lần chưa được" in page.text
        assert asked(session).due_on == dt.date(2026, 11, 25)
        assert ("Kết thúc" in page.text) is (tries == 3)
    other = make.account("adviser")
    with pytest.raises(Refused):
        call_backs.give_up(asked(session), actor=other, now=NOW)
    session.rollback()
    client.post(f"/counselling/call-backs/{number}/give-up")
    assert asked(session).state is CallBackState.UNREACHED


def test_a_colleague_may_take_the_call(as_role, make, session, adviser):
    number = call_backs.ask_call_back(wish(), actor=None, now=NOW).id
    session.commit()
    other = make.account("adviser")
    as_role("adviser", other).post(f"/counselling/call-backs/{number}/take")
    assert asked(session).owner_id == other.id


@pytest.mark.parametrize(
    ("outcome", "state", "tries"),
    [
        (ContactOutcome.INFORMED, CallBackState.DONE, 1),
        (ContactOutcome.NOT_REACHED, CallBackState.OPEN, 1),
    ],
)
def test_the_contact_ends_the_call_back(session, adviser, outcome, state, tries):
    call_back = call_backs.ask_call_back(wish(), actor=None, now=NOW)
    record_contact(
        None, ContactKind.JOB, ContactChannel.PHONE, outcome, call_back=call_back, actor=adviser, now=NOW
    )
    assert (asked(session).state, asked(session).tries) == (state, tries)


def test_call_me_first_is_a_call_on_the_day_the_person_was_told(session, make, adviser):
    worker = make.worker("Trần Văn Út", adviser_id=adviser.id)
    referral = Referral(
        worker_id=worker.id, opening_id=make.opening().id, state=ReferralState.ASKED, origin=Origin.STAFF,
        owner_id=adviser.id, due_on=ON, created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    session.add(referral)
    session.flush()
    for _twice in range(2):
        emit(CallMeFirst(worker, referral, None, NOW, dt.date(2026, 11, 24)))
    call_back = asked(session)
    assert (call_back.referral_id, call_back.worker_id) == (referral.id, worker.id)
    assert (call_back.due_on, call_back.phone) == (dt.date(2026, 11, 24), worker.phone)


def test_a_merge_takes_the_call_along_and_back(session, make, adviser):
    kept, merged = make.worker("Trần Văn Út"), make.worker("Trần Văn Út")
    call_back = call_backs.ask_call_back(wish(), worker=merged, actor=None, now=NOW)
    done = operations.merge(kept, merged, actor=adviser, now=NOW)
    session.expire_all()
    assert call_back.worker_id == kept.id
    operations.undo_merge(done, actor=adviser, now=NOW)
    session.expire_all()
    assert call_back.worker_id == merged.id


def test_who_refuses_the_profile_is_called_no_more(session, make, adviser):
    worker = make.worker("Trần Văn Út")
    call_backs.ask_call_back(wish(), worker=worker, actor=None, now=NOW)
    emit(ProfileAnswered(worker, ClaimAnswer.REFUSED, None, NOW))
    session.flush()
    call_back = asked(session)
    assert (call_back.name, call_back.phone, call_back.state) == ("", "", CallBackState.DONE)


def test_names_and_numbers_of_calls_long_over_are_taken_out(session, adviser):
    over = call_backs.ask_call_back(wish(), actor=None, now=NOW)
    call_backs.finish(over, actor=adviser, now=NOW)
    waiting = call_backs.ask_call_back(wish("Chú Tư"), actor=None, now=NOW)
    subscriptions.forget_old_numbers(NOW + dt.timedelta(days=91))
    session.expire_all()
    assert (over.name, over.phone) == ("", "") and waiting.name == "Chú Tư"


def test_the_look_is_recorded_and_no_trail_holds_a_number(as_role, make, session, adviser):
    worker = make.worker("Trần Văn Út", adviser_id=adviser.id)
    call_backs.ask_call_back(wish(), worker=worker, actor=None, now=NOW)
    session.commit()
    as_role("adviser", adviser).get("/counselling/call-backs")
    events = session.scalars(select(AuditEvent)).all()
    assert [e.subject_id for e in events if e.action == "looked"] == [worker.id]
    assert not [e for e in events if "0901" in str(e.detail) or "Sáu" in str(e.detail)]


def test_the_list_asks_the_database_as_often_for_twenty_as_for_two(as_role, session, adviser, statements):
    client = as_role("adviser", adviser)
    counts = []
    for number in range(20):
        call_backs.ask_call_back(wish(phone=f"09012345{number:02d}"), actor=None, now=NOW)
        if number in (1, 19):
            session.commit()
            statements.clear()
            client.get("/counselling/call-backs")
            counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["seeker", "employer", "moderator"])
def test_nobody_else_sees_who_waits_for_a_call(as_role, role):
    as_role(role).get("/counselling/call-backs", status=403)


def test_everybody_finds_the_page(client):
    assert "/call-me" in client.get("/").links()
    assert "/call-me" in client.get("/register").links()
    assert client.get("/call-me/asked", status=302).location == "/call-me"
