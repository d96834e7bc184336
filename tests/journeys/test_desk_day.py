"""A day at the waiting desk: forty numbers and four counters at once; an adviser's minute, counted by key."""

import asyncio
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import async_playwright
from sqlalchemy import func, select

from portal.access.models import Account
from portal.access.states import Role
from portal.common.clock import now, today
from portal.counselling.models import Contact
from portal.counselling.states import ContactKind, ContactOutcome, TicketState
from portal.counselling.ticket_models import Seat, Ticket
from portal.counselling.tickets import make_ticket, take_out, take_seat
from portal.extensions import db
from portal.web.transactions import write_transaction
from portal.workers.models import Worker
from portal.workers.states import LIVE_STATES
from tests.journeys.conftest import DESK, FLAGS, PHONE, PICTURES, chromium
from tests.journeys.moves import heading, press, reads

EARLY, LATER = 24, 16
ADVISERS = ("desk11", "desk12", "desk13", "desk14")
WALL = {"width": 1920, "height": 1080}
MEASURED = PICTURES.parent / "desk.json"


@pytest.fixture
def hall(serve: Any) -> Iterator[Any]:
    """The served portal with an empty hall: the numbers of the demo are taken out."""
    served = serve()
    with served.app.app_context():
        clerk = db.session.scalars(select(Account).where(Account.sign_in_name == "moderator")).one()
        with write_transaction():
            waiting = db.session.scalars(select(Ticket.id).where(Ticket.state == TicketState.WAITING))
            take_out(waiting.all(), actor=clerk, now=now())
    yield served


def keep(**figures: Any) -> None:
    MEASURED.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(MEASURED.read_text()) if MEASURED.exists() else {}
    MEASURED.write_text(json.dumps({**kept, **figures}, indent=1, ensure_ascii=False))


def give_numbers(app: Any, count: int) -> list[int]:
    """What the clerk does, each number in a transaction of its own."""
    made = []
    with app.app_context():
        for n in range(count):
            with write_transaction():
                clerk = db.session.scalars(select(Account).where(Account.sign_in_name == "moderator")).one()
                kind = list(ContactKind)[n % len(ContactKind)]
                made.append(make_ticket(kind, actor=clerk, now=now(), is_priority=n % 7 == 0).number)
        db.session.remove()
    return made


def seat_four(app: Any) -> None:
    """Four advisers who sign in with the password of the demo."""
    with app.app_context(), write_transaction():
        known = db.session.scalars(select(Account).where(Account.sign_in_name == "adviser")).one()
        for name in ADVISERS:
            account = Account(
                sign_in_name=name, display_name=f"Tư vấn viên {name[-2:]}", role=Role.ADVISER, is_demo=True,
                password_hash=known.password_hash, created_at=now(),
            )  # fmt: skip
            db.session.add(account)
            db.session.flush()
            take_seat(name[-2:], actor=account, now=now())


class Counters:
    """Four browsers' worth of advisers, all pressing keys at the same time."""

    def __init__(self, address: str, returns: int) -> None:
        self.address, self.returns = address, returns
        self.called: list[tuple[int, str]] = []
        self.all_made = threading.Event()

    async def work(self) -> None:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
            contexts = [await browser.new_context(viewport=DESK, locale="vi-VN") for _ in ADVISERS]
            await asyncio.gather(*map(self._serve, contexts, ADVISERS))
            await browser.close()

    async def _serve(self, context: Any, name: str) -> None:
        page = await context.new_page()
        page.set_default_timeout(30_000)
        await page.goto(f"{self.address}/sign-in")
        await page.fill("[name=sign_in_name]", name)
        await page.fill("[name=password]", "benviec-demo")
        await page.press("[name=password]", "Enter")
        await page.wait_for_url("**/desk*")
        await page.goto(f"{self.address}/desk/counter")
        while await self._one_person(page, name):
            pass

    async def _one_person(self, page: Any, name: str) -> bool:
        last_look = self.all_made.is_set()
        await page.wait_for_selector("[data-press=n]")
        await self._press(page, "n")
        current = page.locator(".current .big")
        if not await current.count():
            return not last_look
        number = int(await current.inner_text())
        self.called.append((number, name))
        missed = number == self.returns and [one for one, _ in self.called].count(number) == 1
        await page.wait_for_selector("[name=who]:focus")
        if missed:
            await page.keyboard.press("Escape")
            await self._press(page, "m")
            again = page.locator(".side li", has=page.get_by_text(str(number), exact=True))
            await again.get_by_role("button").click()
            return True
        # Enter in the empty field asks for no name, the next one saves.
        await self._press(page, "Enter")
        await self._press(page, "Enter")
        return True

    @staticmethod
    async def _press(page: Any, key: str) -> None:
        """One key, and the page that it leads to."""
        await page.evaluate("document.documentElement.dataset.old = 1")
        await page.keyboard.press(key)
        await page.wait_for_selector("html:not([data-old]) footer")
        await page.wait_for_load_state()


def test_forty_numbers_and_four_counters_at_once_lose_none_and_call_none_twice(hall: Any) -> None:
    seat_four(hall.app)
    made = give_numbers(hall.app, EARLY)
    # One person was at the drinks stand when called, and comes back into the queue.
    counters = Counters(hall.address, returns=made[6])
    trouble: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(counters.work())
        except BaseException as error:
            trouble.append(error)

    begun = time.monotonic()
    advisers = threading.Thread(target=run, daemon=True)
    advisers.start()
    made += give_numbers(hall.app, LATER)
    counters.all_made.set()
    advisers.join(90)
    assert not trouble and not advisers.is_alive(), trouble
    keep(numbers=len(made), counters=len(ADVISERS), seconds_for_all=round(time.monotonic() - begun, 1))
    assert len(set(made)) == len(made) == EARLY + LATER
    times = Counter(number for number, _ in counters.called)
    assert times == Counter({**dict.fromkeys(made, 1), made[6]: 2})
    assert {name for _, name in counters.called} == set(ADVISERS)
    assert rows_of(hall.app, made) == (dict.fromkeys(made, TicketState.DONE), len(made), len(made))


