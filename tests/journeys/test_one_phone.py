"""Husband, wife and mother on one phone: each comes in, nobody sees another, a link opens one question."""

from typing import Any
from urllib.parse import urlsplit

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import code_sent_to, go_on, heading, press, proves_phone, ranked_at_home, reads

NUMBER = "0901 700 800"
FAMILY = {
    "Trần Văn Hùng": ("1979", "2739"),
    "Nguyễn Thị Lan": ("1982", "8064"),
    "Nguyễn Thị Sáu": ("1955", "5017"),
}
HUSBAND, WIFE, MOTHER = FAMILY


def test_husband_wife_and_mother_share_one_phone(visit: Any) -> None:
    phone = visit(PHONE)
    for name in FAMILY:
        registers(phone, name)
        changes_hands(phone)
    for name in FAMILY:
        comes_in(phone, name)
        sees_only(phone, name)
        changes_hands(phone)
    the_wifes_pin_with_the_husbands_year_opens_nothing(phone)
    a_message_opens_one_question_without_a_name(phone, visit(DESK))


def registers(phone: Any, name: str) -> None:
    birth, pin = FAMILY[name]
    page = phone.page
    phone.open("/register")
    page.fill("[name=birth]", birth)
    press(phone, "Bắt đầu")
    page.fill("[name=full_name]", name)
    page.fill("[name=phone]", NUMBER)
    go_on(phone)
    # Before the code nothing tells that somebody else has this number.
    assert "còn người khác dùng" not in phone.text()
    if name == HUSBAND:
        phone.picture("is-this-number-yours")
    proves_phone(phone, NUMBER)
    assert ("còn người khác dùng" in phone.text()) is (name != HUSBAND)
    page.fill("[name=new_pin]", pin)
    phone.picture("a-pin")
    go_on(phone)
    assert heading(phone) == "Bạn đang ở đâu?"
    page.fill("[name=commune]", "Xã Châu Phong")
    go_on(phone)
    page.fill("[name=words]", "thợ hàn" if name == WIFE else "phụ bếp")
    page.fill("[name=years]", "4")
    go_on(phone)
    phone.open("/register/consents")
    for purpose in ("matching", "sharing", "messages"):
        page.check(f"[name={purpose}]")
    press(phone, "Xong")


def changes_hands(phone: Any) -> None:
    phone.page.get_by_role("button", name="Đổi người").click()
    phone.page.wait_for_load_state()
    assert heading(phone) == "Đăng nhập"


def enters_the_code(phone: Any) -> None:
    phone.open("/sign-in")
    phone.page.fill("[name=phone]", NUMBER)
    press(phone, "Gửi mã cho tôi")
    phone.page.fill("[name=phone_code]", code_sent_to(phone, NUMBER))
    press(phone, "Đi tiếp")
    # The code alone opens nothing here, and the page names nobody.
    assert heading(phone) == "Bạn là ai?"
    assert not any(word in phone.text() for name in FAMILY for word in (name, name.split()[-1]))


def says(phone: Any, birth_year: str, pin: str) -> None:
    phone.page.fill("[name=birth_year]", birth_year)
    phone.page.fill("[name=pin]", pin)
    press(phone, "Mở hồ sơ của tôi")


def comes_in(phone: Any, name: str) -> None:
    enters_the_code(phone)
    if name == WIFE:
        phone.picture("who-are-you")
    says(phone, *FAMILY[name])


def sees_only(phone: Any, name: str) -> None:
    phone.open("/profile")
    whole = phone.page.inner_text("body")
    assert f"Đang mở hồ sơ của {name.split()[-1]}." in whole and name in whole
    assert not any(other in whole for other in FAMILY if other != name)
    if name == WIFE:
        phone.picture("whose-profile-is-open", whole=False)


def the_wifes_pin_with_the_husbands_year_opens_nothing(phone: Any) -> None:
    enters_the_code(phone)
    says(phone, FAMILY[HUSBAND][0], FAMILY[WIFE][1])
    reads(phone, "Năm sinh hoặc mã PIN không đúng.")
    phone.picture("wrong")
    phone.open("/me")
    assert heading(phone) == "Đăng nhập"


def a_message_opens_one_question_without_a_name(phone: Any, adviser: Any) -> None:
    """The husband has the phone in his hand, and nobody is signed in on it."""
    adviser.sign_in("adviser")
    title, employer = asks(adviser, WIFE)
    phone.open("/outbox")
    digits = NUMBER.replace(" ", "")
    message = phone.page.locator(".card", has_text=digits).filter(has_text="/answer/").first
    said = message.inner_text()
    assert title in said and employer not in said and "Lan" not in said.replace(digits, "")
    phone.open(urlsplit(message.locator("a", has_text="/answer/").get_attribute("href")).path)
    shown = phone.page.content()
    assert title in shown and employer not in shown
    assert not any(name in shown for name in FAMILY)
    phone.picture("one-question")
    phone.open("/me")
    assert heading(phone) == "Đăng nhập", "the link opened nothing else"


def asks(adviser: Any, name: str) -> tuple[str, str]:
    """Asks the person about an opening; gives back its title and the employer's name."""
    title = ranked_at_home(adviser, name, "Châu Phong")
    adviser.page.locator(".candidate", has_text=name).get_by_label("Chọn").check()
    press(adviser, "Đưa người đã chọn vào danh sách")
    employer = adviser.page.locator("main a[href^='/openings/']").first.inner_text()
    adviser.page.locator("main tr", has_text=name).get_by_role("link", name="Mở").click()
    press(adviser, "Hỏi người này")
    reads(adviser, "Đã hỏi.")
    return title, str(employer)
