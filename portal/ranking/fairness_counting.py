"""Counting the groups of a month, opening by opening, and keeping the counts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import delete

from portal.extensions import db
from portal.jobs.handlers import NotYet
from portal.openings.queries import Openings
from portal.ranking.eligible import Ids, eligible_ids
from portal.ranking.fairness_groups import Groups
from portal.ranking.fairness_models import FairnessCount
from portal.ranking.fairness_people import Reached, month_after
from portal.ranking.keeper import IndexMissing
from portal.ranking.states import SEALED, Dimension, Stage
from portal.reference.rules import Lookup


@dataclass
class Whole:
    """The month itself: each person once, however many openings they came up for."""

    eligible: list[Ids] = field(default_factory=list)
    reached: Reached = field(default_factory=Reached)

    def add(self, eligible: Ids, reached: Reached) -> None:
        self.eligible.append(eligible)
        if len(self.eligible) > 20:
            self.eligible = [self.everybody()]
        for worker_id, place in reached.shown.items():
            self.reached.shown[worker_id] = min(place, self.reached.shown.get(worker_id, place))
        self.reached.shortlisted |= reached.shortlisted
        self.reached.placed |= reached.placed

    def everybody(self) -> Ids:
        return np.unique(np.concatenate(self.eligible or [np.empty(0, dtype=np.int64)]))


def pool_day(month: dt.date, on: dt.date) -> dt.date:
    """The gates are read on the last day of the month, or today."""
    return min(on, month_after(month) - dt.timedelta(days=1))


def eligible_for(opening_id: int, on: dt.date, rule: Lookup) -> Ids:
    opening = db.session.scalars(Openings().by_id(opening_id).with_page_data()).unique().one_or_none()
    if opening is None:
        return np.empty(0, dtype=np.int64)
    try:
        return eligible_ids(opening, on, rule)
    except IndexMissing as error:
        raise NotYet from error


def rows_of(
    opening_id: int | None, month: dt.date, eligible: Ids, reached: Reached, groups: Groups, now: dt.datetime
) -> list[FairnessCount]:
    """One row a group with anybody in it; and always the row of everybody, which says when it was counted.
    No opening has rows of what is sealed: its list is in an adviser's hand."""
    left_out = () if opening_id is None and groups.sealed else SEALED
    stages = dict(zip(Stage, reached.nested(eligible), strict=True))
    groups.learn(stages[Stage.ELIGIBLE])
    counted = {stage: dict(groups.count(ids)) for stage, ids in stages.items()}
    seen = dict(groups.count(*reached.seen()))
    return [
        FairnessCount(
            opening_id=opening_id,
            month=month,
            dimension=dimension,
            group_key=key,
            pool_on=groups.on,
            counted_at=now,
            exposure=round(1000 * seen[dimension][key]),
            **{stage.value: int(counted[stage][dimension][key]) for stage in Stage},
        )
        for dimension, people in counted[Stage.ELIGIBLE].items()
        if dimension not in left_out
        for key, number in people.items()
        if number or not key
    ]


def keep(
    opening_id: int | None, month: dt.date, rows: Iterable[FairnessCount], *, but: Iterable[Dimension] = ()
) -> None:
    """Instead of what was counted before: twice the same work leaves the same rows. `but`: left alone."""
    same = (
        FairnessCount.opening_id.is_(None) if opening_id is None else FairnessCount.opening_id == opening_id
    )
    others = FairnessCount.dimension.not_in(list(but))
    db.session.execute(delete(FairnessCount).where(same, FairnessCount.month == month, others))
    db.session.add_all(rows)
    db.session.flush()
