"""To be counted is asked of who told what could be counted, and is taken back alone."""

from typing import Any

from sqlalchemy import select

from portal.common.clock import now
from portal.extensions import db
from portal.workers import operations, sensitive
from portal.workers.consent_models import Consent
from portal.workers.models import Worker
from portal.workers.states import ConsentChannel, Purpose

COUNTED = "/profile/consents/statistics"


def someone(make: Any) -> tuple[Any, Worker]:
    account = make.account("seeker")
    return account, make.worker(account_id=account.id)


def tells_ethnicity(worker: Worker, account: Any) -> None:
    operations.give_consent(
        worker, Purpose.ETHNICITY, channel=ConsentChannel.ONLINE, actor=account, now=now()
    )
    sensitive.tell(worker, Purpose.ETHNICITY, "05", actor=account, now=now())
    db.session.commit()


def test_who_told_nothing_is_not_asked(make: Any, as_role: Any) -> None:
    account, _worker = someone(make)
    client = as_role("seeker", account)
    assert "đếm dân tộc" not in client.get("/profile/consents").text
    client.post(COUNTED, status=404)


def test_who_told_their_people_may_agree_to_be_counted_and_take_it_back(make: Any, as_role: Any) -> None:
    account, worker = someone(make)
    tells_ethnicity(worker, account)
    assert sensitive.codes_to_count([worker.id]) == {}
    client = as_role("seeker", account)
    assert (
        "không nêu tên, để xem việc giới thiệu việc làm có công bằng không"
        in client.get("/profile/consents").text
    )
    client.post(COUNTED)
    assert sensitive.codes_to_count([worker.id]) == {worker.id: {Purpose.ETHNICITY: "05"}}
    client.post(f"{COUNTED}/withdraw")
    assert sensitive.codes_to_count([worker.id]) == {}
    # What was told for support stays told.
    assert sensitive.is_told(db.session.get_one(Worker, worker.id), Purpose.ETHNICITY)
    kept = db.session.scalars(select(Consent).where(Consent.purpose == Purpose.STATISTICS)).one()
    assert kept.withdrawn_at is not None


def test_with_the_fact_goes_what_was_counted_of_it(make: Any) -> None:
    account, worker = someone(make)
    tells_ethnicity(worker, account)
    operations.give_consent(
        worker, Purpose.STATISTICS, channel=ConsentChannel.ONLINE, actor=account, now=now()
    )
    operations.withdraw_consent(worker, Purpose.ETHNICITY, actor=account, now=now())
    db.session.commit()
    assert sensitive.codes_to_count([worker.id]) == {worker.id: {}}


def test_one_query_opens_what_many_told(make: Any, statements: list[str]) -> None:
    ids = []
    for _number in range(5):
        account, worker = someone(make)
        tells_ethnicity(worker, account)
        ids.append(worker.id)
    statements.clear()
    sensitive.codes_to_count(ids)
    assert len(statements) == 1
