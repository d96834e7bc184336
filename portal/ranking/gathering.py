"""Reads what became of people as labelled pairs, with what was known when they were listed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from matching.outcomes import CENTRE, EMPLOYER, Outcomes
from matching.weights import PARTS
from portal.common.clock import local_date
from portal.extensions import db
from portal.ranking.labels import CHOSEN, INTEREST, PASSED, Label, of_end, of_judgement
from portal.ranking.learning_models import FitJudgement
from portal.ranking.lists import place_in_list
from portal.ranking.models import ShownList, ShownRow
from portal.referrals.models import Referral, ReferralStep
from portal.referrals.states import Origin, ReferralState
from portal.workers.consent_models import Consent
from portal.workers.states import Purpose

# Older outcomes would weigh less than a twentieth (`learning.HALF_LIFE_WEEKS`).
WEEKS = 104


@dataclass(frozen=True)
class Pair:
    opening_id: int
    worker_id: int
    label: Label
    values: Mapping[str, int]
    at: dt.datetime
    position: int = 0

    @property
    def who(self) -> tuple[int, int]:
        return self.opening_id, self.worker_id


def gather(now: dt.datetime) -> list[Pair]:
    """Only of people who agree to be matched still; pairs whose values were not kept are left out.

    Once an employer has answered, a wish or a judgement of the same pair says no more.
    """
    since = now - dt.timedelta(weeks=WEEKS)
    found = [*_of_referrals(since), *_of_lists(since), *_of_judgements(since)]
    taught = [pair for pair in found if pair.label.yes is not None and pair.values]
    answered = {pair.who for pair in taught if pair.label.kind == EMPLOYER}
    return [pair for pair in taught if pair.label.kind != CENTRE or pair.who not in answered]


def as_outcomes(pairs: Iterable[Pair]) -> Outcomes:
    kept = list(pairs)

    def column(numbers: Iterable[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.fromiter(numbers, dtype=np.int64, count=len(kept))

    values = [[pair.values.get(name, 0) for name in PARTS] for pair in kept]
    asked = [[name in pair.values for name in PARTS] for pair in kept]
    return Outcomes(
        values=np.array(values, dtype=np.int64).reshape(len(kept), len(PARTS)),
        asked=np.array(asked, dtype=bool).reshape(len(kept), len(PARTS)),
        label=column(int(bool(pair.label.yes)) for pair in kept),
        weight=np.array([pair.label.weight for pair in kept], dtype=np.float64),
        gain=column(pair.label.gain for pair in kept),
        kind=column(pair.label.kind for pair in kept),
        opening=column(pair.opening_id for pair in kept),
        week=column(local_date(pair.at).toordinal() // 7 for pair in kept),
        position=column(pair.position for pair in kept),
    )


def _agrees(worker_id: ColumnElement[int]) -> ColumnElement[bool]:
    return exists().where(
        Consent.worker_id == worker_id,
        Consent.purpose == Purpose.MATCHING,
        Consent.withdrawn_at.is_(None),
    )


def _of_referrals(since: dt.datetime) -> list[Pair]:
    """The end of each referral; of one without an end, that the person asked for it themself."""
    ended = (
        select(ReferralStep.referral_id, func.max(ReferralStep.at).label("at"))
        .where(or_(ReferralStep.from_state.is_(None), ReferralStep.from_state != ReferralStep.to_state))
        .group_by(ReferralStep.referral_id)
        .subquery()
    )
    columns = (
        Referral.id, Referral.opening_id, Referral.worker_id, Referral.state, Referral.origin,
        Referral.reason_code, ended.c.at,
    )  # fmt: skip
    rows = db.session.execute(
        select(*columns)
        .join(ended, ended.c.referral_id == Referral.id)
        .where(ended.c.at >= since, _agrees(Referral.worker_id.expression))
        .order_by(Referral.id)
    ).all()
    known = _known_then(since)
    return [
        Pair(
            row.opening_id, row.worker_id, _label(row.state, row.origin, row.reason_code),
            known.get(row.id, {}), row.at,
        )
        for row in rows
    ]  # fmt: skip


def _label(state: ReferralState, origin: Origin, reason: str | None) -> Label:
    label = of_end(state, reason)
    if label.yes is None and origin is Origin.SELF and state is not ReferralState.DECLINED:
        return INTEREST
    return label


def _known_then(since: dt.datetime) -> dict[int, Mapping[str, int]]:
    """By referral: the values of the list it came from, or of the last list before it that showed this pair.

    A later one, of a profile that a hire has changed perhaps, would tell the answer.
    """
    rows = db.session.execute(
        select(Referral.id, ShownRow.values, ShownList.id == Referral.shown_list_id)
        .join(ShownRow, ShownRow.worker_id == Referral.worker_id)
        .join(ShownList, (ShownList.id == ShownRow.list_id) & (ShownList.opening_id == Referral.opening_id))
        .where(ShownList.at >= since, ShownList.at <= Referral.created_at)
        .order_by(Referral.id, ShownList.id)
    )
    known: dict[int, Mapping[str, int]] = {}
    certain: set[int] = set()
    for referral_id, values, is_its_list in rows:
        if values and referral_id not in certain:
            known[referral_id] = values
            if is_its_list:
                certain.add(referral_id)
    return known


def _of_lists(since: dt.datetime) -> list[Pair]:
    """Who was chosen from a list and who was passed: of lists somebody chose from, unfiltered ones only.

    A filtered list and the near misses were looked through with something else in mind; who was in the
    opening already, or stood apart, was no free choice.
    """
    chosen_from = select(Referral.shown_list_id).where(Referral.shown_list_id.is_not(None))
    known = aliased(Referral)
    earlier = exists().where(
        known.worker_id == ShownRow.worker_id,
        known.opening_id == ShownList.opening_id,
        known.created_at < ShownList.at,
    )
    rows = db.session.execute(
        select(
            ShownList.opening_id, ShownList.account_id, ShownList.at, ShownList.filters,
            ShownRow.worker_id, ShownRow.position, ShownRow.values,
            or_(ShownRow.decision.is_not(None), Referral.id.is_not(None)).label("is_chosen"),
        )
        .join(ShownRow, ShownRow.list_id == ShownList.id)
        .outerjoin(
            Referral,
            (Referral.shown_list_id == ShownList.id) & (Referral.worker_id == ShownRow.worker_id),
        )
        .where(
            ShownList.at >= since, ShownList.id.in_(chosen_from), ShownRow.is_apart.is_(False),
            ~earlier, _agrees(ShownRow.worker_id.expression),
        )
        .order_by(ShownList.id, ShownRow.position)
    )  # fmt: skip
    found: dict[tuple[int, int | None, int], Pair] = {}
    for row in rows:
        if set(row.filters) - {"page"}:
            continue
        label = CHOSEN if row.is_chosen else PASSED
        place = place_in_list(row.position, row.filters)
        pair = Pair(row.opening_id, row.worker_id, label, row.values, row.at, place)
        key = (row.opening_id, row.account_id, row.worker_id)
        # The same page drawn again is one look: a choice before a pass, then the highest place.
        best = found.get(key)
        if best is None or (_passed(pair), pair.position) < (_passed(best), best.position):
            found[key] = pair
    return list(found.values())


def _passed(pair: Pair) -> bool:
    return pair.label is PASSED


def _of_judgements(since: dt.datetime) -> list[Pair]:
    rows = db.session.scalars(
        select(FitJudgement)
        .where(
            FitJudgement.ended_at.is_(None),
            FitJudgement.made_at >= since,
            _agrees(FitJudgement.worker_id.expression),
        )
        .order_by(FitJudgement.id)
    )
    return [
        Pair(said.opening_id, said.worker_id, of_judgement(said.fit, said.reason), said.values, said.made_at)
        for said in rows
    ]
