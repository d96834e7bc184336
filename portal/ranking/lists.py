"""Ranked lists as a page shows them: checked again in the database, and recorded."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import exists, select

from matching.eligibility import check
from matching.scoring import Scorer
from matching.types import OpeningProfile, RankedCandidate, RankedOpening
from portal.access.models import Account
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.ranking.judgements import standing_in
from portal.ranking.keeper import ranker
from portal.ranking.learning_models import FitJudgement
from portal.ranking.models import ShownList
from portal.ranking.profiles import opening_profile, worker_profile
from portal.reference.education import at_least, education_choices
from portal.reference.rules import of_day
from portal.referrals.models import Referral
from portal.workers.models import Worker
from portal.workers.queries import Workers

PAGE = 50
# Rows of one page of the ranked list.
PEOPLE_AT_ONCE = 20
# How many more than asked are fetched, so that people who withdrew a second ago leave no gap.
SPARE = 20


@dataclass(frozen=True)
class Row:
    candidate: RankedCandidate
    worker: Worker
    # Where this person already stands in this opening.
    referral: Referral | None


@dataclass(frozen=True)
class RankedList:
    rows: list[Row]
    model: str
    index_mark: int
    # What gave the points, and tells the share beside them.
    scorer: Scorer
    # What staff said of these people for this opening.
    judged: dict[int, FitJudgement]
    unknowns: list[Row] = field(default_factory=list)
    total_may: int = 0
    total_unknown: int = 0
    total_barred: int = 0
    filters: dict[str, Any] = field(default_factory=dict)


def ranked_list(
    opening: Opening,
    *,
    on: dt.date,
    limit: int = PAGE,
    offset: int = 0,
    among: Iterable[int] | None = None,
    filters: dict[str, Any] | None = None,
) -> RankedList:
    index, mark = ranker(on)
    ranking = index.ranking(
        opening_profile(opening, on), on=on, limit=limit + SPARE, offset=offset, among=among
    )
    people = still_matchable([*ranking.candidates, *ranking.unknowns], on)
    referrals = referrals_in(opening, people)

    def rows(candidates: Sequence[RankedCandidate]) -> list[Row]:
        shown = [c for c in candidates if c.worker_id in people][:limit]
        return [Row(c, people[int(c.worker_id)], referrals.get(int(c.worker_id))) for c in shown]

    return RankedList(
        rows=rows(ranking.candidates),
        unknowns=rows(ranking.unknowns),
        total_may=ranking.total_may,
        total_unknown=ranking.total_unknown,
        total_barred=ranking.total_barred,
        model=ranking.model,
        index_mark=mark,
        scorer=index.scorer,
        judged=standing_in(opening, people),
        filters=filters or {},
    )


def still_matchable(candidates: Iterable[RankedCandidate], on: dt.date) -> dict[int, Worker]:
    """The people of a list whom the database, asked now, still lets us show."""
    ids = [int(candidate.worker_id) for candidate in candidates]
    query = Workers().matchable(on).where(Worker.id.in_(ids)).with_list_data().query
    return {worker.id: worker for worker in db.session.scalars(query).unique()}


def referrals_in(opening: Opening, people: Iterable[int]) -> dict[int, Referral]:
    query = select(Referral).where(Referral.opening_id == opening.id, Referral.worker_id.in_(list(people)))
    return {referral.worker_id: referral for referral in db.session.scalars(query)}


def chosen(opening: Opening, form: Any, on: dt.date) -> list[int]:
    """Ids of the people a filter leaves; the ranking then orders only these."""
    query = Workers().matchable(on)
    if form.commune.data:
        query = query.in_communes([form.commune.data])
    if form.education.data:
        levels = [code for code, _label in education_choices() if at_least(code, form.education.data)]
        query = query.where(Worker.education_code.in_(levels))
    if form.new_only.data:
        query = query.where(
            ~exists().where(Referral.worker_id == Worker.id, Referral.opening_id == opening.id)
        )
    return list(db.session.scalars(query.query.with_only_columns(Worker.id)))


def near_misses(opening: Opening, *, on: dt.date, limit: int) -> RankedList:
    """People barred by exactly one thing that they can change; a list like the other, and kept like it."""
    index, mark = ranker(on)
    missed = index.nearest_misses(opening_profile(opening, on), on=on, limit=limit + SPARE)
    people = still_matchable(missed, on)
    referrals = referrals_in(opening, people)
    kept = [candidate for candidate in missed if candidate.worker_id in people][:limit]
    return RankedList(
        rows=[Row(c, people[int(c.worker_id)], referrals.get(int(c.worker_id))) for c in kept],
        model=index.version,
        index_mark=mark,
        scorer=index.scorer,
        judged=standing_in(opening, people),
        filters={"list": "near_misses"},
    )


def values_now(opening: Opening, worker: Worker, on: dt.date) -> dict[str, int]:
    """How well each part fits today; empty for who is barred or may not be matched."""
    index, _mark = ranker(on)
    try:
        ranking = index.ranking(opening_profile(opening, on), on=on, among=[worker.id])
    except ValueError:
        return {}
    found = [*ranking.candidates, *ranking.unknowns]
    return values_asked(found[0]) if found else {}


def values_asked(candidate: RankedCandidate) -> dict[str, int]:
    """How well each part fits that the opening asks about."""
    return {name: value for name, value in candidate.values.items() if candidate.most[name]}


def own_list(list_id: int | None, opening: Opening, account: Account) -> int | None:
    """The recorded list only if this account saw it for this opening: the number comes from the form."""
    kept = db.session.get(ShownList, list_id) if list_id is not None else None
    return kept.id if kept and (kept.opening_id, kept.account_id) == (opening.id, account.id) else None


@dataclass(frozen=True)
class OpeningRow:
    ranked: RankedOpening
    opening: Opening
    referral: Referral | None


def _may_be_ranked(profile: OpeningProfile) -> bool:
    """One opening that asks for what may not be asked must not take everybody's page down."""
    try:
        check(profile)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class OpeningList:
    """What fits one person, with the model and the mark of the index that said so."""

    rows: list[OpeningRow]
    model: str
    index_mark: int


def openings_for(worker: Worker, *, on: dt.date, limit: int = 20) -> OpeningList:
    """The other direction, with the same score and the same sentences."""
    index, mark = ranker(on)
    published = (
        db.session.scalars(Openings().published(on).with_page_data().order_by(Opening.id)).unique().all()
    )
    by_id = {opening.id: opening for opening in published}
    rule = of_day(db.session, on)
    profiles = [opening_profile(opening, on, rule) for opening in published]
    profiles = [profile for profile in profiles if _may_be_ranked(profile)]
    loaded = Workers().by_id(worker.id).with_profile_data().query
    ranked = index.openings_for(
        worker_profile(db.session.scalars(loaded).unique().one()), profiles, on=on, limit=limit
    )
    query = select(Referral).where(Referral.worker_id == worker.id)
    mine = {referral.opening_id: referral for referral in db.session.scalars(query)}
    rows = [OpeningRow(one, by_id[int(one.opening_id)], mine.get(int(one.opening_id))) for one in ranked]
    return OpeningList(rows, index.version, mark)
