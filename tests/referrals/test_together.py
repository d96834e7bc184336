"""Several people at once: nothing is done twice and nothing is lost."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from portal.access.models import Account
from portal.common.clock import now, today
from portal.extensions import db
from portal.openings.models import Opening
from portal.referrals import operations as ops
from portal.referrals.models import Letter, Referral
from portal.referrals.results import Hire
from portal.referrals.states import AnswerChannel, ReferralState
from portal.workers.models import Worker
from tests.at_once import all_at_once


def test_no_letter_number_is_given_twice(app, stages, session, make):
    opening = make.opening(expires_on=None, positions=9, positions_left=9)
    ids = [stages.agreed(make.worker(), opening).id for _ in range(5)]
    adviser = stages.adviser
    session.expunge(adviser)

    def issue(referral_id):
        return lambda: ops.issue_letter(
            db.session.get(Referral, referral_id), actor=db.session.merge(adviser), now=now()
        )

    session.rollback()
    came = all_at_once(app, [issue(one) for one in ids])
    assert came == ["done"] * 5
    assert sorted(session.scalars(select(Letter.number))) == [
        f"{n:04d}/{today().year}/GT-AG" for n in range(1, 6)
    ]


def test_a_double_press_issues_one_letter_and_a_later_one_another(app, stages, session):
    referral, adviser = stages.agreed(), stages.adviser
    referral_id = referral.id
    session.expunge(adviser)
    session.rollback()

    def press(at):
        return lambda: ops.issue_letter(
            db.session.get(Referral, referral_id), actor=db.session.merge(adviser), now=at
        )

    pressed = now()
    assert all_at_once(app, [press(pressed)] * 4) == ["done"] * 4
    assert session.scalar(select(func.count(Letter.id))) == 1
    session.rollback()
    assert all_at_once(app, [press(pressed + dt.timedelta(minutes=5))]) == ["done"]
    assert session.scalar(select(func.count(Letter.id))) == 2


def test_a_double_press_makes_one_referral(app, stages, session, make):
    person, opening = stages.person(), make.opening(expires_on=None)
    worker_id, opening_id = person.worker.id, opening.id
    session.rollback()

    def press():
        worker = db.session.get(Worker, worker_id)
        ops.express_interest(worker, db.session.get(Opening, opening_id), actor=worker.account, now=now())

    assert all_at_once(app, [press] * 4) == ["done"] * 4
    assert session.scalars(select(Referral.state)).all() == [ReferralState.INTERESTED]


def test_the_last_place_is_given_once_and_the_other_ends_courteously(app, stages, session, make):
    opening = make.opening(expires_on=None, positions=1, positions_left=1)
    ids = [stages.referred(make.worker(), opening).id for _ in range(3)]
    adviser_id = stages.adviser.id
    session.rollback()

    def hire(referral_id):
        def job():
            referral = db.session.get(Referral, referral_id)
            actor = db.session.get(Account, adviser_id)
            ops.record_result(referral, Hire(today(), today()), actor=actor, now=now())

        return job

    came = all_at_once(app, [hire(one) for one in ids])
    assert sorted(came, key=len)[0] == "done" and came.count("done") == 1
    session.expire_all()
    states = sorted(session.scalars(select(Referral.state)))
    assert states == [ReferralState.FILLED, ReferralState.FILLED, ReferralState.HIRED]
    assert session.get(Opening, opening.id).positions_left == 0


@pytest.mark.parametrize("first", ["agree", "lapse"])
def test_an_answer_and_the_end_of_its_time_do_not_both_count(app, stages, session, make, first):
    referral_id = stages.asked().id
    session.rollback()

    def agree():
        row = db.session.get(Referral, referral_id)
        ops.answer(row, True, channel=AnswerChannel.LINK, actor=None, now=now())

    def lapse():
        ops.lapse_due(now=now() + dt.timedelta(days=30))

    jobs = [agree, lapse] if first == "agree" else [lapse, agree]
    all_at_once(app, jobs)
    session.expire_all()
    row = session.get(Referral, referral_id)
    assert row.state in (ReferralState.AGREED, ReferralState.LAPSED)
    assert len([step for step in row.steps if step.name in ("agree", "lapse")]) == 1
