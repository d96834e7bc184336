"""How far people came in a month: shown in lists, chosen by the Centre, at work; by opening, ids alone."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from matching.fairness import exposure
from portal.common.clock import local_midnight
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.states import OpeningState
from portal.ranking.eligible import Ids
from portal.ranking.lists import place_in_list
from portal.ranking.models import ShownList, ShownRow
from portal.referrals.models import Referral, ReferralStep

# An adviser takes somebody onto the list of an opening, from a ranked list or at their own wish.
CHOOSES = ("shortlist", "invite")
# What takes a placement back.
UNDOES = ("place", "reopen")


@dataclass
class Reached:
    """Of one opening and month. `shown`: the best place of each person in any list."""

    shown: dict[int, int] = field(default_factory=dict)
    shortlisted: set[int] = field(default_factory=set)
    placed: set[int] = field(default_factory=set)

    def nested(self, eligible: Ids) -> tuple[Ids, Ids, Ids, Ids]:
        """Eligible, shown, shortlisted, placed, each a part of the one before.

        Who is at work was chosen, also where that was a month ago; who was chosen at their own wish stood
        before an adviser; and who was shown was eligible then, whatever the profile says today.
        """
        placed = _ids(self.placed)
        shortlisted = np.union1d(placed, _ids(self.shortlisted))
        shown = np.union1d(shortlisted, _ids(self.shown))
        return np.union1d(eligible, shown), shown, shortlisted, placed

    def seen(self) -> tuple[Ids, NDArray[np.float64]]:
        weights = [exposure(self.shown[worker_id]) for worker_id in sorted(self.shown)]
        return _ids(self.shown), np.array(weights, dtype=np.float64)


def _ids(found: set[int] | dict[int, int]) -> Ids:
    return np.array(sorted(found), dtype=np.int64)


def month_after(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1)


def reached_in(month: dt.date, opening_id: int | None = None) -> dict[int, Reached]:
    """By opening; three queries whatever happened in the month."""
    found: dict[int, Reached] = defaultdict(Reached)
    for opening, worker_id, place in _shown(month, opening_id):
        best = found[opening].shown
        best[worker_id] = min(place, best.get(worker_id, place))
    for opening, worker_id in _steps(month, opening_id, ReferralStep.name.in_(CHOOSES)):
        found[opening].shortlisted.add(worker_id)
    for opening, worker_id in _steps(month, opening_id, _placed()):
        found[opening].placed.add(worker_id)
    return found


def _shown(month: dt.date, opening_id: int | None) -> list[tuple[int, int, int]]:
    """Without near misses and those listed apart, who may not, or not yet. Pages go on counting."""
    start, end = local_midnight(month), local_midnight(month_after(month))
    query = (
        select(ShownList.opening_id, ShownRow.worker_id, ShownRow.position, ShownList.filters)
        .join(ShownRow, ShownRow.list_id == ShownList.id)
        .where(ShownList.at >= start, ShownList.at < end, ~ShownRow.is_apart)
    )
    if opening_id is not None:
        query = query.where(ShownList.opening_id == opening_id)
    return [
        (opening, worker_id, place_in_list(position, filters))
        for opening, worker_id, position, filters in db.session.execute(query)
        if filters.get("list") != "near_misses"
    ]


def _placed() -> object:
    later = aliased(ReferralStep)
    undone = exists().where(
        later.referral_id == ReferralStep.referral_id, later.id > ReferralStep.id, later.name.in_(UNDOES)
    )
    left_the_country = (ReferralStep.name == "depart") & Referral.departed_on.is_not(None)
    return or_((ReferralStep.name == "place") & ~undone, left_the_country)


def _steps(month: dt.date, opening_id: int | None, which: object) -> list[tuple[int, int]]:
    start, end = local_midnight(month), local_midnight(month_after(month))
    query = (
        select(Referral.opening_id, Referral.worker_id)
        .join(ReferralStep, ReferralStep.referral_id == Referral.id)
        .where(ReferralStep.at >= start, ReferralStep.at < end, which)  # type: ignore[arg-type]
        .distinct()
    )
    if opening_id is not None:
        query = query.where(Referral.opening_id == opening_id)
    return [(opening, worker_id) for opening, worker_id in db.session.execute(query)]


def openings_of(month: dt.date, reached: dict[int, Reached]) -> list[int]:
    """Published then or still, or with something done for them in the month."""
    end = local_midnight(month_after(month))
    published = select(Opening.id).where(
        Opening.state == OpeningState.PUBLISHED, Opening.published_at.is_not(None), Opening.published_at < end
    )
    return sorted({*db.session.scalars(published), *reached})
