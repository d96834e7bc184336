"""Loads the demo: people in bulk, openings and referrals through the same operations as real ones."""

import datetime as dt
import random
import time
import uuid
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from flask import current_app
from sqlalchemy import func, insert, select

from portal.access.models import Account
from portal.access.states import Role
from portal.common.clock import local_date
from portal.common.clock import now as clock_now
from portal.common.text import fold, name_sort_key
from portal.demo import histories, hours, one_phone, personas
from portal.demo.abroad import make_abroad
from portal.demo.accounts import demo_hash, make_accounts
from portal.demo.call_backs import make_call_backs
from portal.demo.cases import make_cases
from portal.demo.contacts import make_contacts
from portal.demo.costs import make_costs
from portal.demo.dignity import make_dignity
from portal.demo.judgements import make_judgements
from portal.demo.openings import make_openings
from portal.demo.people import Person, made_up_people
from portal.demo.programmes import make_programmes
from portal.demo.rosters import make_rosters
from portal.demo.safety import make_suspects, make_too_dear
from portal.demo.saved_lists import make_saved_lists
from portal.demo.support import make_support
from portal.demo.tasks import make_tasks
from portal.demo.tickets import make_tickets
from portal.demo.told import have_the_month_counted, tell_of_themselves
from portal.extensions import db
from portal.organisations.states import OrganisationKind
from portal.ranking.rebuilding import bring_up_to_date
from portal.referrals.models import Referral
from portal.web.transactions import write_transaction
from portal.workers.changes import log_changes
from portal.workers.consent_models import Consent
from portal.workers.consent_texts import current_texts
from portal.workers.models import (
    WantedPlace,
    Worker,
    WorkerCertificate,
    WorkerOccupation,
    WorkExperience,
)
from portal.workers.states import ConsentChannel, Purpose, RegisteredBy, WorkerState

WORKERS, OPENINGS, SEED = 5_000, 300, 2026
# Rows a transaction: others may write in between.
CHUNK = 2_000

Progress = Callable[[str], Any]


def load_once(*, progress: Progress) -> None:
    """Does nothing where a demo account exists already."""
    if db.session.scalar(select(Account.id).where(Account.is_demo).limit(1)) is None:
        load(progress=progress)
    elif db.session.scalar(select(Referral.id).limit(1)) is None:
        # Stopped in the middle the last time: the stories come last.
        progress("The demo was loaded only half. Remove the folder instance/ and start again.")
    db.session.rollback()


def load(
    *,
    workers: int = WORKERS,
    openings: int = OPENINGS,
    seed: int = SEED,
    progress: Progress,
) -> None:
    started = time.monotonic()
    first = db.session.scalar(select(Account.id).where(Account.is_demo).limit(1)) is None
    # More people later are other people: the same seed would bring everybody a twin.
    already = 0 if first else db.session.scalar(select(func.count()).select_from(Worker))
    rng = random.Random(seed if first else f"{seed} after {already}")
    moment = clock_now()
    on = local_date(moment)
    what = (
        f"{workers:,} made-up people and {openings} openings" if first else f"{workers:,} more made-up people"
    )
    progress(f"Loading {what} …")
    password_hash = demo_hash() if first else ""
    pin_hashes = one_phone.pin_hashes() if first else []
    if first:
        with write_transaction():
            staff = make_accounts(password_hash=password_hash, on=on, now=moment)
            told = personas.make_personas(staff, on=on, now=hours.latest(moment))
            twin = personas.register_twin(told, staff.accounts[Role.ADVISER], now=hours.latest(moment))
            one_phone.make_family(pin_hashes, now=hours.latest(moment))
            one_phone.prove_own_phone(staff.accounts[Role.SEEKER], now=hours.latest(moment))
            persona_ids = [worker.id for worker in (*told, twin)]
            published = make_openings(openings, staff, rng, on, moment)
            make_suspects(staff, on, moment)
            make_too_dear(staff, on, moment)
            published_ids = [opening.id for opening in published]
            college = staff.organisations[OrganisationKind.COLLEGE][0].id, staff.accounts[Role.COLLEGE].id
            adviser_ids = [account.id for account in staff.advisers]
            make_saved_lists([staff.accounts[Role.ADVISER], staff.accounts[Role.LEADER]], moment)
    people = made_up_people(workers, rng, on)
    while chunk := list(islice(people, CHUNK)):
        with write_transaction():
            insert_people(chunk, moment)
        db.session.expunge_all()
    if first:
        # The stories come from ranked lists; with many people no request would wait for the index.
        bring_up_to_date(on)
        histories.make_histories(published_ids, adviser_ids, persona_ids, rng, moment)
        make_cases(adviser_ids, persona_ids, rng, moment)
        make_rosters(*college, hours.latest(moment))
        make_call_backs(moment)
        make_dignity(hours.latest(moment))
        make_tasks(adviser_ids, moment, current_app.config["TASK_DAYS"])
        make_tickets(adviser_ids, rng, moment)
        make_abroad(adviser_ids, rng, moment)
        make_support(hours.latest(moment))
        make_contacts(adviser_ids, persona_ids, rng, moment)
        make_judgements(adviser_ids, hours.latest(moment))
        make_costs(hours.latest(moment))
        make_programmes(adviser_ids, hours.latest(moment))
        have_the_month_counted(on, moment)
    progress(f"Loaded in {time.monotonic() - started:.0f} s.")


def insert_people(people: list[Person], now: dt.datetime) -> list[int]:
    """Bulk rows: one statement a table, the ids in the order of `people`."""
    rows = [_worker_row(person, now) for person in people]
    ids = list(db.session.scalars(insert(Worker).returning(Worker.id, sort_by_parameter_order=True), rows))
    pairs = list(zip(ids, people, strict=True))
    _insert(WorkerOccupation, pairs, lambda person: person.occupations)
    _insert(WorkExperience, pairs, lambda person: person.experiences)
    _insert(WorkerCertificate, pairs, lambda person: person.certificates)
    _insert(WantedPlace, pairs, lambda person: person.places)
    _insert(Consent, pairs, lambda person: [_consent_row(name, now) for name in person.consents])
    tell_of_themselves(ids, [row["uid"] for row in rows], people, now)
    log_changes(ids, now=now)
    return ids


def _insert(
    model: Any, pairs: list[tuple[int, Person]], rows_of: Callable[[Person], Iterable[dict[str, Any]]]
) -> None:
    rows = [{"worker_id": worker_id, **row} for worker_id, person in pairs for row in rows_of(person)]
    if rows:
        db.session.execute(insert(model), rows)


def _worker_row(person: Person, now: dt.datetime) -> dict[str, Any]:
    columns = dict(person.columns)
    updated = dt.datetime.combine(columns.pop("updated_at"), dt.time(3), tzinfo=dt.UTC)
    return {
        "uid": uuid.uuid4().hex,
        "state": WorkerState.ACTIVE,
        "registered_by": RegisteredBy.SELF,
        "step_reached": "done",
        "name_folded": fold(columns["full_name"]),
        "name_sort": name_sort_key(columns["full_name"]),
        "created_at": min(updated, now),
        "updated_at": min(updated, now),
        **columns,
    }


def _consent_row(purpose: str, now: dt.datetime) -> dict[str, Any]:
    text = current_texts()[Purpose(purpose)]
    return {
        "purpose": Purpose(purpose),
        "text_version": text.version,
        "sentence": text.sentence_vi,
        "channel": ConsentChannel.ONLINE,
        "given_at": now,
    }
