"""What is true of a person and an opening now, as the table of steps wants to know it."""

import datetime as dt

from portal.common.clock import local_date
from portal.extensions import db
from portal.openings.ages import least_age
from portal.openings.models import Opening
from portal.openings.states import OpeningState, Sphere
from portal.reference.rules import of_day
from portal.referrals.keepers import is_kept_elsewhere
from portal.referrals.models import Interview, Referral
from portal.referrals.states import OPEN_INTERVIEWS
from portal.referrals.transitions import Facts, Need
from portal.workers import rules
from portal.workers.models import Worker
from portal.workers.queries import live_purposes
from portal.workers.states import Purpose, WorkerState


def facts_of(referral: Referral, *, on: dt.date) -> Facts:
    met = facts_of_pair(referral.worker, referral.opening, on=on)
    if any(letter.withdrawn_at is None for letter in referral.letters):
        met.add(Need.LETTER)
    interview = open_interview(referral)
    if interview is not None:
        met.add(Need.INTERVIEW)
        if local_date(interview.starts_at) <= on:
            met.add(Need.HELD)
    if any(row.done_at is None and row.due_on <= on for row in referral.follow_ups):
        met.add(Need.FOLLOW_UP)
    if referral.opening.sphere is Sphere.OVERSEAS:
        met.add(Need.ABROAD)
        if not is_kept_elsewhere(referral):
            met.add(Need.OWN_DEPARTURE)
    met.add(Need.AT_HOME if referral.departed_on is None else Need.DEPARTED)
    return Facts(referral.state, frozenset(met))


def facts_of_pair(worker: Worker, opening: Opening, *, on: dt.date) -> set[Need]:
    met: set[Need] = set()
    if takes_people(opening, on):
        met.add(Need.OPEN)
    if worker.state in (WorkerState.ACTIVE, WorkerState.PAUSED):
        met.add(Need.LIVE)
    if worker.state == WorkerState.ACTIVE:
        met.add(Need.SEEKING)
    if is_lawful(worker, opening, on):
        met.add(Need.LAWFUL)
    purposes = live_purposes(worker)
    if purposes.intersection(rules.MATCHING_PURPOSES):
        met.add(Need.MATCHING)
    if Purpose.SHARING in purposes:
        met.add(Need.SHARING)
    return met


def takes_people(opening: Opening, on: dt.date) -> bool:
    return (
        opening.state == OpeningState.PUBLISHED
        and opening.positions_left > 0
        and (opening.expires_on is None or opening.expires_on >= on)
    )


def is_lawful(worker: Worker, opening: Opening, on: dt.date) -> bool:
    """Labour Code 143 to 147: the youngest possible age counts; an unknown age is nobody's yes."""
    age = rules.age_on(worker.birth_date, worker.birth_year, on)
    if age is None:
        return False
    least = least_age(opening, of_day(db.session, on))
    # Where no rule is known for the day, only who is of age.
    if age < (least.years if least is not None else rules.ADULT_AGE):
        return False
    return age >= rules.ADULT_AGE or worker.guardian_consented_at is not None


def open_interview(referral: Referral) -> Interview | None:
    """The interview that still waits for an answer or for its day."""
    for interview in reversed(referral.interviews):
        if interview.state in OPEN_INTERVIEWS:
            return interview
    return None
