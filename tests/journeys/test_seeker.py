"""A job seeker on a phone: from the front page to a letter, with a pause, a slip and a second phone."""

from typing import Any

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import PASSWORD, PDF, go_on, heading, pdf_behind, press, reads

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
    is_invited_and_gets_a_letter(adviser, opening)
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
    page.get_by_role("option").first.wait_for()
    seeker.picture("suggestions")
    page.get_by_role("option").first.click()
    page.fill("[name=years]", "3")
    press(seeker, "Thêm việc này")
    reads(seeker, "Bạn đã ghi", "3 năm")
    seeker.picture("what-she-can-do")
    press(seeker, "Nghỉ, ghi tiếp sau")
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
    page.fill("[name=wage_min]", "6 triệu")
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
    seeker.page.fill("[name=q]", "phu bep")
    press(seeker, "Tìm")
    seeker.picture("openings")
    seeker.page.locator("main .card a").first.click()
    seeker.picture("opening")
    press(seeker, "Tôi muốn việc này")
    seeker.picture("wanted")


def is_invited_and_gets_a_letter(adviser: Any, opening: str) -> None:
    adviser.sign_in("adviser")
    adviser.open("/desk/referrals?whose=all&state=interested")
    adviser.picture("who-waits")
    row = adviser.page.locator("main tr", has_text=NAME)
    row.get_by_role("link", name=NAME).or_(row.get_by_role("link", name="Mở")).first.click()
    reads(adviser, NAME, opening)
    adviser.picture("interested")
    press(adviser, "Mời, sẽ giới thiệu")
    reads(adviser, "Đã mời và báo cho người này.")
    press(adviser, "Cấp giấy giới thiệu")
    reads(adviser, "Đã cấp giấy giới thiệu.")
    adviser.picture("letter-issued")
