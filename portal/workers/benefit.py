"""The mark "draws unemployment benefit": told by the person, kept only while its own consent stands."""

import datetime as dt
from typing import Any

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.events import on
from portal.extensions import db
from portal.workers.consenting import give_consent, withdraw_consent
from portal.workers.events import ConsentWithdrawn
from portal.workers.exporting import EXPORTS
from portal.workers.models import Worker
from portal.workers.queries import live_consent
from portal.workers.states import ConsentChannel, Purpose


def tell_benefit(worker: Worker, *, channel: ConsentChannel, actor: Account | None, now: dt.datetime) -> None:
    """The consent and the fact in one: the sentence of the consent names the fact."""
    give_consent(worker, Purpose.BENEFIT, channel=channel, actor=actor, now=now)
    if not worker.receives_benefit:
        worker.receives_benefit = True
        db.session.flush()
        record("benefit.told", worker, actor=actor, now=now)


def take_benefit_back(worker: Worker, *, actor: Account | None, now: dt.datetime) -> None:
    withdraw_consent(worker, Purpose.BENEFIT, actor=actor, now=now)


def draws_benefit(worker: Worker) -> bool:
    return worker.receives_benefit is True and live_consent(worker, Purpose.BENEFIT) is not None


@on(ConsentWithdrawn)
def forget(event: ConsentWithdrawn) -> None:
    if event.purpose is Purpose.BENEFIT:
        event.worker.receives_benefit = None


@EXPORTS.add("benefit")
def _exported(worker: Worker, account: Account) -> Any:
    return {"draws_unemployment_benefit": worker.receives_benefit}
