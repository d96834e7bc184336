"""A dozen made-up people with names, so that a page, a test or a talk can speak of them."""

import datetime as dt
import uuid
from typing import Any

from portal.access.models import Account
from portal.access.states import Role
from portal.demo.accounts import Staff
from portal.demo.names import read
from portal.extensions import db
from portal.reference.places import places
from portal.workers.changes import log_change
from portal.workers.consent_models import Consent
from portal.workers.consent_texts import current_texts
from portal.workers.facts import set_name
from portal.workers.models import WantedPlace, Worker, WorkerCertificate, WorkerOccupation
from portal.workers.operations import register_walk_in
from portal.workers.states import ChangeKind, ConsentChannel, Purpose, RegisteredBy, Sex, WorkerState

PURPOSES = (Purpose.MATCHING, Purpose.SHARING, Purpose.MESSAGES)
TWIN_OF = "Huỳnh Thị Bé"


def make_personas(staff: Staff, *, on: dt.date, now: dt.datetime) -> list[Worker]:
    communes = {place.full_name: place.code for place in places().communes()}
    made = []
    for number, told in enumerate(read("personas")["persona"]):
        worker = _persona(told, communes[told["commune"]], number, on, now)
        if told.get("account"):
            worker.account = staff.accounts[Role.SEEKER]
        db.session.add(worker)
        db.session.flush()
        log_change(worker, ChangeKind.CHANGED, now=now)
        made.append(worker)
    return made


def register_twin(made: list[Worker], adviser: Account, *, now: dt.datetime) -> Worker:
    """A second profile of one persona, as a hurried colleague writes it: the likely pair on the desk."""
    one = next(worker for worker in made if worker.full_name == TWIN_OF)
    values: dict[str, dict[str, Any]] = {
        # The middle word left out, the year alone.
        "who": {"full_name": "Huỳnh Bé", "birth_year": one.birth_year, "sex": "female", "phone": one.phone},
        "where": {"commune_code": one.commune_code},
    }
    consents = {Purpose.MATCHING: None}
    return register_walk_in(values, consents=consents, channel=ConsentChannel.DESK, actor=adviser, now=now)


def _persona(told: dict[str, Any], commune: str, number: int, on: dt.date, now: dt.datetime) -> Worker:
    worker = Worker(
        uid=uuid.uuid4().hex,
        registered_by=RegisteredBy.SELF,
        state=WorkerState.ACTIVE,
        step_reached="done",
        created_at=now,
        updated_at=now,
    )
    set_name(worker, told["name"])
    worker.sex = Sex(told["sex"])
    worker.birth_date = on - dt.timedelta(days=told["age"] * 365 + 100)
    worker.birth_year = worker.birth_date.year
    worker.phone = f"09012340{number:02d}"
    worker.commune_code = commune
    worker.education_code = told["schooling"]
    worker.field_of_study = told.get("field", "")
    worker.skills_text = told["text"]
    worker.wants_home, worker.wants_other_provinces = True, False
    worker.wants_abroad = bool(told.get("abroad"))
    worker.wage_min = told.get("wage")
    if "guardian" in told:
        worker.guardian_name, worker.guardian_consented_at = told["guardian"], now
    worker.occupations = [WorkerOccupation(code=told["job"], words=told["words"], months=told["months"])]
    worker.certificates = [
        WorkerCertificate(scale=s, level=level) for s, level in told.get("certificates", ())
    ]
    worker.wanted_places = [WantedPlace(country=country) for country in told.get("abroad", ())]
    texts = current_texts()
    worker.consents = [
        Consent(
            purpose=purpose,
            text_version=texts[purpose].version,
            sentence=texts[purpose].sentence_vi,
            channel=ConsentChannel.ONLINE,
            given_at=now,
        )
        for purpose in PURPOSES
    ]
    return worker
