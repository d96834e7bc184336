"""Whoever asked for a job always gets an answer, with its reason."""

from sqlalchemy import select

from portal.common.clock import now
from portal.messages.models import Message
from portal.reference.reasons import reason
from portal.referrals import operations as ops


def test_not_now_is_told_with_its_reason(stages, session, make):
    account = make.account("seeker")
    worker = make.worker(account_id=account.id)
    referral = stages.interested(worker)
    before = len(session.scalars(select(Message)).all())
    ops.decline_interest(referral, reason="centre_better_fit", actor=stages.adviser, now=now())
    session.commit()
    told = session.scalars(select(Message).where(Message.worker_id == worker.id).order_by(Message.id)).all()
    assert len(told) > before
    assert reason("centre_better_fit").sentence in told[-1].body
