"""A worker reads what going abroad costs, asks for it, and notes what somebody took too much of."""

from typing import Any

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import heading, press, reads


def test_a_worker_reads_a_cost_sheet_and_an_excess_reaches_the_adviser(visit: Any) -> None:
    stranger = visit(PHONE)
    opening = reads_the_sheet_without_an_account(stranger)
    worker = visit(PHONE)
    worker.sign_in("seeker")
    reads_their_own_sheet(worker, opening)
    asks_for_it(worker, opening)
    notes_a_payment_above_the_ceiling(worker, opening)
    prints_the_family_sheet(worker, opening)
    adviser = visit(DESK)
    adviser.sign_in("adviser")
    sees_the_incident(adviser)
    sender = visit(DESK)
    sender.sign_in("sender")
    sender.open("/organisation/payments")
    assert "40.000.000" not in sender.text()
    suspects_a_fraud(stranger, adviser)


def reads_the_sheet_without_an_account(stranger: Any) -> str:
    page = stranger.page
    stranger.open("/openings?sphere=overseas")
    page.locator("main .card h2 a").first.click()
    page.wait_for_load_state()
    path = str(page.url).removeprefix(stranger.address)
    reads(stranger, "Chúng tôi không bao giờ thu tiền của bạn")
    stranger.open(f"{path}/costs")
    assert heading(stranger) == "Đi làm việc này tốn bao nhiêu?"
    reads(
        stranger,
        "Tối đa theo luật" if page.viewport_size["width"] > 700 else "Tối đa",
        "Đăng nhập để thấy phần của riêng bạn",
    )
    assert "Vay được bao nhiêu" not in stranger.text()
    stranger.picture("sheet-without-an-account")
    return path


def reads_their_own_sheet(worker: Any, path: str) -> None:
    page = worker.page
    worker.open(path)
    press(worker, "Xem tờ chi phí của bạn")
    reads(worker, "Vay được bao nhiêu?", "Nhanh nhất", "Cách tính:")
    page.fill("[name=saved]", "10 triệu")
    press(worker, "Tính lại")
    reads(worker, "nếu mỗi tháng để dành 10.000.000")
    worker.picture("own-sheet")


def asks_for_it(worker: Any, path: str) -> None:
    worker.open(path)
    button = worker.page.get_by_role("button", name="Tôi muốn việc này", exact=True)
    if button.count():
        button.click()
        worker.page.wait_for_load_state()
        worker.page.goto(worker.address + "/me/referrals")
    reads(worker, "Trung tâm")


def notes_a_payment_above_the_ceiling(worker: Any, path: str) -> None:
    page = worker.page
    worker.open(f"{path}/costs")
    press(worker, "Tôi đã trả một khoản")
    page.select_option("[name=kind]", "selection")
    page.fill("[name=amount]", "40 triệu")
    page.fill("[name=paid_on]", "01/11/2026")
    # The receipt is forgotten at first: the sentence stands at its place, and nothing is lost.
    page.fill("[name=paid_to]", "Anh Hùng, ở quán cà phê")
    press(worker, "Ghi")
    reads(worker, "hoặc đánh dấu “Không có biên nhận”")
    assert page.input_value("[name=paid_to]") == "Anh Hùng, ở quán cà phê"
    page.check("[name=no_receipt]")
    worker.picture("payment")
    press(worker, "Ghi")
    reads(worker, "Có khoản bị thu sai.", "cao hơn mức tối đa")
    worker.picture("payments")


def prints_the_family_sheet(worker: Any, path: str) -> None:
    worker.open(f"{path}/family-sheet")
    reads(worker, "chỉ làm khi chính người đi đồng ý")
    press(worker, "Tôi đồng ý")
    reads(worker, "Có thể gặp điều gì?", "Khi về nước")
    worker.page.emulate_media(media="print")
    worker.picture("family-sheet-on-paper")
    worker.page.emulate_media(media="screen")


def sees_the_incident(adviser: Any) -> None:
    page = adviser.page
    adviser.open("/workers?q=Nguyễn Thị Mai")
    page.locator("main tbody a").first.click()
    page.wait_for_load_state()
    reads(adviser, "Chi phí đi nước ngoài", "Sự việc số", "vượt 40.000.000")
    page.locator("#payments").scroll_into_view_if_needed()
    adviser.picture("incident-at-the-desk")


def suspects_a_fraud(stranger: Any, adviser: Any) -> None:
    page = stranger.page
    stranger.open("/report-fraud")
    page.check("[name=sign][value=money]")
    page.fill("[name=text]", "Anh Hùng đòi 40 triệu ở quán cà phê.")
    stranger.picture("report-a-fraud")
    press(stranger, "Gửi")
    code = page.inner_text("p.code")
    adviser.open("/overseas/frauds")
    adviser.page.locator("main tbody a", has_text="Có người đòi tiền để được đi").last.click()
    adviser.page.wait_for_load_state()
    adviser.page.fill("[name=answer]", "Cảm ơn bạn. Đừng đưa tiền, chúng tôi đang hỏi công ty.")
    adviser.picture("answer-a-report")
    press(adviser, "Gửi trả lời")
    stranger.open("/complaints/answer")
    page.fill("[name=code]", code)
    press(stranger, "Xem trả lời")
    reads(stranger, "Đừng đưa tiền, chúng tôi đang hỏi công ty.")
