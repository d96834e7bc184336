"""Who sees a payment: the sender only by a switch, an adviser, nobody else; and what goes with a profile."""

import datetime as dt
import io
import threading
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from portal.access.models import Account
from portal.common.clock import now, today
from portal.errors import NotAllowed
from portal.extensions import db
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.costs import payments as ops
from portal.overseas.costs.payments import Paid
from portal.overseas.costs.payments_models import CostExcess, CostPayment, PaymentSharing
from portal.overseas.costs.states import PaidFor
from portal.web.transactions import write_transaction
from portal.workers.models import Worker
from tests.overseas.conftest import paid, photo
from tests.overseas.payment_rows import all_of, only

LIST = "/me/payments"


@pytest.fixture
def mai(person: Any, as_role: Any, make: Any) -> Any:
    """A worker at a browser, an adviser in the house."""
    make.account("adviser", display_name="Phạm Thị Thu Hà")
    mai = person()
    mai.client = as_role("seeker", mai.account)
    return mai


def test_the_sender_sees_nothing_until_the_worker_switches_it_on(mai, abroad, make, session, as_role) -> None:
    opening = abroad()
    company = as_role("sender", make.member("sender", opening.organisation))
    mai.client.post(f"{LIST}/new", paid(opening, amount="50 triệu", note="đưa ở bến xe"))
    mai.client.post(f"{LIST}/new", paid(opening, kind="health", amount="900000"))
    first, second = all_of(session, CostPayment)
    nothing = company.get("/organisation/payments")
    assert "Chưa ai cho xem" in nothing.text and "Nguyễn Thị Mai" not in nothing.text
    mai.client.post(f"{LIST}/{first.id}/sharing/on")
    seen = company.get("/organisation/payments")
    assert "Nguyễn Thị Mai" in seen.text and "50.000.000" in seen.text and "900.000" not in seen.text
    assert "bến xe" not in seen.text and "Anh Hùng" not in seen.text and "tối đa" not in seen.text
    mai.client.post(f"{LIST}/{first.id}/sharing/off")
    assert "Chưa ai cho xem" in company.get("/organisation/payments").text
    mai.client.post(f"{LIST}/sharing/on")
    assert "900.000" in company.get("/organisation/payments").text
    # All: also what comes later, until it is switched off again; each switch is kept.
    mai.client.post(f"{LIST}/new", paid(opening, kind="passport", amount="200000"))
    assert "200.000" in company.get("/organisation/payments").text
    mai.client.post(f"{LIST}/sharing/off")
    assert "Chưa ai cho xem" in company.get("/organisation/payments").text
    assert [row.withdrawn_at is not None for row in all_of(session, PaymentSharing)] == [True, True]


