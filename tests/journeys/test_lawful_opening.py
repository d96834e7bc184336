"""A moderator is stopped by a fee that is too high, and publishes after it is mended and compared."""

import re
from typing import Any

from portal.demo.safety import TOO_DEAR
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import heading, press, reads

WHY = "Tiền dịch vụ cao hơn mức trần 3 tháng lương: hãy sửa lại."
# Three months of 29.500 Taiwan dollars at 850 đồng.
LAWFUL = "75.225.000"


def test_a_fee_that_is_too_high_is_stopped_mended_compared_and_published(visit: Any) -> None:
    moderator, sender, anybody = visit(DESK), visit(PHONE), visit(PHONE)
    moderator.sign_in("moderator")
    is_stopped(moderator)
    sender.sign_in("sender")
    mends(sender)
    compares(moderator)
    publishes(moderator)
    anybody.open("/openings?q=dong+goi+banh+keo")
    press(anybody, TOO_DEAR)
    reads(
        anybody, "Ai đưa đi, theo phép nào", "Còn hiệu lực", "3 tháng lương", LAWFUL,
        "Bên nhận lao động trả", "Trung tâm không bao giờ thu tiền của bạn.",
    )  # fmt: skip
    anybody.picture("public")


def is_stopped(moderator: Any) -> None:
    moderator.open("/desk/openings?state=submitted&sphere=overseas")
    press(moderator, TOO_DEAR)
    reads(
        moderator, "Trái quy định", "Tiền dịch vụ 4 tháng lương cao hơn mức trần 3 tháng lương",
        "Luật 69/2020/QH14", "Chưa đăng được.",
    )  # fmt: skip
    assert moderator.page.get_by_role("button", name="Đăng tin").count() == 0
    # What breaks the law has no way around it.
    assert moderator.page.get_by_text("Cho qua, có lý do").count() == 0
    moderator.picture("stopped")
    moderator.page.fill("[name=reason]", WHY)
    press(moderator, "Trả lại để sửa")
    reads(moderator, "Đã trả lại tin")


def mends(sender: Any) -> None:
    page = sender.page
    sender.open("/desk/openings?state=returned")
    press(sender, TOO_DEAR)
    reads(sender, f"Cần sửa: {WHY}")
    press(sender, "Tiền người lao động trả")
    reads(sender, "Bước 4 trong 5", "Tiền dịch vụ 4 tháng lương cao hơn mức trần 3 tháng lương")
    sender.picture("what-the-law-says")
    # One slip: the months are mended with letters.
    page.fill("[name=service_fee_months]", "ba tháng")
    for field in ("service_fee_vnd", "agreed_fee_vnd", "costs-0-amount"):
        page.fill(f"[name={field}]", LAWFUL)
    press(sender, "Ghi và xem kết quả kiểm tra")
    reads(sender, "Hãy ghi một số, ví dụ 0,7 hoặc 26.300.")
    assert page.input_value("[name=agreed_fee_vnd]") == LAWFUL
    page.fill("[name=service_fee_months]", "3")
    press(sender, "Ghi và xem kết quả kiểm tra")
    reads(sender, "Tiền dịch vụ 3 tháng lương, trong mức trần 3 tháng lương")
    assert "Trái quy định" not in sender.text()
    sender.picture("mended")
    press(sender, TOO_DEAR)
    press(sender, "Gửi duyệt")
    reads(sender, "Đã gửi duyệt.", "chờ người duyệt đối chiếu")


def compares(moderator: Any) -> None:
    """Paper by paper: read it, tick what stands there just so."""
    page = moderator.page
    moderator.open("/desk/openings?state=submitted&sphere=overseas")
    press(moderator, TOO_DEAR)
    assert page.get_by_role("button", name="Đăng tin").count() == 0
    paper = page.locator("main a[href$='/papers/approval']").first.get_attribute("href")
    answer = page.request.get(moderator.address + paper)
    assert answer.ok and bytes(answer.body()).startswith(b"%PDF")
    for box in page.locator("form.compare input[type=checkbox]").all():
        box.check()
    press(moderator, "Ghi các mục đã đánh dấu")
    assert re.search(r"Đã ghi: \d+ mục khớp giấy tờ\.", page.inner_text("body"))
    assert page.locator("form.compare input[type=checkbox]").count() == 0
    moderator.picture("compared")


def publishes(moderator: Any) -> None:
    press(moderator, "Đăng tin")
    reads(moderator, "Đã đăng tin.")
    assert heading(moderator) == TOO_DEAR