def rows_of(app: Any, made: list[int]) -> tuple[dict[int, TicketState], int, int]:
    """Each number's state; contacts written down; numbers that have a contact."""
    with app.app_context():
        of_day = (Ticket.day == today()) & Ticket.number.in_(made)
        rows = db.session.execute(select(Ticket.number, Ticket.state).where(of_day))
        states = {row.number: row.state for row in rows}
        contacts = select(func.count(Contact.id), func.count(Contact.ticket_id.distinct()))
        counts = db.session.execute(contacts.join(Ticket, Ticket.id == Contact.ticket_id).where(of_day))
        written, served = counts.one()
        db.session.remove()
    return states, written, served


class Keys:
    """Counts what an adviser presses."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.count += 1
            self.page.keyboard.press(key)

    def press_to(self, selector: str, key: str) -> None:
        self.press(key)
        self.page.wait_for_selector(selector)


def test_an_advisers_minute(hall: Any, visit: Any) -> None:
    """From 'next' to a saved contact with a date, for a person found by phone; and for one without a name."""
    with hall.app.app_context():
        one_phone = select(Worker.phone).where(Worker.phone.is_not(None)).group_by(Worker.phone)
        alone = select(Worker).where(
            Worker.phone.in_(one_phone.having(func.count() == 1)), Worker.state.in_(LIVE_STATES)
        )
        person = db.session.scalars(alone.order_by(Worker.id).limit(1)).one()
        worker_id, name, phone = person.id, person.full_name, person.phone
        db.session.remove()
    adviser = visit(DESK)
    adviser.sign_in("adviser")
    adviser.open("/desk/counter/seat")
    adviser.page.fill("[name=counter]", "21")
    press(adviser, "Ngồi quầy này")
    give_numbers(hall.app, 2)
    adviser.open("/desk/counter")
    adviser.picture("next")
    keys, begun = Keys(adviser.page), time.monotonic()
    keys.press_to(".current", "n")
    adviser.picture("a-number-is-called")
    keys.press(*phone)
    keys.press_to("[name=person]:checked", "Enter")
    reads(adviser, name)
    keys.press("s", "v")
    keys.press_to("[data-press=n]", "Enter")
    seconds = time.monotonic() - begun
    reads(adviser, "Đã ghi lượt tư vấn. Hẹn lại ngày")
    assert keys.count <= 15
    keep(keystrokes_with_a_person_and_a_date=keys.count, seconds_with_a_person_and_a_date=round(seconds, 2))
    with hall.app.app_context():
        contact = db.session.scalars(select(Contact).order_by(Contact.id.desc()).limit(1)).one()
        assert (contact.worker_id, contact.outcome) == (worker_id, ContactOutcome.REGISTERED)
        assert contact.next_on is not None and contact.ticket_id is not None
        db.session.remove()
    keys, begun = Keys(adviser.page), time.monotonic()
    keys.press_to(".current", "n")
    keys.press_to(".contact :not([autofocus])[name=who]", "Enter")
    keys.press_to("[data-press=n]", "Enter")
    assert keys.count <= 3
    keep(keystrokes_without_a_name=keys.count, seconds_without_a_name=round(time.monotonic() - begun, 2))
    adviser.picture("saved-and-next")


def test_who_comes_presses_a_picture_and_reads_the_number_on_the_board(hall: Any, visit: Any) -> None:
    clerk = visit(DESK)
    clerk.sign_in("moderator")
    clerk.open("/desk/kiosk")
    press(clerk, "Mở máy lấy số")
    machine = clerk
    assert heading(machine) == "Bạn đến về việc gì?"
    machine.picture("kiosk")
    # The machine is locked: nobody is signed in on it any more.
    machine.page.goto(machine.address + "/desk")
    assert "/sign-in" in machine.page.url
    machine.open("/kiosk")
    machine.page.check("[name=is_priority]")
    machine.page.get_by_role("button", name="Trợ cấp thất nghiệp").click()
    machine.page.wait_for_selector(".slip")
    number = machine.page.inner_text(".slip .big")
    machine.picture("kiosk-number")
    press(machine, "Xong")
    assert heading(machine) == "Bạn đến về việc gì?"
    with hall.app.app_context(), write_transaction():
        leader = db.session.scalars(select(Account).where(Account.sign_in_name == "leader")).one()
        if db.session.scalar(select(Seat.id).where(Seat.account_id == leader.id)) is None:
            take_seat("22", [ContactKind.BENEFIT], actor=leader, now=now())
    wall, phone = visit(WALL), visit(PHONE)
    wall.open("/board")
    leader = visit(DESK)
    leader.sign_in("leader")
    leader.open("/desk/counter")
    leader.page.keyboard.press("n")
    leader.page.wait_for_selector(".current")
    # The board changes by itself.
    wall.page.locator(".newest .big", has_text=number).wait_for(timeout=15_000)
    assert "Quầy 22" in wall.page.inner_text(".newest")
    wall.picture("board", whole=False)
    phone.open("/board")
    phone.picture("board-on-a-phone")
    leader.page.keyboard.press("Escape")
    leader.page.keyboard.press("m")
    leader.page.wait_for_selector("[data-press=n]")
    leader.open("/desk/waiting-times")
    leader.picture("waiting-times")
