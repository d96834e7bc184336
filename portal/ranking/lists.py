"""Ranked lists as a page shows them: checked again in the database, and recorded."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import load_only

from matching.eligibility import check
from matching.index import Ranker
from matching.scan import KEPT
from matching.scoring import Scorer
from matching.types import OpeningProfile, RankedCandidate, RankedOpening, Requirement
from portal.access.models import Account
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.ranking.judgements import standing_in
from portal.ranking.keeper import keeper, ranker
from portal.ranking.learning_models import FitJudgement
from portal.ranking.models import ShownList
from portal.ranking.profiles import opening_profile, worker_profile
from portal.reference.rules import of_day
from portal.referrals.models import Referral
from portal.workers.models import Worker
from portal.workers.queries import Workers

Found = TypeVar("Found")

PAGE = 50
# Rows of one page of the ranked list.
PEOPLE_AT_ONCE = 20
# How many more than asked are fetched: somebody may have withdrawn since the index was brought up to date.
SPARE = 5
# What a row of the page says of a person; the other fifty columns stay where they are.
SHOWN = (Worker.full_name, Worker.birth_year, Worker.commune_code)


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
    # Changes of profiles that the index has not read yet: after a large import.
    behind: int = 0

    @property
    def cut_at(self) -> int | None:
        """Where the list ends although more people may; None where it holds everybody."""
        return KEPT if max(self.total_may, self.total_unknown) > KEPT else None

    @property
    def last_page(self) -> int:
        longest = min(max(self.total_may, self.total_unknown), KEPT)
        return max(1, -(-longest // PEOPLE_AT_ONCE))


def ranked_list(
    opening: Opening,
    *,
    on: dt.date,
    limit: int = PAGE,
    offset: int = 0,
    narrow: tuple[Requirement, ...] = (),
    exclude: Iterable[int] = (),
    filters: dict[str, Any] | None = None,
) -> RankedList:
    """`narrow` are gates of the viewer, not of the opening: they shorten the list and change no score."""
    index, mark = ranker(on)
    profile = opening_profile(opening, on)
    without, spare = set(exclude), SPARE
    while True:
        ranking = index.ranking(
            profile, on=on, limit=limit + spare, offset=offset, narrow=narrow, exclude=without
        )
        listed = (ranking.candidates, ranking.unknowns)
        people = still_matchable((*ranking.candidates, *ranking.unknowns), on)
        gone = {int(c.worker_id) for part in listed for c in part if c.worker_id not in people}
        if all(_is_full(part, gone, limit, spare) for part in listed):
            break
        without |= gone
        spare *= 4
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
        scorer=ranking.scorer,
        judged=standing_in(opening, people),
        filters=filters or {},
        behind=keeper().behind,
    )


def _is_full(candidates: Sequence[RankedCandidate], gone: set[int], limit: int, spare: int) -> bool:
    """Enough are left to show, or there are no more."""
    left = sum(1 for candidate in candidates if candidate.worker_id not in gone)
    return left >= limit or len(candidates) < limit + spare


def still_matchable(candidates: Iterable[RankedCandidate], on: dt.date) -> dict[int, Worker]:
    """The people of a list whom the database, asked now, still lets us show."""
    ids = [int(candidate.worker_id) for candidate in candidates]
    query = Workers().matchable(on).where(Worker.id.in_(ids)).query.options(load_only(*SHOWN))
    return {worker.id: worker for worker in db.session.scalars(query)}


def referrals_in(opening: Opening, people: Iterable[int]) -> dict[int, Referral]:
    query = select(Referral).where(Referral.opening_id == opening.id, Referral.worker_id.in_(list(people)))
    return {referral.worker_id: referral for referral in db.session.scalars(query)}


def already_in(opening: Opening) -> list[int]:
    """Whoever has a referral in this opening, however it ended."""
    return list(db.session.scalars(select(Referral.worker_id).where(Referral.opening_id == opening.id)))


def _by_one_scorer(index: Ranker, ask: Callable[[], Found]) -> tuple[Found, Scorer, str]:
    """What was asked, what scored it, and the model's version. Another thread may put a version in place
    meanwhile: then it is asked again, so that no points are kept under the name of another version."""
    while True:
        scorer, model = index.scorer, index.version
        found = ask()
        if index.scorer is scorer:
            return found, scorer, model


def near_misses(opening: Opening, *, on: dt.date, limit: int) -> RankedList:
    """People barred by exactly one thing that they can change; a list like the other, and kept like it."""
    index, mark = ranker(on)
    profile = opening_profile(opening, on)
    missed, scorer, model = _by_one_scorer(
        index, lambda: index.nearest_misses(profile, on=on, limit=limit + SPARE)
    )
    people = still_matchable(missed, on)
    referrals = referrals_in(opening, people)
    kept = [candidate for candidate in missed if candidate.worker_id in people][:limit]
    return RankedList(
        rows=[Row(c, people[int(c.worker_id)], referrals.get(int(c.worker_id))) for c in kept],
        model=model,
        index_mark=mark,
        scorer=scorer,
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


def place_in_list(position: int, filters: Mapping[str, Any]) -> int:
    """From the top of the whole list: each page that was recorded counts its rows from 1."""
    return position + PEOPLE_AT_ONCE * (int(filters.get("page", 1)) - 1)


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
    asking = worker_profile(db.session.scalars(loaded).unique().one())
    ranked, _scorer, model = _by_one_scorer(
        index, lambda: index.openings_for(asking, profiles, on=on, limit=limit)
    )
    query = select(Referral).where(Referral.worker_id == worker.id)
    mine = {referral.opening_id: referral for referral in db.session.scalars(query)}
    rows = [OpeningRow(one, by_id[int(one.opening_id)], mine.get(int(one.opening_id))) for one in ranked]
    return OpeningList(rows, model, mark)
