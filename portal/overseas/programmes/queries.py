"""Programmes as they stand on a day: one query a kind of row, however many programmes are asked for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import selectinload

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.extensions import db
from portal.overseas.models import Programme
from portal.overseas.programmes.models import (
    Dated,
    LocalityBan,
    ProgrammeAgreement,
    ProgrammeDocument,
    ProgrammeFact,
    ProgrammePriority,
    ProgrammeRequirement,
    ProgrammeStages,
    Slotted,
)
from portal.overseas.programmes.round_models import ProgrammeRound
from portal.overseas.programmes.rules import Asked
from portal.overseas.programmes.states import DocumentNeed, Openness
from portal.overseas.states import CaseState, ProgrammeChannel
from portal.reference.countries import MARKETS

Row = TypeVar("Row", bound=Slotted)


class Programmes:
    """`Programmes().by_code("eps").query` is a `Select[Programme]`. What a programme asks is public."""

    def __init__(self, query: Select[Programme] | None = None) -> None:
        self.query: Select[Programme] = select(Programme) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, programme_id: int) -> Self:
        return self.where(Programme.id == programme_id)

    def by_code(self, code: str) -> Self:
        return self.where(Programme.code == code)

    def locked(self) -> Self:
        return type(self)(self.query.with_for_update().execution_options(populate_existing=True))

    def all(self) -> list[Programme]:
        """Those of public bodies and of the province first, then the markets most people go to."""
        rows = list(db.session.scalars(self.query.order_by(Programme.id)))
        return sorted(rows, key=lambda one: (one.channel is ProgrammeChannel.SENDER, _busiest(one), one.id))


def _busiest(programme: Programme) -> int:
    return MARKETS.index(programme.country) if programme.country in MARKETS else len(MARKETS)


def standing_on(query: Select[Any], model: type[Dated], day: dt.date) -> Select[Any]:
    return query.where(model.valid_from <= day, or_(model.valid_to.is_(None), model.valid_to >= day))


@dataclass
class ProgrammeDay:
    """A programme on a day, with everything that is said of it then."""

    programme: Programme
    day: dt.date
    openness: Openness = Openness.OPEN
    agreement: ProgrammeAgreement | None = None
    requirements: list[ProgrammeRequirement] = field(default_factory=list)
    documents: list[ProgrammeDocument] = field(default_factory=list)
    facts: list[ProgrammeFact] = field(default_factory=list)
    stages: ProgrammeStages | None = None
    priorities: list[ProgrammePriority] = field(default_factory=list)
    bans: list[LocalityBan] = field(default_factory=list)
    rounds: list[ProgrammeRound] = field(default_factory=list)

    @property
    def asked(self) -> list[Asked]:
        return [asked_of(row) for row in self.requirements if row.round_id is None]

    def asked_in(self, one: ProgrammeRound | None) -> list[Asked]:
        """With what a round adds to the programme."""
        return [
            asked_of(row)
            for row in self.requirements
            if row.round_id is None or (one is not None and row.round_id == one.id)
        ]

    def asked_only_in(self, one: ProgrammeRound) -> list[Asked]:
        """What a round asks beside the programme: only men, a narrower age."""
        return [asked_of(row) for row in self.requirements if row.round_id == one.id]

    @property
    def case_stages(self) -> tuple[CaseState, ...]:
        """In the order of the case; a programme of which nothing is known passes through all."""
        chosen = set(self.stages.stages) if self.stages is not None else set(CaseState.values())
        return tuple(state for state in CaseState if state.value in chosen)

    @property
    def coming_rounds(self) -> list[ProgrammeRound]:
        return [one for one in self.rounds if not is_over(one, self.day)]

    @property
    def past_rounds(self) -> list[ProgrammeRound]:
        return [one for one in self.rounds if is_over(one, self.day)]

    @property
    def next_round(self) -> ProgrammeRound | None:
        """The coming one that ends first; one without a day comes after those with one."""
        last = dt.date.max
        return min(self.coming_rounds, key=lambda one: (one.apply_to or last, one.id), default=None)


def is_over(one: ProgrammeRound, on: dt.date) -> bool:
    """Nobody can apply any more. Of a round without a day the year decides."""
    return one.apply_to < on if one.apply_to is not None else one.year < on.year


def asked_of(row: ProgrammeRequirement) -> Asked:
    return Asked(
        slot=row.slot,
        kind=row.kind,
        value=row.value or {},
        words_vi=row.words_vi,
        words_en=row.words_en,
        for_sex=row.for_sex,
        any_of=row.any_of,
        way=row.way,
        way_vi=row.way_vi,
        way_en=row.way_en,
        way_months=row.way_months,
        source=row.source,
        since=row.valid_from,
        verified=row.verified,
        general=row.programme_id is None,
    )


def on_day(programmes: Sequence[Programme], day: dt.date) -> list[ProgrammeDay]:
    """In the order given; eight queries whatever the number."""
    ids = [programme.id for programme in programmes]
    requirements = _slotted(ProgrammeRequirement, ids, day)
    documents = _slotted(ProgrammeDocument, ids, day)
    facts = _slotted(ProgrammeFact, ids, day)
    stages = _slotted(ProgrammeStages, ids, day)
    priorities = _slotted(ProgrammePriority, ids, day)
    agreements = _by_programme(ProgrammeAgreement, ids, day)
    bans = _by_programme(LocalityBan, ids, day)
    rounds = _rounds(ids)
    found = []
    for programme in programmes:
        agreement = next(iter(agreements[programme.id]), None)
        found.append(
            ProgrammeDay(
                programme=programme,
                day=day,
                openness=openness(programme, agreement is not None, day),
                agreement=agreement,
                requirements=requirements[programme.id],
                documents=[d for d in documents[programme.id] if d.need is not DocumentNeed.NOT_NEEDED],
                facts=facts[programme.id],
                stages=next(iter(stages[programme.id]), None),
                priorities=priorities[programme.id],
                bans=bans[programme.id],
                rounds=rounds[programme.id],
            )
        )
    return found


def openness(programme: Programme, has_agreement: bool, day: dt.date) -> Openness:
    if programme.ends_on is not None and programme.ends_on < day:
        return Openness.ENDED
    if programme.channel is ProgrammeChannel.LOCALITY and not has_agreement:
        return Openness.NO_AGREEMENT
    if not programme.is_open_here:
        return Openness.CLOSED_HERE
    if programme.starts_on is not None and programme.starts_on > day:
        return Openness.NOT_STARTED
    return Openness.OPEN


def taking_cases(programmes: Sequence[Programme], day: dt.date) -> list[Programme]:
    """Those one can go by from here; who prepares for one that begins later may have a case already."""
    agreements = _by_programme(ProgrammeAgreement, [one.id for one in programmes], day)
    ready = (Openness.OPEN, Openness.NOT_STARTED)
    return [one for one in programmes if openness(one, bool(agreements[one.id]), day) in ready]


def takes_cases(programme: Programme, day: dt.date) -> bool:
    return bool(taking_cases([programme], day))


def _slotted(model: type[Row], ids: Sequence[int], day: dt.date) -> dict[int, list[Row]]:
    """The rows of each programme; a general row stands wherever the programme has none of that slot."""
    query = standing_on(select(model), model, day).where(
        or_(model.programme_id.is_(None), model.programme_id.in_(list(ids)))
    )
    rows: list[Row] = sorted(db.session.scalars(query), key=lambda row: (getattr(row, "position", 0), row.id))
    general = [row for row in rows if row.programme_id is None]
    found: dict[int, list[Row]] = {}
    for programme_id in ids:
        own = [row for row in rows if row.programme_id == programme_id]
        taken = {row.slot for row in own}
        both = [*own, *(row for row in general if row.slot not in taken)]
        found[programme_id] = sorted(both, key=lambda row: (getattr(row, "position", 0), row.id))
    return found


def _by_programme(model: Any, ids: Sequence[int], day: dt.date) -> dict[int, list[Any]]:
    query = standing_on(select(model), model, day).where(model.programme_id.in_(list(ids)))
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.scalars(query.order_by(model.valid_from.desc(), model.id.desc())):
        found[row.programme_id].append(row)
    return found


def _rounds(ids: Sequence[int]) -> dict[int, list[ProgrammeRound]]:
    """The newest first."""
    found: dict[int, list[ProgrammeRound]] = defaultdict(list)
    query = (
        select(ProgrammeRound)
        .where(ProgrammeRound.programme_id.in_(list(ids)))
        .options(selectinload(ProgrammeRound.days))
        .order_by(ProgrammeRound.year.desc(), ProgrammeRound.apply_to.desc(), ProgrammeRound.id.desc())
    )
    for one in db.session.scalars(query):
        found[one.programme_id].append(one)
    return found


def of_programme(programme: Programme, day: dt.date) -> ProgrammeDay:
    return on_day([programme], day)[0]


def stages_of(programme: Programme, day: dt.date) -> tuple[CaseState, ...]:
    """For the case: the stages this programme passes through on that day."""
    rows = _slotted(ProgrammeStages, [programme.id], day)[programme.id]
    return ProgrammeDay(programme, day, stages=next(iter(rows), None)).case_stages


def documents_of(programme: Programme, day: dt.date) -> list[ProgrammeDocument]:
    """For the case: the papers this programme needs on that day, each with its validity."""
    rows = _slotted(ProgrammeDocument, [programme.id], day)[programme.id]
    return [row for row in rows if row.need is not DocumentNeed.NOT_NEEDED]


def history_of(model: type[Row], programme: Programme | None) -> dict[str, list[Row]]:
    """Every row of a programme by slot, the newest first; None: what every programme has."""
    theirs = model.programme_id.is_(None) if programme is None else model.programme_id == programme.id
    query = select(model).where(theirs)
    found: dict[str, list[Row]] = defaultdict(list)
    for row in db.session.scalars(query.order_by(model.valid_from.desc(), model.id.desc())):
        found[row.slot].append(row)
    return found


class Rounds:
    def __init__(self, query: Select[ProgrammeRound] | None = None) -> None:
        self.query: Select[ProgrammeRound] = select(ProgrammeRound) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def visible_to(self, account: Account) -> Self:
        """At the desk; the public reads them on the page of the programme."""
        return self if account.role in CASE_STAFF else self.where(false())

    def by_id(self, round_id: int) -> Self:
        return self.where(ProgrammeRound.id == round_id)

    def with_days(self) -> Self:
        return type(self)(self.query.options(selectinload(ProgrammeRound.days)))

    def locked(self) -> Self:
        return type(self)(
            self.query.with_for_update(of=ProgrammeRound).execution_options(populate_existing=True)
        )
