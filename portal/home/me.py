"""What a job seeker finds on their own page: where I stand, what comes next, what is missing."""

import datetime as dt
from dataclasses import dataclass

from portal.overseas.cases.aims import EARLY
from portal.overseas.cases.queries import Cases
from portal.overseas.cases.sentences import Stand as CaseStand
from portal.overseas.cases.sentences import stand as case_stand
from portal.overseas.models import OverseasCase
from portal.ranking.keeper import IndexMissing
from portal.ranking.lists import OpeningRow, openings_for
from portal.referrals.models import Referral
from portal.referrals.queries import Referrals
from portal.referrals.sentences import Stand, stand
from portal.workers.models import Worker
from portal.workers.queries import live_purposes
from portal.workers.states import Purpose, WorkerState
from portal.workers.steps import Missing, missing_in

SHOWN_REFERRALS = 4
SHOWN_OPENINGS = 3
# The consents that decide what the centre may do at all; the others stand on their own page.
MAIN_PURPOSES = (Purpose.MATCHING, Purpose.SHARING, Purpose.MESSAGES)


@dataclass(frozen=True)
class Facts:
    worker: Worker
    referrals: list[tuple[Referral, Stand]]
    more_referrals: int
    # The one thing that comes first: where the person is waited for, else the nearest date.
    first: tuple[Referral, Stand] | None
    # None while the index is being made: nobody can say what fits.
    openings: list[OpeningRow] | None
    missing: list[Missing]
    consents: list[tuple[Purpose, bool]]
    # On the way abroad, or there: where each case stands.
    cases: list[tuple[OverseasCase, CaseStand]]


def facts_of(worker: Worker, on: dt.date) -> Facts:
    cases = Cases().for_worker(worker).running().with_list_data().newest_first().all()
    # From the nomination on the case says where this stands; the referral beside it would say otherwise.
    told = {row.referral_id for row in cases if row.state not in EARLY}
    rows = Referrals().for_worker(worker).waiting().newest_first().with_list_data().all()
    stands = [(row, stand(row)) for row in rows if row.id not in told]
    in_order = sorted(stands, key=lambda pair: (not pair[1].your_turn, pair[1].by or dt.date.max, pair[0].id))
    given = live_purposes(worker)
    return Facts(
        worker=worker,
        referrals=in_order[:SHOWN_REFERRALS],
        more_referrals=len(in_order[SHOWN_REFERRALS:]),
        first=in_order[0] if in_order else None,
        openings=_openings(worker, on),
        missing=missing_in(worker, on),
        consents=[(purpose, purpose in given) for purpose in MAIN_PURPOSES],
        cases=[(row, case_stand(row)) for row in cases],
    )


def _openings(worker: Worker, on: dt.date) -> list[OpeningRow] | None:
    """Only for who wants to be matched, and without what they have already asked for."""
    if worker.state is not WorkerState.ACTIVE or Purpose.MATCHING not in live_purposes(worker):
        return []
    try:
        found = openings_for(worker, on=on, limit=2 * SHOWN_OPENINGS)
    except IndexMissing:
        return None
    return [row for row in found.rows if row.referral is None][:SHOWN_OPENINGS]
