"""An employer proposes an opening; a sentence that discriminates stops it until it is mended."""

import datetime as dt
from typing import Any

from portal.common.clock import today
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import heading, press, reads

TITLE = "Phụ bếp ca sáng"
UNLAWFUL = "Chỉ tuyển nữ dưới 30 tuổi."
LAWFUL = "Nhanh nhẹn, sạch sẽ. Nam, nữ đều được."


def test_a_sentence_that_discriminates_is_stopped_and_mended_before_publishing(visit: Any) -> None:
    employer, moderator, anybody = visit(DESK), visit(DESK), visit(PHONE)
    employer.sign_in("employer")
    proposes(employer)
    moderator.sign_in("moderator")
    is_stopped_and_returns_it(moderator)
    mends(employer)
    publishes(moderator)
    anybody.open("/openings?q=phu+bep+ca+sang")
    press(anybody, TITLE)
    assert heading(anybody) == TITLE
    reads(anybody, LAWFUL, "7.000.000")
    assert UNLAWFUL not in anybody.text()
    anybody.picture("public")


def proposes(employer: Any) -> None:
    page = employer.page
    employer.open("/desk/openings")
    employer.picture("own-openings")
    press(employer, "Thêm tin")
    page.fill("[name=title]", TITLE)
    page.locator("[name=occupation]").press_sequentially("phu bep", delay=30)
    page.locator("[role=option]:visible").first.click()
    page.fill("[name=text]", "Sơ chế rau, rửa chén, dọn bếp từ 5 giờ đến 11 giờ.")
    page.locator("[name=place]").press_sequentially("my xuyen", delay=30)
    page.locator("[role=option]:visible").first.click()
    page.fill("[name=address_line]", "12 đường Trần Hưng Đạo")
    page.fill("[name=wage_min]", "7 triệu")
    # One slip: the upper wage is below the lower one.
    page.fill("[name=wage_max]", "6tr")
    page.fill("[name=requirements_text]", UNLAWFUL)
    page.fill("[name=expires_on]", f"{today() + dt.timedelta(days=30):%d/%m/%Y}")
    page.fill("[name=contact_name]", "Chị Hạnh")
    page.fill("[name=contact_phone]", "0296 3000 111")
    press(employer, "Ghi và gửi duyệt")
    reads(employer, "Lương đến phải bằng hoặc lớn hơn lương từ.")
    assert page.input_value("[name=requirements_text]") == UNLAWFUL
    employer.picture("a-slip")
    page.fill("[name=wage_max]", "8,5 triệu")
    press(employer, "Ghi và gửi duyệt")
    reads(employer, TITLE, "phân biệt đối xử")
    employer.picture("proposed")


def is_stopped_and_returns_it(moderator: Any) -> None:
    moderator.open("/desk/openings?state=submitted")
    press(moderator, TITLE)
    reads(moderator, UNLAWFUL, "Bộ luật Lao động", "Chưa đăng được.")
    assert moderator.page.get_by_role("button", name="Đăng tin").count() == 0
    moderator.picture("held")
    moderator.page.fill("[name=reason]", "Bỏ câu về giới tính và tuổi: luật không cho phép.")
    press(moderator, "Trả lại để sửa")
    reads(moderator, "Đã trả lại tin")


def mends(employer: Any) -> None:
    employer.open("/desk/openings")
    press(employer, TITLE)
    reads(employer, "Cần sửa: Bỏ câu về giới tính và tuổi")
    employer.picture("returned")
    press(employer, "Sửa")
    reads(employer, UNLAWFUL)
    employer.page.fill("[name=requirements_text]", LAWFUL)
    press(employer, "Ghi và gửi duyệt")
    reads(employer, "Đã ghi và gửi duyệt.")


def publishes(moderator: Any) -> None:
    moderator.open("/desk/openings?state=submitted")
    press(moderator, TITLE)
    moderator.picture("mended")
    press(moderator, "Đăng tin")
    reads(moderator, "Đã đăng tin.")
