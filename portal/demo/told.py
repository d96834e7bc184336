"""Which made-up people told their ethnicity and priority group, and agreed to be counted by them."""

import datetime as dt
import random
from collections.abc import Sequence

from flask import current_app
from sqlalchemy import insert

from portal.demo.people import Person
from portal.extensions import db
from portal.ranking.fairness_jobs import ask_for_count
from portal.web.transactions import write_transaction
from portal.workers.consent_models import Consent, WorkerSensitive
from portal.workers.consent_texts import current_texts
from portal.workers.sensitive import sealed_fact
from portal.workers.states import ConsentChannel, Purpose

TELL = 0.55
# Of those who tell: who else belongs to a priority group.
GROUPS = {"poor_household": 8, "near_poor_household": 9, "served": 5, "": 78}
CODES = {"kinh": "01", "khmer": "05", "hoa": "04", "cham": "17"}


def tell_of_themselves(
    ids: Sequence[int], uids: Sequence[str], people: Sequence[Person], now: dt.datetime
) -> None:
    """The same person of the same seed tells the same, whatever else the demo draws."""
    facts, consents = [], []
    key = current_app.config["SEAL_KEY"]
    for worker_id, uid, person in zip(ids, uids, people, strict=True):
        rng = random.Random(worker_id)
        if rng.random() > TELL:
            continue
        told = {Purpose.ETHNICITY: CODES[person.people]}
        group = rng.choices(list(GROUPS), list(GROUPS.values()))[0]
        group = group or ("ethnic_minority" if person.people in ("khmer", "cham") else "")
        if group:
            told[Purpose.PRIORITY] = group
        sealed = {purpose: sealed_fact(key, uid, purpose, code) for purpose, code in told.items()}
        facts.append(
            {
                "worker_id": worker_id,
                "ethnicity_sealed": sealed[Purpose.ETHNICITY],
                "priority_sealed": sealed.get(Purpose.PRIORITY),
                "updated_at": now,
            }
        )
        consents += [_consent(worker_id, purpose, now) for purpose in (*told, Purpose.STATISTICS)]
    if facts:
        db.session.execute(insert(WorkerSensitive), facts)
        db.session.execute(insert(Consent), consents)


def _consent(worker_id: int, purpose: Purpose, now: dt.datetime) -> dict[str, object]:
    text = current_texts()[purpose]
    return {
        "worker_id": worker_id,
        "purpose": purpose,
        "text_version": text.version,
        "sentence": text.sentence_vi,
        "channel": ConsentChannel.ONLINE,
        "given_at": now,
    }


def have_the_month_counted(today: dt.date, now: dt.datetime) -> None:
    """By the job thread, once the portal stands; the page of fairness then has something to show."""
    with write_transaction():
        ask_for_count(today.replace(day=1), None, actor=None, now=now)
