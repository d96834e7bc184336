"""A code to take over a profile, and "this was not me"."""

import datetime as dt

import pytest

from portal.errors import NotAllowed, Refused
from portal.workers import operations
from portal.workers.claims import CLAIM_TIME, find_claim, show_code
from portal.workers.queries import Workers, worker_of
from portal.workers.states import WorkerState
from tests.factories import NOW

LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def adviser(make):
    return make.account("adviser")


@pytest.fixture
def worker(make):
    return make.worker()


def test_a_code_hands_the_profile_over_once(session, make, worker, adviser):
    code = operations.make_claim_code(worker, actor=adviser, now=NOW)
    session.commit()
    assert len(code) == 13
    account = make.account()
    claim, found = find_claim(show_code(code).lower(), now=LATER)
    assert found is worker
    operations.take_over(claim, worker, account, actor=account, now=LATER)
    session.commit()
    assert worker_of(account) is worker
    assert find_claim(code, now=LATER) is None
    with pytest.raises(Refused):
        operations.make_claim_code(worker, actor=adviser, now=LATER)


def test_a_new_code_ends_the_old_one_and_time_ends_both(session, worker, adviser):
    old = operations.make_claim_code(worker, actor=adviser, now=NOW)
    new = operations.make_claim_code(worker, actor=adviser, now=NOW)
    session.commit()
    assert find_claim(old, now=LATER) is None
    assert find_claim(new, now=LATER) is not None
    assert find_claim(new, now=NOW + CLAIM_TIME) is None


def test_an_account_with_a_profile_cannot_take_a_second_one(make, worker, adviser):
    code = operations.make_claim_code(worker, actor=adviser, now=NOW)
    account = make.account()
    make.worker(account_id=account.id)
    claim, found = find_claim(code, now=LATER)
    with pytest.raises(Refused):
        operations.take_over(claim, found, account, actor=account, now=LATER)


def test_a_contested_profile_is_out_of_every_list_at_once(session, worker, adviser):
    code = operations.make_claim_code(worker, actor=adviser, now=NOW)
    claim, found = find_claim(code, now=LATER)
    operations.contest(claim, found, actor=None, now=LATER)
    session.commit()
    assert worker.state is WorkerState.REFUSED
    assert all(consent.withdrawn_at for consent in worker.consents)
    assert Workers().matchable(NOW.date()).all() == []
    assert find_claim(code, now=LATER) is None


def test_a_college_makes_codes_for_its_own_graduates_only(make, worker):
    with pytest.raises(NotAllowed):
        operations.make_claim_code(worker, actor=make.account("college"), now=NOW)
