"""What follows elsewhere when a case moves: the opening's numbers, and the referral it grew out of.

The one place where a case tells them; neither is asked for the same thing again.
"""

import datetime as dt

from flask_babel import gettext as _

from portal.access.models import Account
from portal.common.clock import local_date
from portal.openings import quantities
from portal.overseas.models import OverseasCase
from portal.referrals import operations as referrals
from portal.referrals.results import Hire
from portal.referrals.states import ReferralState
from portal.referrals.transitions import Party

BEFORE_HIRE = (ReferralState.REFERRED, ReferralState.INTERVIEW)


def selected(case: OverseasCase, *, actor: Account, now: dt.datetime) -> None:
    if case.opening is not None:
        quantities.select_one(case.opening, actor=actor, now=now)


def no_longer_selected(case: OverseasCase, *, actor: Account | None, now: dt.datetime) -> None:
    if case.opening is not None:
        quantities.unselect_one(case.opening, actor=actor, now=now)


def departed(case: OverseasCase, on: dt.date, *, actor: Account, now: dt.datetime) -> None:
    """A referral that still waits for a result has it hereby: who has left was hired."""
    if case.opening is not None:
        quantities.depart_one(case.opening, actor=actor, now=now)
    referral = case.referral
    if referral is None:
        return
    if referral.state in BEFORE_HIRE:
        hire = Hire(on, local_date(now), case.contract_ends_on)
        referrals.record_result(
            referral, hire, note=_("Theo hồ sơ đi làm việc ở nước ngoài."), actor=actor, now=now
        )
    if referral.state in (ReferralState.HIRED, ReferralState.PLACED) and referral.departed_on is None:
        referrals.record_departure(referral, on, party=Party.SYSTEM, actor=actor, now=now)


def not_departed(case: OverseasCase, note: str, *, actor: Account, now: dt.datetime) -> None:
    if case.opening is not None:
        quantities.undo_departure(case.opening, actor=actor, now=now)
    referral = case.referral
    if referral is not None and referral.departed_on is not None:
        referrals.undo_departure(referral, note=note, party=Party.SYSTEM, actor=actor, now=now)
