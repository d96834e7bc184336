"""The front, my page and the desk: what stands there, for whom, at what cost."""

import datetime as dt
from typing import Any

from portal.common.clock import now, today
from portal.openings.states import OpeningState, Sphere
from portal.referrals.states import ReferralState
from portal.workers.consent_models import DuplicatePair
from portal.workers.states import WorkerState


def soon(**given: Any) -> dict[str, Any]:
    return {"expires_on": today() + dt.timedelta(days=20), **given}


def test_the_front_shows_the_six_newest_openings_and_no_other(client: Any, make: Any) -> None:
    for number in range(8):
        make.opening(f"Việc số {number}", **soon(published_at=now() - dt.timedelta(hours=10 - number)))
    make.opening("Việc chưa duyệt", **soon(state=OpeningState.SUBMITTED))
    make.opening("Việc hết hạn", expires_on=today() - dt.timedelta(days=1))
    page = client.get("/")
    shown = [card for card in page.texts("h3") if card.startswith("Việc")]
    assert shown == [f"Việc số {number}" for number in (7, 6, 5, 4, 3, 2)]


def test_the_front_promises_and_leads_on(client: Any, app: Any) -> None:
    page = client.get("/")
    for sentence in ("miễn phí", "Kiểm tra giấy giới thiệu", app.config["HOTLINE"], "Đăng ký tìm việc"):
        assert sentence in page.text
    assert {"/verify", "/openings?sphere=domestic", "/openings?sphere=overseas"} <= set(page.links())


def test_the_front_costs_the_same_at_one_and_at_six_openings(
    client: Any, make: Any, statements: list[str]
) -> None:
    make.opening(**soon())
    client.get("/")

    def cost() -> int:
        statements.clear()
        client.get("/")
        return len(statements)

    few = cost()
    for _ in range(5):
        make.opening(**soon())
    assert cost() == few


def test_a_seeker_without_a_profile_is_led_to_register(as_role: Any) -> None:
    page = as_role("seeker").get("/me")
    assert "Bạn chưa có hồ sơ" in page.text
    assert "/register" in page.links()


def test_my_page_says_where_i_stand_what_comes_next_and_by_when(as_role: Any, make: Any, refer: Any) -> None:
    account, adviser = make.account("seeker"), make.account("adviser", display_name="Chị Ngọc")
    worker = make.worker("Lê Văn Tám", account_id=account.id)
    opening = make.opening("Thợ hàn", **soon())
    row = refer(worker, opening, adviser)
    page = as_role("seeker", account).get("/me")
    assert "Lê Văn Tám" in page.text
    assert "Trung tâm đã nhận yêu cầu của bạn." in page.text
    assert f"Chị Ngọc, trễ nhất {row.due_on:%d/%m/%Y}" in page.text
    assert f"/me/referrals/{row.id}" in page.links()


def test_what_waits_for_me_comes_first(as_role: Any, make: Any, refer: Any) -> None:
    account, adviser = make.account("seeker"), make.account("adviser")
    worker = make.worker(account_id=account.id)
    refer(worker, make.opening("Sớm hơn", **soon()), adviser, due_on=today())
    asked = refer(worker, make.opening("Hỏi tôi", **soon()), adviser, state=ReferralState.ASKED)
    page = as_role("seeker", account).get("/me")
    step = page.all("section.next-step")[0]
    assert "Hỏi tôi" in "".join(step.itertext())
    assert [link.get("href") for link in step.iter() if link.get("href")] == [f"/me/referrals/{asked.id}"]


def test_my_page_names_what_my_profile_lacks(as_role: Any, make: Any) -> None:
    account = make.account("seeker")
    make.worker(account_id=account.id, commune_code=None, consents=())
    page = as_role("seeker", account).get("/me")
    assert {"/register/where", "/register/consents"} <= set(page.links())
    assert "Chưa đồng ý" in page.text


def test_nothing_is_proposed_to_who_does_not_want_to_be_matched(as_role: Any, make: Any) -> None:
    account = make.account("seeker")
    make.worker(account_id=account.id, state=WorkerState.PAUSED)
    make.opening(**soon())
    page = as_role("seeker", account).get("/me")
    assert "tạm ngưng tìm việc" in page.text
    assert "Chưa có việc nào để gợi ý." in page.text


