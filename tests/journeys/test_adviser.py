"""An adviser at a desk: from a ranked list to a person at work; the letter is checked by a stranger."""

import datetime as dt
import re
from typing import Any

import pytest

from portal.common.clock import today
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import PDF, heading, opening_abroad, pdf_behind, press, ranked_at_home, reads

# High enough for three people of a ranked list.
TALL = {**DESK, "height": 1120}
# A persona of the demo: a welder who agreed to everything a letter needs.
WELDER = "Phan Hữu Lộc"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_an_adviser_ranks_asks_and_records_a_person_hired(
    database: str, visit: Any, the_hour_comes: Any
) -> None:
    adviser = visit(TALL, database)
    adviser.sign_in("adviser")
    adviser.picture("desk")
    asks_why_not(adviser)
    title = shortlists_two(adviser)
    records_a_yes_by_phone(adviser)
    code = issues_the_letter(adviser)
    is_checked_by_a_stranger(visit(PHONE, database), code, title)
    sets_an_interview(adviser)
    the_hour_comes(database)
    records_who_came_and_who_was_hired(adviser)


def asks_why_not(adviser: Any) -> None:
    opening_abroad(adviser)
    press(adviser, "Tìm người phù hợp")
    press(adviser, "Vì sao không có tên?")
    adviser.page.fill("[name=q]", "huynh thi be")
    press(adviser, "Tìm người")
    press(adviser, "Huỳnh Thị Bé")
    reads(adviser, "Không có trong danh sách", "Từng điều kiện")
    assert re.search(r"đến \d\d tuổi", adviser.text())
    adviser.picture("why-not")


def shortlists_two(adviser: Any) -> str:
    """Gives back what the opening is called."""
    title = ranked_at_home(adviser, WELDER, "Chợ Mới")
    assert heading(adviser) == "Người phù hợp"
    adviser.picture("ranked", whole=False)
    rows = adviser.page.locator(".candidate", has=adviser.page.get_by_label("Chọn"))
    # Reasons stand beside every name.
    assert rows.first.locator(".reasons li").count() >= 1
    welder = rows.filter(has_text=WELDER)
    welder.get_by_label("Chọn").check()
    rows.filter(has_not_text=WELDER).first.get_by_label("Chọn").check()
    press(adviser, "Đưa người đã chọn vào danh sách")
    reads(adviser, "Đã đưa 2 người vào danh sách.", WELDER)
    adviser.picture("shortlist")
    return title


def records_a_yes_by_phone(adviser: Any) -> None:
    board = adviser.page.locator("main tr", has_text="Trong danh sách chọn")
    for box in board.locator("[name=referral]").all():
        box.check()
    adviser.page.select_option("[name=action]", "ask")
    press(adviser, "Làm")
    reads(adviser, WELDER, "đã làm")
    adviser.picture("asked")
    press(adviser, WELDER)
    press(adviser, "Ghi: người này đồng ý")
    adviser.page.check("[name=channel][value=phone]")
    adviser.picture("yes-by-phone")
    press(adviser, "Ghi")


def issues_the_letter(adviser: Any) -> str:
    press(adviser, "Cấp giấy giới thiệu")
    reads(adviser, "Đã cấp giấy giới thiệu.", "Mã kiểm tra")
    adviser.picture("letter")
    assert pdf_behind(adviser).startswith(PDF)
    code = re.search(r"Mã kiểm tra\s+(\S+)", adviser.text())
    assert code is not None
    return code.group(1)


def is_checked_by_a_stranger(stranger: Any, code: str, title: str) -> None:
    stranger.open("/verify")
    stranger.page.fill("[name=code]", code.lower())
    press(stranger, "Kiểm tra")
    reads(stranger, "Giấy thật", title, "P. H. L.")
    assert not any(part in stranger.text() for part in WELDER.split())
    stranger.picture("verified")


def sets_an_interview(adviser: Any) -> None:
    press(adviser, "Hẹn phỏng vấn")
    adviser.page.fill("[name=day]", f"{today() + dt.timedelta(days=3):%d/%m/%Y}")
    adviser.page.fill("[name=clock]", "8h30")
    adviser.picture("interview")
    press(adviser, "Ghi")
    reads(adviser, "Đã hẹn và báo cho người này.", "Chưa đến giờ phỏng vấn.")


def records_who_came_and_who_was_hired(adviser: Any) -> None:
    adviser.page.reload()
    press(adviser, "Ghi: có đến phỏng vấn không")
    adviser.page.check("[name=came][value=yes]")
    press(adviser, "Ghi")
    press(adviser, "Ghi: được nhận")
    adviser.page.fill("[name=hired_on]", f"{today() + dt.timedelta(days=7):%d/%m/%Y}")
    adviser.picture("hire")
    press(adviser, "Ghi")
    reads(adviser, "Đã ghi: được nhận.", "Hạn cập nhật sàn quốc gia")
    adviser.picture("hired")
