"""Who stops in the middle on a small phone goes on with an adviser; another only asks to be called."""

from typing import Any

from tests.journeys.conftest import DESK
from tests.journeys.moves import go_on, heading, press, reads, tells_who

SMALL = {"width": 320, "height": 640}
NAME = "Thạch Thị Sà Rươl"


def test_who_stops_on_the_phone_goes_on_at_the_desk(visit: Any) -> None:
    phone = visit(SMALL)
    code = stops_in_the_middle(phone)
    adviser = visit(DESK)
    adviser.sign_in("adviser")
    adviser.open("/workers/new")
    # As it is read out: small letters, a blank in the middle.
    adviser.page.fill("[name=desk_code]", code.lower())
    press(adviser, "Làm tiếp")
    assert heading(adviser) == "Bạn làm được việc gì?"
    reads(adviser, NAME, "thợ hồ", "2 năm")
    adviser.picture("the-same-step")
    goes_on_to_the_end(adviser)
    phone.open("/profile")
    reads(phone, "7.000.000", "thợ hồ")


def stops_in_the_middle(phone: Any) -> str:
    tells_who(phone, NAME, "0907 444 555", "1988")
    page = phone.page
    page.fill("[name=commune]", "Xã Châu Phong")
    go_on(phone)
    # Typed, not added yet: it is kept all the same.
    page.fill("[name=words]", "thợ hồ")
    page.fill("[name=years]", "2")
    page.keyboard.press("Escape")
    press(phone, "Làm tiếp với tư vấn viên")
    assert heading(phone) == "Làm tiếp với tư vấn viên"
    reads(phone, "Việc bạn làm được", "Thứ hai đến thứ sáu")
    phone.picture("the-code")
    return str(page.inner_text(".desk-code span[aria-hidden]"))


def goes_on_to_the_end(adviser: Any) -> None:
    page = adviser.page
    go_on(adviser)
    page.check("[name=wants_home]")
    page.fill("[name=wage_min]", "7 triệu")
    go_on(adviser)
    page.get_by_label("Tiểu học").first.check()
    for _step in ("schooling", "experience", "languages"):
        go_on(adviser)
    assert heading(adviser) == "Bạn đồng ý điều gì?"
    page.check("[name=matching]")
    adviser.picture("consents-at-the-desk")
    press(adviser, "Xong")
    reads(adviser, NAME, "Đang tìm việc")


def test_who_asks_to_be_called_is_called_and_the_call_is_a_contact(visit: Any) -> None:
    phone = visit(SMALL)
    phone.open("/")
    press(phone, "Gọi lại cho tôi")
    page = phone.page
    page.get_by_label("Cho người nhà").check()
    page.fill("[name=about_name]", "Má Tư")
    page.fill("[name=name]", "Chị Sáu Lụa")
    page.fill("[name=phone]", "0907 444 666")
    page.fill("[name=commune]", "an phu")
    press(phone, "Nhờ gọi lại")
    phone.picture("which-commune")
    page.get_by_label("Xã An Phú").first.check()
    press(phone, "Nhờ gọi lại")
    reads(phone, "Một tư vấn viên của Trung tâm sẽ gọi số bạn đã ghi, trễ nhất là hết ngày")
    phone.picture("who-calls-and-when")
    adviser = visit(DESK)
    adviser.sign_in("adviser")
    adviser.open("/counselling/call-backs?whose=all")
    row = adviser.page.locator("main tr", has_text="Chị Sáu Lụa")
    assert row.locator("a[href='tel:0907444666']").count() == 1
    reads(adviser, "Cho người nhà: Má Tư")
    adviser.picture("call-backs")
    row.get_by_role("button", name="Chưa gọi được").click()
    reads(adviser, "Đã ghi: gọi 1 lần chưa được.")
    row.get_by_role("link", name="Đã gọi được").click()
    adviser.picture("contact")
    adviser.page.locator("main form.contact button[type=submit]:not([name=find])").first.click()
    adviser.open("/counselling/call-backs?whose=all")
    assert "Chị Sáu Lụa" not in adviser.text()
