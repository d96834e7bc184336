"""An adviser writes a contact down by keyboard alone, and the person rates it on the screen turned round."""

import re
import time
from typing import Any

from tests.journeys.conftest import PHONE
from tests.journeys.moves import heading, reads


class Keys:
    """Counts what is pressed."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed = page, 0

    def press(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)


def some_people(visitor: Any) -> list[tuple[str, str]]:
    """Names and addresses of the first on the list."""
    visitor.open("/workers")
    links = visitor.page.locator("main tbody th a").all()
    return [(link.inner_text(), link.get_attribute("href")) for link in links]


def test_a_contact_is_saved_by_keyboard_in_under_a_minute(visit: Any) -> None:
    adviser = visit()
    adviser.sign_in("adviser")
    (name, path), *_others = some_people(adviser)
    adviser.open(path)
    adviser.page.get_by_role("link", name="Ghi lượt tư vấn").click()
    adviser.page.wait_for_load_state()
    started, keys = time.monotonic(), Keys(adviser.page)
    reads(adviser, name)
    # About training, by phone, an appointment in a week.
    keys.press("2", "w", "f", "v")
    adviser.picture("one screen for a contact")
    keys.press("Enter")
    adviser.page.wait_for_url("**" + path)
    seconds = time.monotonic() - started
    reads(adviser, "Đã ghi lượt tư vấn.", "Học nghề, Điện thoại: Hẹn lần sau")
    adviser.picture("the contact in the history")
    assert keys.pressed == 5 and seconds < 60, (keys.pressed, seconds)


def test_a_person_is_found_and_who_gives_no_name_is_written_down_too(visit: Any) -> None:
    adviser = visit()
    adviser.sign_in("adviser")
    name = some_people(adviser)[0][0]
    adviser.open("/counselling/contacts/new")
    keys = Keys(adviser.page)
    keys.type(name)
    keys.press("Enter")
    adviser.page.wait_for_load_state()
    adviser.page.get_by_role("radio", name=name).first.check()
    adviser.picture("found on the same page")
    keys.press("3", "Enter")
    adviser.page.wait_for_url("**/workers/*")
    assert heading(adviser) == name
    adviser.open("/counselling/contacts/new")
    keys.press("Escape", "5", "Enter")
    adviser.page.wait_for_url("**/counselling/contacts")
    reads(adviser, "Đã ghi lượt tư vấn.", "Không nêu tên", "Trợ cấp thất nghiệp")


def test_the_screen_is_turned_round_for_three_faces(visit: Any) -> None:
    adviser = visit()
    adviser.sign_in("adviser")
    name, path = some_people(adviser)[1]
    adviser.open(path)
    adviser.page.get_by_role("link", name="Ghi lượt tư vấn").click()
    adviser.page.get_by_role("button", name="Lưu, rồi mời đánh giá").click()
    adviser.page.wait_for_url(re.compile(r"/rate\?"))
    assert name not in adviser.text()
    adviser.picture("three faces")
    adviser.page.get_by_role("button", name="Hài lòng", exact=True).click()
    reads(adviser, "Cảm ơn bạn")
    adviser.page.get_by_role("link", name="Trả màn hình cho tư vấn viên").click()
    adviser.page.wait_for_url("**" + path)
    assert "Hài lòng" not in adviser.text()


def test_a_complaint_without_a_name_is_answered_behind_its_code(visit: Any) -> None:
    somebody = visit(PHONE)
    somebody.open("/complaints/new")
    somebody.page.check("[name=about][value=centre]")
    somebody.page.fill("[name=text]", "Chờ ba tiếng ở quầy 4.")
    somebody.page.get_by_role("button", name="Gửi", exact=True).click()
    somebody.page.wait_for_load_state()
    code = somebody.page.inner_text("p.code")
    somebody.picture("the code of a complaint")
    leader = visit()
    leader.sign_in("leader")
    leader.open("/counselling/complaints")
    leader.page.get_by_role("link", name="Trung tâm hoặc nhân viên").last.click()
    reads(leader, "Chờ ba tiếng ở quầy 4.")
    leader.page.fill("[name=answer]", "Từ nay lấy số trước từ 7 giờ.")
    leader.page.get_by_role("button", name="Gửi trả lời").click()
    leader.page.wait_for_load_state()
    somebody.open("/complaints/answer")
    somebody.page.fill("[name=code]", code)
    somebody.page.get_by_role("button", name="Xem trả lời").click()
    somebody.page.wait_for_load_state()
    reads(somebody, "Từ nay lấy số trước từ 7 giờ.")
    somebody.picture("the answer behind the code")
