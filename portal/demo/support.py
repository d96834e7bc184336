"""Two classes before departure, and a few people's claims and loans in every state."""

import datetime as dt

from flask import current_app
from sqlalchemy import select

from portal.access.models import Account
from portal.access.states import Role
from portal.common.clock import local_date
from portal.courses import operations as courses
from portal.courses.models import Course, CourseClass, Enrolment
from portal.courses.operations import ClassFacts
from portal.courses.queries import days_attended, learners_of
from portal.courses.results import Outcome, record_results
from portal.courses.states import CourseKind, CourseResult
from portal.demo import hours
from portal.extensions import db
from portal.files.operations import store
from portal.openings.models import Opening
from portal.openings.states import OpeningState, Sphere
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationKind
from portal.overseas.cases.operations import Aim, open_case
from portal.overseas.cases.queries import Cases
from portal.overseas.models import OverseasCase
from portal.overseas.support import loans
from portal.overseas.support import operations as support
from portal.overseas.support.entitled import entitled
from portal.overseas.support.operations import SheetFacts
from portal.overseas.support.states import Content, Fund, ProofKind
from portal.reference.calendar import load_calendar
from portal.web.transactions import write_transaction
from portal.workers.models import Worker
from portal.workers.operations import give_consent
from portal.workers.queries import Workers, born_by
from portal.workers.rules import ADULT_AGE, born_on_or_before
from portal.workers.sensitive import tell
from portal.workers.states import ConsentChannel, Purpose

LEARNERS = 14
COST, TERM = 95_000_000, 36
DAY = dt.timedelta(days=1)
# A receipt as a scanner makes it; the demo needs no more than something that opens.
RECEIPT = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
# Days ago on which it was asked, what, for what cost, and how far it got.
STORIES = (
    (40, Content.ORIENTATION, 530_000, "paid"),
    (38, Content.LANGUAGE, 5_500_000, "paid"),
    (20, Content.PASSPORT, 200_000, "approved"),
    (19, Content.HEALTH, 900_000, "asked"),
    (6, Content.MEALS, None, "asked"),
    (9, Content.SKILL, 2_800_000, "refused"),
)


def make_support(now: dt.datetime) -> None:
    with write_transaction():
        adviser, leader = _one(Role.ADVISER), _one(Role.LEADER)
        people, opening = _people(local_date(now)), _opening()
        _agree(people[0], adviser, now)
        _classes(people, adviser, now)
        cases = [_case(worker, opening, adviser, now) for worker in people[:6]]
        for place, case in enumerate(cases):
            _claims(case, place, adviser, leader, now)
        _loans(cases, adviser, now)


def _one(role: Role) -> Account:
    query = select(Account).where(Account.role == role, Account.is_demo).order_by(Account.id).limit(1)
    return db.session.scalars(query).one()


def _people(on: dt.date) -> list[Worker]:
    """Who signs in as `seeker`, then people who want to go abroad and told their priority group."""
    seeker = select(Worker).join(Worker.account).where(Account.sign_in_name == "seeker", Account.is_demo)
    others = (
        Workers()
        .matchable(on)
        .consenting(Purpose.PRIORITY)
        .where(Worker.wants_abroad, Worker.account_id.is_(None), born_by(born_on_or_before(ADULT_AGE, on)))
        .by_id_order()
    )
    return [db.session.scalars(seeker).one(), *db.session.scalars(others.query.limit(LEARNERS))]


def _opening() -> Opening:
    published = (Opening.state == OpeningState.PUBLISHED, Opening.sphere == Sphere.OVERSEAS)
    query = select(Opening).where(*published).order_by(Opening.country != "JP", Opening.id).limit(1)
    return db.session.scalars(query).one()


def _agree(worker: Worker, adviser: Account, now: dt.datetime) -> None:
    give_consent(worker, Purpose.PRIORITY, channel=ConsentChannel.DESK, actor=adviser, now=now)
    tell(worker, Purpose.PRIORITY, "near_poor_household", actor=adviser, now=now)


def _classes(people: list[Worker], adviser: Account, now: dt.datetime) -> None:
    school = db.session.scalars(
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.COLLEGE)
        .order_by(Organisation.id)
        .limit(1)
    ).one()
    begun = now - 120 * DAY
    orientation, language = (
        courses.add_course(school, kind, name, periods, actor=adviser, now=begun)
        for kind, name, periods in (
            (CourseKind.ORIENTATION, "Giáo dục định hướng đi Nhật Bản", 76),
            (CourseKind.LANGUAGE, "Tiếng Nhật N5", 160),
        )
    )
    today = local_date(now)
    old = _a_class(orientation, "Lớp định hướng, đợt 1", today - 60 * DAY, today - 45 * DAY, adviser, begun)
    _attended(old, people[:8], adviser, now)
    _finish(old, adviser, now)
    running = _a_class(language, "Lớp N5, buổi sáng", today - 30 * DAY, today + 60 * DAY, adviser, begun)
    _attended(running, people, adviser, now - DAY)


