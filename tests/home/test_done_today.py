"""What I did today: one's own, of this day, grouped and counted."""

import datetime as dt
from typing import Any

from portal.audit.operations import record
from portal.common.clock import now
from portal.counselling.contacts import record_contact
from portal.counselling.states import ContactChannel, ContactKind, ContactOutcome
from portal.counselling.tickets import make_ticket
from portal.home.done_today import done_on, group_of, words_of
from portal.openings.states import OpeningState
from portal.openings.transitions import TRANSITIONS
from portal.referrals.operations import shortlist
from portal.referrals.transitions import STEPS, Party


def group(page: Any, label: str) -> str:
    return next((text for text in page.texts("h2") if text.startswith(label)), "")


def test_what_i_did_is_grouped_counted_and_linked(as_role: Any, make: Any, session: Any) -> None:
    adviser = make.account("adviser")
    client, worker, opening = as_role("adviser", adviser), make.worker("Lê Văn Tám"), make.opening("Thợ hàn")
    for person in (worker, None):
        record_contact(
            person, ContactKind.JOB, ContactChannel.DESK, ContactOutcome.INFORMED, actor=adviser, now=now()
        )
    referral = shortlist(worker, opening, actor=adviser, now=now())
    session.commit()
    client.post(f"/referrals/{referral.id}/steps/ask")
    page = client.get("/desk/done")
    assert group(page, "Lượt tư vấn") == "Lượt tư vấn (2)"
    assert group(page, "Bước giới thiệu") == "Bước giới thiệu (2)"
    assert "Hỏi người này: Lê Văn Tám – Thợ hàn" in page.text
    assert "Người không nêu tên" in page.text
    assert {f"/referrals/{referral.id}", f"/workers/{worker.id}"} <= set(page.links())


def test_what_was_only_moved_or_corrected_is_not_counted_as_done(
    as_role: Any, make: Any, session: Any
) -> None:
    """The number of contacts agrees with the list of contacts and with the figures of the day."""
    adviser, worker = make.account("adviser"), make.worker("Lê Văn Tám")
    contact = record_contact(
        worker, ContactKind.JOB, ContactChannel.DESK, ContactOutcome.INFORMED, actor=adviser, now=now()
    )
    for action in ("contact.put_off", "contact.handed_over", "contact.corrected", "contact.next_ended"):
        record(action, contact, actor=adviser, now=now())
    session.commit()
    page = as_role("adviser", adviser).get("/desk/done")
    assert group(page, "Lượt tư vấn") == "Lượt tư vấn (1)"
    assert group(page, "Dời ngày") == "Dời ngày, giao việc (2)"
    assert group(page, "Sửa, đóng") == "Sửa, đóng, tải lượt tư vấn (2)"


def test_a_number_of_the_queue_is_named(as_role: Any, make: Any, session: Any) -> None:
    adviser = make.account("adviser")
    ticket = make_ticket(ContactKind.JOB, actor=adviser, now=now())
    session.commit()
    assert f"Lấy số: {ticket.number}" in as_role("adviser", adviser).get("/desk/done").text


def test_what_others_did_what_was_yesterday_and_looks_are_not_there(
    as_role: Any, make: Any, session: Any
) -> None:
    adviser, worker = make.account("adviser"), make.worker("Lê Văn Tám")
    record("worker.saved", worker, actor=make.account("adviser"), now=now())
    record("worker.saved", worker, actor=adviser, now=now() - dt.timedelta(days=1))
    record("looked", worker, actor=adviser, now=now())
    session.commit()
    page = as_role("adviser", adviser).get("/desk/done")
    assert "Hôm nay chưa ghi việc nào" in page.text and "Lê Văn Tám" not in page.text


def test_the_day_is_the_day_here_and_not_in_greenwich(app: Any, make: Any, session: Any) -> None:
    adviser, worker = make.account("adviser"), make.worker()
    for hour in (16, 17):
        moment = dt.datetime(2026, 11, 22, hour, 30, tzinfo=dt.UTC)
        record("worker.saved", worker, actor=adviser, now=moment)
    session.commit()
    with app.test_request_context():
        counts = [sum(len(one.deeds) for one in done_on(adviser, dt.date(2026, 11, day))) for day in (22, 23)]
    assert counts == [1, 1]


def test_a_moderator_finds_the_openings_they_decided(as_role: Any, make: Any, session: Any) -> None:
    moderator = make.account("moderator")
    opening = make.opening("Thợ hàn", state=OpeningState.SUBMITTED, submitted_at=now())
    record("opening.publish", opening, actor=moderator, now=now())
    session.commit()
    page = as_role("moderator", moderator).get("/desk/done")
    assert group(page, "Tin tuyển dụng") == "Tin tuyển dụng (1)"
    assert "Đăng tin: Thợ hàn" in page.text


def test_every_step_that_staff_take_has_a_group_and_words(app: Any) -> None:
    with app.test_request_context():
        for step in STEPS:
            if Party.STAFF in step.who:
                assert group_of(f"referral.{step.name}") in ("letters", "referrals")
                assert str(words_of(f"referral.{step.name}"))
        for name, step in TRANSITIONS.items():
            assert str(words_of(f"opening.{name}")) == str(step.label)
        assert str(words_of("task.something_new")) == "Việc cần làm"
        assert group_of("account.signed_in") == ""


def test_it_costs_the_same_at_two_and_at_twenty_deeds(
    as_role: Any, make: Any, session: Any, statements: list[str]
) -> None:
    adviser = make.account("adviser")
    client = as_role("adviser", adviser)

    def fill(number: int) -> None:
        for _ in range(number):
            shortlist(make.worker(), make.opening(), actor=adviser, now=now())
            record("worker.saved", make.worker(), actor=adviser, now=now())
        session.commit()

    def cost() -> int:
        client.get("/desk/done")
        statements.clear()
        client.get("/desk/done")
        return len(statements)

    fill(2)
    few = cost()
    fill(18)
    assert cost() == few
