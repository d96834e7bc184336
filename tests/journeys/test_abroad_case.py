"""An adviser takes a person through every gate to the departure and home; a missing paper shuts a gate."""

import datetime as dt
import re
from typing import Any

from portal.common.clock import today
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import heading, press, reads
from tests.overseas.conftest import BARE_PNG as PNG

# A persona of the demo who wants to go to Germany or Japan; nobody has opened a case for her yet.
NURSE = "Lê Thị Ngọc Hân"


def day(days: int = 0) -> str:
    return f"{today() + dt.timedelta(days=days):%d/%m/%Y}"


def test_an_adviser_takes_a_case_through_every_gate_to_the_departure_and_home(visit: Any) -> None:
    adviser = visit(DESK)
    adviser.sign_in("adviser")
    opens_the_case(adviser)
    counsels_and_checks(adviser)
    is_refused_until_every_paper_is_there(adviser)
    asks_for_the_consent_and_nominates(adviser)
    selects_and_trains(adviser)
    signs_and_arranges_the_money(adviser)
    gets_the_visa_and_makes_ready(adviser)
    sees_her_off(adviser)
    welcomes_her_home(adviser)


def opens_the_case(adviser: Any) -> None:
    adviser.open("/workers")
    adviser.page.fill("[name=q]", NURSE)
    press(adviser, "Lọc")
    press(adviser, NURSE)
    press(adviser, "Mở hồ sơ đi làm việc ở nước ngoài")
    japan = adviser.page.locator("[name=aim] option", has_text="Nhật Bản").first.get_attribute("value")
    adviser.page.select_option("[name=aim]", japan)
    adviser.picture("new")
    press(adviser, "Mở hồ sơ đi nước ngoài")
    reads(adviser, "Đã mở hồ sơ đi làm việc ở nước ngoài.", "Bước tiếp: tư vấn")


def counsels_and_checks(adviser: Any) -> None:
    press(adviser, "Ghi: đã tư vấn")
    press(adviser, "Ghi")
    reads(adviser, "Hãy cho người này xem tờ chi phí")
    adviser.page.check("[name=costs_shown]")
    press(adviser, "Ghi")
    press(adviser, "Ghi: đã xem điều kiện")
    adviser.page.check("[name=no_exit_ban]")
    press(adviser, "Ghi")
    reads(adviser, "Bước tiếp: giới thiệu dự tuyển")


def is_refused_until_every_paper_is_there(adviser: Any) -> None:
    reads(adviser, "Còn thiếu: Sơ yếu lý lịch có xác nhận.", "chưa đồng ý gửi hồ sơ", "Chưa chọn đơn hàng")
    assert adviser.page.get_by_role("link", name="Giới thiệu dự tuyển", exact=True).count() == 0
    adviser.picture("refused")
    # Nor by its address: the same table refuses, with the same words.
    adviser.open(adviser.page.url.removeprefix(adviser.address) + "/steps/nominate")
    reads(adviser, "Còn thiếu: Sơ yếu lý lịch có xác nhận.")
    brings_what_is_missing(adviser)
    adviser.page.select_option("[name=opening]", index=1)
    press(adviser, "Ghi kế hoạch")


def brings_what_is_missing(adviser: Any) -> None:
    """Every paper that the next step names as missing, seen in the original at the desk."""
    gates = adviser.page.locator(".gates li", has_text="Còn thiếu: ")
    for _one in range(gates.count()):
        name = re.split(r"\.(?: \(|\s*$)", gates.first.inner_text().split("Còn thiếu: ")[1])[0]
        adviser.page.locator("#papers").get_by_role("link", name=name).click()
        assert heading(adviser) == "Thêm giấy tờ"
        adviser.page.fill("[name=issued_on]", day(-20))
        adviser.page.fill("[name=expires_on]", day(500))
        adviser.page.check("[name=seen][value=yes]")
        press(adviser, "Ghi")
        reads(adviser, "Đã ghi giấy tờ.")
    assert gates.count() == 0


def asks_for_the_consent_and_nominates(adviser: Any) -> None:
    adviser.page.get_by_text("Hỏi và ghi đồng ý").click()
    reads(adviser, "Tôi đồng ý để Trung tâm và đơn vị đưa tôi đi gửi hồ sơ của tôi cho")
    adviser.picture("consent")
    press(adviser, "Người này đồng ý")
    press(adviser, "Giới thiệu dự tuyển")
    press(adviser, "Ghi")
    reads(adviser, "Đã giới thiệu dự tuyển.")
    press(adviser, "Ghi: đã gửi hồ sơ cho bên nhận")
    press(adviser, "Ghi")
    reads(adviser, "Đã ghi lần gửi hồ sơ.")


def selects_and_trains(adviser: Any) -> None:
    press(adviser, "Ghi: trúng tuyển")
    adviser.page.fill("[name=date]", day())
    adviser.page.check("[name=no_money_taken]")
    press(adviser, "Ghi")
    reads(adviser, "Đã ghi trúng tuyển.", "còn 180 ngày")
    press(adviser, "Ghi: vào lớp")
    adviser.page.fill("[name=date]", day())
    adviser.page.fill("[name=why_on]", "Học tiếng Nhật ở Cần Thơ.")
    press(adviser, "Ghi")
    brings_what_is_missing(adviser)
    press(adviser, "Ghi: đã khám sức khỏe")
    press(adviser, "Ghi")


