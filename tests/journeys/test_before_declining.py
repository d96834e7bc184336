"""Before saying no: a warning and "call me first"; a programme's questions; the one-page CV."""

from typing import Any

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.moves import PDF, press, reads


def test_who_draws_benefit_is_warned_before_a_no_and_can_ask_to_be_called(visit: Any) -> None:
    seeker = visit(PHONE)
    seeker.sign_in("seeker")
    tells_of_benefit(seeker)
    opens_the_question(seeker)
    seeker.page.locator("main summary", has_text="Không, tôi không nhận việc này").click()
    reads(seeker, "Bạn đang hưởng trợ cấp thất nghiệp", "chưa kiểm chứng", "Lương chưa đủ")
    seeker.picture("before-a-no")
    press(seeker, "Gọi cho tôi trước")
    reads(seeker, "Trung tâm sẽ gọi bạn, trễ nhất ngày", "Bạn trả lời Có hoặc Không.")
    seeker.picture("will-be-called")


def tells_of_benefit(seeker: Any) -> None:
    """The demo's seeker has told it already: she takes it back and tells it again."""
    seeker.open("/profile/benefit")
    press(seeker, "Bỏ ghi điều này")
    opens_the_question(seeker)
    assert "trợ cấp thất nghiệp" not in seeker.page.content()
    seeker.open("/profile/benefit")
    seeker.picture("benefit")
    press(seeker, "Tôi đồng ý")
    reads(seeker, "Đã ghi: đang hưởng trợ cấp thất nghiệp.")


def opens_the_question(seeker: Any) -> None:
    """Which of her jobs stands first depends on the hour at which the demo was loaded."""
    seeker.open("/me/referrals")
    links = seeker.page.locator("main a[href^='/me/referrals/']").all()
    for address in dict.fromkeys(link.get_attribute("href") for link in links):
        seeker.open(address)
        if seeker.page.locator("main summary", has_text="Không, tôi không nhận việc này").count():
            return
    raise AssertionError("no question waits for her")


def test_a_programme_asks_against_its_own_requirement_and_the_adviser_reads_the_answer(visit: Any) -> None:
    staff = visit(DESK)
    staff.sign_in("adviser")
    opening = states_a_requirement(staff)
    seeker = visit(PHONE)
    seeker.sign_in("seeker")
    seeker.open(opening)
    reads(seeker, "cao từ 158 cm", "Thông báo tuyển số 7")
    press(seeker, "Tôi muốn việc này")
    reads(seeker, "Chương trình đòi: cao từ 158 cm. Bạn có đạt không?", "Để hỏi tư vấn viên")
    seeker.picture("asked")
    seeker.page.get_by_label("Chưa biết").first.check()
    seeker.page.get_by_label("Tôi đồng ý").check()
    press(seeker, "Ghi câu trả lời")
    reads(seeker, "Đã ghi câu trả lời.")
    referral = seeker.page.url.rsplit("/", 1)[-1]
    staff.open(f"/referrals/{referral}")
    reads(staff, "cao từ 158 cm", "Chưa biết")
    staff.picture("answers-at-the-desk")
    seeker.open("/profile/consents")
    seeker.page.locator("#conditions").get_by_role("button").click()
    seeker.page.wait_for_load_state()
    staff.open(f"/referrals/{referral}")
    reads(staff, "chưa hỏi")


def states_a_requirement(staff: Any) -> str:
    """On a published overseas opening that asks nothing of the body yet; the address of its public page."""
    staff.open("/desk/openings?state=published&sphere=overseas")
    links = [link.get_attribute("href") for link in staff.page.locator("main tbody th a").all()]
    for link in links:
        staff.open(link)
        if "Câu trả lời về các điều này" not in staff.text():
            break
    press(staff, "Điều kiện của chương trình")
    staff.page.fill("[name=height_need]", "cao từ 158 cm")
    staff.page.fill("[name=height_source]", "Thông báo tuyển số 7")
    staff.picture("stated")
    press(staff, "Ghi")
    reads(staff, "cao từ 158 cm")
    return str(links[links.index(link)]).replace("/desk", "")


def test_the_profile_is_printed_on_one_page_in_both_languages(visit: Any) -> None:
    seeker = visit(PHONE)
    seeker.sign_in("seeker")
    seeker.open("/profile/cv")
    seeker.picture("cv-choices")
    for language in ("vi", "en"):
        answer = seeker.page.request.get(f"{seeker.address}/profile/cv?lang={language}")
        assert answer.ok and bytes(answer.body()).startswith(PDF)
