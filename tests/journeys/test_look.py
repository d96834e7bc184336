"""Every role's pages at three widths: nothing scrolls sideways, everyone can use them, all is light."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from portal.access.states import Role
from tests.journeys.conftest import DESK, PICTURES
from tests.journeys.moves import ranked_at_home, tells_who

WIDTHS = (1280, 360, 320)
LIGHT = 60 * 1024
SERIOUS = ("serious", "critical")
WEIGHTS = PICTURES.parent / "weights.json"
PUBLIC = (
    "/", "/programmes/eps", "/programmes/korea-seasonal", "/openings", "/register", "/call-me", "/sign-in",
    "/claim", "/reset-password", "/verify", "/verify?code=2222", "/outbox", "/no-such-page",
)  # fmt: skip

# Pages behind a button or a link of the page before, which no menu shows: each keeps its pictures.
BEHIND = {
    "": (
        "/sign-in", "/call-me", "/complaints/new", "/complaints/answer", "/board", "/kiosk",
        "/reference/wage-regions", "/senders", "/report-fraud", "/reference/barred-areas",
        "/reference/rules?topic=terms",
    ),
    "seeker": (
        "/account", "/support/mine", "/courses/mine", "/profile/benefit", "/profile/cv", "/me/payments",
        "/me/payments/new", "/me/programmes", "/me/programmes/im-japan",
        "/me/programmes/im-japan/conditions",
    ),
    "adviser": (
        "/desk", "/workers/new", "/desk/counter/seat", "/desk/tickets", "/desk/waiting-times",
        "/counselling/contacts/new", "/counselling/ratings", "/figures", "/desk/done", "/desk/saved",
        "/desk/programmes/1", "/desk/programmes/1/requirements/new?kind=age", "/desk/pools/new",
        "/desk/pools/1", "/desk/pools/members/1",
        "/support", "/support?state=all", "/support/figures", "/courses/courses/new", "/courses/classes/new",
    ),
    "employer": ("/organisation", "/organisation/candidates"),
}  # fmt: skip
# Of a thing that stands first in its list.
FIRST = {
    "seeker": ("/me/referrals",),
    "adviser": ("/workers", "/courses", "/support", "/cases?whose=all"),
    "college": ("/courses",),
    "sender": ("/organisation/cases",),
    "moderator": ("/desk/openings?state=submitted", "/organisations"),
}
# Whatever is pressed, save links within a sentence, which are as high as their line.
TOO_LOW = """
() => [...document.querySelectorAll("main :is(a, button, input, select, textarea, summary):not(.only-read)")]
  .map((one) => /radio|checkbox/.test(one.type) && one.labels.length ? one.labels[0] : one)
  .filter((one) => one.checkVisibility({opacityProperty: true}) && getComputedStyle(one).display != "inline")
  .filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 43.5)
  .map((one) => `${one.localName} ${one.textContent.trim().slice(0, 30)}`)
"""
# Of these only what an adviser's menu does not hold.
LIKE_AN_ADVISER = (Role.LEADER, Role.MODERATOR)
# Once a page: the rules are half a megabyte.
RULES = Axe().axe_script
BROKEN = "axe.run({resultTypes: ['violations']}).then((found) => found.violations)"


class Scales:
    """Weighs what comes over the wire, headers and all, for a page that was never opened before."""

    def __init__(self, page: Any) -> None:
        self.weight = 0
        self.failed: list[str] = []
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.on("Network.loadingFinished", self._add)
        page.on("requestfailed", self._request_failed)
        page.on("response", self._judge)

    def _add(self, finished: dict[str, Any]) -> None:
        self.weight += int(finished["encodedDataLength"])

    def _request_failed(self, request: Any) -> None:
        # Going on to the next page ends what the last one was still asking for: no fault of either.
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(request.url)

    def _judge(self, answer: Any) -> None:
        if answer.status >= 400 and answer.request.resource_type != "document":
            self.failed.append(answer.url)


class Inspector:
    def __init__(self, visitor: Any) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.scales = Scales(self.page)
        self.wrong: list[str] = []
        self.weights: dict[str, int] = {}
        self.finger = self.page.context.new_cdp_session(self.page)

    def look_at(self, path: str, *, picture: str = "") -> None:
        self.scales.weight = 0
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 860})
        self.page.goto(self.visitor.address + path)
        weight = self.weights[path] = self.scales.weight
        self.page.evaluate(RULES)
        if weight > LIGHT:
            self.wrong.append(f"{path} weighs {weight / 1024:.1f} KB")
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 860})
            self._look_closely(path, width)
            if picture:
                self.visitor.picture(f"{picture}-{width}")

    def touch(self, path: str) -> None:
        """At a phone's width, with a finger: on staff pages a mouse may have smaller targets."""
        self.page.set_viewport_size({"width": WIDTHS[1], "height": 740})
        self.finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
        low = self.page.evaluate(TOO_LOW)
        self.finger.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        self.wrong += [f"{path} has a target under 44 px: {one}" for one in low[:4]]

    def _look_closely(self, path: str, width: int) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            self.wrong.append(f"{path} is {wide} px too wide at {width}")
        if width == WIDTHS[-1]:
            return
        for found in self.page.evaluate(BROKEN):
            if found["impact"] in SERIOUS:
                where = ", ".join(str(node["target"][0]) for node in found["nodes"][:3])
                self.wrong.append(f"{path} at {width}: {found['id']} ({where})")

    def first_things_on(self, paths: list[str]) -> Iterator[str]:
        """What is listed first on each page: an opening, a person, a referral, a message."""
        for path in paths:
            self.page.goto(self.visitor.address + path)
            link = self.page.locator("main tbody a, main .card a").first
            if link.count():
                href = str(link.get_attribute("href"))
                # A message may hold the whole address; the walk stays inside this server.
                if href.startswith("/"):
                    yield href

    def done(self, who: str) -> None:
        WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
        kept = json.loads(WEIGHTS.read_text()) if WEIGHTS.exists() else {}
        kept[who] = self.weights
        WEIGHTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False))
        assert not self.wrong and not self.scales.failed, "\n".join([*self.wrong, *self.scales.failed])


