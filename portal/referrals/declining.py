"""Before a no: what refusing may cost who draws unemployment benefit, and "call me first".

Only the person and the Centre's staff meet these sentences; nothing here reports a refusal to anybody.
"""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.events import emit
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.reference import rules
from portal.referrals.deadlines import working_days_after
from portal.referrals.events import CallMeFirst
from portal.referrals.models import Referral
from portal.referrals.moves import lock
from portal.referrals.transitions import WRONG_STATE, Party, find
from portal.workers.benefit import draws_benefit
from portal.workers.models import Worker
from portal.workers.permissions import is_self

REFUSALS_RULE = "benefit.unjustified_refusals"
NOES = ("decline", "withdraw")
CALLED_WITHIN = 1


@dataclass(frozen=True)
class BenefitWarning:
    """One sentence, with where it stands and whether anybody has read the law for it."""

    sentence: str
    source: str
    verified: bool


def leaving(referral: Referral, party: Party) -> str | None:
    """The name of the step by which this party could say no now."""
    return next((name for name in NOES if find(name, referral.state, party)), None)


def warning_for(worker: Worker, *, on: dt.date) -> BenefitWarning | None:
    """None for everybody who has not told that they draw the benefit, and where no rule is known."""
    if not draws_benefit(worker):
        return None
    rule = rules.on(db.session, REFUSALS_RULE, on)
    if rule is None:
        return None
    sentence = _(
        "Bạn đang hưởng trợ cấp thất nghiệp: từ chối việc được giới thiệu %(times)s lần "
        "mà không có lý do chính đáng thì có thể bị dừng trợ cấp.",
        times=rule.value,
    )
    return BenefitWarning(sentence, rule.source, rule.verified)


def call_by(referral: Referral, *, on: dt.date) -> dt.date:
    """The next working day; never after the question itself has lapsed."""
    day = working_days_after(on, CALLED_WITHIN)
    return min(day, referral.due_on) if referral.due_on is not None and referral.due_on >= on else day


def call_me_first(referral: Referral, *, actor: Account, now: dt.datetime) -> dt.date:
    """The person wants to talk before answering; the referral stays as it is. Tells by when we call."""
    worker = lock(referral).worker
    if not is_self(worker, actor):
        raise NotAllowed
    if leaving(referral, Party.PERSON) is None:
        raise Refused(WRONG_STATE)
    if not worker.phone:
        raise Refused(
            _("Hồ sơ của bạn chưa có số điện thoại. Bạn gọi Trung tâm, hoặc ghi số vào hồ sơ rồi bấm lại.")
        )
    day = call_by(referral, on=local_date(now))
    record("referral.call_me_first", referral, actor=actor, now=now)
    emit(CallMeFirst(worker, referral, actor, now, day))
    return day
