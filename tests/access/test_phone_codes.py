"""Coming in by a code to the phone: what is told to whom, and how often one may try."""

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from portal.access.models import Account, PhoneCode, SignInThrottle
from portal.access.passwords import hash_password
from portal.access.phone_codes import send_phone_code, spend_phone_code
from portal.common.clock import now
from portal.messages.models import Message
from portal.web.transactions import write_transaction
from tests.codes import codes_sent, sms_code
from tests.strict_client import StrictClient

PHONE = "0901234567"
START = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
HALF_A_YEAR = dt.timedelta(days=182)


@pytest.fixture
def mai(make: Any) -> Any:
    account = make.account("seeker", sign_in_name=None, display_name="Nguyễn Thị Mai", phone=PHONE,
                           phone_proved_at=now(), pin_hash=hash_password("2739"))  # fmt: skip
    make.worker("Nguyễn Thị Mai", account_id=account.id, phone=PHONE)
    return account


def ask(client: StrictClient, phone: str = PHONE, **kwargs: Any) -> Any:
    return client.post("/sign-in/code", {"phone": phone}, **{"to": "/sign-in/code/enter", **kwargs})


def enter(client: StrictClient, code: str, **kwargs: Any) -> Any:
    return client.post("/sign-in/code/enter", {"phone_code": code}, **kwargs)


def wrong_for(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_who_alone_has_a_number_comes_in_by_its_code(client: Any, mai: Any, session: Any) -> None:
    ask(client, "+84 901 234 567")
    enter(client, sms_code(session, PHONE), to="/me")
    page = client.get("/me")
    # Whose account is open stands on the page, and the way to change hands.
    assert "Đang mở hồ sơ của Mai." in page.text and "Đổi người" in page.text
    client.post("/sign-out", {"next": "/sign-in"}, to="/sign-in")
    client.get("/me", status=302)


def test_an_old_cookie_opens_nothing_once_the_phone_went_to_somebody_else(
    app: Any, client: Any, mai: Any, session: Any
) -> None:
    """An answer still under way when somebody signs out may bring the cookie back."""
    ask(client)
    enter(client, sms_code(session, PHONE), to="/me")
    kept = client.inner.get_cookie("session").value
    client.post("/sign-out", {"next": "/sign-in"}, to="/sign-in")
    client.inner.set_cookie("session", kept)
    client.get("/me", status=302)
    assert client.get("/sign-in").texts("h1") == ["Đăng nhập"]


def test_the_message_names_nobody(client: Any, mai: Any, session: Any) -> None:
    ask(client)
    sent = session.scalars(select(Message)).one()
    assert "Đừng đưa mã cho ai" in sent.body and "Mai" not in sent.body
    assert sent.account_id is None and sent.worker_id is None


def test_the_answer_is_the_same_for_a_number_nobody_has(
    app: Any, client: Any, mai: Any, session: Any, statements: list[str]
) -> None:
    """The same page, and the same work in the database: so the same time, too."""
    # The first of an address writes its row of tries.
    ask(client, "0903333333")
    pages, work = [], []
    for phone in (PHONE, "0907654321"):
        other = StrictClient(app)
        statements.clear()
        ask(other, phone)
        work.append(list(statements))
        spaced = f"{phone[:4]} {phone[4:7]} {phone[7:]}"
        pages.append(other.get("/sign-in/code/enter").text.replace(spaced, ""))
    assert pages[0] == pages[1]
    assert work[0] == work[1]
    assert codes_sent(session, PHONE) == codes_sent(session, "0907654321") == 1


def test_who_has_entered_the_code_learns_that_no_account_is_there(client: Any, session: Any) -> None:
    ask(client)
    enter(client, sms_code(session, PHONE), to="/sign-in/nobody")
    assert "Đăng ký tìm việc" in client.get("/sign-in/nobody").text
    # Going on to register, the number stands there, and needs no second code.
    client.post("/register", {"birth": "1998"}, to="/register/who")
    assert "0901 234 567" in client.get("/register/who").html
    client.post("/register/who", {"birth": "1998", "full_name": "Lê Văn Tám", "phone": PHONE})
    assert "Mã PIN mới" in client.get("/register/account").text


def test_without_a_code_nobody_learns_that(client: Any) -> None:
    client.get("/sign-in/nobody", status=302)
    assert client.get("/sign-in/who", status=302).location == "/sign-in"
    assert client.get("/sign-in/code/enter", status=302).location == "/sign-in"


def test_a_code_opens_once(app: Any, client: Any, mai: Any, session: Any) -> None:
    ask(client)
    code = sms_code(session, PHONE)
    enter(client, code, to="/me")
    thief = StrictClient(app)
    with thief.inner.session_transaction() as cookie:
        cookie["code_phone"] = PHONE
    assert "không đúng hoặc đã hết hạn" in enter(thief, code, status=422).text


def test_a_code_is_dead_after_ten_minutes(client: Any, mai: Any, session: Any) -> None:
    with time_machine.travel(START, tick=False) as clock:
        ask(client)
        clock.shift(dt.timedelta(minutes=10, seconds=1))
        enter(client, sms_code(session, PHONE), status=422)


def test_a_newer_code_ends_the_older(client: Any, mai: Any, session: Any) -> None:
    ask(client)
    older = sms_code(session, PHONE)
    ask(client)
    newer = sms_code(session, PHONE)
    if older != newer:
        enter(client, older, status=422)
    enter(client, newer, to="/me")


def test_five_wrong_tries_end_the_right_code_too(client: Any, mai: Any, session: Any) -> None:
    ask(client)
    code = sms_code(session, PHONE)
    for _ in range(5):
        enter(client, wrong_for(code), status=422)
    enter(client, code, status=422)
    assert session.scalars(select(PhoneCode.tries)).one() == 5


def test_asking_anew_does_not_give_endless_tries(client: Any, mai: Any, session: Any) -> None:
    """Ten wrong tries a quarter of an hour for a number, however many codes were sent between."""
    for _ in range(2):
        ask(client)
        code = sms_code(session, PHONE)
        for _ in range(5):
            enter(client, wrong_for(code), status=422)
    ask(client)
    enter(client, sms_code(session, PHONE), status=429)


def test_a_number_is_written_to_only_so_often(app: Any, client: Any, session: Any) -> None:
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(10):
            ask(client)
        page = ask(StrictClient(app), to=None, status=429)
        assert "thử nhiều lần" in page.text and codes_sent(session, PHONE) == 10
        assert PHONE in page.html, "what was typed is still there"
        clock.shift(dt.timedelta(hours=1))
        ask(client)


def test_an_address_may_ask_only_so_often(app: Any, client: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "CODES_BY_ADDRESS", 2)
    for phone in ("0901234561", "0901234562"):
        ask(client, phone)
    ask(client, "0901234563", to=None, status=429)


def test_the_tables_tell_nobody_who_asked(client: Any, session: Any) -> None:
    ask(client)
    row = session.scalars(select(PhoneCode)).one()
    assert PHONE not in row.phone_hash and sms_code(session, PHONE) not in row.code_hash
    assert all(PHONE not in key for key in session.scalars(select(SignInThrottle.key)))


def test_a_number_not_proved_for_half_a_year_needs_more(client: Any, mai: Any, session: Any) -> None:
    """Numbers are sold again: the new owner of the card gets the code and nothing else."""
    mai.phone_proved_at = now() - HALF_A_YEAR - dt.timedelta(minutes=1)
    session.commit()
    ask(client)
    enter(client, sms_code(session, PHONE), to="/sign-in/who")
    client.get("/me", status=302)
    page = client.get("/sign-in/who")
    assert "Mai" not in page.text and "Trung tâm" in page.text
    client.post("/sign-in/who", {"birth_year": "1998", "pin": "2739"}, to="/me")
    assert now() - session.get(Account, mai.id).phone_proved_at < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("proved", "to"), [(HALF_A_YEAR - dt.timedelta(minutes=1), "/me"), (None, "/sign-in/who")]
)
def test_how_long_a_number_counts_as_proved(
    client: Any, mai: Any, session: Any, proved: dt.timedelta | None, to: str
) -> None:
    mai.phone_proved_at = None if proved is None else now() - proved
    session.commit()
    ask(client)
    enter(client, sms_code(session, PHONE), to=to)


