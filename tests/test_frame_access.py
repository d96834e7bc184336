"""Every route with every role: what is stated, and what really happens."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal import blueprints, create_app
from portal.access.states import Role
from portal.web.access import PUBLIC, SIGNED_IN, allow, insist
from portal.web.route_table import as_markdown, route_table
from tests import settings
from tests.route_walk import STRICTER, address, rows, walkers
from tests.strict_client import Page, check

KEPT = Path(__file__).parent.parent / "docs" / "permissions.md"
# What an allowed role may get: a page, a way on, a sentence about what was sent, "not yours", "not now",
# "this is no form of ours".
FINE = (200, 302, 303, 400, 404, 409, 410, 422)
# Who is signed out half-way could not walk on; their own tests say who may press these.
SIGNS_OUT = ("access.sign_out", "tickets.open_kiosk")


def may(app: Any, endpoint: str, name: str) -> bool:
    allowed = app.view_functions[endpoint].allowed
    if endpoint in STRICTER:
        return name in STRICTER[endpoint]
    return PUBLIC in allowed or (name != "nobody" and (SIGNED_IN in allowed or name in allowed))


def test_docs_permissions_tells_who_may_open_what(app: Any) -> None:
    kept = KEPT.read_text(encoding="utf-8").split("<!-- routes -->\n")[1]
    now = as_markdown(route_table(app, Role.values()))
    assert kept.strip().splitlines() == now.strip().splitlines(), (
        "who may open what has changed: if it is meant, run `make permissions`"
    )


@pytest.mark.sqlite_only
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_role_meets_what_the_route_states(app: Any, make: Any, method: str) -> None:
    ids, clients = rows(make), walkers(app, make)
    wrong = []
    for rule in app.url_map.iter_rules():
        if method not in rule.methods or rule.endpoint in SIGNS_OUT:
            continue
        url = address(app, rule, ids)
        for name, client in clients.items():
            expected = expected_of(may(app, rule.endpoint, name), name)
            try:
                answer = client.answer(url, method)
            except Exception as error:
                wrong.append(f"{method} {url} as {name}: {type(error).__name__} {str(error)[:200]}")
                continue
            if answer.status_code == 200 and answer.mimetype == "text/html":
                # One h1, labels, valid HTML: what each role is shown is a sound page.
                check(Page(answer))
            if answer.status_code not in expected:
                wrong.append(f"{method} {url} as {name}: {answer.status_code}, not one of {expected}")
            elif not may(app, rule.endpoint, name) and name == "nobody":
                assert "/sign-in" in answer.location
    assert not wrong, "\n".join(wrong)


def expected_of(allowed: bool, name: str) -> tuple[int, ...]:
    if allowed:
        return FINE
    return (302,) if name == "nobody" else (403,)


def test_a_route_that_does_not_say_who_may_come_in_stops_the_app(monkeypatch: Any) -> None:
    def forgetful(app: Flask) -> None:
        app.add_url_rule("/forgotten", "forgotten", lambda: "hello")

    monkeypatch.setattr(blueprints, "init_app", forgetful)
    with pytest.raises(RuntimeError, match="forgotten"):
        create_app(settings.config_for("sqlite://"))


def test_an_empty_statement_is_none(app: Any) -> None:
    bare = Flask("bare")
    bare.view_functions["static"].allowed = frozenset([PUBLIC])  # type: ignore[attr-defined]
    bare.add_url_rule("/empty", "empty", allow()(lambda: "hello"))
    with pytest.raises(RuntimeError, match="empty"):
        insist(bare)


def test_access_is_stated_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        allow(Role.LEADER)(allow(PUBLIC)(lambda: "hello"))


@pytest.mark.sqlite_only
def test_every_menu_entry_leads_to_a_page_its_role_may_open(app: Any, make: Any) -> None:
    from portal.navigation import ENTRIES

    clients = walkers(app, make)
    clients["signed_out"] = clients.pop("nobody")
    for entry in ENTRIES:
        unknown = set(entry.roles) - clients.keys()
        assert not unknown, f"{entry.endpoint} is for {unknown}, which is no role"
        with app.test_request_context():
            url = app.url_for(entry.endpoint)
        for name in entry.roles or clients:
            page = clients[name].get(url)
            assert url in page.links(), f"{entry.endpoint} is not in the menu of {name}"
