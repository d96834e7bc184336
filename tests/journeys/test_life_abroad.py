"""Somebody abroad presses one button; the Centre acts, brings them home, reckons what is owed."""

import re
from typing import Any

from portal.common.clock import today
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import press, reads

DAY = "%d/%m/%Y"


def test_one_press_abroad_is_heard_and_leads_home(visit: Any) -> None:
    desk = visit(DESK)
    desk.sign_in("leader")
    desk.open("/overseas/abroad?country=JP")
    desk.picture("who-is-abroad")
    desk.page.locator("main tbody th a").last.click()
    desk.page.wait_for_load_state()
    case = re.search(r"/cases/(\d+)/", desk.page.url)
    assert case is not None
    press(desk, "Xem, in, làm đường dẫn mới")
    found = re.search(r"/check-in/\w+", desk.text())
    assert found is not None
    desk.picture("the-slip-to-take-along")

    # On an old phone, without any script.
    phone = visit(PHONE)
    phone.page.route("**/*.js", lambda route: route.abort())
    phone.open(found.group())
    phone.picture("three-buttons")
    press(phone, "Tôi cần giúp")
    reads(phone, "Trung tâm đã nhận tin của bạn", "Gọi ngay, không cần chờ Trung tâm")
    phone.page.get_by_label("Có người đánh, ép buộc hoặc quấy rối tôi").check()
    phone.page.get_by_label("Bạn muốn nói thêm gì không?").fill("Quản đốc đánh tôi.")
    press(phone, "Gửi")
    reads(phone, "Bạn không có lỗi", "tìm nơi ở an toàn")
    phone.picture("help-is-offered")

    desk.open("/overseas/incidents?kind=violence")
    links = desk.page.locator("main tbody th a")
    links.last.click()
    desk.page.wait_for_load_state()
    reads(desk, "Quản đốc đánh tôi.", "Lời kể được khóa riêng")
    desk.picture("the-incident")
    desk.page.get_by_label("Đã làm gì?").select_option("help_offered")
    desk.page.get_by_label("Ghi lại").fill("Đại sứ quán đón trong hôm nay.")
    press(desk, "Ghi việc đã làm")
    desk.page.get_by_text("Kết thúc sự việc").click()
    desk.page.get_by_label("Kết quả", exact=True).select_option("came_home")
    desk.page.get_by_label("Kết quả ra sao, vì sao kết thúc").fill("Đã về nước an toàn.")
    press(desk, "Kết thúc")
    reads(desk, "Đã kết thúc sự việc.")
    _comes_home(desk, case.group(1))
    # The link is dead, and still names whom to call.
    answer = phone.page.request.get(phone.address + found.group())
    assert answer.status == 404 and "tel:+84981848484" in answer.text()


def _comes_home(desk: Any, case: str) -> None:
    page = desk.page
    desk.open(f"/overseas/cases/{case}/return")
    page.get_by_label("Về đến Việt Nam ngày").fill(f"{today():{DAY}}")
    page.get_by_label("Về trước hạn", exact=True).check()
    page.get_by_label("Về trước hạn vì sao").select_option("abused")
    page.get_by_label("Về trước hạn do lỗi của ai").select_option("none")
    page.get_by_label("Căn cứ vào đâu").fill("Biên bản của đại sứ quán")
    page.get_by_label("Tiền dịch vụ đã nộp").fill("72.000.000")
    press(desk, "Ghi: đã về nước")
    reads(desk, "Đã ghi việc về nước.", "ngày còn lại", "Chưa ghi ngày nộp tiền dịch vụ", "Báo nơi cư trú")
    desk.picture("what-is-owed")
    press(desk, "Ghi: Trung tâm yêu cầu trả lại")
    press(desk, "Ghi nghề, kỹ năng")
    page.get_by_label("Nghề đã làm ở nước ngoài").fill("thợ hàn")
    page.get_by_label("Làm được bao nhiêu tháng").fill("8")
    press(desk, "Lưu")
    press(desk, "Người đó xác nhận")
    reads(desk, "đã vào hồ sơ tìm việc")
    desk.open("/overseas/boards")
    desk.picture("who-waits-for-what")
    desk.open("/work-abroad/figures")
    desk.picture("how-many-came-how-far")
