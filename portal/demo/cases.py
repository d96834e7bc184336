"""People on their way abroad, at every stage, by the same operations as real ones; dates behind today."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from portal.access.models import Account
from portal.common.clock import local_date
from portal.demo import hours
from portal.errors import DomainError
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.states import OpeningState, Sphere
from portal.overseas.cases import documents, receiver_consents
from portal.overseas.cases import operations as ops
from portal.overseas.cases.documents_needed import NeededDocument, due_by, needed_in
from portal.overseas.cases.moves import Given
from portal.overseas.cases.states import PIPELINE, DocumentKind, ExitReason, FinanceWay
from portal.overseas.cases.transitions import TICKS
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.reference.calendar import WorkingCalendar, load_calendar
from portal.web.transactions import write_transaction
from portal.workers.models import Worker
from portal.workers.queries import Workers
from portal.workers.rules import MATCHING_PURPOSES
from portal.workers.states import ConsentChannel, Purpose

S = CaseState
EVERY_TICK = frozenset(TICKS)
FLIGHT = "VN 310"
# How far each story goes, begun how many days ago, and on which day of it the person was selected.
STORIES = (
    (S.INTERESTED, 1, 0), (S.COUNSELLED, 3, 0), (S.CHECKED, 9, 0), (S.NOMINATED, 20, 0),
    (S.SELECTED, 30, 25), (S.SELECTED, 172, 16), (S.TRAINING, 60, 20), (S.TRAINING, 75, 20),
    (S.HEALTH, 110, 25), (S.CONTRACT, 120, 30), (S.FINANCE, 150, 30), (S.VISA, 160, 25),
    (S.READY, 150, 25), (S.READY, 150, 25), (S.ABROAD, 170, 25),
)  # fmt: skip
ENDINGS = ((S.NOMINATED, 40, ExitReason.FAILED_TEST), (S.TRAINING, 90, ExitReason.FAMILY))


@dataclass
class Story:
    case: OverseasCase
    adviser: Account
    moment: dt.datetime
    latest: dt.datetime
    selected_after: int
    rng: random.Random
    begun: dt.datetime = field(init=False)
    calendar: WorkingCalendar = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.moment
        self.calendar = load_calendar(db.session)

    def later(self, days: float) -> dt.datetime:
        moment = hours.worked(
            min(self.latest, hours.fit(self.moment + dt.timedelta(days=days))), self.calendar
        )
        self.moment = max(self.moment, moment)
        return self.moment

    def by(self) -> dict[str, Any]:
        return {"actor": self.adviser, "now": self.moment}


def make_cases(adviser_ids: list[int], persona_ids: list[int], rng: random.Random, now: dt.datetime) -> None:
    """The first persona, the demo's seeker, is in class; the others are left as they are told."""
    seeker_id = persona_ids[0]
    latest = hours.latest(now)
    openings = _openings(local_date(now))
    people = _people(rng, persona_ids, len(STORIES) + len(ENDINGS), local_date(now))
    told = [(S.TRAINING, 70, 25, None), *((*story, None) for story in STORIES)]
    told += [(stage, days, 20, reason) for stage, days, reason in ENDINGS]
    for (stage, days, selected_after, reason), worker_id in zip(told, [seeker_id, *people], strict=False):
        with write_transaction():
            worker = db.session.get_one(Worker, worker_id)
            fitting = [one for one in openings if _approved_before(one, local_date(now), days)] or openings
            wanted = [one for one in fitting if one.country in worker.wanted_countries] or fitting
            adviser = db.session.get_one(Account, rng.choice(adviser_ids))
            begun = hours.worked(hours.fit(latest - dt.timedelta(days=days)), load_calendar(db.session))
            _tell(worker, rng.choice(wanted).id, stage, reason, adviser, begun, latest, selected_after, rng)
        db.session.expunge_all()


def _tell(
    worker: Worker,
    opening_id: int,
    stage: CaseState,
    reason: ExitReason | None,
    adviser: Account,
    begun: dt.datetime,
    latest: dt.datetime,
    selected_after: int,
    rng: random.Random,
) -> None:
    opening = db.session.get_one(Opening, opening_id)
    case = ops.open_case(worker, ops.Aim(opening), actor=adviser, now=begun)
    story = Story(case, adviser, begun, latest, selected_after, rng)
    try:
        for state in PIPELINE[1 : PIPELINE.index(stage) + 1]:
            with db.session.begin_nested():
                _step_into(story, state)
        if reason is not None:
            ops.end(case, Given(reason=reason), **story.by())
        else:
            _papers_in_hand(story)
    except DomainError:
        # The rules stopped this story here: as in life.
        return


