"""A consent to be kept ends on the day the person chose."""

import datetime as dt

from sqlalchemy import update

from portal.common.clock import local_date
from portal.extensions import db
from portal.jobs.schedule import hourly
from portal.workers.consent_models import Consent
from portal.workers.states import Purpose


@hourly("workers.keeping")
def end_keeping(now: dt.datetime) -> None:
    db.session.execute(
        update(Consent)
        .where(
            Consent.purpose == Purpose.KEEPING,
            Consent.withdrawn_at.is_(None),
            Consent.keep_until < local_date(now),
        )
        .values(withdrawn_at=now)
    )
