"""Nonsense in every field of every form that a role can reach: a sentence, never an error of ours."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from portal.access.states import Role
from tests.strict_client import Page

NONSENSE = (
    "",
    "9" * 400,
    "-1",
    "<script>alert(1)</script> =1+1 %s {{ 7*7 }} \u202e\u0000 \U0001f600",
    "31/02/2026",
    "ngày mai " * 3_000,
)
MOST_PAGES = 45
# Leaving ends the walk; a file field is tried by the tests of uploads.
LEFT_ALONE = ("/sign-out", "/language")


def pages_of(client: Any, start: str) -> dict[str, Page]:
    """Every page that links lead to from `start`, up to a number; one of each kind of address."""
    seen: dict[str, Page] = {}
    kinds: set[str] = set()
    waiting = [start]
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        kind = "/".join("n" if part.isdigit() else part for part in urlsplit(path).path.split("/"))
        if kind in kinds or path.startswith(LEFT_ALONE):
            continue
        kinds.add(kind)
        answer = client.answer(path, follow_redirects=True)
        assert answer.status_code < 500, path
        if answer.mimetype == "text/html" and answer.status_code == 200:
            seen[path] = Page(answer)
            waiting += [href for href in seen[path].links() if href.startswith("/") and "/static" not in href]
    return seen


def forms_on(page: Page, path: str) -> list[tuple[str, str, dict[str, str]]]:
    """Method, address and the fields with what stands in them."""
    found = []
    for form in page.all("form"):
        action = form.get("action") or path
        fields: dict[str, str] = {}
        for tag in ("input", "select", "textarea", "button"):
            for element in form.iter(f"{{http://www.w3.org/1999/xhtml}}{tag}"):
                name = element.get("name")
                if name and element.get("type") != "file" and name != "csrf_token":
                    fields[name] = element.get("value") or ""
        if not action.startswith(LEFT_ALONE):
            found.append((form.get("method", "get").lower(), action, fields))
    return found


@pytest.fixture
def busy(make: Any) -> dict[str, Any]:
    """Somebody of each role with something to look at."""
    accounts = {role.value: make.account(role.value) for role in Role if role.value in ("seeker", "adviser")}
    for role in ("moderator", "leader", "administrator"):
        accounts[role] = make.account(role)
    for role in ("employer", "sender", "college", "commune", "department"):
        accounts[role] = make.member(role)
    worker = make.worker("Nguyễn Thị Mai", account_id=accounts["seeker"].id)
    opening = make.opening("Công nhân may")
    make.worker("Nguyễn Thị Mai", phone=worker.phone)
    return {**accounts, "opening": opening}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", [*(role.value for role in Role), ""])
def test_nonsense_is_answered_and_never_breaks_anything(
    app: Any, busy: dict[str, Any], as_role: Any, client: Any, role: str
) -> None:
    visitor = as_role(role, busy[role]) if role else client
    tried = 0
    for path, page in pages_of(visitor, "/").items():
        for method, action, fields in forms_on(page, path):
            for nonsense in NONSENSE:
                data = dict.fromkeys(fields, nonsense)
                given = {"data": data} if method == "post" else {"query_string": data}
                answer = visitor.answer(action, method.upper(), **given)
                assert answer.status_code < 500, f"{method} {action} from {path} with {nonsense[:30]!r}"
                if role:
                    visitor.sign_in(busy[role])
                tried += 1
    assert tried >= 6
