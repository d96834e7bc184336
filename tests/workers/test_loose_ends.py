"""Nothing waits for nobody: contested profiles, consents past their day, slips in a name."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from portal.extensions import db
from portal.openings.states import Sphere
from portal.workers.consent_models import Consent
from portal.workers.models import Worker
from portal.workers.scheduled import end_keeping
from portal.workers.states import ConsentChannel, Purpose, WorkerState

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


def test_a_contested_profile_waits_on_the_desk_until_an_adviser_settles_it(as_role: Any, make: Any) -> None:
    worker = make.worker("Trần Thị Nhầm", state=WorkerState.REFUSED)
    client = as_role("adviser")
    assert "không phải tôi" in client.get("/desk").text
    assert "không phải của họ" in client.get(f"/workers/{worker.id}").text
    client.post(f"/workers/{worker.id}/settle", to="/workers")
    kept = db.session.get_one(Worker, worker.id)
    assert kept.state is WorkerState.REMOVED and kept.full_name == "" and kept.phone is None
    assert "không phải tôi" not in client.get("/desk").text


def test_a_profile_nobody_contested_is_not_emptied(as_role: Any, make: Any) -> None:
    worker = make.worker("Nguyễn Thị Mai")
    as_role("adviser").post(f"/workers/{worker.id}/settle", status=409)
    assert db.session.get_one(Worker, worker.id).full_name == "Nguyễn Thị Mai"


def test_a_consent_to_be_kept_ends_on_the_day_the_person_chose(make: Any) -> None:
    worker = make.worker()
    for day in (NOW.date(), NOW.date() - dt.timedelta(days=1)):
        db.session.add(
            Consent(
                worker_id=worker.id,
                purpose=Purpose.KEEPING,
                text_version="1",
                sentence="Giữ hồ sơ của tôi.",
                channel=ConsentChannel.ONLINE,
                given_at=NOW,
                keep_until=day,
            )
        )
    db.session.commit()
    end_keeping(NOW)
    db.session.commit()
    query = select(Consent.keep_until).where(
        Consent.purpose == Purpose.KEEPING, Consent.withdrawn_at.is_(None)
    )
    assert db.session.scalars(query).all() == [NOW.date()]


def test_what_cannot_be_a_name_is_said_where_it_was_typed(client: Any) -> None:
    client.post("/register", {"birth": "1998"}, to="/register/who")
    page = client.post("/register/who", {"birth": "1998", "full_name": "Văn 123", "sex": "male"}, status=422)
    assert "Hãy ghi họ và tên bằng chữ." in page.text
    assert 'value="Văn 123"' in page.html


def test_one_opening_that_asks_for_too_much_does_not_take_my_page_down(make: Any, as_role: Any) -> None:
    account = make.account("seeker")
    make.worker("Nguyễn Thị Mai", account_id=account.id)
    make.opening("Công nhân may")
    make.opening("Việc sai", requirements=[("sex", "=", "female")], sphere=Sphere.DOMESTIC)
    page = as_role("seeker", account).get("/me/openings")
    assert "Công nhân may" in page.text and "Việc sai" not in page.text
