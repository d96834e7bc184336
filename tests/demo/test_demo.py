"""The demo: believable, repeatable, in demo mode only."""

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.access.models import Account
from portal.access.passwords import check_password
from portal.access.states import Role
from portal.common.clock import LOCAL_ZONE, local_date, now
from portal.demo import hours
from portal.demo.accounts import NAMES, PASSWORD
from portal.demo.load import load, load_once
from portal.demo.names import read
from portal.demo.people import made_up_people
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.standing import Checker
from portal.openings.states import OpeningState, Sphere
from portal.referrals.models import Interview, Referral, ReferralStep
from portal.referrals.states import ReferralState
from portal.rosters.models import Roster
from portal.rosters.states import RosterState
from portal.workers.consent_models import DuplicatePair
from portal.workers.models import Worker
from portal.workers.queries import Workers

ON = dt.date(2026, 11, 23)


def people(count: int, seed: int = 1) -> list[Any]:
    return list(made_up_people(count, random.Random(seed), ON))


def test_the_same_seed_makes_the_same_people() -> None:
    first, again, other = people(30), people(30), people(30, seed=2)
    assert [p.columns for p in first] == [p.columns for p in again]
    assert [p.columns for p in first] != [p.columns for p in other]


def test_people_are_believable_for_the_province() -> None:
    made = people(3_000)
    families = Counter(person.columns["full_name"].split()[0] for person in made)
    assert families["Nguyễn"] > families["Trần"] > families["Danh"] > 10
    ages = [ON.year - person.columns["birth_year"] for person in made]
    assert min(ages) >= 17 and max(ages) <= 64
    communes = {person.columns["commune_code"] for person in made}
    assert len(communes) > 95
    women = sum(person.columns["sex"] == "female" for person in made) / len(made)
    assert 0.4 < women < 0.65
    abroad = sum(bool(person.columns["wants_abroad"]) for person in made) / len(made)
    assert 0.1 < abroad < 0.35


def test_nobody_is_ranked_without_consent_in_the_demo() -> None:
    silent = [person for person in people(1_000) if "matching" not in person.consents]
    assert 20 < len(silent) < 150


@pytest.fixture
def loaded(app: Any) -> Any:
    load(workers=150, openings=45, progress=lambda _sentence: None)
    return app


# PostgreSQL gets the same demo in the journeys.
@pytest.mark.sqlite_only
def test_the_demo_has_everything_the_pages_need_and_loads_once(loaded: Any) -> None:
    accounts = {account.sign_in_name: account for account in db.session.scalars(select(Account))}
    assert set(NAMES) <= set(accounts)
    assert all(accounts[role.value].role is role for role in Role)
    assert check_password(accounts["adviser"].password_hash, PASSWORD)
    names = set(db.session.scalars(select(Worker.full_name)))
    assert {told["name"] for told in read("personas")["persona"]} <= names
    spheres = Counter(db.session.scalars(select(Opening.sphere)))
    # Four more wait for a moderator, one of them abroad: see portal/demo/safety.py.
    assert spheres[Sphere.OVERSEAS] == 15 + 1 and spheres[Sphere.DOMESTIC] == 30 + 3
    abroad = select(Opening).where(Opening.sphere == Sphere.OVERSEAS)
    shown = [one for one in db.session.scalars(abroad) if one.state is OpeningState.PUBLISHED]
    checker = Checker(local_date(now()))
    assert len(shown) > 10 and all(checker.standing(one).publishable for one in shown)
    assert len({one.country for one in shown}) >= 4
    states = set(db.session.scalars(select(Referral.state)))
    assert len(states) >= 10 and ReferralState.PLACED in states and ReferralState.INTERESTED in states
    has_something_on_the_pages(accounts["seeker"])
    rosters = list(db.session.scalars(select(Roster.state).order_by(Roster.id)))
    assert rosters == [RosterState.COMMITTED, RosterState.NEEDS_MENDING]
    before = db.session.scalar(select(func.count()).select_from(Worker))
    load_once(progress=lambda _sentence: None)
    assert db.session.scalar(select(func.count()).select_from(Worker)) == before
    matchable = len(Workers().matchable(ON).all())
    assert 100 < matchable < before


def has_something_on_the_pages(seeker: Account) -> None:
    """The seeker's referrals, the likely pair on the desk, and nothing done at night or tomorrow."""
    mine = select(Referral.state).join(Worker).where(Worker.account_id == seeker.id)
    assert len(set(db.session.scalars(mine))) >= 2
    pair = db.session.scalars(select(DuplicatePair).where(DuplicatePair.reasons != [])).one()
    assert {db.session.get_one(Worker, one).full_name for one in (pair.first_id, pair.second_id)} == {
        "Huỳnh Thị Bé",
        "Huỳnh Bé",
    }
    moments = [*db.session.scalars(select(ReferralStep.at)), *db.session.scalars(select(Opening.created_at))]
    assert all(moment <= now() and is_working(moment) for moment in moments)
    meetings = list(db.session.scalars(select(Interview.starts_at)))
    assert meetings and all(moment > now() and is_working(moment) for moment in meetings)


def is_working(moment: dt.datetime) -> bool:
    return dt.time(8) <= moment.astimezone(LOCAL_ZONE).time() <= dt.time(16, 30)


@pytest.mark.parametrize("hour", range(24))
def test_the_last_working_moment_is_behind_at_every_hour(hour: int) -> None:
    loaded_at = dt.datetime.combine(ON, dt.time(hour, 40), tzinfo=LOCAL_ZONE)
    assert hours.base(loaded_at) <= hours.latest(loaded_at) <= loaded_at
    assert is_working(hours.latest(loaded_at)) and is_working(hours.fit(loaded_at))
    assert hours.meeting(hours.latest(loaded_at).date() + dt.timedelta(days=1), random.Random(1)) > loaded_at


def test_the_command_refuses_outside_demo_mode(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", False)
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 1 and "demo mode only" in result.output
    assert db.session.scalar(select(func.count()).select_from(Worker)) == 0