def test_the_password_is_a_second_fact_for_an_old_number(client: Any, mai: Any, session: Any) -> None:
    mai.phone_proved_at = None
    mai.sign_in_name, mai.password_hash = "mai.rach.gia", hash_password("con đò sang sông")
    session.commit()
    ask(client)
    enter(client, sms_code(session, PHONE), to="/sign-in/who")
    data = {"sign_in_name": "mai.rach.gia", "password": "con đò sang sông"}
    client.post("/sign-in", data, to="/me")
    assert session.get(Account, mai.id).phone_proved_at is not None


def test_staff_never_come_in_by_a_phone(client: Any, make: Any, session: Any) -> None:
    make.account("adviser", phone=PHONE, phone_proved_at=now(), password_hash=hash_password("x" * 9))
    ask(client)
    enter(client, sms_code(session, PHONE), to="/sign-in/nobody")


def test_a_locked_account_is_not_opened(client: Any, mai: Any, session: Any) -> None:
    mai.is_enabled = False
    session.commit()
    ask(client)
    enter(client, sms_code(session, PHONE), to="/sign-in/nobody")


def test_one_goes_on_to_the_page_one_came_for_and_never_elsewhere(app: Any, mai: Any, session: Any) -> None:
    for asked, to in (("/profile", "/profile"), ("https://evil.example/", "/me")):
        client = StrictClient(app)
        client.post(f"/sign-in/code?next={asked}", {"phone": PHONE})
        client.post(f"/sign-in/code/enter?next={asked}", {"phone_code": sms_code(session, PHONE)}, to=to)


def test_one_code_used_twice_in_one_moment_opens_once(app: Any, session: Any) -> None:
    with write_transaction():
        send_phone_code(PHONE, now=now())
    code = sms_code(session, PHONE)
    session.rollback()
    gate, got = threading.Barrier(4), []

    def spend() -> None:
        with app.app_context():
            gate.wait()
            with write_transaction():
                got.append(spend_phone_code(PHONE, code, now=now()))

    threads = [threading.Thread(target=spend) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False, False, False, True]


def test_the_page_of_a_wrong_number_can_be_opened_again(client: Any) -> None:
    client.post("/sign-in/code", {"phone": "12"}, status=422)
    answer = client.get("/sign-in/code", status=302)
    assert answer.headers["Location"].startswith("/sign-in")