def _step_into(story: Story, state: CaseState) -> None:
    case = story.case
    if state is S.SELECTED:
        story.later(story.selected_after - (story.moment - story.begun).days)
    story.later(2)
    if state is S.NOMINATED:
        receiver_consents.give(case, "", "", channel=ConsentChannel.DESK, **story.by())
    for needed in due_by(needed_in(case), state):
        _paper(story, needed)
    # The sender teaches, not a class of ours.
    elsewhere = "Học ở trung tâm của doanh nghiệp." if state is S.TRAINING else ""
    given = Given(date=local_date(story.moment), ticks=EVERY_TICK, why_on=elsewhere)
    day = local_date(story.moment)
    if state is S.COUNSELLED:
        ops.counsel(case, given, **story.by())
    elif state is S.SELECTED:
        ops.select_person(case, given, **story.by())
    elif state is S.READY:
        leaves = local_date(story.latest) + dt.timedelta(days=9)
        ops.make_ready(case, Given(date=leaves, ticks=EVERY_TICK), flight=FLIGHT, **story.by())
    elif state is S.ABROAD:
        story.later(5)
        ops.depart(case, Given(date=local_date(story.moment)), **story.by())
    else:
        details = DETAILS[state](day) if state in DETAILS else None
        ops.take(case, STEPS[state], given, details=details, **story.by())


STEPS = {
    S.CHECKED: "check", S.NOMINATED: "nominate", S.TRAINING: "train", S.HEALTH: "health", S.CONTRACT: "sign",
    S.FINANCE: "arrange_money", S.VISA: "visa",
}  # fmt: skip
DETAILS = {
    S.CONTRACT: lambda day: {
        "contract_number": f"{day:%d%m}/HĐ-DT", "contract_signed_on": day, "service_fee_vnd": 0,
    },
    S.FINANCE: lambda _day: {"finance_way": FinanceWay.OWN, "deposit_vnd": None},
    S.VISA: lambda day: {
        "list_submitted_on": day - dt.timedelta(days=15),
        "list_confirmed_on": day - dt.timedelta(days=8),
        "visa_filed_on": day - dt.timedelta(days=7),
    },
}  # fmt: skip


def _paper(story: Story, needed: NeededDocument) -> None:
    """A paper that would run out on the way is made anew in time."""
    day = local_date(story.moment)
    lasts = day + dt.timedelta(days=60)
    have = documents.standing(story.case, needed.kind)
    if any(paper.expires_on is None or paper.expires_on > lasts for paper in have):
        return
    dates = {
        "issued_on": day - dt.timedelta(days=story.rng.randint(5, 40)),
        "expires_on": day + dt.timedelta(days=story.rng.randint(420, 2500)) if needed.expires else None,
    }
    added = documents.add(story.case, needed.kind, None, **dates, **story.by())
    documents.judge(added, **dates, **story.by())


def _papers_in_hand(story: Story) -> None:
    """Something is always on the way: one paper waits to be looked at, in some cases one came back."""
    kinds = [DocumentKind.DIPLOMA, DocumentKind.FAMILY_COMMITMENT, DocumentKind.INSURANCE]
    waiting = documents.add(story.case, story.rng.choice(kinds), None, **story.by())
    if story.rng.random() < 0.4:
        documents.judge(waiting, "Ảnh mờ, không đọc được số", **story.by())


def _openings(on: dt.date) -> list[Opening]:
    query = select(Opening).where(
        Opening.sphere == Sphere.OVERSEAS,
        Opening.state == OpeningState.PUBLISHED,
        Opening.expires_on.is_(None) | (Opening.expires_on >= on),
    )
    return list(db.session.scalars(query.order_by(Opening.id)))


def _approved_before(opening: Opening, on: dt.date, days: int) -> bool:
    approved = opening.overseas.approval_date if opening.overseas is not None else None
    return approved is not None and approved <= on - dt.timedelta(days=days)


def _people(rng: random.Random, left_out: list[int], count: int, on: dt.date) -> list[int]:
    """Grown-ups who want to go, and who agreed to be matched and shown."""
    year = on.year - 20
    found = (
        Workers()
        .active()
        .consenting(*MATCHING_PURPOSES)
        .consenting(Purpose.SHARING)
        .where(Worker.wants_abroad, Worker.birth_year <= year, Worker.id.not_in(left_out))
    )
    ids = list(db.session.scalars(found.by_id_order().ids().limit(400)))
    return rng.sample(ids, k=min(count, len(ids)))