def _a_class(
    course: Course, name: str, first: dt.date, last: dt.date, adviser: Account, now: dt.datetime
) -> CourseClass:
    facts = ClassFacts(name, first, last, 30, "30307", "Khu B, phòng 204")
    return courses.add_class(course, facts, actor=adviser, now=now)


def _attended(course_class: CourseClass, people: list[Worker], adviser: Account, now: dt.datetime) -> None:
    for worker in people:
        courses.enrol(course_class, worker, may_be_told=True, actor=adviser, now=now - 61 * DAY)
    members = list(
        db.session.scalars(
            select(Enrolment.id).where(Enrolment.class_id == course_class.id).order_by(Enrolment.id)
        )
    )
    calendar, day, last = load_calendar(db.session), course_class.starts_on, local_date(now)
    number = 0
    while day <= min(last, course_class.ends_on):
        if calendar.is_working(day):
            # One or two are away, never the same twice running.
            away = (
                {members[number % len(members)], members[(number * 5) % len(members)]}
                if number % 3
                else set()
            )
            moment = min(hours.at(day, dt.time(8)), now)
            courses.call_roll(course_class, day, set(members) - away, actor=adviser, now=moment)
            number += 1
        day += DAY


def _finish(course_class: CourseClass, adviser: Account, now: dt.datetime) -> None:
    outcomes = {
        one.enrolment.id: Outcome(CourseResult.PASSED, f"ĐH-{place:03}", course_class.ends_on)
        for place, one in enumerate(learners_of(course_class), start=1)
    }
    record_results(course_class, outcomes, actor=adviser, now=now)
    courses.settle(course_class, actor=adviser, now=now)


def _case(worker: Worker, opening: Opening, adviser: Account, now: dt.datetime) -> OverseasCase:
    running = Cases().for_worker(worker).running().newest_first().query.limit(1)
    found = db.session.scalars(running).first()
    if found is None:
        found = open_case(worker, Aim(opening=opening), actor=adviser, now=now - 70 * DAY)
    attended = days_attended(worker.id)
    facts = SheetFacts(attended, 2, 32_000, in_hard_area=False, in_programme_area=None, is_upskilling=False)
    support.keep_facts(found, facts, actor=adviser, now=now)
    return found


def _claims(case: OverseasCase, place: int, adviser: Account, leader: Account, now: dt.datetime) -> None:
    """The first has the whole story, each after them a shorter one."""
    for ago, content, cost, reached in STORIES[: max(1, len(STORIES) - place)]:
        asked = hours.fit(now - ago * DAY)
        if entitled(case, on=local_date(asked), actor=adviser, now=asked).of(content, Fund.STATE) is None:
            # The demo is loaded on a day whose rules support other groups.
            continue
        made = support.claim(case, content, Fund.STATE, cost_vnd=cost, actor=adviser, now=asked)
        if cost is not None:
            folder = current_app.config["UPLOAD_FOLDER"]
            file = store(RECEIPT, "bien-lai.pdf", "application/pdf", folder=folder, actor=adviser, now=asked)
            support.add_proof(made, ProofKind.BILL, file, actor=adviser, now=asked)
        decided = min(asked + 4 * DAY, now)
        if reached == "refused":
            support.refuse(made, reason="Hóa đơn không ghi tên bạn.", actor=leader, now=decided)
        elif reached in ("approved", "paid"):
            support.approve(made, None, actor=leader, now=decided)
        if reached == "paid":
            paid = min(decided + 3 * DAY, now)
            number = f"PC-{case.id:04}"
            support.pay(made, local_date(paid), number, actor=adviser, now=paid)


def _loans(cases: list[OverseasCase], adviser: Account, now: dt.datetime) -> None:
    """One is paid out and being paid back, one waits longer than the bank may take, one was asked today."""
    for case, ago in zip(cases, (45, 20, 0), strict=False):
        asked = now - ago * DAY
        terms = loans.terms_for(case, cost_vnd=COST, contract_months=TERM, actor=adviser, now=asked)
        if not terms.may_borrow:
            continue
        loan = loans.ask(
            case,
            asked_vnd=70_000_000,
            cost_vnd=COST,
            asked_on=local_date(asked),
            contract_months=TERM,
            actor=adviser,
            now=asked,
        )
        if ago == 45:
            answered = asked + 7 * DAY
            loans.grant(loan, 70_000_000, local_date(answered), note="", actor=adviser, now=answered)
            paid = answered + 3 * DAY
            loans.pay_out(loan, 70_000_000, local_date(paid), actor=adviser, now=paid)
            loans.owe(loan, 68_500_000, local_date(now), actor=adviser, now=now)
