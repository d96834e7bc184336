"""A content is paid once to a person, whoever asks, at once, after a merge or elsewhere."""

import datetime as dt
import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.access.models import Account
from portal.errors import Invalid, Refused
from portal.extensions import db
from portal.overseas.cases.states import ExitReason
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.overseas.support import operations as support
from portal.overseas.support.models import SupportClaim
from portal.overseas.support.states import ClaimState, Content, Fund
from portal.web.transactions import write_transaction
from portal.workers.exporting import export_of
from portal.workers.merging import merge, undo_merge
from tests.factories import NOW
from tests.overseas.support.deciding import approve, pay

TODAY = dt.date(2026, 11, 23)


def test_the_same_content_is_never_asked_twice(world):
    world.know()
    made = world.claim()
    second = world.a_case(world.worker)
    for state, said in ((None, "đang chờ"), ("approve", "chờ chi"), ("pay", "đã chi")):
        if state == "approve":
            approve(made, by=world.leader)
        if state == "pay":
            pay(made, by=world.leader)
        for case in (world.case, second):
            with pytest.raises(Refused) as refused:
                world.claim(case=case)
            assert said in str(refused.value).lower()
    with pytest.raises(Refused):
        pay(made, by=world.leader)


@pytest.mark.parametrize("end", ["refuse", "withdraw"])
def test_after_a_no_it_may_be_asked_anew(world, end):
    world.know()
    made = world.claim()
    if end == "refuse":
        with pytest.raises(Invalid):
            support.refuse(made, reason=" ", actor=world.leader, now=NOW)
        support.refuse(made, reason="Hóa đơn của người khác", actor=world.leader, now=NOW)
    else:
        support.withdraw(made, reason="Ghi nhầm", actor=world.adviser, now=NOW)
    world.session.commit()
    assert world.claim().state is ClaimState.CLAIMED


def test_what_another_office_paid_is_not_paid_here(world):
    world.know()
    other = support.declare_elsewhere(world.case, Content.HEALTH, "Xã Tri Tôn", actor=world.adviser, now=NOW)
    world.session.commit()
    with pytest.raises(Refused) as refused:
        world.claim(Content.HEALTH, 500_000)
    assert "Nơi khác" in str(refused.value)
    support.withdraw(other, reason="Xã báo nhầm", actor=world.adviser, now=NOW)
    assert world.claim(Content.HEALTH, 500_000).id
    with pytest.raises(Invalid):
        support.declare_elsewhere(world.case, Content.VISA, " ", actor=world.adviser, now=NOW)


def test_the_database_holds_that_a_content_stands_once(world, session):
    """Even where somebody wrote between our looking and our writing."""
    world.know()
    world.claim()
    twin = SupportClaim(
        case_id=world.case.id, worker_id=world.worker.id, content=Content.LANGUAGE, fund=Fund.POVERTY,
        state=ClaimState.CLAIMED, claimed_on=TODAY, entered_by_id=world.leader.id,
    )  # fmt: skip
    session.add(twin)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_the_race_ends_in_a_sentence(world, monkeypatch):
    world.know()
    world.claim()
    monkeypatch.setattr(support, "standing_claim", lambda *_args: None)
    with pytest.raises(Refused) as refused:
        world.claim()
    assert "đã có một đề nghị" in str(refused.value)
    assert world.session.scalar(select(func.count()).select_from(SupportClaim)) == 1


def test_two_clerks_at_once_make_one_claim(world, app):
    world.know()
    case_id, actors = world.case.id, [world.adviser.id, world.leader.id]
    start, said = threading.Barrier(2), []

    def ask(account_id):
        with app.app_context():
            start.wait()
            try:
                with write_transaction():
                    support.claim(
                        db.session.get_one(OverseasCase, case_id), Content.LANGUAGE, Fund.STATE,
                        cost_vnd=1_000_000, actor=db.session.get_one(Account, account_id), now=NOW,
                    )  # fmt: skip
                said.append("made")
            except Refused:
                said.append("refused")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=ask, args=(one,)) for one in actors]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(said) == ["made", "refused"]
    assert world.session.scalar(select(func.count()).select_from(SupportClaim)) == 1


def test_a_merge_keeps_a_content_once(world, make):
    other = make.worker()
    case = world.a_case(other)
    case.state, case.exit_reason, case.ended_from = CaseState.ENDED, ExitReason.WITHDREW, CaseState.INTERESTED
    for content in (Content.HEALTH, Content.VISA):
        support.declare_elsewhere(case, content, "Xã", actor=world.adviser, now=NOW)
    support.declare_elsewhere(world.case, Content.VISA, "Xã", actor=world.adviser, now=NOW)
    world.session.commit()
    done = merge(world.worker, other, actor=world.adviser, now=NOW)

    def contents(worker):
        told = export_of(worker, world.seeker)["support"]["claims"]
        return sorted(one["content"] for one in told)

    assert (contents(world.worker), contents(other)) == (["health", "visa"], ["visa"])
    undo_merge(done, actor=world.adviser, now=NOW)
    assert (contents(world.worker), contents(other)) == (["visa"], ["health", "visa"])


# Sources, dates, groups
