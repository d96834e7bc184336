"""An adviser compares two people of a list; a leader has the month counted and reads what it says."""

from typing import Any

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import heading, opening_on_desk, press, reads
from tests.journeys.test_look import Inspector


def test_two_ticked_people_stand_beside_each_other_at_a_desk_and_on_a_phone(visit: Any) -> None:
    adviser = visit(DESK)
    adviser.sign_in("adviser")
    opening_on_desk(adviser, "Thợ hàn")
    press(adviser, "Tìm người phù hợp")
    rows = adviser.page.locator(".candidate")
    names = [rows.nth(place).locator(".name").inner_text() for place in (0, 2)]
    for place in (0, 2):
        rows.nth(place).locator("[name=worker_id]").check()
    press(adviser, "So sánh người đã chọn")
    assert heading(adviser) == "So sánh"
    reads(adviser, *names, "Điểm gồm những gì", "Cộng lại", "Lý do, và điều còn thiếu")
    adviser.picture("compared")
    address = adviser.page.url.removeprefix(adviser.address)
    cards = [card.bounding_box() for card in adviser.page.locator(".beside").first.locator("section").all()]
    assert cards[0]["y"] == cards[1]["y"] and cards[0]["x"] < cards[1]["x"]

    phone = visit(PHONE)
    phone.sign_in("adviser")
    phone.open(address)
    phone.picture("compared-phone")
    cards = [card.bounding_box() for card in phone.page.locator(".beside").first.locator("section").all()]
    assert cards[0]["x"] == cards[1]["x"] and cards[0]["y"] < cards[1]["y"]

    inspector = Inspector(adviser)
    for path in (address, address.partition("?")[0].replace("compare", "fairness"), "/ranking/how"):
        inspector.look_at(path)
        inspector.touch(path)
    inspector.done("compare")


def test_a_leader_has_the_month_counted_and_reads_it(visit: Any) -> None:
    leader = visit(DESK)
    leader.sign_in("leader")
    leader.open("/fairness")
    press(leader, "Tính lại")
    # The page follows the work by itself, and leads back when it is done.
    leader.page.get_by_role("link", name="Xem kết quả").wait_for()
    press(leader, "Xem kết quả")
    reads(leader, "Đủ điều kiện", "Có tên trong danh sách", "Từng việc trong tháng", "Nữ", "Nam")
    leader.picture("fairness")
    leader.page.select_option("[name=by]", "ethnicity")
    press(leader, "Xem")
    reads(leader, "Khơ-me (Khmer)", "được ẩn")
    leader.page.locator("main tbody a").first.click()
    reads(leader, "Từ người đủ điều kiện đến người có việc làm")
    inspector = Inspector(leader)
    inspector.look_at("/fairness?by=commune")
    inspector.done("fairness")
