"""A job seeker on a phone: from the front page to a letter, with a pause, a slip and a second phone."""

from typing import Any
from urllib.parse import urlsplit

from portal.common.text import fold
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import (
    PASSWORD,
    PDF,
    agrees_to,
    go_on,
    heading,
    pdf_behind,
    press,
    proves_phone,
    ranked_at_home,
    reads,
    tells_who,
)

NAME, PHONE_NUMBER = "Trần Thị Bích Liễu", "0907 111 222"


def test_a_seeker_registers_asks_for_a_job_and_gets_a_letter(visit: Any) -> None:
    first = visit(PHONE)
    says_who_she_is(first)
    says_where_and_what(first)
    second = visit(PHONE)
    comes_back_on_another_phone(second)
    says_the_rest(second)
    wants_a_job(second)
    opening = heading(second)
    adviser = visit(DESK)
    is_invited(adviser, opening)
    second.open("/me")
    reads(second, opening, "Trung tâm sẽ giới thiệu bạn vào việc này.")
    second.picture("invited")
    gets_a_letter(adviser)
    second.open("/me")
    second.picture("me-with-a-letter")
    press(second, "Xem việc này")
    reads(second, "Giấy giới thiệu số")
    second.picture("letter")
    assert pdf_behind(second).startswith(PDF)


def says_who_she_is(seeker: Any) -> None:
    page = seeker.page
    seeker.open("/")
    seeker.picture("front")
    press(seeker, "Đăng ký tìm việc")
    page.fill("[name=birth]", "1998")
    seeker.picture("birth")
    press(seeker, "Bắt đầu")
    page.fill("[name=full_name]", NAME)
    page.check("[name=sex][value=female]")
    page.fill("[name=phone]", "0907 111")
    go_on(seeker)
    # One slip: it is said at the field, and what was typed is still there.
    assert page.locator(".field.wrong [name=phone]").count() == 1
    assert page.input_value("[name=full_name]") == NAME
    assert page.input_value("[name=phone]") == "0907 111"
    assert page.is_checked("[name=sex][value=female]") and page.input_value("[name=birth]") == "1998"
    seeker.picture("a-slip")
    page.fill("[name=phone]", PHONE_NUMBER)
    go_on(seeker)
    seeker.picture("prove-the-phone")
    proves_phone(seeker, PHONE_NUMBER)
    assert page.input_value("[name=sign_in_name]") == "0907111222"
    page.fill("[name=new_password]", PASSWORD)
    page.fill("[name=repeated]", PASSWORD)
    seeker.picture("account")
    go_on(seeker)


def says_where_and_what(seeker: Any) -> None:
    page = seeker.page
    assert heading(seeker) == "Bạn đang ở đâu?"
    # A name that ended in 2025, without its marks.
    page.fill("[name=commune]", "my binh")
    page.keyboard.press("Escape")
    seeker.picture("where")
    go_on(seeker)
    reads(seeker, "Xã, phường nào?", "Long Xuyên")
    seeker.picture("which-commune")
    page.get_by_label("Phường Long Xuyên").first.check()
    go_on(seeker)
    assert heading(seeker) == "Bạn làm được việc gì?"
    page.locator("[name=words]").press_sequentially("phu bep", delay=30)
    page.locator("[role=option]:visible").first.wait_for()
    seeker.picture("suggestions")
    page.locator("[role=option]:visible").first.click()
    page.fill("[name=years]", "3")
    press(seeker, "Thêm việc này")
    reads(seeker, "Bạn đã ghi", "3 năm")
    seeker.picture("what-she-can-do")
    press(seeker, "Để sau")
    seeker.picture("a-pause")


def comes_back_on_another_phone(seeker: Any) -> None:
    seeker.sign_in(PHONE_NUMBER, PASSWORD)
    press(seeker, "Điền tiếp hồ sơ")
    # What she told before she left is kept: the next question comes.
    assert heading(seeker) == "Bạn muốn làm ở đâu, như thế nào?"
    press(seeker, "Quay lại")
    reads(seeker, "3 năm")
    go_on(seeker)


