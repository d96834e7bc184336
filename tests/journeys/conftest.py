"""A real server on made-up data and a real browser; pictures are kept under build/pictures."""

import os
import shutil
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.settings import config_for

PICTURES = Path(__file__).resolve().parents[2] / "build" / "pictures"
# The pictures of one file of stories are numbered in the order of the stories.
_numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 860}
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two processes with a browser and a server of their own: for the looks and for the stories. They begin
    first, so that neither is still at it when everything else is done."""
    journeys = [item for item in items if "journeys" in item.path.parts]
    for item in journeys:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("looks" if item.path.stem == "test_look" else "stories"))
    items.sort(key=lambda item: "journeys" not in item.path.parts)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = chromium()
    if path is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("Chromium is required and was not found")
        pytest.skip("Chromium was not found: the journeys are left out")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def serve(databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """`serve("sqlite")` is a portal with a small demo and its job thread."""
    started: dict[str, Served] = {}

    def start(engine: str = "sqlite") -> Served:
        if not getattr(databases.built, engine):
            pytest.skip(f"This run has no {engine}: run it with --db both")
        if engine not in started:
            started[engine] = _start(databases.url(engine, "journeys"), tmp_path_factory.mktemp(engine))
        return started[engine]

    yield start
    for served in started.values():
        served.stop()


@dataclass(frozen=True)
class Served:
    address: str
    app: Any
    stop: Callable[[], None]


def _start(url: str, folder: Path) -> Served:
    from waitress import create_server

    from portal import create_app
    from portal.demo.load import load
    from portal.jobs.runner import run_forever

    app = create_app(
        config_for(url, UPLOAD_FOLDER=str(folder / "uploads"), INDEX_FOLDER=str(folder / "index"))
    )
    with app.app_context():
        load(workers=400, openings=40, progress=lambda _sentence: None)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    end = threading.Event()

    def run_server() -> None:
        try:
            server.run()
        except OSError:
            # Its socket is closed while it waits: that is how it ends.
            if not end.is_set():
                raise

    threads = [
        threading.Thread(target=run_server, daemon=True),
        threading.Thread(target=run_forever, args=(app, end), daemon=True),
    ]
    for thread in threads:
        thread.start()

    def stop() -> None:
        end.set()
        server.close()
        for thread in threads:
            thread.join(timeout=5)

    return Served(f"http://127.0.0.1:{server.effective_port}", app, stop)


class Visitor:
    """A person at a browser: opens, fills, presses, and keeps a picture."""

    def __init__(self, page: Any, address: str, story: str) -> None:
        self.page, self.address, self.story = page, address, story
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", self._note)

    def _note(self, message: Any) -> None:
        # The browser calls a form that came back with a sentence (422) an error; the story reads it.
        if message.type == "error" and "status of 422" not in message.text:
            self.problems.append(message.text)

    def open(self, path: str) -> None:
        answer = self.page.goto(self.address + path)
        assert answer is not None and answer.status < 400, f"{path}: {answer and answer.status}"

    def sign_in(self, name: str, password: str = "benviec-demo") -> None:
        self.open("/sign-in")
        self.page.fill("[name=sign_in_name]", name)
        self.page.fill("[name=password]", password)
        with self.page.expect_navigation():  # who looks at the menu right after must not see the old page
            self.page.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).click()

    def picture(self, name: str, *, whole: bool = True) -> None:
        self.no_sideways_scrolling()
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{self.story}-{next(_numbers[self.story]):02d}-{name}.png"
        self.page.screenshot(path=str(path), full_page=whole)

    def no_sideways_scrolling(self) -> None:
        self.page.wait_for_load_state()
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide} px wider than the screen"

    def text(self) -> str:
        self.page.wait_for_load_state()
        return str(self.page.inner_text("main"))


@pytest.fixture
def visit(browser: Any, serve: Callable[..., Any], request: pytest.FixtureRequest) -> Iterator[Any]:
    """`visit(PHONE)` or `visit(DESK, "postgresql")`: a new visitor with cookies of their own."""
    contexts = []
    visitors = []

    def come(size: dict[str, int] = DESK, engine: str = "sqlite") -> Visitor:
        context = browser.new_context(viewport=size, locale="vi-VN", accept_downloads=True)
        context.set_default_timeout(30_000)
        contexts.append(context)
        story = request.path.stem.removeprefix("test_") + ("-pg" if engine == "postgresql" else "")
        visitors.append(Visitor(context.new_page(), serve(engine).address, story))
        return visitors[-1]

    yield come
    problems = [problem for visitor in visitors for problem in visitor.problems]
    for context in contexts:
        context.close()
    assert not problems, problems


@pytest.fixture
def the_hour_comes(serve: Callable[..., Any]) -> Callable[[str], None]:
    """Every interview that was arranged lies behind us: nobody waits for days in a test."""
    import datetime as dt

    from sqlalchemy import update

    from portal.common.clock import now
    from portal.extensions import db
    from portal.referrals.models import Interview
    from portal.web.transactions import write_transaction

    def come(engine: str) -> None:
        with serve(engine).app.app_context(), write_transaction():
            ahead = Interview.starts_at > now()
            db.session.execute(update(Interview).where(ahead).values(starts_at=now() - dt.timedelta(hours=1)))

    return come
