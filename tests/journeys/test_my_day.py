"""An adviser's day by the keyboard: from the list to the first thing, from one to the next, many at once."""

from typing import Any

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import heading, press, reads

SMALL = {"width": 320, "height": 640}


def test_a_day_is_worked_through_by_the_keyboard(visit: Any) -> None:
    adviser = visit(DESK)
    adviser.sign_in("adviser")
    adviser.open("/desk")
    assert heading(adviser) == "Ngày của tôi"
    adviser.picture("my-day")
    opens_the_second_row(adviser)
    goes_on_with_one_key(adviser)
    keeps_every_row_in_sight(adviser)
    asks_for_the_keys(adviser)
    puts_three_off(adviser)
    sees_what_was_done(adviser)


def opens_the_second_row(adviser: Any) -> None:
    page = adviser.page
    people = page.locator(".work tbody th a").all_inner_texts()
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.querySelector('th a').innerText") == people[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**day=*")
    adviser.picture("one-thing", whole=False)


def goes_on_with_one_key(adviser: Any) -> None:
    page = adviser.page
    seen = [page.url]
    for _ in range(3):
        expected = page.locator("a[data-next]").get_attribute("href")
        page.keyboard.press("n")
        page.wait_for_url(f"**{expected}")
        seen.append(page.url)
    assert len(set(seen)) == len(seen), "each key leads to another thing"


def keeps_every_row_in_sight(adviser: Any) -> None:
    """Nothing lies over the row that has the focus, least of all the bar of the bulk steps."""
    page = adviser.page
    adviser.open("/desk")
    for _row in page.locator(".work tbody tr").all()[:25]:
        page.keyboard.press("j")
        assert page.evaluate(
            """() => {
                const row = document.activeElement, box = row.getBoundingClientRect();
                const seen = document.elementFromPoint(box.left + 200, box.bottom - 4);
                return row.matches("tr") && row.contains(seen);
            }"""
        ), page.evaluate("document.activeElement.innerText")


def asks_for_the_keys(adviser: Any) -> None:
    adviser.open("/desk")
    adviser.page.keyboard.press("?")
    reads(adviser, "xuống một dòng", "đánh dấu dòng này")
    adviser.page.keyboard.press("?")
    assert "xuống một dòng" not in adviser.text()


def puts_three_off(adviser: Any) -> None:
    page = adviser.page
    # Only the fields of the chosen act stand there.
    assert page.locator("#days").is_visible() and not page.locator("#proof").is_visible()
    for key in ("j", "x", "j", "x", "j", "x"):
        page.keyboard.press(key)
    assert page.locator("[name=item]:checked").count() == 3
    page.select_option("#days", "2")
    adviser.picture("three-ticked")
    press(adviser, "Làm")
    assert heading(adviser) == "Đã làm và chưa làm được"
    adviser.picture("report")
    page.locator("main").get_by_role("link", name="Về danh sách").click()


def sees_what_was_done(adviser: Any) -> None:
    press(adviser, "Hôm nay tôi đã làm")
    reads(adviser, "Dời ngày")
    adviser.picture("done-today")


def test_a_list_is_kept_and_found_again_on_a_phone_without_a_keyboard(visit: Any) -> None:
    leader = visit(SMALL)
    leader.sign_in("leader")
    leader.open("/desk/referrals?whose=all&late=late")
    leader.picture("late-referrals")
    leader.page.locator(".keep-list summary").click()
    leader.page.fill("#list-name", "Trễ của cả Trung tâm, điện thoại")
    press(leader, "Lưu")
    leader.open("/desk")
    leader.picture("my-day-320")
    press(leader, "Trễ của cả Trung tâm, điện thoại")
    assert leader.page.url.endswith("/desk/referrals?whose=all&late=late")
    leader.page.locator("#all").check()
    assert leader.page.locator("[name=item]:not(:checked)").count() == 0
    leader.page.locator("#all").uncheck()
    leader.page.locator("[name=item]").first.check()
    leader.page.select_option("#action", "exchange")
    leader.page.fill("#proof", "SGD-2026-0117")
    press(leader, "Làm")
    # Not hired yet: nothing was entered, and the row is still ticked.
    reads(leader, "chưa làm được", "chưa có gì để cập nhật")
    assert leader.page.locator("[name=item]:checked").count() == 1
    leader.picture("report-320")


def test_my_day_works_without_any_script(browser: Any, serve: Any) -> None:
    from tests.journeys.conftest import Visitor

    context = browser.new_context(viewport=PHONE, locale="vi-VN", java_script_enabled=False)
    adviser = Visitor(context.new_page(), serve("sqlite").address, "my_day")
    adviser.sign_in("adviser")
    adviser.open("/desk")
    adviser.page.locator("a[data-next]").click()
    assert "day=" in adviser.page.url
    adviser.page.locator("a[data-next]").click()
    assert "day=" in adviser.page.url
    adviser.open("/desk")
    adviser.page.locator("#all").check()
    press(adviser, "Làm")
    assert heading(adviser) == "Đã làm và chưa làm được"
    context.close()
