"""Who waits for what and how long: reckoned in SQL from the log of the steps, however many the cases."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Subquery, case, func, literal, or_, select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.overseas.abroad.models import DueContact, Stay
from portal.overseas.boards.day_spans import day_span, local_day
from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.models import CaseStep
from portal.overseas.cases.queries import Cases, lapses
from portal.overseas.cases.states import BEFORE_DEPARTURE
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.workers.models import Worker

# Steps that take something back: a time that begins or ends with one says nothing of how long a stage takes.
BACK = ("undo", "undo_depart", "reopen")
ENDS = ("end", "withdraw", "disown")


@dataclass(frozen=True, slots=True)
class Line:
    """One stage: who is in it now and since when, and how long those took who have left it."""

    stage: CaseState
    waiting: int
    # Days so far of the one in the middle, and of the one who waits longest.
    middle: float | None
    longest: int | None
    # Median days of the times that are over, and how many those are.
    median: float | None
    over: int


def _moves() -> Subquery:
    """Each step that led to another stage, with the one after it."""
    logged = local_day(CaseStep.at)
    # "Ready" carries the day of the flight, which lies ahead: nobody has waited a negative number of days.
    day = case((CaseStep.day < logged, CaseStep.day), else_=logged)
    of_case: dict[str, Any] = {"partition_by": CaseStep.case_id, "order_by": CaseStep.id}
    return (
        select(
            CaseStep.id,
            CaseStep.case_id,
            CaseStep.to_state.label("stage"),
            CaseStep.name,
            day.label("day"),
            func.lead(day).over(**of_case).label("next_day"),
            func.lead(CaseStep.name).over(**of_case).label("next_name"),
        )
        .where(or_(CaseStep.from_state.is_(None), CaseStep.from_state != CaseStep.to_state))
        .subquery("moves")
    )


def _medians(spans: Subquery) -> Select[Any]:
    """(stage, median, how many, longest) of rows (stage, days): the middle one, or the mean of the two."""
    place = func.row_number().over(partition_by=spans.c.stage, order_by=spans.c.days)
    many = func.count().over(partition_by=spans.c.stage)
    longest = func.max(spans.c.days).over(partition_by=spans.c.stage)
    ranked = select(
        spans.c.stage, spans.c.days, place.label("place"), many.label("many"), longest.label("longest")
    ).subquery("ranked")
    middle = ranked.c.place.in_([(ranked.c.many + 1) // 2, (ranked.c.many + 2) // 2])
    return (
        select(
            ranked.c.stage, func.avg(ranked.c.days * 1.0), func.max(ranked.c.many), func.max(ranked.c.longest)
        )
        .where(middle)
        .group_by(ranked.c.stage)
    )


def over_spans() -> Select[Any]:
    """Times in a stage that are over, by going on to the next."""
    moves = _moves()
    return _medians(
        select(moves.c.stage, day_span(moves.c.day, moves.c.next_day).label("days"))
        .where(
            moves.c.next_day.is_not(None), moves.c.next_name.not_in((*BACK, *ENDS)), moves.c.name.not_in(BACK)
        )
        .where(moves.c.next_day >= moves.c.day)
        .subquery("spans")
    )


def open_spans(on: dt.date) -> Select[Any]:
    """Times that last: of each case that is still on its way, since it came into its stage."""
    moves = _moves()
    last = select(func.max(moves.c.id)).group_by(moves.c.case_id).scalar_subquery()
    return _medians(
        select(moves.c.stage, day_span(moves.c.day, literal(on)).label("days"))
        .join(OverseasCase, OverseasCase.id == moves.c.case_id)
        .where(moves.c.id.in_(last), moves.c.stage == OverseasCase.state)
        .where(OverseasCase.state.in_(BEFORE_DEPARTURE))
        .subquery("spans")
    )


def stages(on: dt.date) -> list[Line]:
    """Up to the departure, in two queries; a stage where nobody ever was is left out."""
    waits = {row[0]: row[1:] for row in db.session.execute(open_spans(on))}
    over = {row[0]: row[1:] for row in db.session.execute(over_spans())}
    return [
        Line(
            stage,
            waiting=waits[stage][1] if stage in waits else 0,
            middle=float(waits[stage][0]) if stage in waits else None,
            longest=waits[stage][2] if stage in waits else None,
            median=float(over[stage][0]) if stage in over else None,
            over=over[stage][1] if stage in over else 0,
        )
        for stage in BEFORE_DEPARTURE
        if stage in waits or stage in over
    ]


@dataclass(frozen=True, slots=True)
class Alarms:
    waiting: int
    # Within the last days of the 180, and beyond them.
    warned: int
    late: int
    lapsing: int
    abroad: int
    silent: int


def alarms(on: dt.date, warn_left: int) -> Alarms:
    """What somebody must look at; each number is a list elsewhere."""
    yesterday, warned = on - dt.timedelta(days=1), on + dt.timedelta(days=warn_left)
    here = Cases().where(OverseasCase.state.in_(BEFORE_DEPARTURE))
    late, all_warned = Cases().to_leave_by(yesterday), Cases().to_leave_by(warned)
    away = select(func.count()).select_from(Stay).where(Stay.ended_on.is_(None))
    silent = (
        select(func.count(Stay.id.distinct()))
        .join(DueContact, DueContact.stay_id == Stay.id)
        .where(Stay.ended_on.is_(None), DueContact.done_at.is_(None), DueContact.call_on <= on)
    )
    counts = [_count(shown) for shown in (here, all_warned, late, Cases().with_papers_lapsing(on))]
    row = db.session.execute(select(*(query.scalar_subquery() for query in (*counts, away, silent)))).one()
    return Alarms(row[0], row[1] - row[2], row[2], row[3], row[4], row[5])


def _count(shown: Cases) -> Select[Any]:
    return shown.query.with_only_columns(func.count(OverseasCase.id)).order_by(None)


def soonest(on: dt.date, warn_left: int, most: int) -> list[OverseasCase]:
    """Whose last day comes next, among those who are warned or late."""
    shown = Cases().to_leave_by(on + dt.timedelta(days=warn_left)).with_list_data().by_clock()
    return list(db.session.scalars(shown.query.limit(most)).unique())


def lapsing(on: dt.date, most: int) -> list[CaseDocument]:
    """Checked papers that do not outlast the departure of their case."""
    query = (
        select(CaseDocument)
        .join(OverseasCase, OverseasCase.id == CaseDocument.case_id)
        .join(Worker, Worker.id == OverseasCase.worker_id)
        .where(OverseasCase.state.in_(BEFORE_DEPARTURE), lapses(on))
        .options(joinedload(CaseDocument.case).joinedload(OverseasCase.worker))
        .order_by(CaseDocument.expires_on, CaseDocument.id)
        .limit(most)
    )
    return list(db.session.scalars(query))
