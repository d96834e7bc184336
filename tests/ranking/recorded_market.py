"""The made-up market of `matching.simulation`, written into the database as if a desk had lived it."""

import datetime as dt
from typing import Any

import numpy as np
from sqlalchemy import insert

from matching.outcomes import EMPLOYER, SHOWN, Outcomes
from matching.scoring import StatedWeights
from matching.simulation import Market, Taste
from matching.weights import PARTS
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.states import OpeningState, Sphere
from portal.ranking.models import ShownList, ShownRow
from portal.referrals.models import Referral, ReferralStep
from portal.referrals.states import Origin, ReasonSide, ReferralState

PEOPLE = 20


def record_market(make: Any, taste: Taste, answers: int, seed: int, now: dt.datetime) -> Outcomes:
    """Twenty people stand in every list, one at each place; the newest week is this one."""
    outcomes = Market(seed).outcomes(taste, StatedWeights(), answers)
    account = make.account("adviser")
    people = [make.worker(occupations=(("7531", 60 - place),)) for place in range(PEOPLE)]
    first = make.opening()
    last_week = int(outcomes.week.max())
    for number in np.unique(outcomes.opening):
        rows = outcomes.take(outcomes.opening == number)
        at = now - dt.timedelta(weeks=last_week - int(rows.week[0]))
        opening_id = db.session.scalars(insert(Opening).returning(Opening.id), _opening(first, at)).one()
        _one_list(opening_id, account.id, [one.id for one in people], rows, at)
    db.session.commit()
    return outcomes


def _opening(like: Opening, at: dt.datetime) -> dict[str, Any]:
    return {
        "organisation_id": like.organisation_id, "state": OpeningState.CLOSED, "sphere": Sphere.DOMESTIC,
        "title": "Công nhân may", "occupation_code": "7531", "text": "May áo.", "search_text": "may",
        "positions": 5, "positions_left": 5, "province_code": "91", "commune_code": "30307",
        "created_at": at, "updated_at": at, "published_at": at,
    }  # fmt: skip


def _one_list(opening_id: int, account_id: int, people: list[int], rows: Outcomes, at: dt.datetime) -> None:
    listed, answered = rows.take(rows.kind == SHOWN), rows.take(rows.kind == EMPLOYER)
    kept = ShownList(
        opening_id=opening_id, account_id=account_id, at=at, model="m", index_mark=1, filters={}, total_may=20
    )
    db.session.add(kept)
    db.session.flush()
    asked = [name for name, is_asked in zip(PARTS, listed.asked[0], strict=True) if is_asked]
    values = [dict(zip(PARTS, map(int, row), strict=True)) for row in listed.values]
    db.session.execute(
        insert(ShownRow),
        [
            {
                "list_id": kept.id, "position": place, "worker_id": people[place - 1],
                "score": 0, "parts": {},
                "values": {name: values[place - 1][name] for name in asked},
                "decision": "shortlisted" if listed.label[place - 1] else None,
            }
            for place in range(1, PEOPLE + 1)
        ],
    )  # fmt: skip
    for row, yes in zip(answered.values, answered.label, strict=True):
        place = int(np.flatnonzero((listed.values == row).all(axis=1))[0])
        end = at + dt.timedelta(hours=1)
        referral = Referral(
            worker_id=people[place], opening_id=opening_id, origin=Origin.STAFF, shown_list_id=kept.id,
            state=ReferralState.PLACED if yes else ReferralState.REFUSED, hired_on=at.date() if yes else None,
            reason_side=None if yes else ReasonSide.EMPLOYER, reason_code=None if yes else "employer_skills",
            created_at=at, updated_at=end,
        )  # fmt: skip
        db.session.add(referral)
        db.session.flush()
        db.session.add(
            ReferralStep(
                referral_id=referral.id, name="place" if yes else "refuse", from_state="referred",
                to_state=referral.state, actor_id=account_id, at=end,
            )
        )  # fmt: skip
    db.session.flush()