def says_the_rest(seeker: Any) -> None:
    page = seeker.page
    page.check("[name=wants_home]")
    page.fill("[name=wage_min]", "8 triệu")
    seeker.picture("what-she-wants")
    go_on(seeker)
    page.get_by_label("Trung học phổ thông").first.check()
    seeker.picture("schooling")
    go_on(seeker)
    page.fill("[name=title]", "Phụ bếp")
    page.fill("[name=workplace]", "Quán cơm Sáu Nhỏ")
    page.fill("[name=from_year]", "2021")
    page.fill("[name=to_year]", "2024")
    press(seeker, "Thêm nơi này")
    reads(seeker, "Quán cơm Sáu Nhỏ")
    seeker.picture("experience")
    go_on(seeker)
    page.select_option("[name=scale]", label="Bằng lái xe")
    press(seeker, "Chọn bậc")
    page.select_option("[name=level]", index=1)
    press(seeker, "Thêm giấy này")
    seeker.picture("papers")
    go_on(seeker)
    boxes = page.locator("main input[type=checkbox]")
    assert boxes.count() >= 4
    assert not any(box.is_checked() for box in boxes.all())
    for purpose in ("matching", "sharing", "messages"):
        page.check(f"[name={purpose}]")
    seeker.picture("consents")
    press(seeker, "Xong")
    assert heading(seeker) == "Bạn đã đăng ký xong"
    seeker.picture("done")


def wants_a_job(seeker: Any) -> None:
    press(seeker, "Xem việc đang tuyển")
    seeker.page.select_option("[name=sphere]", "domestic")
    press(seeker, "Tìm")
    # Typed as on an old phone, without a mark; which jobs there are is for the demo to draw.
    title = seeker.page.locator("main .card a").first.inner_text()
    seeker.page.fill("[name=q]", fold(title))
    press(seeker, "Tìm")
    seeker.picture("openings")
    seeker.page.locator("main .card a", has_text=title).first.click()
    seeker.picture("opening")
    press(seeker, "Tôi muốn việc này")
    seeker.picture("wanted")


def is_invited(adviser: Any, opening: str) -> None:
    adviser.sign_in("adviser")
    adviser.open("/desk/referrals?whose=all&state=interested")
    adviser.picture("who-waits")
    row = adviser.page.locator("main tr", has_text=NAME)
    row.get_by_role("link", name=NAME).or_(row.get_by_role("link", name="Mở")).first.click()
    reads(adviser, NAME, opening)
    adviser.picture("interested")
    press(adviser, "Mời, sẽ giới thiệu")
    reads(adviser, "Đã mời và báo cho người này.")


def gets_a_letter(adviser: Any) -> None:
    press(adviser, "Cấp giấy giới thiệu")
    reads(adviser, "Đã cấp giấy giới thiệu.")
    adviser.picture("letter-issued")


def test_a_seeker_says_yes_by_the_link_she_was_sent(visit: Any) -> None:
    seeker = visit(PHONE)
    tells_who(seeker, "Lâm Thị Hoa", "0907 333 444", "12/03/1995")
    seeker.page.fill("[name=commune]", "Xã Châu Phong")
    go_on(seeker)
    seeker.page.fill("[name=words]", "thợ hàn")
    seeker.page.fill("[name=years]", "4")
    go_on(seeker)
    agrees_to(seeker, "matching", "sharing", "messages")
    adviser = visit(DESK)
    adviser.sign_in("adviser")
    title = is_asked(adviser, "Lâm Thị Hoa")
    # Whoever reads the message needs no account, on any phone.
    phone = visit(PHONE)
    phone.open("/outbox")
    message = phone.page.locator(".card", has_text="0907333444").filter(has_text="/answer/").first
    link = message.locator("a", has_text="/answer/").get_attribute("href")
    phone.open(urlsplit(link).path)
    reads(phone, title, "Bạn không phải trả tiền.")
    phone.picture("a-question")
    press(phone, "Có")
    assert heading(phone) == "Cảm ơn bạn"
    phone.picture("thanks")
    seeker.open("/me/referrals")
    reads(seeker, title, "Trung tâm sẽ giới thiệu bạn vào việc này.")
    seeker.picture("what-she-said-yes-to")
    adviser.page.reload()
    reads(adviser, "Đã đồng ý")


def is_asked(adviser: Any, name: str) -> str:
    """Gives back what the opening is called."""
    title = ranked_at_home(adviser, name, "Châu Phong")
    adviser.page.locator(".candidate", has_text=name).get_by_label("Chọn").check()
    press(adviser, "Đưa người đã chọn vào danh sách")
    row = adviser.page.locator("main tr", has_text=name)
    row.get_by_role("link", name="Mở").click()
    press(adviser, "Hỏi người này")
    reads(adviser, "Đã hỏi.")
    return title
