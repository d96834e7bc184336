"""What holds for every answer: headers, the token against forged posts, ways back, transactions."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.web.redirects import safe_back
from tests.route_walk import address, rows, walkers

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize(("url", "status"), [("/sign-in", 200), ("/nowhere", 404), ("/desk", 302)])
def test_every_answer_carries_the_security_headers(client: Any, url: str, status: int) -> None:
    response = client.answer(url)
    assert response.status_code == status
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(app: Any, client: Any) -> None:
    cookie = client.answer("/language/en").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_outside_a_demo_the_cookie_needs_https(app: Any) -> None:
    from tests import settings

    config = settings.config_for("sqlite://", MODE="production", KEYS_FROM="environment")
    assert config.SESSION_COOKIE_SECURE


@pytest.mark.sqlite_only
def test_no_post_is_taken_without_its_token(app: Any, make: Any, monkeypatch: Any) -> None:
    """Every POST route, by somebody who may use it."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    ids, clients = rows(make), walkers(app, make)
    taken = []
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods:
            continue
        url = address(app, rule, ids)
        for name, client in clients.items():
            status = client.answer(url, "POST").status_code
            if status not in (400, 403, 302) or (name == "leader" and status == 302):
                taken.append(f"{url} as {name}: {status}")
    assert not taken, "\n".join(taken)


def test_a_post_with_its_token_is_taken(app: Any, client: Any, make: Any, monkeypatch: Any) -> None:
    from portal.access.passwords import hash_password

    make.account("adviser", sign_in_name="mai", password_hash=hash_password("xuồng ba lá"))
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    data = {"sign_in_name": "mai", "password": "xuồng ba lá"}
    client.post("/sign-in", data, status=400)
    page = client.get("/sign-in")
    token = next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")
    client.post("/sign-in", {**data, "csrf_token": "x" + token}, status=400)
    client.post("/sign-in", {**data, "csrf_token": token}, to="/desk")


EVIL = [
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/",
    "http:evil.example", "http:///evil.example", "javascript:alert(1)", "data:text/html,x", "evil", "", None,
    "https://localhost.evil.example/", "https://localhost@evil.example/", "/\t/evil.example",
    "\n//evil.example", " //evil.example",
]  # fmt: skip


@pytest.mark.parametrize("target", EVIL)
def test_a_way_back_is_never_to_another_site(target: str | None) -> None:
    with Flask("bare").test_request_context("/", base_url="http://localhost"):
        assert_inside(safe_back(target))


def assert_inside(back: str | None) -> None:
    """As a browser reads it: tabs and line ends are dropped, a backslash is a slash."""
    if back is None:
        return
    read = "".join(letter for letter in back if letter not in "\t\r\n").replace("\\", "/")
    assert read.startswith("/")
    assert not read.startswith("//")


@given(st.text(alphabet="/\\:?#@.\t\n evilhtps1", max_size=30))
def test_whatever_is_asked_the_way_back_stays_inside(target: str) -> None:
    with Flask("bare").test_request_context("/", base_url="http://localhost"):
        assert_inside(safe_back(target))


@pytest.mark.parametrize("target", ["/desk", "/openings?q=thợ+hàn&page=2", "http://localhost/desk"])
def test_a_way_back_inside_is_kept(target: str) -> None:
    with Flask("bare").test_request_context("/", base_url="http://localhost"):
        assert safe_back(target) == target.removeprefix("http://localhost")


def test_the_language_switch_goes_back_inside_only(client: Any) -> None:
    assert client.get("/language/en?next=/sign-in", status=302).location == "/sign-in"
    assert client.get("/language/en?next=//evil.example", status=302).location == "/"
    assert client.get("/language/xx?next=/sign-in", status=302).location == "/sign-in"
    assert "Sign in" in client.get("/sign-in").text or "Đăng nhập" in client.get("/sign-in").text


def test_production_refuses_the_keys_of_a_demo() -> None:
    from config import SettingsError
    from tests import settings

    with pytest.raises(SettingsError, match="demo"):
        settings.config_for("sqlite://", MODE="production")
    with pytest.raises(SettingsError, match="MODE"):
        settings.config_for("sqlite://", MODE="holiday")
    with pytest.raises(SettingsError, match="SEAL_KEY"):
        settings.config_for("sqlite://", SEAL_KEY="c2hvcnQ=")