def test_the_desk_of_an_adviser_counts_what_waits_and_what_is_late(
    as_role: Any, make: Any, refer: Any
) -> None:
    adviser, other = make.account("adviser"), make.account("adviser")
    opening = make.opening("Công nhân may", **soon())
    late = refer(make.worker("Trễ Rồi"), opening, adviser, due_on=today() - dt.timedelta(days=1))
    refer(make.worker("Còn Hạn"), opening, adviser)
    refer(make.worker("Của Người Khác"), opening, other)
    page = as_role("adviser", adviser).get("/desk")
    rows = {row.split("  ")[0]: row for row in page.texts("tr")}
    assert any("Giới thiệu tôi đang lo" in row and " 2" in row for row in rows)
    assert any("Giới thiệu của cả Trung tâm" in row for row in rows)
    assert any(link.startswith(f"/referrals/{late.id}?day=") for link in page.links())
    assert "Trễ Rồi" in page.text
    assert "Của Người Khác" not in page.text
    assert "Tin tuyển chờ duyệt" not in page.text


def test_the_desk_of_a_moderator_shows_openings_and_nobodys_name(as_role: Any, make: Any, refer: Any) -> None:
    refer(make.worker("Lê Văn Tám"), make.opening(**soon()), make.account("adviser"))
    waiting = make.opening("Chờ Duyệt", **soon(state=OpeningState.SUBMITTED, submitted_at=now()))
    page = as_role("moderator").get("/desk")
    assert any(link.startswith(f"/desk/openings/{waiting.id}/moderate?day=") for link in page.links())
    assert "Lê Văn Tám" not in page.text
    assert "Giới thiệu" not in " ".join(page.texts("th"))


def test_a_leader_sees_both_and_duplicates(as_role: Any, make: Any, refer: Any, session: Any) -> None:
    leader = make.account("leader")
    first, second = make.worker("An"), make.worker("An")
    session.add(DuplicatePair(first_id=first.id, second_id=second.id, reasons=["phone"], found_at=now()))
    refer(first, make.opening(**soon()), leader)
    make.opening("Chờ Duyệt", **soon(state=OpeningState.SUBMITTED, submitted_at=now()))
    page = as_role("leader", leader).get("/desk")
    for label in ("Tin tuyển chờ duyệt", "Giới thiệu tôi đang lo", "Hồ sơ có thể là của cùng một người"):
        assert label in page.text
    assert "/workers/duplicates" in page.links()


def test_what_does_not_wait_is_not_on_the_desk(as_role: Any, make: Any) -> None:
    make.opening("Chờ Duyệt", **soon(state=OpeningState.SUBMITTED, submitted_at=now()))
    assert "Hồ sơ có thể là" not in as_role("leader").get("/desk").text


def test_an_empty_desk_says_so(as_role: Any) -> None:
    assert "Bạn đã làm xong mọi việc" in as_role("leader").get("/desk").text


def test_the_desk_costs_the_same_at_two_and_at_ten_rows(
    as_role: Any, make: Any, refer: Any, session: Any, statements: list[str]
) -> None:
    leader = make.account("leader")
    client = as_role("leader", leader)

    def fill(number: int) -> None:
        for _ in range(number):
            refer(make.worker(), make.opening(**soon(sphere=Sphere.DOMESTIC)), leader)
            make.opening(**soon(state=OpeningState.SUBMITTED, submitted_at=now()))

    def cost() -> int:
        session.expire_all()
        statements.clear()
        client.get("/desk")
        return len(statements)

    fill(2)
    cost()
    few = cost()
    fill(8)
    assert cost() == few


def test_a_person_followed_up_stays_on_the_desk_until_the_national_exchange_has_them(
    make: Any, as_role: Any, refer: Any, session: Any
) -> None:
    adviser = make.account("adviser")
    row = refer(
        make.worker("Trần Thị Chưa Ghi"), make.opening(), adviser,
        state=ReferralState.PLACED, due_on=None, hired_on=today() - dt.timedelta(days=40),
        notice_on=today() - dt.timedelta(days=40), exchange_due_on=today() - dt.timedelta(days=10),
    )  # fmt: skip
    client, address = as_role("adviser", adviser), "/desk/referrals?whose=all&late=exchange"
    assert address.replace("&", "&amp;") in client.get("/desk").html
    page = client.get(address)
    assert "Trần Thị Chưa Ghi" in page.text and "trễ" in page.text
    row.exchange_done_on, row.exchange_done_by_id = today(), adviser.id
    session.commit()
    assert "Trần Thị Chưa Ghi" not in client.get(address).text
