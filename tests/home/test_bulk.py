"""Many rows at once: each by itself, and a sentence for each that was not done."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now, today
from portal.counselling.states import CallBackState
from portal.errors import NotAllowed, Refused
from portal.home.bulk_steps import STEPS, Asked, put_off_referral
from portal.reference.calendar import load_calendar
from portal.reference.reasons import reasons
from portal.referrals.states import ReferralState


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def report(page: Any, name: str) -> str:
    return next(text for text in page.texts("tr") if name in text)


def ticked(page: Any) -> list[str]:
    return [
        box.get("value") for box in page.all("input")
        if box.get("name") == "item" and box.get("checked") is not None
    ]  # fmt: skip


def working(session: Any, day: dt.date) -> dt.date:
    while not load_calendar(session).is_working(day):
        day += dt.timedelta(days=1)
    return day


@pytest.fixture
def desk(as_role: Any, make: Any) -> Any:
    adviser = make.account("adviser", display_name="Chị Hà")
    return adviser, as_role("adviser", adviser)


def send(client: Any, keys: list[str], status: int = 200, **given: Any) -> Any:
    return client.post("/desk/bulk", {"item": keys, **given}, status=status)


def test_what_can_be_done_is_done_and_the_rest_says_why_and_stays_ticked(
    desk: Any, make: Any, refer: Any, waits: Any, session: Any
) -> None:
    adviser, client = desk
    opening = make.opening()
    waiting = refer(make.worker("Dời Được"), opening, adviser, due_on=in_days(-5))
    hired = refer(
        make.worker("Đã Nhận Việc"), opening, adviser, state=ReferralState.HIRED, hired_on=today(),
        notice_on=today(), exchange_due_on=in_days(3), due_on=in_days(3),
    )  # fmt: skip
    over = refer(make.worker("Đã Dừng"), opening, adviser, state=ReferralState.LAPSED, due_on=None)
    promised = waits.call_back(adviser, "Đã Hứa Gọi", 0, referral_id=waiting.id)
    contact = waits.contact(adviser, make.worker("Hẹn Lại"), 0)
    keys = [f"referral-{row.id}" for row in (waiting, hired, over)]
    keys += [f"call_back-{promised.id}", f"contact-{contact.id}", "task-999"]
    page = send(client, keys, action="put_off", days="3")
    assert "đã làm 2, chưa làm được 4" in page.text
    assert "đã làm" in report(page, "Dời Được") and "đã làm" in report(page, "Hẹn Lại")
    assert "không dời được" in report(page, "Đã Nhận Việc")
    assert "đã xong" in report(page, "Đã Dừng")
    assert "Đã hứa gọi" in report(page, "Đã Hứa Gọi")
    assert sorted(ticked(page)) == sorted(
        [f"referral-{hired.id}", f"referral-{over.id}", f"call_back-{promised.id}"]
    )
    assert waiting.due_on == contact.next_on == working(session, in_days(3))
    assert hired.due_on == in_days(3) and promised.due_on == today()


def test_a_row_that_breaks_leaves_the_others_as_they_were_done(
    desk: Any, make: Any, refer: Any, session: Any
) -> None:
    """The refused one undoes only itself, also what it had written before."""
    adviser, client = desk
    opening = make.opening()
    done = refer(
        make.worker("Ghi Được"), opening, adviser, state=ReferralState.PLACED, due_on=None,
        hired_on=in_days(-40), notice_on=in_days(-40), exchange_due_on=in_days(-30),
    )  # fmt: skip
    early = refer(
        make.worker("Báo Sau"), opening, adviser, state=ReferralState.PLACED, due_on=None,
        hired_on=in_days(-2), notice_on=today(), exchange_due_on=in_days(4),
    )  # fmt: skip
    keys = [f"referral-{done.id}", f"referral-{early.id}"]
    given = {"action": "exchange", "proof": "SGD-12345", "done_on": f"{in_days(-1):%d/%m/%Y}"}
    page = send(client, keys, **given)
    assert "trước ngày nơi tuyển báo" in report(page, "Báo Sau")
    assert (done.exchange_done_on, done.exchange_proof) == (in_days(-1), "SGD-12345")
    assert (early.exchange_done_on, early.exchange_proof) == (None, "")
    # Another try with what was missing; what is done already is not done twice.
    page = send(client, keys, **{**given, "done_on": f"{today():%d/%m/%Y}"})
    assert "Đã cập nhật từ trước" in report(page, "Ghi Được")
    assert early.exchange_done_on == today()


def test_what_a_refused_row_had_written_already_is_undone(
    desk: Any, make: Any, refer: Any, session: Any
) -> None:
    """The entry is written, then the table of steps refuses: nothing of it stays, the other row stays."""
    adviser, client = desk
    dates = {"hired_on": in_days(-40), "notice_on": in_days(-40), "exchange_due_on": in_days(-30)}
    opening = make.opening()
    refused = refer(make.worker("Không Được"), opening, adviser, state=ReferralState.REFERRED, **dates)
    done = refer(make.worker("Được"), opening, adviser, state=ReferralState.PLACED, due_on=None, **dates)
    page = send(client, [f"referral-{refused.id}", f"referral-{done.id}"], action="exchange", proof="SGD-1")
    assert "không còn làm được" in report(page, "Không Được")
    assert (refused.exchange_done_on, refused.exchange_proof) == (None, "")
    assert done.exchange_proof == "SGD-1"


def test_the_exchange_wants_a_proof_for_each(desk: Any, make: Any, refer: Any) -> None:
    adviser, client = desk
    row = refer(
        make.worker("Chưa Lên Sàn"), make.opening(), adviser, state=ReferralState.PLACED, due_on=None,
        hired_on=in_days(-40), notice_on=in_days(-40), exchange_due_on=in_days(-30),
    )  # fmt: skip
    page = send(client, [f"referral-{row.id}"], action="exchange", proof="")
    assert "Hãy ghi bằng chứng" in report(page, "Chưa Lên Sàn")
    assert row.exchange_done_on is None


def test_work_is_given_to_a_colleague_who_finds_it_in_their_day(
    desk: Any, make: Any, refer: Any, waits: Any, as_role: Any
) -> None:
    adviser, client = desk
    other = make.account("adviser", display_name="Anh Khoa")
    row = refer(make.worker("Người Một"), make.opening(), adviser)
    call, task = waits.call_back(adviser, "Người Hai", 1), waits.task(adviser, make.worker("Người Ba"), 1)
    contact = waits.contact(adviser, make.worker("Người Bốn"), 1)
    keys = [f"referral-{row.id}", f"call_back-{call.id}", f"task-{task.id}", f"contact-{contact.id}"]
    page = send(client, keys, action="hand_over", to=str(other.id))
    assert "đã làm 3, chưa làm được 1" in page.text
    # A contact counts for who made it.
    assert "không làm hàng loạt được" in report(page, "Người Bốn")
    there = as_role("adviser", other).get("/desk").text
    assert all(name in there for name in ("Người Một", "Người Hai", "Người Ba"))
    assert "Anh Khoa đang lo việc này rồi" in report(
        send(client, keys[:1], action="hand_over", to=str(other.id)), "Người Một"
    )


def test_work_is_given_to_nobody_who_may_not_do_it(desk: Any, make: Any, refer: Any, session: Any) -> None:
    adviser, client = desk
    row = refer(make.worker("Người Một"), make.opening(), adviser)
    for other in (make.account("moderator"), make.account("adviser", is_enabled=False)):
        page = send(client, [f"referral-{row.id}"], action="hand_over", to=str(other.id))
        assert ticked(page) == [f"referral-{row.id}"]
        with pytest.raises(Refused):
            STEPS["hand_over", "referral"](row.id, Asked("hand_over", to=other), actor=adviser, now=now())
        session.rollback()
    assert "Hãy chọn một tư vấn viên" in send(client, [f"referral-{row.id}"], action="hand_over", to="0").text
    assert row.owner_id == adviser.id


def test_work_is_closed_each_in_its_own_way(desk: Any, make: Any, refer: Any, waits: Any) -> None:
    adviser, client = desk
    row = refer(make.worker("Tự Đề Nghị"), make.opening(), adviser)
    call, task = waits.call_back(adviser, "Gọi Rồi", 1), waits.task(adviser, make.worker("Có Số Rồi"), 1)
    contact = waits.contact(adviser, make.worker("Đã Gặp"), 1)
    keys = [f"referral-{row.id}", f"call_back-{call.id}", f"task-{task.id}", f"contact-{contact.id}"]
    page = send(client, keys, action="close", close="done")
    assert "Lý do đóng này không dùng" in report(page, "Tự Đề Nghị")
    assert call.state is CallBackState.DONE and task.done_at and contact.next_done_at
    reason = reasons("centre", "not_now")[0].code
    send(client, keys[:1], action="close", close=f"not_now:{reason}")
    assert (row.state, row.reason_code) == (ReferralState.NOT_NOW, reason)


def test_a_call_that_reached_nobody_is_given_up_only_after_enough_tries(desk: Any, waits: Any) -> None:
    adviser, client = desk
    call = waits.call_back(adviser, "Không Nghe Máy", 0)
    page = send(client, [f"call_back-{call.id}"], action="close", close="unreached")
    assert "Gọi ít nhất" in report(page, "Không Nghe Máy")
    assert call.state is CallBackState.OPEN


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"until": "22/11/2020"}, "Ngày hẹn phải sau hôm nay"),
        ({"until": "01/06/2199"}, "Ngày hẹn xa quá"),
    ],
)
def test_a_day_on_which_nobody_can_be_seen_is_refused(
    desk: Any, make: Any, refer: Any, given: dict[str, str], sentence: str
) -> None:
    adviser, client = desk
    row = refer(make.worker("Người Một"), make.opening(), adviser)
    page = send(client, [f"referral-{row.id}"], action="put_off", days="3", **given)
    assert sentence in report(page, "Người Một")
    assert row.due_on == in_days(2)


def test_nothing_is_put_off_again_and_again_beyond_sixty_days(desk: Any, make: Any, refer: Any) -> None:
    adviser, client = desk
    row = refer(make.worker("Người Một"), make.opening(), adviser, due_on=in_days(50))
    page = send(client, [f"referral-{row.id}"], action="put_off", days="14")
    assert "nhiều nhất 60 ngày" in report(page, "Người Một")


def test_who_was_asked_has_as_long_to_answer_as_the_adviser_waits(
    desk: Any, make: Any, refer: Any, session: Any
) -> None:
    adviser, client = desk
    row = refer(
        make.worker(), make.opening(), adviser, state=ReferralState.ASKED, ask_code_hash="0" * 64,
        ask_expires_at=now(),
    )  # fmt: skip
    send(client, [f"referral-{row.id}"], action="put_off", days="5")
    assert row.ask_expires_at > now() + dt.timedelta(days=5)


def test_all_that_are_shown_means_those_that_were_shown(desk: Any, make: Any, refer: Any) -> None:
    adviser, client = desk
    opening = make.opening()
    first, second = refer(make.worker("Một"), opening, adviser), refer(make.worker("Hai"), opening, adviser)
    refer(make.worker("Ba"), opening, adviser)
    page = client.post(
        "/desk/bulk",
        {"all": "1", "shown": f"referral-{first.id},referral-{second.id}", "action": "put_off", "days": "3"},
        status=200,
    )
    assert "đã làm 2, chưa làm được 0" in page.text and "Ba" not in page.texts("th")


def test_the_list_of_referrals_has_boxes_and_leads_back_to_itself(desk: Any, make: Any, refer: Any) -> None:
    adviser, client = desk
    row = refer(make.worker("Một"), make.opening(), make.account("adviser"))
    page = client.get("/desk/referrals?whose=all")
    assert any(box.get("value") == f"referral-{row.id}" for box in page.all("input"))
    # A colleague's referral, too: staff stand in for each other.
    page = send(client, [f"referral-{row.id}"], action="put_off", days="3", back="/desk/referrals?whose=all")
    assert "đã làm 1" in page.text and "/desk/referrals?whose=all" in page.links()
    page = send(client, [f"referral-{row.id}"], action="put_off", days="3", back="https://vidu.vn/")
    assert "https://vidu.vn/" not in page.links()


def test_nothing_ticked_says_so(desk: Any) -> None:
    assert "Hãy đánh dấu" in desk[1].follow("/desk/bulk", {"action": "put_off"}).text


@pytest.mark.parametrize("key", ["x", "referral-", "referral-x", "referral-99999999999999", "worker-1", "-1"])
def test_a_key_of_nothing_is_left_alone(desk: Any, key: str) -> None:
    page = send(desk[1], [key], action="put_off", days="3")
    assert "đã làm 0" in page.text


def test_others_may_not(as_role: Any, make: Any, refer: Any, session: Any) -> None:
    row = refer(make.worker(), make.opening(), make.account("adviser"))
    for role in ("moderator", "seeker", "employer"):
        as_role(role).post("/desk/bulk", {"item": f"referral-{row.id}", "action": "put_off"}, status=403)
    with pytest.raises(NotAllowed):
        put_off_referral(row.id, Asked("put_off", days=3), actor=make.account("moderator"), now=now())


def test_each_row_leaves_its_own_trace_without_a_name(
    desk: Any, make: Any, refer: Any, waits: Any, session: Any
) -> None:
    adviser, client = desk
    row, call = refer(make.worker("Lê Văn Tám"), make.opening(), adviser), waits.call_back(adviser, "Năm", 0)
    send(client, [f"referral-{row.id}", f"call_back-{call.id}"], action="put_off", days="3")
    events = session.scalars(select(AuditEvent).where(AuditEvent.action.like("%put_off"))).all()
    assert {(one.action, one.subject_id) for one in events} == {
        ("referral.put_off", row.id), ("call_back.put_off", call.id),
    }  # fmt: skip
    assert all(set(one.detail) == {"before", "after"} for one in events)


def test_twenty_rows_cost_ten_times_two_and_no_more(
    desk: Any, make: Any, refer: Any, session: Any, statements: list[str]
) -> None:
    """Each row is locked and written by itself; what the report shows is read at once."""
    adviser, client = desk
    opening = make.opening()

    def cost(count: int) -> int:
        keys = [f"referral-{refer(make.worker(), opening, adviser).id}" for _ in range(count)]
        session.expire_all()
        statements.clear()
        send(client, keys, action="hand_over", to="0")
        return len(statements)

    cost(2)
    two, twenty = cost(2), cost(20)
    assert (twenty - two) % 18 == 0
    assert (twenty - two) // 18 <= 4, "a row asks for itself, its worker and its opening"
