"""My day: one list by deadline, and the way from one thing to the next."""

import datetime as dt
from typing import Any

import pytest

from portal.common.clock import now, today
from portal.counselling.models import Complaint
from portal.counselling.states import ComplaintAbout
from portal.home.day import cursor, day_of, read_cursor
from portal.home.day_sources import RANKS
from portal.openings.models import ImportBatch
from portal.openings.states import OpeningState
from portal.referrals.models import EmployerReport
from portal.referrals.states import ReferralState, ReportedResult
from portal.workers.consent_models import DuplicatePair


def titles(page: Any) -> list[str]:
    """Whom or what the rows are about, in their order."""
    form = page.all("form.work")[0]
    return [
        "".join(a.itertext()) for th in form.iter() if th.tag.endswith("}th") for a in th if a.get("href")
    ]


def bar(page: Any) -> Any:
    return next((nav for nav in page.all("div.day-bar")), None)


def bar_link(page: Any) -> str:
    return next(a.get("href") for a in bar(page).iter() if a.get("accesskey") == "n")


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def test_everything_stands_in_one_list_late_then_today_then_later(
    as_role: Any, make: Any, refer: Any, waits: Any
) -> None:
    adviser, opening = make.account("adviser"), make.opening()
    waits.call_back(adviser, "Xin Gọi Lại", 1)
    waits.contact(adviser, make.worker("Hẹn Hôm Nay"), 0)
    refer(make.worker("Trễ Nhất"), opening, adviser, due_on=in_days(-9))
    waits.task(adviser, make.worker("Chưa Căn Cước"), 4)
    refer(make.worker("Trễ Vừa"), opening, adviser, due_on=in_days(-2), state=ReferralState.AGREED)
    page = as_role("adviser", adviser).get("/desk")
    assert titles(page) == ["Trễ Nhất", "Trễ Vừa", "Hẹn Hôm Nay", "Xin Gọi Lại", "Chưa Căn Cước"]
    assert "trễ 2, hôm nay 1, sắp tới 2, không có hạn 0" in page.text
    # What is to be done, not where the row stands.
    assert "Cấp giấy giới thiệu" in page.text


def test_what_has_no_deadline_comes_last_and_the_oldest_first(
    as_role: Any, make: Any, waits: Any, session: Any
) -> None:
    adviser = make.account("adviser")
    people = [make.worker(f"Người {n}") for n in range(4)]
    for first, days in ((0, 1), (2, 5)):
        session.add(
            DuplicatePair(
                first_id=people[first].id, second_id=people[first + 1].id, reasons=["phone"],
                found_at=now() - dt.timedelta(days=days),
            )
        )  # fmt: skip
    session.commit()
    waits.contact(adviser, make.worker("Có Hạn"), 30)
    page = as_role("adviser", adviser).get("/desk")
    assert titles(page) == ["Có Hạn", "Người 2 và Người 3", "Người 0 và Người 1"]


def test_what_others_look_after_is_not_in_my_day(as_role: Any, make: Any, refer: Any, waits: Any) -> None:
    adviser, other = make.account("adviser"), make.account("adviser")
    waits.contact(other, make.worker("Của Người Khác"), 0)
    waits.call_back(other, "Gọi Người Khác", 0)
    refer(make.worker("Cũng Của Người Khác"), make.opening(), other)
    # A task that nobody has taken waits for everybody.
    waits.task(None, make.worker("Chưa Ai Lo"), 0)
    assert titles(as_role("adviser", adviser).get("/desk")) == ["Chưa Ai Lo"]


def test_what_is_done_waits_no_more(as_role: Any, make: Any, refer: Any, waits: Any, session: Any) -> None:
    adviser = make.account("adviser")
    contact, task = waits.contact(adviser, make.worker("An"), 0), waits.task(adviser, make.worker("Bê"), 0)
    client = as_role("adviser", adviser)
    assert titles(client.get("/desk")) == ["An", "Bê"]
    contact.next_done_at = now()
    task.done_at, task.done_by_id = now(), adviser.id
    session.commit()
    assert "Bạn đã làm xong mọi việc" in client.get("/desk").text


def test_a_report_and_a_late_entry_on_the_exchange_say_so(
    as_role: Any, make: Any, refer: Any, session: Any
) -> None:
    adviser, opening = make.account("adviser"), make.opening()
    reported = refer(make.worker("Nơi Tuyển Báo"), opening, adviser, state=ReferralState.REFERRED)
    report = EmployerReport(
        result=ReportedResult.REFUSED, reason_code="no_skill", reported_by_id=adviser.id, reported_at=now()
    )
    reported.reports.append(report)
    refer(
        make.worker("Chưa Lên Sàn"), opening, adviser, state=ReferralState.PLACED, due_on=None,
        hired_on=in_days(-40), notice_on=in_days(-40), exchange_due_on=in_days(-10),
    )  # fmt: skip
    session.commit()
    page = as_role("adviser", adviser).get("/desk")
    assert titles(page) == ["Chưa Lên Sàn", "Nơi Tuyển Báo"]
    assert "Cập nhật sàn giao dịch việc làm quốc gia" in page.text
    assert "Xác nhận kết quả nơi tuyển đã báo" in page.text


def test_a_moderator_has_openings_and_own_imports_and_nothing_to_tick(
    as_role: Any, make: Any, session: Any, waits: Any
) -> None:
    moderator = make.account("moderator")
    waits.task(None, make.worker("Lê Văn Tám"), 0)
    make.opening("Chờ Duyệt", state=OpeningState.SUBMITTED, submitted_at=now())
    batch = ImportBatch(filename="tin.csv", sha256="0" * 64, created_by_id=moderator.id, created_at=now())
    session.add(batch)
    session.flush()
    make.opening("Bản Nháp", state=OpeningState.DRAFT, published_at=None, batch_id=batch.id)
    page = as_role("moderator", moderator).get("/desk")
    assert titles(page) == ["Chờ Duyệt", "tin.csv"]
    assert "còn 1 bản nháp" in page.text
    assert "Lê Văn Tám" not in page.text
    assert not [box for box in page.all("input") if box.get("name") == "item"]


