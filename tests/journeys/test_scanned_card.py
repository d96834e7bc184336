"""A citizen card is scanned at the desk: the scanner types and presses Enter, the page comes back filled."""

import time
from typing import Any

import pytest

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import heading, press, reads

CARD = (
    "089175{number:06d}|351234567|CHAU THỊ SÓC {name}|03021975|Nữ|"
    "Ấp 3, Vĩnh Hanh, Châu Thành, An Giang|01012021"
)


@pytest.mark.parametrize(("size", "number", "name"), [(DESK, 101, "Kha"), (PHONE, 102, "Rinh")])
def test_a_scan_an_enter_and_one_press_register_a_person(
    visit: Any, size: dict[str, int], number: int, name: str
) -> None:
    adviser = visit(size)
    adviser.sign_in("adviser")
    adviser.open("/workers/new")
    page = adviser.page
    started = time.monotonic()
    # The cursor comes into the field by itself: nothing is clicked. No hand is faster than the page is drawn.
    page.wait_for_function("document.activeElement.name == 'scan'")
    page.keyboard.type(CARD.format(number=number, name=name.upper()))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reads(adviser, "Đã điền theo thẻ")
    assert page.input_value("[name=full_name]") == f"Chau Thị Sóc {name}"
    assert page.input_value("[name=where-permanent_commune]") == "Xã Vĩnh Hanh"
    assert page.input_value("[name=scan]") == "" and "351234567" not in page.content()
    adviser.picture("filled from a card")
    page.keyboard.type(f"0907000{number}")
    page.get_by_label("Tôi đồng ý để Trung tâm dùng hồ sơ này").check()
    press(adviser, "Lưu và in phiếu")
    assert heading(adviser).startswith("Phiếu nhận hồ sơ")
    assert time.monotonic() - started < 20
    reads(adviser, f"Chau Thị Sóc {name}")


def test_who_never_had_a_card_gets_a_task(visit: Any) -> None:
    adviser = visit()
    adviser.sign_in("adviser")
    adviser.open("/workers/new")
    page = adviser.page
    page.fill("[name=full_name]", "Mohamach Ka Rim")
    page.fill("[name=birth]", "1990")
    page.select_option("[name=id_absence]", "never_had")
    press(adviser, "Lưu và in phiếu")
    assert heading(adviser).startswith("Phiếu nhận hồ sơ")
    adviser.open("/counselling/tasks")
    reads(adviser, "Mohamach Ka Rim", "Chưa từng có căn cước")
    adviser.picture("tasks")
    page.get_by_role("link", name="Xong việc Mohamach Ka Rim").click()
    reads(adviser, "công an xã")
    page.fill("[name=note]", "Đã hẹn công an xã thứ hai")
    press(adviser, "Ghi là xong")
    assert "Mohamach Ka Rim" not in adviser.text()
