"""An adviser writes down what they saw on paper; never of health or of the police record."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.errors import Invalid, Refused
from portal.extensions import db
from portal.overseas.models import Programme
from portal.overseas.programmes.models import ProgrammeCheck
from portal.overseas.programmes.people import check_of
from portal.overseas.programmes.rules import Asked
from portal.overseas.programmes.states import CHECKED_KINDS
from portal.referrals.deadlines import add_months
from portal.workers.models import Worker
from portal.workers.permissions import insist_case_staff


@dataclass(frozen=True, slots=True)
class Seen:
    meets: bool
    dated_on: dt.date | None = None
    # Where the paper itself says until when; otherwise it is counted from its date.
    expires_on: dt.date | None = None


def keep_check(
    worker: Worker, programme: Programme, asked: Asked, seen: Seen, *, actor: Account, now: dt.datetime
) -> ProgrammeCheck:
    insist_case_staff(actor)
    if asked.kind not in CHECKED_KINDS:
        raise Refused(_("Điều này không ghi ở đây."))
    if seen.dated_on is not None and seen.dated_on > local_date(now):
        raise Invalid(_("Ngày trên giấy không thể sau hôm nay."), field="dated_on")
    months = asked.value.get("valid_months")
    if seen.meets and months and seen.dated_on is None and seen.expires_on is None:
        raise Invalid(
            _("Giấy này có giá trị %(n)s tháng. Hãy ghi ngày trên giấy.", n=months), field="dated_on"
        )
    programme_id = None if asked.general else programme.id
    row = check_of(worker, programme_id, asked.slot)
    if row is None:
        row = ProgrammeCheck(worker_id=worker.id, programme_id=programme_id, slot=asked.slot)
        db.session.add(row)
    row.meets, row.dated_on, row.expires_on = seen.meets, seen.dated_on, _end_of(seen, months)
    row.checked_on, row.checked_by_id = local_date(now), actor.id
    db.session.flush()
    record("programme.checked", worker, actor=actor, now=now, programme=programme.code, slot=asked.slot)
    return row


def _end_of(seen: Seen, months: int | None) -> dt.date | None:
    """What the paper says; else the last day of its validity."""
    if not seen.meets:
        return None
    if seen.expires_on is not None or not months or seen.dated_on is None:
        return seen.expires_on
    return last_valid_day(seen.dated_on, months)


def last_valid_day(dated_on: dt.date, months: int) -> dt.date:
    """24 months from 10 March 2025 end with 9 March 2027."""
    return add_months(dated_on, months) - dt.timedelta(days=1)
