"""Who draws unemployment benefit may say so: by their own consent, gone when it goes, seen by no partner."""

import json

from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now
from portal.workers.benefit import draws_benefit, tell_benefit
from portal.workers.merging import merge
from portal.workers.models import Worker
from portal.workers.operations import withdraw_consent
from portal.workers.queries import live_consent
from portal.workers.states import ConsentChannel, Purpose


def person(make):
    account = make.account("seeker")
    return account, make.worker("Lê Văn Tám", account_id=account.id)


def test_the_mark_and_its_consent_are_one_step_and_are_taken_back_in_one(as_role, make, session):
    account, worker = person(make)
    client = as_role("seeker", account)
    assert "Tôi đồng ý để Trung tâm ghi rằng tôi đang hưởng" in client.get("/profile/benefit").text
    client.follow("/profile/benefit", {"answer": "yes"})
    row = session.get(Worker, worker.id)
    assert (
        row.receives_benefit is True and live_consent(row, Purpose.BENEFIT).channel is ConsentChannel.ONLINE
    )
    assert "Đang ghi" in client.get("/profile").text
    client.follow("/profile/benefit", {"answer": "no"})
    row = session.get(Worker, worker.id)
    assert row.receives_benefit is None and live_consent(row, Purpose.BENEFIT) is None


def test_withdrawing_the_consent_anywhere_takes_the_mark_away(as_role, make, session):
    account, worker = person(make)
    tell_benefit(worker, channel=ConsentChannel.ONLINE, actor=account, now=now())
    session.commit()
    as_role("seeker", account).follow("/profile/consents/benefit/withdraw")
    assert session.get(Worker, worker.id).receives_benefit is None


def test_nobody_is_marked_without_the_consent(make):
    worker = make.worker(receives_benefit=True)
    assert draws_benefit(worker) is False


def test_staff_ask_at_the_desk_and_say_how(as_role, make, session):
    _account, worker = person(make)
    desk = as_role("adviser")
    address = f"/workers/{worker.id}/benefit"
    assert "Đọc nguyên câu" in desk.get(address).text
    desk.post(address, {"answer": "yes"}, status=400)
    desk.follow(address, {"answer": "yes", "channel": "phone"})
    row = session.get(Worker, worker.id)
    consent = live_consent(row, Purpose.BENEFIT)
    assert row.receives_benefit is True and consent.channel is ConsentChannel.PHONE and consent.taken_by_id
    assert "đang hưởng" in desk.get(f"/workers/{worker.id}").text
    desk.follow(address, {"answer": "no"})
    assert session.get(Worker, worker.id).receives_benefit is None


def test_partners_and_other_people_do_not_come_near_it(as_role, make):
    _account, worker = person(make)
    for role in ("employer", "sender", "college", "commune", "department"):
        as_role(role, make.member(role)).get(f"/workers/{worker.id}/benefit", status=403)
    stranger, _other = person(make)
    as_role("seeker", stranger).get(f"/workers/{worker.id}/benefit", status=403)


def test_the_own_export_tells_it_and_the_audit_only_that_something_was_told(as_role, make, session):
    account, worker = person(make)
    tell_benefit(worker, channel=ConsentChannel.ONLINE, actor=account, now=now())
    session.commit()
    data = json.loads(as_role("seeker", account).get("/profile/export").data)
    assert data["benefit"] == {"draws_unemployment_benefit": True}
    told = session.scalars(select(AuditEvent).where(AuditEvent.action == "benefit.told")).one()
    assert told.detail == {}


def test_in_a_merge_the_mark_goes_only_where_the_consent_goes(make, session):
    adviser = make.account("adviser")
    said, kept, said_no = make.worker(), make.worker(), make.worker()
    tell_benefit(said, channel=ConsentChannel.DESK, actor=adviser, now=now())
    tell_benefit(said_no, channel=ConsentChannel.DESK, actor=adviser, now=now())
    withdraw_consent(said_no, Purpose.BENEFIT, actor=adviser, now=now())
    merge(kept, said, actor=adviser, now=now())
    session.commit()
    assert draws_benefit(session.get(Worker, kept.id))
    third = make.worker()
    tell_benefit(third, channel=ConsentChannel.DESK, actor=adviser, now=now())
    merge(said_no, third, actor=adviser, now=now())
    session.commit()
    assert not session.get(Worker, said_no.id).receives_benefit
