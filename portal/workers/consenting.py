"""Consents: one a purpose, given and withdrawn; each keeps its sentence, channel, time and who took it."""

import datetime as dt

from flask_babel import get_locale
from flask_babel import gettext as _

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.events import emit
from portal.errors import Invalid, NotAllowed
from portal.extensions import db
from portal.workers.changes import log_change
from portal.workers.consent_models import Consent
from portal.workers.consent_texts import current_texts
from portal.workers.events import ConsentWithdrawn
from portal.workers.models import Worker
from portal.workers.permissions import insist_may_act_for, is_case_staff, is_self
from portal.workers.queries import live_consent
from portal.workers.rules import LONGEST_KEEPING, MATCHING_PURPOSES
from portal.workers.sensitive import forget
from portal.workers.states import ConsentChannel, Purpose, RegisteredBy, WorkerState


def give_consent(
    worker: Worker,
    purpose: Purpose,
    *,
    channel: ConsentChannel,
    taken_by: Account | None = None,
    keep_until: dt.date | None = None,
    actor: Account | None,
    now: dt.datetime,
) -> Consent:
    """Nothing happens where the same consent already stands; a new date for keeping replaces the old one."""
    insist_may_act_for(worker, actor)
    taken_by = _who_takes(worker, channel, taken_by or actor)
    if purpose is Purpose.KEEPING:
        _check_keeping(keep_until, local_date(now))
    text = current_texts()[purpose]
    standing = live_consent(worker, purpose)
    if standing is not None:
        if standing.text_version == text.version and standing.keep_until == keep_until:
            return standing
        standing.withdrawn_at = now
    locale = get_locale()
    consent = Consent(
        purpose=purpose,
        text_version=text.version,
        sentence=text.sentence(locale.language if locale is not None else "vi"),
        channel=channel,
        taken_by_id=taken_by.id if taken_by is not None else None,
        given_at=now,
        keep_until=keep_until if purpose is Purpose.KEEPING else None,
    )
    worker.consents.append(consent)
    _wake(worker, purpose)
    worker.updated_at = now
    db.session.flush()
    log_change(worker, now=now)
    record("consent.given", worker, actor=actor, now=now, purpose=purpose.value, channel=channel.value)
    return consent


def withdraw_consent(worker: Worker, purpose: Purpose, *, actor: Account | None, now: dt.datetime) -> None:
    """Effective at once: the row stays as proof, the next list is without the person."""
    insist_may_act_for(worker, actor)
    standing = [c for c in worker.consents if c.purpose is purpose and c.withdrawn_at is None]
    if not standing:
        return
    for consent in standing:
        consent.withdrawn_at = now
    if purpose in (Purpose.ETHNICITY, Purpose.PRIORITY):
        forget(worker, purpose, now=now)
    emit(ConsentWithdrawn(worker, purpose, now))
    worker.updated_at = now
    db.session.flush()
    log_change(worker, now=now)
    record("consent.withdrawn", worker, actor=actor, now=now, purpose=purpose.value)


def _who_takes(worker: Worker, channel: ConsentChannel, account: Account | None) -> Account | None:
    """Online a person consents alone; at the desk, on the phone and on paper a member of staff takes it."""
    if channel is ConsentChannel.ONLINE:
        if not is_self(worker, account):
            raise NotAllowed
        return None
    if not is_case_staff(account):
        raise NotAllowed
    return account


def _check_keeping(keep_until: dt.date | None, on: dt.date) -> None:
    if keep_until is None or keep_until <= on:
        raise Invalid(_("Hãy chọn một ngày sau hôm nay."), field="keep_until")
    if keep_until > on + LONGEST_KEEPING:
        raise Invalid(_("Hãy chọn một ngày trong vòng 5 năm."), field="keep_until")


def _wake(worker: Worker, purpose: Purpose) -> None:
    """A profile that a college sent waits as a draft for this consent."""
    waits = worker.registered_by is RegisteredBy.ROSTER and worker.state is WorkerState.DRAFT
    if waits and purpose in MATCHING_PURPOSES:
        worker.state = WorkerState.ACTIVE