def test_a_complaint_waits_for_its_owner_and_without_one_for_the_leader(
    as_role: Any, make: Any, session: Any
) -> None:
    adviser = make.account("adviser")
    for number, owner in enumerate((None, adviser.id)):
        session.add(
            Complaint(
                about=ComplaintAbout.MONEY, text="Chuyện", code_hash=str(number) * 64,
                code_expires_at=now(), due_on=today(), created_at=now(), owner_id=owner,
            )
        )  # fmt: skip
    session.commit()
    assert len(titles(as_role("adviser", adviser).get("/desk"))) == 1
    assert len(titles(as_role("leader").get("/desk"))) == 1
    assert "Chuyện" not in as_role("leader").get("/desk").text


# --- the way ---------------------------------------------------------------------------------------------


def test_the_bar_leads_through_the_whole_list_in_its_order(
    as_role: Any, make: Any, refer: Any, waits: Any
) -> None:
    adviser, opening = make.account("adviser"), make.opening()
    refer(make.worker("Một"), opening, adviser, due_on=in_days(-1))
    waits.contact(adviser, make.worker("Hai"), 0)
    refer(make.worker("Ba"), opening, adviser, due_on=in_days(3))
    client = as_role("adviser", adviser)
    page = client.get(client.get("/desk").links()[_first_item(client.get("/desk"))])
    walked = []
    for left in ("2", "2", "2"):
        assert f"Việc tiếp theo ({left})" in page.text
        walked.append(page.texts("h1")[0].split(":")[0])
        page = client.get(bar_link(page))
    assert walked == ["Một", "Hai", "Ba"]
    # After the last the first comes again.
    assert page.texts("h1")[0].startswith("Một")


def _first_item(page: Any) -> int:
    return next(n for n, link in enumerate(page.links()) if "day=" in link)


def test_what_was_done_or_put_off_does_not_break_the_way(
    as_role: Any, make: Any, refer: Any, session: Any
) -> None:
    adviser, opening = make.account("adviser"), make.opening()
    rows = [refer(make.worker(f"Người {n}"), opening, adviser, due_on=in_days(n)) for n in range(3)]
    client = as_role("adviser", adviser)
    first = next(link for link in client.get("/desk").links() if "day=" in link)
    client.get(first)
    rows[0].due_on = in_days(20)
    session.commit()
    # The page is opened again after the post, without the word in its address.
    page = client.get(f"/referrals/{rows[0].id}")
    assert bar_link(page).startswith(f"/referrals/{rows[1].id}?day=")
    assert "Người 1" not in page.text, "no name of the next person on the screen of this one"


def test_without_coming_from_my_day_there_is_no_bar_and_back_there_it_ends(
    as_role: Any, make: Any, refer: Any
) -> None:
    adviser = make.account("adviser")
    row = refer(make.worker(), make.opening(), adviser)
    client = as_role("adviser", adviser)
    assert bar(client.get(f"/referrals/{row.id}")) is None
    link = next(link for link in client.get("/desk").links() if "day=" in link)
    assert "Không còn việc nào đang chờ." in "".join(bar(client.get(link)).itertext())
    client.get("/desk")
    assert bar(client.get(f"/referrals/{row.id}")) is None


@pytest.mark.parametrize(
    "text", ["", "x", "0.20261301.1.1", "0.20261120.1", "0.٢٠261120.1.1", "0." + "1" * 60]
)
def test_a_place_that_is_none_is_not_read(app: Any, text: str) -> None:
    assert read_cursor(text) is None


def test_the_place_of_an_item_is_read_again(app: Any, make: Any, waits: Any) -> None:
    adviser = make.account("adviser")
    waits.contact(adviser, make.worker(), 3)
    with app.test_request_context():
        item = day_of(adviser).items[0]
    assert read_cursor(cursor(item)) == (False, in_days(3), RANKS["contact"], item.id)


def test_my_day_and_the_bar_cost_the_same_at_two_and_at_twenty_rows(
    as_role: Any, make: Any, refer: Any, waits: Any, session: Any, statements: list[str]
) -> None:
    leader = make.account("leader")
    client, opening = as_role("leader", leader), make.opening()

    def fill(number: int) -> None:
        for _ in range(number):
            worker = make.worker()
            refer(worker, opening, leader)
            waits.contact(leader, worker, 1)
            waits.call_back(leader, "An", 1)
            waits.task(leader, worker, 2)
            make.opening(state=OpeningState.SUBMITTED, submitted_at=now())

    def cost(path: str) -> int:
        session.expire_all()
        client.get(path)
        statements.clear()
        client.get(path)
        return len(statements)

    fill(2)
    item = next(link for link in client.get("/desk").links() if link.startswith("/referrals/"))
    few = cost("/desk"), cost(item)
    fill(18)
    page = client.get("/desk")
    assert (cost("/desk"), cost(item)) == few
    assert len(titles(page)) == 40 and "Trang 1 trên 3" in page.text
    assert len(page.html.encode()) < 60_000


def test_the_keys_are_told_on_the_page(as_role: Any, make: Any, waits: Any) -> None:
    adviser = make.account("adviser")
    waits.contact(adviser, None, 0)
    page = as_role("adviser", adviser).get("/desk")
    assert "Người không nêu tên" in page.text
    for key in ("J", "K", "Enter", "X", "N"):
        assert key in page.texts("kbd")