def test_two_presses_at_once_switch_on_once(mai, app, session) -> None:
    worker_id, account_id = mai.worker.id, mai.account.id
    start, said = threading.Barrier(2), []

    def press() -> None:
        with app.app_context():
            start.wait()
            try:
                with write_transaction():
                    actor = db.session.get_one(Account, account_id)
                    ops.share(db.session.get_one(Worker, worker_id), None, actor=actor, now=now())
                said.append("on")
            except IntegrityError:
                said.append("a page that says nothing")
            finally:
                db.session.remove()

    presses = [threading.Thread(target=press) for _turn in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert said == ["on", "on"] and only(session, PaymentSharing).withdrawn_at is None


def test_switching_all_off_takes_back_also_what_was_shown_alone(mai, abroad, make, session, as_role) -> None:
    opening = abroad()
    company = as_role("sender", make.member("sender", opening.organisation))
    mai.client.post(f"{LIST}/new", paid(opening, amount="50 triệu"))
    mai.client.post(f"{LIST}/{only(session).id}/sharing/on")
    mai.client.post(f"{LIST}/sharing/on")
    said = mai.client.follow(f"{LIST}/sharing/off").text
    assert "Công ty không xem được nữa" in said and "đang tắt" in said
    assert "Chưa ai cho xem" in company.get("/organisation/payments").text


def test_who_lets_the_sender_see_everything_is_not_told_otherwise(mai, abroad) -> None:
    opening = abroad()
    said = mai.client.follow(f"{LIST}/new", paid(opening, amount="1 triệu")).text
    assert "Chỉ bạn và tư vấn viên của Trung tâm xem được" in said
    mai.client.post(f"{LIST}/sharing/on")
    form, said = mai.client.get(f"{LIST}/new").text, mai.client.follow(f"{LIST}/new", paid(opening)).text
    for page in (form, said):
        assert "Chỉ bạn và tư vấn viên" not in page and "Công ty đưa đi cũng xem được" in page


def test_another_sender_sees_nothing_of_it(mai, abroad, make, as_role) -> None:
    opening = abroad()
    mai.client.post(f"{LIST}/new", paid(opening))
    mai.client.post(f"{LIST}/sharing/on")
    other = as_role("sender", make.member("sender"))
    assert "Nguyễn Thị Mai" not in other.get("/organisation/payments").text


def test_a_receipt_is_never_the_senders_to_see(mai, abroad, make, session, as_role) -> None:
    opening = abroad()
    data = paid(opening, no_receipt="", receipt=photo())
    mai.client.post(f"{LIST}/new", data, content_type="multipart/form-data")
    mai.client.post(f"{LIST}/sharing/on")
    company = as_role("sender", make.member("sender", opening.organisation))
    company.get(f"/payments/{only(session).id}/receipt", status=403)


def test_another_worker_gets_404(mai, person, as_role, session) -> None:
    data = paid(no_receipt="", receipt=photo())
    mai.client.post(f"{LIST}/new", data, content_type="multipart/form-data")
    payment_id = only(session).id
    other = as_role("seeker", person("Lê Văn Tám").account)
    for path in (f"{LIST}/{payment_id}", f"/payments/{payment_id}/receipt"):
        other.get(path, status=404)
    for path in (f"{LIST}/{payment_id}", f"{LIST}/{payment_id}/remove", f"{LIST}/{payment_id}/sharing/on"):
        other.post(path, paid(), status=404)
    assert "80.000.000" not in other.get(LIST).text


def test_nobody_else_switches_for_the_worker(mai, make, session) -> None:
    adviser = make.account("adviser")
    with pytest.raises(NotAllowed):
        ops.share(mai.worker, None, actor=adviser, now=now())


def test_the_adviser_sees_the_incident_and_the_payments(mai, abroad, make, session, as_role) -> None:
    opening = abroad()
    data = paid(opening, no_receipt="", receipt=photo())
    mai.client.post(f"{LIST}/new", data, content_type="multipart/form-data")
    staff = as_role("adviser", make.account("adviser"))
    page = staff.get(f"/workers/{mai.worker.id}")
    assert f"Sự việc số {only(session, Incident).id}" in page.text
    assert "vượt 3.500.000" in page.text.replace("\xa0", " ")
    assert staff.get(f"/payments/{only(session).id}/receipt").mimetype == "image/png"


def test_a_moderator_sees_no_payments(mai, make, as_role, session) -> None:
    mai.client.post(f"{LIST}/new", paid())
    as_role("moderator").get(f"/payments/{only(session).id}/receipt", status=403)


def test_the_list_asks_as_often_for_20_rows_as_for_2(mai, abroad, statements) -> None:

    def asked() -> int:
        statements.clear()
        page = mai.client.get(LIST)
        assert "Cộng:" in page.text
        return len(statements)

    for _turn in range(2):
        mai.client.post(f"{LIST}/new", paid(abroad(), amount="1 triệu"))
    few = asked()
    for _turn in range(18):
        mai.client.post(f"{LIST}/new", paid(abroad(), amount="1 triệu"))
    assert asked() == few


def test_neither_days_nor_excesses_make_the_lists_ask_more(mai, abroad, as_role, statements) -> None:
    staff = as_role("adviser")

    def asked(path: str, client: Any) -> int:
        statements.clear()
        client.get(path)
        return len(statements)

    def both() -> tuple[int, int]:
        return asked(LIST, mai.client), asked(f"/workers/{mai.worker.id}", staff)

    def more(first: int, last: int) -> None:
        for ago in range(first, last):
            day = (today() - dt.timedelta(days=ago)).strftime("%d/%m/%Y")
            mai.client.post(f"{LIST}/new", paid(abroad(), amount="90 triệu", paid_on=day))

    more(0, 2)
    few = both()
    more(2, 12)
    assert both() == few


def note(worker: Any, account: Any, opening: Any, **given: Any) -> CostPayment:
    values = {
        "opening_id": opening.id, "kind": PaidFor.SERVICE_FEE, "amount_vnd": 80_000_000,
        "paid_to": "Anh Hùng", "paid_on": today(), **given,
    }  # fmt: skip
    return ops.note_payment(worker, Paid(**values), None, actor=account, now=now())


def test_the_senders_list_asks_as_often_for_20_rows_as_for_2(
    person, abroad, make, session, as_role, statements
) -> None:
    make.account("adviser")
    opening = abroad()
    company = as_role("sender", make.member("sender", opening.organisation))

    def asked() -> int:
        statements.clear()
        company.get("/organisation/payments")
        return len(statements)

    def more(count: int) -> None:
        for number in range(count):
            one = person(f"Người {number}")
            note(one.worker, one.account, opening)
            ops.share(one.worker, None, actor=one.account, now=now())
        session.commit()

    more(2)
    few = asked()
    more(18)
    assert asked() == few


def test_in_a_merge_payments_go_along_and_back(make, person, abroad, session) -> None:
    from portal.workers.merging import merge, undo_merge

    adviser, kept, merged = make.account("adviser"), make.worker("Nguyễn Thị Mai"), person()
    payment = note(merged.worker, merged.account, abroad())
    ops.share(merged.worker, None, actor=merged.account, now=now())
    done = merge(kept, merged.worker, actor=adviser, now=now())
    session.commit()
    session.expire_all()
    assert payment.worker_id == kept.id == only(session, CostExcess).worker_id
    assert only(session, PaymentSharing).worker_id == kept.id
    undo_merge(done, actor=adviser, now=now())
    session.commit()
    session.expire_all()
    assert payment.worker_id == merged.worker.id == only(session, CostExcess).worker_id


def test_a_profile_that_is_emptied_leaves_sums_and_no_words(make, abroad, session) -> None:
    from portal.workers.emptying import empty_profile

    adviser, worker = make.account("adviser"), make.worker()
    payment = note(worker, adviser, abroad(), note="đưa ở bến xe")
    empty_profile(worker, actor=adviser, now=now())
    session.commit()
    session.expire_all()
    assert (payment.amount_vnd, payment.note, payment.paid_to) == (80_000_000, "", "–")


def test_a_persons_own_file_holds_their_payments(mai, abroad) -> None:
    mai.client.post(f"{LIST}/new", paid(abroad()))
    (told,) = mai.client.answer("/profile/export").get_json()["payments"]
    assert told["amount_vnd"] == 80_000_000 and told["to"] == "Anh Hùng, công ty Sông Hậu"


def test_less_than_the_opening_says_is_not_just_as_it_says(person, abroad, as_role, session) -> None:
    mai, opening = person(), abroad()
    note(mai.worker, mai.account, opening, amount_vnd=1_000_000, kind=PaidFor.TRAINING)
    session.commit()
    page = as_role("seeker", mai.account).get("/me/payments")
    assert "chưa quá mức tin ghi" in page.text and "đúng như tin ghi" not in page.text


def test_switched_on_for_all_the_sentence_says_all(person, abroad, as_role, session) -> None:
    mai, opening = person(), abroad()
    payment = note(mai.worker, mai.account, opening)
    session.commit()
    seeker = as_role("seeker", mai.account)
    assert "xem được khoản này" in seeker.follow(f"/me/payments/{payment.id}/sharing/on", {}).text
    assert "xem được mọi khoản, cả khoản ghi sau này" in seeker.follow("/me/payments/sharing/on", {}).text


def test_a_picture_that_was_chosen_before_a_mistake_is_asked_for_again(person, abroad, as_role) -> None:
    mai, opening = person(), abroad()
    given = paid(opening, amount="rất nhiều", no_receipt="")
    given["receipt"] = (io.BytesIO(b"\xff\xd8\xff\xe0 hinh"), "bien nhan.jpg")
    seeker = as_role("seeker", mai.account)
    page = seeker.post("/me/payments/new", given, status=422, content_type="multipart/form-data")
    assert "Tệp “bien nhan.jpg” chưa gửi được. Xin chọn lại." in page.text
