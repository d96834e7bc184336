"""Looks at pages of two portals by turns, and where each look's time goes."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import flask
from flask import Flask
from sqlalchemy import event, select

from portal.access.models import Account
from portal.access.states import Role
from portal.common.clock import today
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.ranking import explanations, lists, operations

# (module, name) → the word in the table. They are not inside one another.
PARTS = (
    (lists, "ranker", "index brought up to date"),
    (explanations, "ranker", "index brought up to date"),
    (lists, "opening_profile", "profile of the opening"),
    (lists, "still_matchable", "asked again in the database"),
    (lists, "referrals_in", "referrals of those shown"),
    (operations, "record_shown", "list recorded"),
    (operations, "record_shown_openings", "list recorded"),
)
RANKING = "ranking with reasons"
TEMPLATE = "template"


@dataclass
class Looks:
    """What many looks at one page took, in milliseconds, and how many queries each sent.

    `worked` is the time of this process's processor alone: on a machine that does other things too, the
    difference to `took` is waiting for it (and for a database that runs in a process of its own).
    """

    took: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    parts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, milliseconds: float, worked: float, watch: "Watch") -> None:
        self.took.append(milliseconds)
        self.worked.append(worked)
        self.queries.append(watch.queries)
        told = sum(watch.parts.values())
        for name in (*watch.parts, "the rest"):
            self.parts[name].append(watch.parts.get(name, milliseconds - told))


@dataclass
class Watch:
    queries: int = 0
    parts: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def clear(self) -> None:
        self.queries = 0
        self.parts.clear()

    def around(self, word: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            begun = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                self.parts[word] += (time.perf_counter() - begun) * 1000

        return timed


class Portal:
    """One portal with somebody signed in as adviser and somebody as seeker."""

    def __init__(self, app: Flask, name: str, watch: Watch) -> None:
        self.app, self.name, self.watch = app, name, watch
        self.clients = {role: app.test_client() for role in (Role.ADVISER, Role.SEEKER)}
        with app.app_context():
            for role, client in self.clients.items():
                query = select(Account).where(Account.role == role, Account.is_demo).order_by(Account.id)
                account = db.session.scalars(query.limit(1)).one()
                with client.session_transaction() as session:
                    session["_user_id"], session["_fresh"] = account.get_id(), True
            query = Openings().published(today()).with_only_columns(Opening.id)
            self.openings = list(db.session.scalars(query.order_by(Opening.id)))
            db.session.remove()
            event.listen(db.engine, "before_cursor_execute", self._count)

    def _count(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            self.watch.queries += 1

    def look(self, role: Role, address: str) -> tuple[float, float]:
        """Milliseconds it took, and those in which this process worked."""
        self.watch.clear()
        begun, working = time.perf_counter(), time.process_time()
        # Where a list has no third page, the portal leads to its last.
        response = self.clients[role].get(address, headers={"Accept-Encoding": "gzip"}, follow_redirects=True)
        took, worked = (time.perf_counter() - begun) * 1000, (time.process_time() - working) * 1000
        if response.status_code != 200:
            raise RuntimeError(f"{address} of {self.name} answers {response.status_code}")
        return took, worked


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """The parts of a look are timed from outside: the portal itself measures nothing."""
    from matching.index import Ranker

    with ExitStack() as stack:
        for module, name, word in PARTS:
            stack.enter_context(patch.object(module, name, watch.around(word, getattr(module, name))))
        for name in ("ranking", "nearest_misses", "explain", "openings_for"):
            stack.enter_context(patch.object(Ranker, name, watch.around(RANKING, getattr(Ranker, name))))
        render = watch.around(TEMPLATE, flask.templating._render)
        stack.enter_context(patch.object(flask.templating, "_render", render))
        yield


def addresses(portal: Portal, number: int) -> dict[str, tuple[Role, str]]:
    """The pages of one round; each round takes another opening."""
    opening = portal.openings[number * 7 % len(portal.openings)]
    base = f"/openings/{opening}"
    return {
        "ranked page": (Role.ADVISER, f"{base}/candidates"),
        "ranked page, narrowed": (
            Role.ADVISER,
            f"{base}/candidates?commune=30307&education=upper_secondary&new_only=y",
        ),
        "ranked page 3": (Role.ADVISER, f"{base}/candidates?page=3"),
        "near misses": (Role.ADVISER, f"{base}/near-misses"),
        "why (not)": (Role.ADVISER, f"{base}/why-not?worker_id={100 + number}"),
        "my openings": (Role.SEEKER, "/me/openings"),
    }


def measure(portals: list[Portal], rounds: int, watch: Watch) -> dict[str, dict[str, Looks]]:
    """page → portal → looks; the portals take turns, so that what else the machine does hits both."""
    found: dict[str, dict[str, Looks]] = defaultdict(lambda: defaultdict(Looks))
    with watching(watch):
        for number in range(-3, rounds):  # the first three warm up
            for page in addresses(portals[0], number):
                for portal in portals:
                    took, worked = portal.look(*addresses(portal, number)[page])
                    if number >= 0:
                        found[page][portal.name].add(took, worked, watch)
    return found