def signs_and_arranges_the_money(adviser: Any) -> None:
    brings_what_is_missing(adviser)
    adviser.picture("before-contract")
    press(adviser, "Ghi: đã ký hợp đồng")
    adviser.page.fill("[name=contract_number]", "31/HĐ-2026")
    adviser.page.fill("[name=date]", day())
    adviser.page.fill("[name=service_fee_vnd]", "900.000.000")
    press(adviser, "Ghi")
    # Too much, and nothing that was typed is lost.
    reads(adviser, "cao hơn mức đã đăng trong tin")
    assert adviser.page.input_value("[name=contract_number]") == "31/HĐ-2026"
    adviser.picture("fee-too-high")
    adviser.page.fill("[name=service_fee_vnd]", "0")
    press(adviser, "Ghi")
    brings_what_is_missing(adviser)
    press(adviser, "Ghi: đã lo xong tiền")
    adviser.page.check("[name=finance_way][value=own]")
    press(adviser, "Ghi")


def gets_the_visa_and_makes_ready(adviser: Any) -> None:
    brings_what_is_missing(adviser)
    press(adviser, "Ghi: đã có thị thực")
    for name, days in (("list_submitted_on", -30), ("list_confirmed_on", -22), ("visa_filed_on", -20)):
        adviser.page.fill(f"[name={name}]", day(days))
    press(adviser, "Ghi")
    brings_what_is_missing(adviser)
    press(adviser, "Ghi: sẵn sàng xuất cảnh")
    adviser.page.fill("[name=date]", day())
    adviser.page.fill("[name=flight]", "vn 310")
    adviser.page.check("[name=briefed]")
    press(adviser, "Ghi")
    reads(adviser, "Đã ghi: sẵn sàng xuất cảnh.")


def sees_her_off(adviser: Any) -> None:
    adviser.open("/cases?flight=VN+310&whose=all")
    adviser.picture("flight")
    adviser.page.get_by_label(f"Chọn {NURSE}").check()
    adviser.page.select_option("[name=step]", "depart")
    press(adviser, "Đi tiếp")
    adviser.page.fill("[name=date]", day())
    press(adviser, "Ghi cho những người này")
    reads(adviser, "Đã làm 1, chưa làm được 0.")
    adviser.picture("departed")
    press(adviser, NURSE)
    reads(adviser, "Đang làm việc ở nước ngoài", "Đã xuất cảnh")
    adviser.picture("abroad")


def welcomes_her_home(adviser: Any) -> None:
    reads(adviser, "Chưa ghi người này về thế nào, vì sao.")
    press(adviser, "Về nước")
    page = adviser.page
    page.get_by_label("Về đến Việt Nam ngày").fill(day())
    page.get_by_label("Về trước hạn", exact=True).check()
    page.get_by_label("Về trước hạn vì sao").select_option("abused")
    page.get_by_label("Về trước hạn do lỗi của ai").select_option("none")
    page.get_by_label("Căn cứ vào đâu").fill("Biên bản của đại sứ quán")
    page.get_by_label("Tiền dịch vụ đã nộp").fill("0")
    press(adviser, "Ghi: đã về nước")
    reads(adviser, "Đã ghi việc về nước.", "Không nộp tiền dịch vụ nên không có khoản phải trả lại.")
    adviser.picture("home")
    # The contract is settled last; until then the case is not over.
    case = adviser.page.url.split("/cases/")[1].split("/")[0]
    adviser.open(f"/cases/{case}")
    reads(
        adviser,
        "Bước tiếp: thanh lý hợp đồng",
        "Chưa ghi ngày thanh lý hợp đồng đưa đi. Hãy ghi ở trang “Về nước”.",
    )
    press(adviser, "Về nước")
    settling = page.locator("form[action*=liquidated]")
    settling.locator("[name=day]").fill(day())
    settling.get_by_role("button", name="Ghi là xong").click()
    adviser.open(f"/cases/{case}")
    press(adviser, "Ghi: đã thanh lý hợp đồng")
    press(adviser, "Ghi")
    reads(adviser, "Đã thanh lý hợp đồng")
    adviser.picture("settled")


def test_a_person_on_a_phone_sees_what_to_bring_and_sends_a_photo(visit: Any) -> None:
    own = visit(PHONE)
    own.sign_in("seeker")
    own.open("/me/cases")
    reads(own, "Bạn đang học.", "Bạn cần mang gì", "Trung tâm không bao giờ thu tiền của bạn.")
    own.picture("own")
    own.page.get_by_role("link", name="Chụp và gửi").first.click()
    name = heading(own)
    own.picture("own-paper")
    press(own, "Gửi cho tư vấn viên")
    reads(own, "Hãy chụp hoặc chọn ảnh của giấy này.")
    own.page.set_input_files("[name=file]", {"name": "giay.png", "mimeType": "image/png", "buffer": PNG})
    own.page.fill("[name=issued_on]", day(-5))
    if own.page.locator("[name=expires_on]").count():
        own.page.fill("[name=expires_on]", day(300))
    press(own, "Gửi cho tư vấn viên")
    reads(own, "Đã nhận giấy của bạn.", name, "chờ kiểm tra")
    own.picture("own-sent")