def menu_of(page: Any) -> list[str]:
    return [str(link.get_attribute("href")) for link in page.locator("nav.menu > ul a").all()]


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_the_pages_of_a_role_are_sound(role: str, visit: Any) -> None:
    visitor = visit(DESK)
    visitor.sign_in(role)
    inspector = Inspector(visitor)
    menu = menu_of(visitor.page)
    if role in LIKE_AN_ADVISER:
        adviser = visit(DESK)
        adviser.sign_in("adviser")
        menu = [path for path in menu if path not in menu_of(adviser.page)]
    assert menu
    listed = dict.fromkeys(inspector.first_things_on(menu))
    for path in dict.fromkeys([*menu, *listed, "/account/password"]):
        inspector.look_at(path)
    inspector.done(role)


def test_the_public_pages_are_sound(visit: Any) -> None:
    visitor = visit(DESK)
    inspector = Inspector(visitor)
    abroad = [f"{path}/costs" for path in inspector.first_things_on(["/openings?sphere=overseas"])]
    assert abroad
    for path in [*PUBLIC, *abroad, *inspector.first_things_on(["/openings", "/senders"])]:
        inspector.look_at(path)
    visitor.problems = [one for one in visitor.problems if "status of 404" not in one]
    inspector.done("public")


def test_the_steps_of_registration_are_sound(visit: Any) -> None:
    visitor = visit(DESK)
    tells_who(visitor, "Võ Thị Lài", "0907 555 666")
    inspector = Inspector(visitor)
    for step in ("who", "where", "can", "want", "schooling", "experience", "languages", "consents", "done"):
        inspector.look_at(f"/register/{step}")
    inspector.done("registration")


def test_the_pages_of_an_opening_are_sound(visit: Any) -> None:
    visitor = visit(DESK)
    visitor.sign_in("adviser")
    # A persona of the demo, whom one opening at least may list.
    ranked_at_home(visitor, "Phan Hữu Lộc", "Chợ Mới")
    ranked = visitor.page.url.removeprefix(visitor.address).partition("?")[0]
    visitor.open(ranked)
    inspector = Inspector(visitor)
    opening = ranked.removesuffix("/candidates")
    person = visitor.page.locator(".candidate .name a").first.get_attribute("href")
    for path in (
        ranked, f"{opening}/near-misses", f"{opening}/why-not", f"{opening}/why-not?q=mai",
        f"{opening}/referrals", person, "/workers/new", "/desk/openings/new",
        "/desk/openings/new?sphere=overseas",
    ):  # fmt: skip
        inspector.look_at(path)
    inspector.done("opening")


def test_the_pages_of_an_opening_abroad_are_sound(visit: Any) -> None:
    """In whatever state other stories have left it."""
    visitor = visit(DESK)
    visitor.sign_in("moderator")
    visitor.open("/desk/openings?sphere=overseas&q=dong+goi+banh+keo")
    link = str(visitor.page.locator("main tbody th a").first.get_attribute("href"))
    opening = "/".join(link.split("/")[:4])
    inspector = Inspector(visitor)
    parts = [f"{opening}/terms/{part}" for part in ("work", "living", "money", "papers")]
    for path in (opening, f"{opening}/moderate", f"{opening}/edit", *parts, "/reference/exchange-rates"):
        inspector.look_at(path, picture=f"abroad-{path.rpartition('/')[2]}")
        inspector.touch(path)
    inspector.done("opening-abroad")


@pytest.mark.parametrize("role", [*BEHIND, "moderator"])
def test_the_pages_behind_the_pages_are_sound(role: str, visit: Any) -> None:
    visitor = visit(DESK)
    if role:
        visitor.sign_in(role)
    inspector = Inspector(visitor)
    first = list(inspector.first_things_on(list(FIRST.get(role, ()))))
    assert len(first) == len(FIRST.get(role, ())), first
    for path in (*BEHIND.get(role, ()), *first):
        name = re.sub(r"[\d/]+", " ", path.partition("?")[0]).strip().replace(" ", "-")
        inspector.look_at(path, picture=f"{role or 'public'}-{name}")
        inspector.touch(path)
    inspector.done(f"behind-{role or 'public'}")
