"""Signing in and out: sessions, tries, and where one lands."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from argon2 import PasswordHasher

from portal.access.homes import HOMES
from portal.access.models import SignInThrottle
from portal.access.passwords import hash_password
from portal.access.states import Role
from tests.strict_client import StrictClient

PASSWORD = "con đò sang sông"


@pytest.fixture
def mai(make: Any) -> Any:
    return make.account(
        "adviser", sign_in_name="0901234567", display_name="Mai", password_hash=hash_password(PASSWORD)
    )


def sign_in(client: StrictClient, name: str = "0901234567", password: str = PASSWORD, **kwargs: Any) -> Any:
    url = kwargs.pop("url", "/sign-in")
    return client.post(url, {"sign_in_name": name, "password": password}, **kwargs)


@pytest.mark.parametrize("typed", ["0901234567", " 0901 234 567 ", "+84 901 234 567", "0901.234.567"])
def test_a_phone_number_is_the_same_name_however_it_is_typed(client: Any, mai: Any, typed: str) -> None:
    sign_in(client, typed, to="/desk")
    assert mai.last_sign_in_at is not None


def test_a_password_typed_in_another_unicode_form_is_the_same(client: Any, mai: Any) -> None:
    import unicodedata

    sign_in(client, password=unicodedata.normalize("NFD", PASSWORD), to="/desk")


def test_the_answer_is_the_same_for_a_wrong_name_and_a_wrong_password(client: Any, mai: Any) -> None:
    wrong_password = sign_in(client, password="something else", status=422)
    wrong_name = sign_in(client, name="0909999999", status=422)
    for page in (wrong_password, wrong_name):
        assert "Tên đăng nhập hoặc mật khẩu không đúng." in page.text
    assert len(wrong_password.html) == len(wrong_name.html)


def test_an_unknown_name_costs_one_hash_too(client: Any, mai: Any, monkeypatch: Any) -> None:
    verified: list[list[str]] = []
    real = PasswordHasher.verify

    def note(self: PasswordHasher, password_hash: str, text: str) -> Any:
        verified.append(password_hash.split("$")[1:4])
        return real(self, password_hash, text)

    monkeypatch.setattr(PasswordHasher, "verify", note)
    sign_in(client, password="wrong", status=422)
    sign_in(client, name="nobody", status=422)
    known, unknown = verified
    assert known == unknown, "the same work: argon2 with the same memory and passes"
    assert known[0] == "argon2id"


def test_a_disabled_account_is_told_nothing_more(client: Any, mai: Any, session: Any) -> None:
    mai.is_enabled = False
    session.commit()
    assert "không đúng" in sign_in(client, status=422).text


def test_every_role_has_a_home_that_it_may_open(app: Any, as_role: Any, client: Any) -> None:
    assert set(HOMES) == set(Role)
    for role, endpoint in HOMES.items():
        allowed = app.view_functions[endpoint].allowed
        assert role.value in allowed, f"{role} lands on {endpoint}, which it may not open"
        with app.test_request_context():
            url = app.url_for(endpoint)
        as_role(role.value).get(url)


def test_one_goes_on_to_the_page_one_came_for(client: Any, mai: Any) -> None:
    response = client.get("/accounts", status=302)
    assert response.location == "/sign-in?next=/accounts"
    sign_in(client, url="/sign-in?next=/account/password", to="/account/password")


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example/",
        "https://evil.example/desk",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil.example",
    ],
)
def test_one_never_goes_on_to_another_site(client: Any, mai: Any, evil: str) -> None:
    response = client.inner.post(
        "/sign-in", query_string={"next": evil}, data={"sign_in_name": "0901234567", "password": PASSWORD}
    )
    assert response.location == "/desk"


def test_the_session_of_before_is_thrown_away(client: Any, mai: Any) -> None:
    with client.inner.session_transaction() as before:
        before["planted"] = "by somebody"
        before["locale"] = "en"
    sign_in(client)
    with client.inner.session_transaction() as after:
        assert "planted" not in after
        assert after["locale"] == "en"


def test_signing_out_ends_it(client: Any, mai: Any) -> None:
    sign_in(client)
    client.get("/desk")
    client.post("/sign-out", to="/")
    client.get("/desk", status=302)


def test_signing_out_by_a_link_does_nothing(client: Any, mai: Any) -> None:
    sign_in(client)
    client.get("/sign-out", status=405)
    client.get("/desk")


def test_ten_wrong_tries_close_the_name_for_a_quarter_of_an_hour(client: Any, mai: Any, session: Any) -> None:
    start = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(10):
            sign_in(client, password="wrong", status=422)
        assert "thử nhiều lần" in sign_in(client, status=429).text, "even the right password waits"
        clock.shift(dt.timedelta(minutes=15))
        sign_in(client, to="/desk")


def test_unknown_names_are_closed_alike(client: Any) -> None:
    for _ in range(10):
        sign_in(client, name="nobody", password="wrong", status=422)
    sign_in(client, name="nobody", password="wrong", status=429)


def test_a_hundred_tries_close_the_address(app: Any, client: Any, mai: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "SIGN_IN_TRIES_BY_ADDRESS", 3)
    for name in ("an", "binh", "chi"):
        sign_in(client, name=f"{name}.sai", password="wrong", status=422)
    sign_in(client, status=429)
    elsewhere = StrictClient(app)
    sign_in(elsewhere, environ_base={"REMOTE_ADDR": "203.0.113.9"}, to="/desk")


def test_a_success_gives_back_only_its_own_try_to_the_address(
    app: Any, client: Any, mai: Any, monkeypatch: Any
) -> None:
    """Who has an account of his own cannot try other names for ever by signing in between."""
    monkeypatch.setitem(app.config, "SIGN_IN_TRIES_BY_ADDRESS", 3)
    for _ in range(2):
        sign_in(client, name="victim", password="wrong", status=422)
        sign_in(StrictClient(app), to="/desk")
    sign_in(client, name="victim", password="wrong", status=422)
    sign_in(client, name="victim", password="wrong", status=429)


def test_the_table_of_tries_names_nobody(client: Any, mai: Any, session: Any) -> None:
    sign_in(client, password="wrong", status=422)
    keys = [row.key for row in session.query(SignInThrottle)]
    assert len(keys) == 2
    assert all(len(key) == 64 and "0901234567" not in key for key in keys)


def test_the_demo_accounts_are_shown_in_a_demo_only(
    app: Any, client: Any, make: Any, monkeypatch: Any
) -> None:
    make.account("adviser", sign_in_name="adviser", is_demo=True, password_hash=hash_password("benviec-demo"))
    assert "benviec-demo" in client.get("/sign-in").text
    monkeypatch.setitem(app.config, "DEMO", False)
    assert "benviec-demo" not in client.get("/sign-in").text
    sign_in(client, "adviser", "benviec-demo", status=422)


def test_messages_and_codes_are_readable_in_a_demo_only(app: Any, client: Any, monkeypatch: Any) -> None:
    client.get("/outbox")
    monkeypatch.setitem(app.config, "DEMO", False)
    client.get("/outbox", status=404)


def test_a_pressed_button_leads_back_to_its_page_after_signing_in(client, make):
    opening = make.opening()
    page = f"/openings/{opening.id}"
    answer = client.post(f"{page}/want", headers={"Referer": f"http://localhost{page}"}, status=302)
    assert answer.location == f"/sign-in?next={page}"
    elsewhere = {"Referer": "https://elsewhere.example/"}
    assert client.post(f"{page}/want", headers=elsewhere, status=302).location == "/sign-in"
