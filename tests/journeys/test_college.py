"""A college sends its sheet as it is, mends it, answers what is unclear, commits, and takes it back."""

from typing import Any

from tests.journeys.conftest import DESK
from tests.journeys.moves import heading, press, reads
from tests.rosters.messy import HEADER, graduates, person, xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = "Tốt nghiệp tháng 6 năm 2026"
LETTERHEAD = [["UBND TỈNH AN GIANG"], ["TRƯỜNG CAO ĐẲNG NGHỀ BẾN NƯỚC"], [], ["DANH SÁCH TỐT NGHIỆP"]]
OLD_ADDRESS = "ấp 3, xã Vĩnh Hanh, huyện Châu Thành, An Giang"


def sheet(*, mended: bool) -> dict[str, Any]:
    """Zeros lost in front of phones and numbers; two cells that nobody can guess, until they are mended."""
    rows = graduates(14, first=7001)
    for row in rows[:9]:
        row[HEADER.index("Số ĐT")] = int(row[HEADER.index("Số ĐT")])
        row[HEADER.index("Số CCCD")] = int(row[HEADER.index("Số CCCD")])
    rows[2][HEADER.index("Địa chỉ")] = OLD_ADDRESS
    if not mended:
        rows[3] = person(7004, **{"Ngày sinh": "31/02/2004"})
        rows[6] = person(7007, **{"Số CCCD": "8.9E+10"})
    content = xlsx([*LETTERHEAD, HEADER, *rows, [], ["Tổng cộng: 14 người học"]])
    name = "danh-sach-da-sua.xlsx" if mended else "danh-sach.xlsx"
    return {"name": name, "mimeType": XLSX, "buffer": content}


def test_a_messy_sheet_is_mended_committed_and_withdrawn(visit: Any) -> None:
    college = visit(DESK)
    college.sign_in("college")
    sends(college)
    mends(college)
    answers_and_commits(college)
    withdraws(college)


def waits_for(college: Any, state: str) -> None:
    """The page of the work turns into its result by itself, or is opened when it is done."""
    result = college.page.locator("main").get_by_role("link", name="Xem kết quả")
    tag = college.page.locator("main .page-head", has_text=state)
    result.or_(tag).first.wait_for()
    if result.count():
        result.click()
    tag.wait_for()


def sends(college: Any) -> None:
    college.open("/rosters")
    college.picture("rosters")
    press(college, "Gửi danh sách")
    # One slip: without a file the title is still there.
    college.page.fill("[name=title]", TITLE)
    press(college, "Gửi và kiểm tra")
    reads(college, "Hãy chọn một tệp")
    assert college.page.input_value("[name=title]") == TITLE
    college.page.set_input_files("[name=file]", sheet(mended=False))
    college.picture("upload")
    press(college, "Gửi và kiểm tra")
    waits_for(college, "Cần sửa")


def mends(college: Any) -> None:
    reads(college, "2 trong 14 dòng có chỗ cần sửa", "Dòng 9", "31/02/2004", "Dòng 12", "8.9E+10")
    college.picture("errors")
    college.page.set_input_files("[name=file]", sheet(mended=True))
    press(college, "Gửi tệp đã sửa")
    waits_for(college, "Chờ")


def answers_and_commits(college: Any) -> None:
    reads(college, "Tệp không còn lỗi.", "Số bị mất số 0 ở đầu", "Xã Vĩnh Hanh")
    college.picture("preview")
    # One slip: the questions must be answered; the page says which, and nothing is recorded.
    press(college, "Ghi danh sách")
    reads(college, "Hãy chọn một câu trả lời cho")
    for answer in college.page.locator("input[type=radio][value=yes]").all():
        answer.check()
    press(college, "Ghi danh sách")
    waits_for(college, "Đã ghi")
    reads(college, "Biên nhận số", "danh-sach-da-sua.xlsx", TITLE, "14")
    college.picture("receipt")


def withdraws(college: Any) -> None:
    college.page.locator("summary", has_text="Rút danh sách").click()
    college.picture("really")
    press(college, "Rút danh sách này")
    waits_for(college, "Đã rút")
    reads(college, "Danh sách này đã rút.")
    college.picture("withdrawn")
    assert heading(college) == TITLE
